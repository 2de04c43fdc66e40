"""FHIR R4 bundles, built by another library and read as orders; and bundles that are wrong in many ways."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from fhir.resources.R4B.bundle import Bundle
from tables import advised, faults, orders, seen

from handouts.batch.bundle import one
from handouts.batch.timing import often
from handouts.errors import ContentError, RequestError

Json = dict[str, Any]
PATIENT: Json = {
    "resourceType": "Patient",
    "id": "p1",
    "name": [{"use": "maiden", "family": "Oldname"}, {"use": "official", "given": ["Quirina"], "family": "Zett"}],
}
DAILY = {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d"}}
USUAL = "There is no dose in the order: the usual one of each stretch is printed."
NAMELESS = "The bundle has no name of the patient: the sheet is made without one."


def concept(*ids: str, kind: str = "stretch") -> Json:
    return {"coding": [{"system": f"urn:handouts:{kind}", "code": id} for id in ids]}


def coded(*ids: str) -> Json:
    """How often, in the codes of FHIR."""
    system = "http://terminology.hl7.org/CodeSystem/v3-GTSAbbreviation"
    return {"coding": [{"system": system, "code": id} for id in ids]}


def dose(text: str) -> list[Json]:
    return [{"url": "urn:handouts:dose", "valueString": text}]


def order(**other: Any) -> Json:
    """A service request for a foot roll; what is named replaces what it would have, None takes it away."""
    whole = {
        "resourceType": "ServiceRequest",
        "id": "order-1",
        "status": "active",
        "intent": "order",
        "subject": {"reference": "Patient/p1"},
        "code": concept("seated-calf-towel"),
    } | other
    return {key: value for key, value in whole.items() if value is not None}


def plan(*activities: Json, **other: Any) -> Json:
    whole = {
        "resourceType": "CarePlan",
        "id": "plan-1",
        "status": "active",
        "intent": "plan",
        "subject": {"reference": "Patient/p1"},
        "activity": list(activities),
    }
    return whole | other


def written(folder: Path, *resources: Json, **other: Any) -> Path:
    """A bundle as the library writes it, which refuses what is no R4."""
    entries = [
        {"resource": each, "fullUrl": f"https://example.org/fhir/{each['resourceType']}/{each['id']}"}
        for each in resources
    ]
    bundle = Bundle.model_validate({"resourceType": "Bundle", "type": "collection", "entry": entries} | other)
    path = folder / "orders.json"
    path.write_text(bundle.model_dump_json(), "utf-8")
    return path


def raw(folder: Path, *resources: Any, **other: Any) -> Path:
    """A bundle that no library would write."""
    path = folder / "orders.json"
    whole = {"resourceType": "Bundle", "entry": [{"resource": each} for each in resources]} | other
    path.write_text(json.dumps(whole), "utf-8")
    return path


def test_an_order_becomes_a_handout(tmp_path: Path) -> None:
    asked = order(
        identifier=[{"value": "a/b"}, {"value": "ORD-77"}],
        occurrenceTiming={"repeat": {"frequency": 2, "period": 1, "periodUnit": "d", "dayOfWeek": ["mon", "fri"]}},
        extension=[*dose("hold=20 side=left"), {"url": "urn:handouts:print", "valueCode": "large"}],
        patientInstruction="After your shower.\nRest in between.",
        note=[{"text": "For the team."}],
    )
    (found,) = orders(written(tmp_path, PATIENT, asked))
    request = found.request
    assert (found.row, found.ref, request.person, request.edition) == (2, "ORD-77", "Quirina Zett", "large")
    assert request.stretches == ("seated-calf-towel",)
    assert request.doses == (
        "seated-calf-towel: per-day=2 days-per-week=2",
        "seated-calf-towel: hold=20 side=left",
    )
    assert request.note == "After your shower.\nRest in between."


def test_a_routine_has_the_timing_at_each_of_its_stretches(tmp_path: Path) -> None:
    timing = {"repeat": {"frequency": 5, "period": 1, "periodUnit": "wk"}}
    asked = order(code=concept("three-minutes", kind="routine"), occurrenceTiming=timing)
    (found,) = orders(written(tmp_path, PATIENT, asked))
    assert found.request.routine == "three-minutes"
    assert found.request.doses == tuple(
        f"{id}: per-day=1 days-per-week=5" for id in ("seated-calf-towel", "chest-opener", "finger-spread")
    )


def test_a_plan_is_one_handout_of_its_activities(tmp_path: Path) -> None:
    first = order(id="first", patientInstruction="Slowly.", extension=dose("hold=20"))
    asked = plan(
        {"reference": {"reference": "ServiceRequest/first"}},
        {"detail": {"status": "scheduled", "code": concept("chest-opener"), "scheduledTiming": DAILY}},
        {"detail": {"status": "cancelled", "code": concept("foot-roll")}},
        {"detail": {"status": "scheduled", "code": {"text": "Drink water"}}},
        note=[{"text": "See you in May."}],
    )
    found = seen(written(tmp_path, first, PATIENT, asked))
    assert advised(found) == [
        "3 Activity 3 is over or not to be done: it is not on the sheet.",
        "3 Activity 4 is no exercise order: it is not on the sheet.",
    ]
    (made,) = orders(tmp_path / "orders.json")
    assert (made.row, made.ref) == (3, "plan-1")
    assert made.request.stretches == ("seated-calf-towel", "chest-opener")
    assert made.request.doses == ("seated-calf-towel: hold=20", "chest-opener: per-day=1 days-per-week=7")
    assert made.request.note == "See you in May.\nSlowly."


def test_without_a_dose_or_a_name_there_is_advice(tmp_path: Path) -> None:
    found = seen(written(tmp_path, order(subject={"display": "Quirina"}, note=[{"text": "Gently."}])))
    assert advised(found) == [f"1 {USUAL}", f"1 {NAMELESS}"]
    (made,) = orders(tmp_path / "orders.json")
    assert (made.request.person, made.request.doses, made.request.note) == ("", (), "Gently.")


def test_what_is_not_printed_is_told(tmp_path: Path) -> None:
    timing = {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d", "timeOfDay": ["08:00:00"]}}
    asked = order(occurrenceTiming=timing, bodySite=[{"text": "left"}], asNeededBoolean=True)
    other = {"resourceType": "ServiceRequest", "id": "blood", "status": "draft", "intent": "order",
             "subject": {"reference": "Patient/p1"}, "code": {"text": "Blood count"}}  # fmt: skip
    link = [{"relation": "next", "url": "https://example.org/fhir?page=2"}]
    found = seen(written(tmp_path, PATIENT, asked, other, type="searchset", link=link))
    assert advised(found) == [
        "0 The bundle is one page of several; the orders of the others are not in it.",
        "2 `timeOfDay` of the timing is not printed.",
        "2 `bodySite` is not printed.",
        "2 `asNeededBoolean` is not printed.",
        "3 This ServiceRequest is no exercise order, and was passed over.",
    ]
    assert not faults(found)


def test_a_patient_may_be_contained_and_say_how_to_print(tmp_path: Path) -> None:
    patient = PATIENT | {"extension": [{"url": "urn:handouts:print", "valueString": "giant"}]}
    asked = order(subject={"reference": "#p1"}, contained=[patient], extension=dose("repeats=2"))
    (found,) = orders(written(tmp_path, asked))
    assert (found.request.person, found.request.edition) == ("Quirina Zett", "giant")


REFUSED: dict[str, tuple[Json, str]] = {
    "draft": (order(status="draft"), "status: is a draft: nobody has signed it yet. Only active orders"),
    "on hold": (order(status="on-hold"), "status: is on hold."),
    "revoked": (order(status="revoked"), "status: has been revoked."),
    "completed": (order(status="completed"), "status: is completed."),
    "in error": (order(status="entered-in-error"), "status: was entered in error."),
    "unknown status": (order(status="unknown"), "status: has no status that is known."),
    "a proposal": (order(intent="proposal"), "intent: is a proposal, not an order."),
    "a plan of an order": (order(intent="plan"), "intent: is a plan, not an order."),
    "not to be done": (order(doNotPerform=True), "doNotPerform: says what is not to be done."),
    "a modifier": (
        order(modifierExtension=[{"url": "https://example.org/other", "valueBoolean": True}]),
        "modifierExtension: changes the meaning",
    ),
    "exercise without a stretch": (
        order(code={"coding": [{"system": "http://snomed.info/sct", "code": "229065009"}]}),
        "code: names no stretch and no routine.",
    ),
    "exercise by its category": (
        order(code=None, category=[{"coding": [{"system": "http://snomed.info/sct", "code": "229065009"}]}]),
        "code: names no stretch and no routine.",
    ),
    "unknown stretch": (order(code=concept("foot-rol")), "stretches: there is no stretch “foot-rol”. Did you"),
    "unknown routine": (order(code=concept("five", kind="routine")), "routine: there is no routine “five”."),
    "dose out of range": (order(extension=dose("hold=900")), "dose: seated-calf-towel: hold=900 is outside"),
    "dose of nothing": (order(extension=dose("often")), "dose: seated-calf-towel: “often” is not part of a dose"),
    "unsafe ref": (order(id="a.b"), "ref: holds a sign"),
    "a time that no dose has": (
        order(occurrenceTiming={"repeat": {"frequency": 1, "period": 2, "periodUnit": "d"}}),
        "occurrence: the timing is not by the day or by the week.",
    ),
    "a plan that is over": (
        plan({"detail": {"status": "scheduled", "code": concept("foot-roll")}}, status="revoked"),
        "status: has been revoked.",
    ),
    "an activity on hold": (
        plan({"detail": {"status": "on-hold", "code": concept("foot-roll")}}),
        "status: is on hold.",
    ),
    "an order of a plan that is a proposal": (
        plan({"reference": {"reference": "#inner"}}, contained=[order(id="inner", intent="proposal")]),
        "intent: is a proposal, not an order.",
    ),
    "an order for somebody else": (
        plan(
            {"reference": {"reference": "#inner"}},
            contained=[
                PATIENT | {"id": "p2"},
                order(id="inner", subject={"reference": "Patient/p2"}),
            ],
        ),
        "subject: activity 1 is for another patient.",
    ),
    "an order that is elsewhere": (
        plan({"detail": {"status": "scheduled", "code": concept("chest-opener")}},
             {"reference": {"reference": "ServiceRequest/elsewhere"}}),
        "activity: activity 2 refers to what is not in the bundle.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_order_is_refused(tmp_path: Path, case: str) -> None:
    resource, words = REFUSED[case]
    found = seen(written(tmp_path, PATIENT, resource))
    (fault,) = faults(found)
    assert fault.startswith(f"2 {words}")
    assert "Zett" not in fault


A, B = "https://a.example.org/fhir", "https://b.example.org/fhir"
OTHER = PATIENT | {"name": [{"text": "Somebody Else"}]}
# A reference, the patients, whose name is printed if any is.
HELD: dict[str, tuple[str, list[tuple[str, Json]], str]] = {
    "the same id of two servers": (
        "Patient/p1",
        [(f"{B}/Patient/p1", OTHER), (f"{A}/Patient/p1", PATIENT)],
        "Zett",
    ),
    "another server": ("Patient/p1", [(f"{B}/Patient/p1", OTHER)], ""),
    "an address of another server": (f"{A}/Patient/p1", [(f"{B}/Patient/p1", OTHER)], ""),
    "an address that no entry has": (f"{B}/Patient/p1", [("", OTHER)], ""),
    "its own address": (f"{B}/Patient/p1", [(f"{A}/Patient/p1", OTHER), (f"{B}/Patient/p1", PATIENT)], "Zett"),
    "a version": ("Patient/p1/_history/2", [(f"{A}/Patient/p1", PATIENT)], "Zett"),
    "no address": ("Patient/p1", [("", PATIENT)], "Zett"),
    "no address, twice": ("Patient/p1", [("", OTHER), ("", PATIENT)], ""),
    "one address twice": ("Patient/p1", [(f"{A}/Patient/p1", OTHER), (f"{A}/Patient/p1", PATIENT)], ""),
    "an unknown server": ("urn:uuid:7", [("urn:uuid:8", OTHER), ("urn:uuid:7", PATIENT)], "Zett"),
}


@pytest.mark.parametrize("case", HELD)
def test_no_other_persons_name_is_printed(tmp_path: Path, case: str) -> None:
    reference, patients, name = HELD[case]
    held = [*patients, (f"{A}/ServiceRequest/order-1", order(subject={"reference": reference}))]
    entries = [{"fullUrl": address, "resource": each} if address else {"resource": each} for address, each in held]
    path = raw(tmp_path, entry=entries)
    if name:
        (made,) = orders(path)
        assert made.request.person == f"Quirina {name}"
    else:
        (fault,) = faults(seen(path))
        assert "subject: refers to a patient who is not in the bundle, or is in it twice." in fault


@pytest.mark.parametrize("server", [A, B])
def test_an_order_of_a_plan_is_of_the_patient_of_its_own_server(tmp_path: Path, server: str) -> None:
    asked = plan({"reference": {"reference": f"{server}/ServiceRequest/order-1"}})
    held = {f"{A}/CarePlan/plan-1": asked, f"{server}/ServiceRequest/order-1": order(), f"{A}/Patient/p1": PATIENT,
            f"{B}/Patient/p1": OTHER}  # fmt: skip
    entries = [{"fullUrl": address, "resource": each} for address, each in held.items()]
    found = faults(seen(raw(tmp_path, entry=entries)))
    assert found == ([] if server == A else ["1 subject: activity 1 is for another patient. Set it right."])


def test_an_order_of_a_plan_for_somebody_else_is_refused_where_neither_is_there(tmp_path: Path) -> None:
    asked = plan({"reference": {"reference": "ServiceRequest/order-1"}}, subject={"reference": "Patient/p2"})
    (fault,) = faults(seen(written(tmp_path, asked, order())))
    assert fault.startswith("1 subject: activity 1 is for another patient.")


def test_a_bundle_without_exercise_holds_no_rows(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="holds no rows"):
        seen(written(tmp_path, PATIENT, order(code={"text": "Blood count"})))


def test_who_has_died_gets_no_sheet(tmp_path: Path) -> None:
    (fault,) = faults(seen(written(tmp_path, PATIENT | {"deceasedDateTime": "2026-01-02"}, order())))
    assert fault == "2 subject: the patient has died. Leave the order out."


def test_two_orders_of_one_number_are_told_apart(tmp_path: Path) -> None:
    same = [{"value": "ORD-1"}]
    asked = [order(id=id, identifier=same, extension=dose("hold=20")) for id in ("one", "two")]
    (fault,) = faults(seen(written(tmp_path, PATIENT, *asked)))
    assert fault.startswith("3 ref: “ORD-1” stands in row 2 too.")


@pytest.mark.parametrize(
    ("repeat", "words"),
    [
        ({"frequency": 2, "period": 1, "periodUnit": "d"}, "per-day=2 days-per-week=7"),
        ({"frequency": 1, "period": 1.0, "periodUnit": "d", "dayOfWeek": ["mon"]}, "per-day=1 days-per-week=1"),
        ({"dayOfWeek": ["mon", "wed", "mon"]}, "per-day=1 days-per-week=2"),
        ({"frequency": 3, "period": 1, "periodUnit": "wk"}, "per-day=1 days-per-week=3"),
        ({"frequency": 3, "period": 7, "periodUnit": "d"}, "per-day=1 days-per-week=3"),
        ({"frequency": 14, "period": 1, "periodUnit": "wk"}, "per-day=2 days-per-week=7"),
        (
            {"frequency": 6, "period": 1, "periodUnit": "wk", "dayOfWeek": ["mon", "wed", "fri"]},
            "per-day=2 days-per-week=3",
        ),
        ({"boundsPeriod": {"end": "2026-12-24"}}, ""),
    ],
)
def test_timings_are_read_as_they_are_meant(repeat: Json, words: str) -> None:
    assert often({"repeat": repeat})[0] == words


@pytest.mark.parametrize(
    "timing",
    [
        {"repeat": {"frequency": 1, "period": 2, "periodUnit": "d"}},
        {"repeat": {"frequency": 1, "period": 8, "periodUnit": "h"}},
        {"repeat": {"frequency": 8, "period": 1, "periodUnit": "wk"}},
        {"repeat": {"frequency": 5, "period": 1, "periodUnit": "wk", "dayOfWeek": ["mon", "tue"]}},
        {"repeat": {"frequency": 2, "frequencyMax": 4, "period": 1, "periodUnit": "d"}},
        {"repeat": {"count": 3, "period": 1, "periodUnit": "d"}},
        {"repeat": {"frequency": True, "period": 1, "periodUnit": "d"}},
        {"repeat": {"frequency": 0, "period": 1, "periodUnit": "d"}},
        {"repeat": {"frequency": 2}},
        {"repeat": {"dayOfWeek": [1], "frequency": 1}},
        {"repeat": {"period": [1], "periodUnit": {}}},
        {"code": coded("Q6H")},
        {"code": coded("BID", "QD")},
        {"code": {"coding": [{"code": "QD"}]}},
        {"code": {"coding": [{"system": "https://example.org/codes", "code": "QD"}]}},
        {"code": coded("BID"), "repeat": {"frequency": 1, "period": 1, "periodUnit": "d"}},
        {"code": coded("Q6H"), "repeat": {"frequency": 1, "period": 1, "periodUnit": "d"}},
    ],
)
def test_a_timing_that_no_dose_can_say_is_refused(timing: Json) -> None:
    with pytest.raises(RequestError):
        often(timing)


@pytest.mark.parametrize(
    ("code", "words"), [("BID", "per-day=2 days-per-week=7"), ("QD", "per-day=1 days-per-week=7")]
)
def test_codes_for_how_often(code: str, words: str) -> None:
    assert often({"code": coded(code)}) == (words, ())


def test_a_code_may_stand_beside_numbers_that_say_the_same() -> None:
    own = {"coding": [{"system": "https://example.org/codes", "code": "2xd"}, *coded("BID")["coding"]]}
    twice = {"frequency": 2, "period": 1, "periodUnit": "d"}
    assert often({"code": own}) == often({"code": own, "repeat": twice}) == ("per-day=2 days-per-week=7", ())
    assert often({"code": {"coding": own["coding"][:1]}, "repeat": twice})[0] == "per-day=2 days-per-week=7"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        "7",
        "null",
        '{"resourceType": "Patient"}',
        "[" * 100_000,
        "9" * 5000,
        '{"resourceType":"Bundle","type":"history"}',
    ],
)
def test_what_is_no_bundle_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "orders.json"
    path.write_text(text)
    with pytest.raises(ContentError) as caught:
        seen(path)
    assert str(path) in str(caught.value)


ODD: list[Any] = [None, 7, "x", [], {}, [None], [[]], {"coding": 7}, {"coding": [{"code": 7}]}, {"reference": 7}]


@pytest.mark.parametrize("odd", ODD, ids=repr)
def test_odd_shapes_never_end_in_a_traceback(tmp_path: Path, odd: Any) -> None:
    keys = ("subject", "code", "identifier", "note", "extension", "occurrenceTiming", "orderDetail", "contained",
            "patientInstruction", "id", "status", "activity")  # fmt: skip
    bad = [order(**{key: odd if odd is not None else 0}) for key in keys]
    bad += [plan(**{key: odd}) for key in keys if key in ("activity", "subject", "status")]
    bad += [plan({"detail": odd, "reference": odd}), odd]
    found = seen(raw(tmp_path, order(id="good"), *bad, PATIENT | {"name": odd}))
    assert found and all(each.row <= len(bad) + 2 for each in found)


def test_an_order_of_r5_is_named_so(tmp_path: Path) -> None:
    asked = order(code={"concept": concept("foot-roll")})
    (fault,) = faults(seen(raw(tmp_path, asked)))
    assert fault == "1 code: is of FHIR R5. Give a bundle of FHIR R4."


def test_a_plan_may_contain_all_of_itself(tmp_path: Path) -> None:
    subject = {"reference": "#p1"}
    inner = order(id="inner", subject=subject, extension=dose("hold=20"))
    activity = {"reference": {"reference": "#inner"}}
    (found,) = orders(written(tmp_path, plan(activity, subject=subject, contained=[PATIENT, inner])))
    assert (found.ref, found.request.person) == ("plan-1", "Quirina Zett")


def test_a_large_bundle_may_be_one_line(tmp_path: Path) -> None:
    long = order(text={"status": "generated", "div": f"<div>{'x' * 1_100_000}</div>"})
    assert len(orders(raw(tmp_path, long, PATIENT))) == 1


def test_what_is_deleted_is_not_printed(tmp_path: Path) -> None:
    entries = [
        {"resource": order(), "request": {"method": "DELETE"}},
        {"resource": order(id="kept")},
        {"resource": PATIENT},
    ]
    found = orders(raw(tmp_path, entry=entries))
    assert [each.ref for each in found] == ["kept"]
    assert one(entries[0], "request") == {"method": "DELETE"}


def test_the_order_in_the_docs_is_read_as_they_say(tmp_path: Path) -> None:
    page = (Path(__file__).parent.parent / "docs" / "batch.md").read_text("utf-8")
    shown = json.loads(page.partition("```json\n")[2].partition("```")[0])
    (made,) = orders(written(tmp_path, shown, PATIENT))
    assert made.ref == "order-1" and made.request.note == "After your shower."
    assert made.request.doses == (
        "seated-calf-towel: per-day=2 days-per-week=7",
        "seated-calf-towel: hold=20 side=left",
    )
