"""The choosing rule: every sheet honours what was wished for, and says what was changed."""

from __future__ import annotations

import datetime as dt
import re
from itertools import pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kit.checklist import EDITIONS, RULES, Expected
from kit.glyphs import read
from kit.readers import collapsed, pdfium_text, words
from made_up import made_up
from sheets import DAY, library

from handouts.check import check
from handouts.errors import RequestError
from handouts.handout import Handout, resolve
from handouts.library import Library
from handouts.model import Equipment, Position, Stretch
from handouts.pipeline import compose
from handouts.plan import EDITION_NAMES, Dose, Plan
from handouts.selection import select, weighed
from handouts.sheet import sections
from handouts.wishes import ABILITIES, AREAS, KIND, LEVELS, POSITIONS, THINGS, Wishes

BEDS, CHAIRS = {"bed", "pillow"}, {"chair-with-back"}
OWN = {"front": BEDS, "side": BEDS, "lying": BEDS, "on-bed": BEDS, "chair": CHAIRS, "wheelchair": {"wheelchair"}}
FLAT = {"cannot-lie-flat", "pressure-injury"}
AGAINST = {"lying": FLAT, "front": FLAT | {"pregnancy"}, "side": {"pressure-injury"}, "standing": {"fall-risk"}}
FLAGS = ["hip-replacement", "fall-risk", "dvt-suspected", "neck-problem", "cannot-lie-flat", "pregnancy"]


def _some(known: object, most: int = 2) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(sorted(known)), max_size=most, unique=True).map(tuple)  # type: ignore[call-overload]


@st.composite
def _wishes(draw: st.DrawFn) -> Wishes:
    helper, can = draw(st.sampled_from([None, True, False])), draw(_some(LEVELS))
    if helper is False:
        can = tuple(word for word in can if LEVELS[word] != "needs-helper")
    return Wishes(
        position=draw(_some(POSITIONS, 3)),
        area=draw(_some(AREAS)),
        equipment=draw(_some(set(THINGS) - {"nothing"}, 5) | st.just(("nothing",))),
        helper=helper,
        can=can,
        avoid=draw(_some(FLAGS)),
        minutes=draw(st.none() | st.integers(1, 30)),
    )


def _needed(stretch: Stretch, at: Position) -> set[Equipment]:
    """What it takes in a position: in another than the first, that position's own seat or bed."""
    seats = {"bed", "mat", "chair-with-back", "chair-with-arms", "wheelchair"}
    own = {"chair": "chair-with-back", "wheelchair": "wheelchair"}.get(KIND[at], "bed")
    same = KIND[at] == "standing" or KIND[at] == KIND[stretch.positions[0]]
    return {thing if same or thing not in seats else own for thing in stretch.equipment}  # type: ignore[misc]


def _suits(stretch: Stretch, at: Position, wishes: Wishes) -> bool:
    """Does a stretch honour all wishes in a position? Said anew, to hold the rule against."""
    abilities = {level for word in wishes.can for level in ABILITIES[LEVELS[word]]}
    helped = wishes.helper or "needs-helper" in abilities
    lying_will_do = KIND[at] in ("front", "side", "lying") and stretch.level in ("sits-alone", "sits-supported")
    levels = {stretch.level} | ({"lies-turns-alone"} if lying_will_do else set())
    has = {thing for word in wishes.equipment for thing in THINGS[word]} | OWN.get(KIND[at], set())
    stands = bool(wishes.position) or "stands-supported" in abilities
    return all(
        (
            any(at in POSITIONS[word] for word in wishes.position) or not wishes.position,
            any(set(AREAS[word]) & set(stretch.body_area) for word in wishes.area) or not wishes.area,
            stretch.level != "needs-helper" or bool(helped),
            not wishes.can or bool(levels & abilities) or bool(stretch.level == "needs-helper" and wishes.helper),
            not wishes.equipment or _needed(stretch, at) - {"helper"} <= has,
            set(wishes.avoid).isdisjoint({*stretch.flags, *AGAINST.get(KIND[at], set())}),
            stands or KIND[at] != "standing",
            bool(wishes.position) or KIND[at] != "front",
            stretch.status != "retired",
        )
    )


def _places(stretch: Stretch, wishes: Wishes) -> list[Position]:
    open_to = stretch.positions if wishes.position else stretch.positions[:1]
    return [at for at in open_to if _suits(stretch, at, wishes)]


def _fewest_changes(places: list[list[Position]]) -> int:
    kinds = [{KIND[at] for at in some} for some in places]
    return min(len(set(way)) for way in product(*kinds)) - 1


@settings(max_examples=300, deadline=None)
@given(_wishes())
def test_a_sheet_of_wishes_honours_them(wishes: Wishes) -> None:
    plan = Plan(wishes=wishes, date=DAY)
    every = [made_up().stretch(id) for id in made_up().ids]
    if not wishes:
        return
    try:
        items = resolve(plan, made_up()).items
    except RequestError as refused:
        (found,) = refused.findings
        fitting = [stretch for stretch in every if _places(stretch, wishes)]
        assert not fitting or found.place == "--minutes"
        return
    assert all(_suits(item.stretch, item.position, wishes) for item in items)
    assert len({item.stretch.id for item in items}) == len(items)
    if wishes.minutes:
        assert sum(item.seconds for item in items) <= wishes.minutes * 60
    else:
        assert len(items) <= 5
    runs = [a.position != b.position for a, b in pairwise(items)]
    assert sum(runs) == len({item.position for item in items}) - 1
    kinds = [KIND[a.position] != KIND[b.position] for a, b in pairwise(items)]
    assert sum(kinds) == _fewest_changes([_places(item.stretch, wishes) for item in items])
    taken = {item.stretch.id for item in items}
    assert not any(variant.id in taken for item in items for variant in item.stretch.variants)
    assert resolve(plan, made_up()).items == items


@settings(max_examples=100, deadline=None)
@given(_wishes())
def test_every_stretch_is_accounted_for(wishes: Wishes) -> None:
    if wishes:
        verdicts = weighed(Plan(wishes=wishes), made_up())
        assert sorted(verdict.stretch.id for verdict in verdicts) == sorted(made_up().ids)
        assert all(verdict.reason for verdict in verdicts)


def _ids(handout: Handout) -> list[str]:
    return [item.stretch.id for item in handout.items]


def _composed(**wishes: object) -> list[str]:
    return _ids(resolve(Plan(wishes=Wishes(**wishes)), made_up()))  # type: ignore[arg-type]


def test_the_made_up_stretches_are_in_order() -> None:
    assert check(made_up()) == []


def test_the_better_founded_comes_first_and_then_the_shorter() -> None:
    assert _composed(position=("wheelchair",), area=("calf", "inner-thigh"), minutes=3) == ["m-calf"]
    both = _composed(position=("lying",), area=("hips",), avoid=("hip-replacement",))
    assert both == ["m-roll-one"]
    assert _composed(position=("wheelchair",), minutes=2) == ["m-arms"]  # a source on MS, and the shorter


def test_each_area_that_is_wanted_comes_before_a_second_for_one() -> None:
    chosen = _composed(position=("wheelchair",), area=("legs", "neck", "hands"), minutes=5)
    areas = {area for id in chosen for area in made_up().stretch(id).body_area}
    assert {"neck", "hand"} <= areas and areas & set(AREAS["legs"])


def test_standing_the_front_and_a_helper_are_taken_only_when_they_are_asked_for() -> None:
    all_of = _composed(minutes=180)
    kinds = {KIND[made_up().stretch(id).positions[0]] for id in all_of}
    assert kinds.isdisjoint({"standing", "front"}) and not any("helped" in id for id in all_of)
    assert _composed(area=("calf",), can=("stand",), equipment=("wall",)) == ["m-long", "m-wall"]
    assert "m-thigh" in _composed(position=("front",))
    assert "m-hand-helped" in _composed(position=("wheelchair",), helper=True, minutes=60)


def test_sitting_with_support_is_not_turning_in_bed() -> None:
    assert "m-roll" not in _composed(position=("lying", "wheelchair"), can=("sit-with-support",))
    assert "m-twist" not in _composed(position=("lying", "wheelchair"), can=("sit-with-support",))
    assert _composed(position=("lying", "wheelchair"), can=("turn",), area=("neck",)) == ["m-neck"]
    item = resolve(Plan(wishes=Wishes(position=("lying", "wheelchair"), can=("turn",), area=("neck",))), made_up())
    assert item.items[0].position == "supine"


def test_a_position_brings_its_own_warnings() -> None:
    assert "m-neck" not in _composed(position=("lying", "wheelchair"), avoid=("cannot-lie-flat",), can=("turn",),
                                     helper=True)  # fmt: skip
    sheet = resolve(Plan(wishes=Wishes(position=("lying",), area=("neck",))), made_up())
    assert "cannot-lie-flat" in sheet.items[0].flags
    assert "lying flat makes it hard to breathe or swallow" in _said(sheet, made_up())


def test_who_falls_is_given_nothing_to_do_standing() -> None:
    free = _named(position=("standing", "wheelchair"), minutes=180)
    safe = _named(position=("standing", "wheelchair"), minutes=180, avoid=("fall-risk",))
    assert {KIND[item.position] for item in free.items} == {"wheelchair", "standing"}
    assert {KIND[item.position] for item in safe.items} == {"wheelchair"}


def _said(handout: Handout, lib: Library) -> str:
    return collapsed(" ".join(text for part in sections(handout, lib) for text in part.script()))


@pytest.mark.parametrize("lib", [made_up, library], ids=["made up", "ours"])
def test_a_wheelchair_sheet_says_wheelchair_and_never_steady_chair(lib: object) -> None:
    content: Library = lib()  # type: ignore[operator]
    further = [id for id in content.ids if "wheelchair-sitting" in content.stretch(id).positions[1:]
               and content.stretch(id).status != "retired"]  # fmt: skip
    assert len(further) > 1
    sheet = resolve(Plan(stretches=tuple(further), wishes=Wishes(position=("wheelchair",))), content)
    said = _said(sheet, content)
    assert "steady chair" not in said and "You sit in a chair." not in said
    assert len(re.findall(r"(?:You sit in your|They sit in their) wheelchair\.", said)) == len(further)
    assert "Have ready: your wheelchair with the brakes on" in said
    for item in sheet.items:
        assert item.chosen(item.stretch.start["wheelchair-sitting"]["en"]) in said


def test_a_bed_takes_the_place_of_a_chair() -> None:
    sheet = resolve(Plan(stretches=("m-neck",), wishes=Wishes(position=("bed",))), made_up())
    said = _said(sheet, made_up())
    assert "Have ready: a firm bed." in said and "Begin anew, as in supine." in said
    assert "steady chair" not in said


def test_the_caption_says_that_another_position_is_drawn() -> None:
    chair = resolve(Plan(stretches=("seated-calf-towel",)), library())
    wheelchair = resolve(Plan(("seated-calf-towel",), wishes=Wishes(position=("wheelchair",))), library())
    assert "Drawn in a" not in _said(chair, library())
    assert "Stretch: step 6. Drawn in a chair. " in _said(wheelchair, library())


@pytest.mark.parametrize("edition", EDITION_NAMES)
def test_a_sheet_of_wishes_keeps_every_print_rule(tmp_path_factory: pytest.TempPathFactory, edition: str) -> None:
    path = tmp_path_factory.mktemp("sheet") / "sheet.pdf"
    wishes = Wishes(position=("wheelchair", "standing"))
    plan = Plan(routine="five-to-start", wishes=wishes, edition=edition, date=DAY)
    handout = resolve(plan, library())
    path.write_bytes(compose(plan, library()))
    expected = Expected(
        stretches=tuple(item.stretch.name["en"] for item in handout.items), title="Your stretches",
        originator="Made with handouts", date="November 22, 2026", version=library().about.version, person="",
        edition=edition, paper="Letter", lang="en-US",
    )  # fmt: skip
    document = read(path)
    assert [found for rule in RULES.values() for found in rule(document, EDITIONS[edition], expected)] == []
    assert words(pdfium_text(path)) == _said(handout, library())


def _named(*ids: str, routine: str = "", doses: dict[str, Dose] | None = None, **wishes: object) -> Handout:
    asked = Wishes(**wishes)  # type: ignore[arg-type]
    return resolve(Plan(ids, routine, asked, doses or {}, date=dt.date(2026, 11, 22)), made_up())


def test_what_does_not_fit_gives_way_to_its_variant_and_the_sheet_says_so() -> None:
    sheet = _named("m-neck", "m-wall", position=("wheelchair",))
    assert _ids(sheet) == ["m-neck", "m-calf"]
    assert "This list was changed to fit what was asked for. “M calf” takes the place of “M wall”." in _said(
        sheet, made_up()
    )


def test_an_easier_variant_comes_before_a_seated_one() -> None:
    assert _ids(_named("m-roll", avoid=("hip-replacement",))) == ["m-roll-one"]
    assert _ids(_named("m-roll", position=("chair",))) == ["m-twist"]


def test_a_harder_or_unasked_variant_is_never_put_in() -> None:
    with pytest.raises(RequestError, match=r"m-wall: is not for now \(you fall.*\)\. Near it and fitting is "):
        _named("m-wall", "m-calf", avoid=("fall-risk",))
    assert _ids(_named("m-step", avoid=("neck-problem",))) == ["m-step"]
    with pytest.raises(RequestError, match=r"m-step: is done another way"):
        _named("m-step", position=("chair",))


def test_a_routine_swaps_and_leaves_out_and_its_note_with_it() -> None:
    sheet = _named(routine="m-mixed", position=("wheelchair",))
    assert _ids(sheet) == ["m-calf", "m-neck"]
    said = _said(sheet, made_up())
    assert "“M calf” takes the place of “M wall”. “M thigh” is left out. Keep calm. 1 M calf" in said
    assert "needs a wall" not in said and "in the evening" not in said
    assert sheet.items[0].repeats == 2  # its own dose, not that of the routine for another stretch


def test_a_routine_that_fits_is_not_touched() -> None:
    sheet = _named(routine="m-mixed")
    assert _ids(sheet) == ["m-wall", "m-thigh", "m-neck"] and sheet.changes == ()
    assert "This list was changed" not in _said(sheet, made_up())


def test_a_routine_is_cut_to_the_time_and_named_stretches_are_not() -> None:
    assert _ids(_named(routine="m-mixed", minutes=4)) == ["m-wall", "m-thigh"]
    with pytest.raises(RequestError, match=r"m-neck: would make it longer than 2 min. Leave one out"):
        _named("m-calf", "m-neck", minutes=2)


def test_wishes_count_the_doses_that_are_asked_for() -> None:
    usual = _named(position=("wheelchair",), area=("neck",), minutes=2)
    assert [(item.stretch.id, item.seconds) for item in usual.items] == [("m-neck", 85)]
    with pytest.raises(RequestError, match=r"no stretch fits in 2 min. The shortest that fits, m-neck, takes 3"):
        _named(doses={"m-neck": Dose(hold=60)}, position=("wheelchair",), area=("neck",), minutes=2)


def test_a_dose_for_what_was_swapped_is_refused() -> None:
    with pytest.raises(RequestError, match=r"--dose m-wall: is not on this sheet. m-calf takes its place"):
        _named("m-wall", doses={"m-wall": Dose(hold=20)}, position=("wheelchair",))
    sheet = _named("m-wall", doses={"m-calf": Dose(hold=20)}, position=("wheelchair",))
    assert sheet.items[0].hold == 20


def test_nothing_fits_says_what_ruled_out_the_most_and_what_is_near() -> None:
    with pytest.raises(
        RequestError, match=r"none of the 16 stretches fits.*Most are ruled out by --\w+ \(\d+\)"
    ) as told:
        _named(position=("standing",), equipment=("nothing",), avoid=("fall-risk",))
    assert "Nearest is " in str(told.value)
    with pytest.raises(RequestError, match=r"--minutes: no stretch fits in 1 min. The shortest that fits, m-"):
        _named(position=("standing",), minutes=1)


def test_wishes_in_the_wrong_words_are_all_told_at_once() -> None:
    with pytest.raises(RequestError) as told:
        Wishes(position=("weelchair",), area=("leg",), equipment=("towl",), can=("stan",), minutes=0)
    hints = ["wheelchair?", "legs?", "towel?", "stand?", "1 to 180."]
    assert all(hint in str(found) for hint, found in zip(hints, told.value.findings, strict=True))


def test_wishes_in_another_form_are_refused() -> None:
    with pytest.raises(
        RequestError, match=r"position is one text, .* Write \('chair',\)\.\nwishes: minutes is '10'"
    ):
        Wishes(position="chair", minutes="10")  # type: ignore[arg-type]


def test_a_flag_for_every_stretch_makes_no_sheet() -> None:
    for chosen in ({"routine": "m-mixed"}, {}):
        with pytest.raises(RequestError, match=r"“infection” holds for every stretch .* Ask your care team first"):
            _named(**chosen, avoid=("infection",))  # type: ignore[arg-type]


def test_without_wishes_nothing_is_weighed() -> None:
    selection = select(Plan(("foot-roll", "hip-crossovers")), library())
    assert [(v.stretch.id, v.position) for v in selection.verdicts] == [
        ("foot-roll", "standing-supported"),
        ("hip-crossovers", "hook-lying"),
    ]
