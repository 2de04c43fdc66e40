"""A FHIR R4 bundle as rows: each active exercise order is one. `docs/batch.md` has the mapping in words.

A care plan is one handout with what its activities name; an order that belongs to a plan is no row of its own.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from handouts.batch.bundle import OURS, Bundle, Resource, codes, extensions, many, one, read_bundle, word
from handouts.batch.order import Advice
from handouts.batch.patient import person_of, ref_of
from handouts.batch.rows import COLUMNS, Row
from handouts.batch.text import plain
from handouts.batch.timing import often
from handouts.errors import Finding, RequestError
from handouts.library import Library

STRETCH, ROUTINE = f"{OURS}stretch", f"{OURS}routine"
EXERCISE = ("http://snomed.info/sct", "229065009")  # exercise therapy
_REFUSED = {
    "draft": "is a draft: nobody has signed it yet.",
    "on-hold": "is on hold.",
    "revoked": "has been revoked.",
    "cancelled": "has been cancelled.",
    "stopped": "has been stopped.",
    "completed": "is completed.",
    "entered-in-error": "was entered in error.",
}
_OPEN = ("active", "not-started", "scheduled", "in-progress")
_OVER = ("revoked", "cancelled", "stopped", "completed", "entered-in-error")  # in a plan that itself goes on
_ONLY_MEANT = {"ServiceRequest": ("proposal", "plan", "option"), "CarePlan": ("proposal", "option")}
_UNREAD = (
    "bodySite", "asNeededBoolean", "asNeededCodeableConcept", "quantityQuantity", "quantityRange", "quantityRatio",
    "quantity", "dailyAmount", "scheduledString", "scheduledPeriod",
)  # fmt: skip # of an order: what could change how it is done
_BY_MAPPING = ("ref", "for", "stretches", "routine", "dose", "note")
_BY_EXTENSION = frozenset(COLUMNS) - frozenset(_BY_MAPPING)
_PERSONAL = ("print", "paper", "form", "language", "position", "equipment", "helper", "can", "avoid")
_HINT = "Only active orders are made. Leave it out, or set its status right."


@dataclass
class _Sheet:
    """What one handout is put together from, while its orders are read."""

    stretches: list[str] = field(default_factory=list)
    routines: list[str] = field(default_factory=list)
    doses: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    advice: list[str] = field(default_factory=list)


def bundle_rows(path: Path, library: Library) -> Iterator[Row | Advice]:
    """The rows of a bundle, each behind the advice about it. Raises ContentError where it cannot be read."""
    bundle = read_bundle(path)
    if bundle.more:
        yield Advice(0, "The bundle is one page of several; the orders of the others are not in it.")
    planned = {id(order) for plan in bundle.of("CarePlan") for order in _parts(plan, bundle)}
    for number, _, resource in bundle.entries:
        if word(resource, "resourceType") in _ONLY_MEANT and id(resource) not in planned:
            yield from _read(number, resource, bundle, library)


def _read(number: int, resource: Resource, bundle: Bundle, library: Library) -> Iterator[Row | Advice]:
    """An order or a plan as a row; what is not for us is passed over."""
    kind = word(resource, "resourceType")
    parts = _parts(resource, bundle)
    if not any(map(_for_us, parts)):
        yield Advice(number, f"This {kind} is no exercise order, and was passed over.")
        return
    try:
        _refuse(resource)
        sheet = _sheet(resource, parts, bundle, library)
        patient = _patient(resource, bundle)
        if patient.get("deceasedBoolean") is True or patient.get("deceasedDateTime"):
            raise RequestError(Finding("the patient has died.", "subject", "Leave the order out."))
        cells = _formats(patient, _PERSONAL) | _formats(resource, _BY_EXTENSION) | _named(sheet)
        cells |= {"ref": ref_of(resource), "for": person_of(patient)}
    except RequestError as problem:
        yield Row(number, {}, problem.findings)
        return
    if not cells["for"]:
        sheet.advice.append("The bundle has no name of the patient: the sheet is made without one.")
    yield from (Advice(number, text) for text in dict.fromkeys(sheet.advice))
    yield Row(number, {name: text for name, text in cells.items() if text})


def _patient(order: Resource, bundle: Bundle) -> Resource:
    """Whose an order is, {} where it names nobody. Raises RequestError where the bundle does not tell of them."""
    found = bundle.found(order.get("subject"), order)
    if found is None and "reference" in one(order, "subject"):
        # What to avoid and how to print may be said there: a sheet without it could be the wrong one.
        hint = "Put the Patient in the bundle, once."
        raise RequestError(
            Finding("refers to a patient who is not in the bundle, or is in it twice.", "subject", hint)
        )
    return found or {}


def _parts(resource: Resource, bundle: Bundle) -> list[Resource]:
    """The orders of a handout: the order itself, or what the activities of a plan hold or refer to."""
    if word(resource, "resourceType") != "CarePlan":
        return [resource]
    return [
        bundle.found(activity.get("reference"), resource) or one(activity, "detail") or one(activity, "reference")
        for activity in many(resource, "activity")
    ]


def _for_us(part: Resource) -> bool:
    """Does it name a stretch or routine of ours, or is it exercise at all?"""
    r5 = "concept" in one(part, "code")
    return r5 or bool(_ours(part)) or any(EXERCISE in codes(part, key) for key in ("category", "code"))


def _ours(part: Resource) -> list[tuple[str, str]]:
    """Our codes in an order, as (system, code)."""
    found = (*codes(part, "code"), *codes(part, "orderDetail"))
    return [(system, code) for system, code in found if system in (STRETCH, ROUTINE)]


def _refuse(resource: Resource) -> None:
    """Raise RequestError for an order that is not to be carried out, or that says what we cannot know."""
    status = word(resource, "status")
    if status not in _OPEN:
        raise RequestError(Finding(_REFUSED.get(status, "has no status that is known."), "status", _HINT))
    intent = word(resource, "intent")
    if intent in _ONLY_MEANT.get(word(resource, "resourceType"), ()):
        raise RequestError(Finding(f"is a {intent}, not an order.", "intent", "Leave it out."))
    if resource.get("doNotPerform"):
        raise RequestError(Finding("says what is not to be done.", "doNotPerform", "Leave it out."))
    for key in ("modifierExtension", "implicitRules"):
        if resource.get(key):
            raise RequestError(Finding("changes the meaning in a way that we do not know.", key, "Take it out."))
    if "concept" in one(resource, "code"):
        raise RequestError(Finding("is of FHIR R5.", "code", "Give a bundle of FHIR R4."))


def _sheet(resource: Resource, parts: list[Resource], bundle: Bundle, library: Library) -> _Sheet:
    """What the orders of a handout ask for together. Raises RequestError."""
    sheet = _Sheet(notes=_notes(resource))
    for number, part in enumerate(parts, 1):
        why = _left_out(part) if part is not resource else ""
        if why:
            sheet.advice.append(f"Activity {number} {why}: it is not on the sheet.")
            continue
        if part is not resource:
            _refuse_strange(number, part, resource, bundle)
            sheet.notes += _notes(part)
        _take(part, sheet, library)
    if not (sheet.stretches or sheet.routines):
        raise RequestError(Finding("names no stretch and no routine.", "activity", f"Add a code of {STRETCH}."))
    if len(set(sheet.routines)) > 1:
        raise RequestError(Finding("names several routines.", "code", "Name one, or the stretches."))
    return sheet


def _left_out(part: Resource) -> str:
    """Why an activity of a plan is not on its sheet, or ""."""
    if word(part, "status") in _OVER or part.get("doNotPerform") is True:
        return "is over or not to be done"
    return "" if _for_us(part) or "reference" in part else "is no exercise order"


def _refuse_strange(number: int, part: Resource, plan: Resource, bundle: Bundle) -> None:
    """Raise RequestError for an activity that is not in the bundle, or is of somebody else."""
    if "reference" in part:
        hint = "Put the order in the bundle, or take the activity out."
        raise RequestError(Finding(f"activity {number} refers to what is not in the bundle.", "activity", hint))
    at = part if bundle.holds(part) else plan
    whose, own = bundle.found(part.get("subject"), at), bundle.found(plan.get("subject"), plan)
    named = [word(each.get("subject"), "reference") for each in (part, plan)]
    if "subject" in part and (whose is not own or (own is None and named[0] != named[1])):
        raise RequestError(Finding(f"activity {number} is for another patient.", "subject", "Set it right."))


def _take(part: Resource, sheet: _Sheet, library: Library) -> None:
    """Add what one order asks for. Raises RequestError."""
    _refuse(part)
    named = _ours(part)
    if not named:
        raise RequestError(Finding("names no stretch and no routine.", "code", f"Add a code of {STRETCH}."))
    stretches = [code for system, code in named if system == STRETCH]
    routines = [code for system, code in named if system == ROUTINE]
    sheet.stretches += stretches
    sheet.routines += routines
    doses = _doses(part, [*stretches, *_of_routines(routines, library)], sheet)
    sheet.doses += doses
    sheet.advice += [] if doses else ["There is no dose in the order: the usual one of each stretch is printed."]
    sheet.advice += [f"`{key}` is not printed." for key in _UNREAD if part.get(key)]


def _of_routines(routines: list[str], library: Library) -> list[str]:
    known = (library.routines[id] for id in routines if id in library.routines)
    return [portion.stretch for routine in known for portion in routine.stretches]


def _doses(part: Resource, ids: list[str], sheet: _Sheet) -> list[str]:
    """The doses of an order, as the column has them: how often, then those of our extension."""
    words, lost = often(one(part, "occurrenceTiming") or one(part, "scheduledTiming"))
    sheet.advice += [f"`{key}` of the timing is not printed." for key in lost]
    own = ";".join(plain("dose", value) for value in extensions(part).get("dose", ()))
    if own and ":" not in own and len(ids) == 1:
        own = f"{ids[0]}: {own}"
    return [*(f"{id}: {words}" for id in ids if words), *([own] if own else [])]


def _notes(resource: Resource) -> list[str]:
    """What is said to the patient; where nothing is, the notes."""
    said = word(resource, "patientInstruction")
    return [said] if said else [text for note in many(resource, "note") if (text := word(note, "text"))]


def _named(sheet: _Sheet) -> dict[str, str]:
    return {
        "stretches": ";".join(sheet.stretches),
        "routine": "".join(sheet.routines[:1]),
        "dose": ";".join(sheet.doses),
        "note": "\n".join(dict.fromkeys(sheet.notes)),
    }


def _formats(resource: Resource, columns: Container[str]) -> dict[str, str]:
    """Columns that our extensions fill, such as urn:handouts:print. Raises RequestError."""
    found = {name: values for name, values in extensions(resource).items() if name in columns}
    return {name: ";".join(plain(name, value) for value in values) for name, values in found.items()}
