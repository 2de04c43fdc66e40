"""A small sheet that keeps every rule of the print checklist, and for each rule a change that breaks it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from kit import glyphs
from kit.checklist import EDITIONS, RULES, Expected
from kit.samples import A4, BOLD, REGULAR, Item, text_width, write

EXPECTED = Expected(
    stretches=("Hip crossovers", "Calf stretch"),
    title="Your stretches",
    originator="Example Clinic",
    date="12 March 2026",
    version="1.0",
    person="Ann Bell",
    lang="en",
)
BADGE = "0 0.165 0.322 rg 60 {y} 20 20 re f"
# Right aligned, as the product does it.
FOOT_X = A4[0] - 60 - text_width("Page 1 of 2", 12)
TICK = "\u2610"
BULLET = "\u2022"


def head() -> list[Item]:
    """Title, person, clinic, date, version; a note; a box of advice in words."""
    return [
        Item("H1", ((60, 755, "Your stretches "),), size=24, font=BOLD),
        Item("P", ((60, 728, "For Ann Bell, from Example Clinic "),)),
        Item("P", ((60, 705, "12 March 2026, version 1.0 "),)),
        Item("H2", ((60, 670, "Before you start "),), size=18, font=BOLD),
        Item(
            "P#a",
            ((60, 643, "Print at Actual size, 100%. Ask your care team "), (60, 624.8, "before you start. ")),
        ),
        Item(
            "P#b",
            ((60, 592.8, "Stop if it hurts, and rest for 30 seconds "), (60, 574.6, "before you go on. ")),
        ),
    ]


def drawing(y: float) -> str:
    """A frame, and a tint with two stripes."""
    tint = f"0.965 0.694 0.518 rg 410 {y + 10} 40 40 re f 0.5 w"
    stripes = f"412 {y + 12} m 440 {y + 40} l S 420 {y + 12} m 440 {y + 32} l S"
    return f"{tint} {stripes} 1 w 400 {y} 100 70 re S"


def stretch(number: int, name: str, y: float, page: int) -> list[Item]:
    """Heading with badge, purpose, figure to the right of two steps."""
    sect = f"Sect#{number}"
    two_lines = ((85, y - 60, "Lie on your back and "), (85, y - 78.2, "bend your knees. "))
    return [
        Item(f"{sect}/H2#h", ((66, y, f"{number} "),), page, 14, BOLD, "1 g", BADGE.format(y=y - 5)),
        Item(f"{sect}/H2#h", ((90, y, f"{name} "),), page, 18, BOLD),
        Item(f"{sect}/P", ((60, y - 28, "Loosens tight hips and the lower back. "),), page),
        Item(f"{sect}/Figure", page=page, before=drawing(y - 140), alt="A person lies down."),
        Item(f"{sect}/P#c", ((400, y - 156, "Step 1 "),), page, 12),
        Item(f"{sect}/L#l/LI#1/Lbl", ((60, y - 60, "1 "),), page, font=BOLD),
        Item(f"{sect}/L#l/LI#1/LBody", two_lines, page),
        Item(f"{sect}/L#l/LI#2/Lbl", ((60, y - 105, "2 "),), page, font=BOLD),
        Item(f"{sect}/L#l/LI#2/LBody", ((85, y - 105, "Breathe out. "),), page),
    ]  # fmt: skip


def log() -> list[Item]:
    """A tick table on page 2."""
    frame = "1.5 w 60 440 300 90 re S"
    return [
        Item("Artifact", before=frame, page=2),
        Item("Table#t/TR#1/TH", ((65, 505, "Stretch "),), 2, font=BOLD),
        Item("Table#t/TR#1/TH", ((200, 505, "Monday "),), 2, font=BOLD),
        Item("Table#t/TR#2/TD", ((65, 460, "Calf stretch "),), 2),
        Item("Table#t/TR#2/TD", ((200, 460, TICK),), 2, size=28),
    ]


def foot(page: int) -> list[Item]:
    """Short disclaimer and page number."""
    return [
        Item("Artifact", ((60, 40, "Not medical advice. "),), page, 12),
        Item("Artifact", ((FOOT_X, 40, f"Page {page} of 2"),), page, 12, BOLD),
    ]


def good() -> list[Item]:
    """The sheet that keeps every rule."""
    stretches = stretch(1, "Hip crossovers", 520, 1) + stretch(2, "Calf stretch", 760, 2)
    return [*head(), *stretches, *log(), *foot(1), *foot(2)]


Change = Callable[[list[Item]], list[Item]]


def swap(path: str, nth: int = 0, **changes: Any) -> Change:
    """The sheet with some fields of the nth item at a path (or with that text) changed."""

    def change(items: list[Item]) -> list[Item]:
        hits = [
            n for n, item in enumerate(items) if item.path == path or any(path in line[2] for line in item.lines)
        ]
        at = hits[nth]
        return [*items[:at], replace(items[at], **changes), *items[at + 1 :]]

    return change


def add(*more: Item) -> Change:
    """The sheet with items painted last."""
    return lambda items: [*items, *more]


def drop(path: str) -> Change:
    """The sheet without the items at a path or with a text."""
    return lambda items: [
        item for item in items if item.path != path and not any(path in line[2] for line in item.lines)
    ]


def move(text: str, page: int) -> Change:
    """The items under a path prefix on another page."""
    return lambda items: [replace(i, page=page) if i.path.startswith(text) else i for i in items]


def paragraph(
    *lines: str, x: float = 60, y: float = 400, pitch: float = 18.2, indent: float = 0
) -> tuple[Any, ...]:
    """Lines of a paragraph at 14 pt."""
    return tuple((x + (indent if n == 0 else 0), y - n * pitch, line) for n, line in enumerate(lines))


@dataclass(frozen=True)
class Broken:
    """A rule, a piece of its finding, the change that breaks it, and what else differs."""

    rule: str
    finding: str
    change: Change = lambda items: items
    edition: str = "standard"
    expected: Mapping[str, Any] = field(default_factory=dict)
    written: Mapping[str, Any] = field(default_factory=dict)


THREE = ("Lie down now. ", "Breathe out. ", "Breathe in. ")
LOOSE = paragraph("Rest a little before ", "you go on with it. ")
CENTRED = ((100, 400, "Rest"), (100 - text_width("aa", 14), 381.8, "aaRestaa"))
NOT_HANGING = paragraph("Lie and ", "rest. ", x=70, y=460, indent=15)
STEP = "Sect#1/L#l/LI#2/"
FIGURE = "Sect#1/Figure"
SHEAR = 0.2
LINES = "60 370 m 500 370 l S 60 340 m 500 340 l S 60 {} m 500 {} l S"
ASKED = Item("P#q", ((60, 400, "Write here. "),))
FRIDGE = {"form": "fridge", "about": "Before you start"}


def to_write(last: float, **changes: Any) -> Item:
    """Three lines to write on, the last one at this height."""
    return replace(Item("Form#f", before=LINES.format(last, last), alt="Lines"), **changes)


COLUMNS = (Item("P", paragraph(*THREE)), Item("P", paragraph(*THREE, x=300)))
SPLIT = [swap(STEP + "Lbl", page=2), swap(STEP + "LBody", page=2)]


def both(*changes: Change) -> Change:
    """Several changes, one after the other."""

    def change(items: list[Item]) -> list[Item]:
        for one in changes:
            items = one(items)
        return items

    return change


CASES = [
    Broken("T1", "body 14 pt, at least 18", edition="large"),
    Broken("T1", "step 13 pt", swap("Breathe out", size=13)),
    Broken("T2", "x-height 2.70 mm", edition="giant"),
    Broken("T3", "11 pt 'Page 2 of 2'", swap("Page 2 of 2", size=11)),
    Broken("T4", "H2 15 pt", swap("Before you start", size=15)),
    Broken("T5", "H1 16 pt", swap("H1", size=16)),
    Broken("T6", "not one of the known sans serif", swap("Breathe out", font="Times-Roman")),
    Broken("T6", "weight 300", swap("Breathe out", font="NotoSans-Light")),
    Broken("T6", "condensed", swap("Breathe out", font="NotoSans-Condensed")),
    Broken("T6", "squeezed", swap("Breathe out", within="90 Tz")),
    Broken("T6", "tracking", swap("Breathe out", within="-1 Tc")),
    Broken("T7", "draws I and l alike", add(Item("P", ((60, 400, "Il "),))), written={"twins": "Il"}),
    Broken("T8", "italic", swap("Breathe out", font="NotoSans-Italic")),
    Broken("T8", "italic", swap("Breathe out", slant=SHEAR)),
    Broken("T9", "underlined 'Breathe out", swap("Breathe out", before="1 w 86 413 m 150 413 l S")),
    Broken("T10", "STOP NOW", add(Item("P", ((60, 400, "STOP NOW and rest. "),)))),
    Broken("T11", "hyphen", add(Item("P", paragraph("Sit straight and com-", "fortable now. ")))),
    Broken("L1", "1.4 wanted", edition="large"),
    Broken("L2", "pitch 1.10", add(Item("P", paragraph("Sit and ", "rest. ", pitch=15.4)))),
    Broken("L2", "pitch 1.60", add(Item("P", paragraph("Sit and ", "rest. ", pitch=22.4)))),
    Broken("L4", "at most 44", edition="giant"),
    Broken("L5", "at most 160", add(Item("P", ((60, 400, "Sit and rest, then go on. " * 3),)))),
    Broken("L6", "justified", add(Item("P", ((60, 400, "Sit and rest a bit. "),), spread=200))),
    Broken("L6", "centred", add(Item("P", CENTRED))),
    Broken("L7", "0.00 lines", add(Item("P", LOOSE), Item("P", paragraph("Then rest. ", y=363.6)))),
    Broken("L9", "30 seconds", add(Item("P", paragraph("Hold for 30 ", "seconds. ")))),
    Broken("L9", "Ann Bell", add(Item("P", paragraph("Made for Ann ", "Bell. ")))),
    Broken("L9", "apart from its text", swap(STEP + "Lbl", lines=((60, 420, "2 "),))),
    Broken("L10", "indent", add(Item("P", paragraph("Sit and ", "rest. ", indent=14)))),
    Broken("L11", "no hanging indent", swap("Lie on your back", lines=NOT_HANGING)),
    Broken("L11", "numeral 14 pt of weight 400", swap(STEP + "Lbl", font=REGULAR)),
    Broken("L11", "bullet", swap(STEP + "Lbl", lines=((60, 415, BULLET),), size=6)),
    Broken("L12", "one line alone", add(Item("P#w", LOOSE[:1]), Item("P#w", LOOSE[1:], page=2))),
    Broken("L12", "ends its page", both(swap("Loosens", page=2), *(move(f"Sect#1/{p}", 2) for p in "LF"),
                                        move("Sect#1/P#c", 2))),
    Broken("L13", "columns", add(*COLUMNS)),
    Broken("P1", "is not Letter", expected={"paper": "Letter"}),
    Broken("P2", "from the left edge", add(Item("P", ((40, 400, "Rest. "),)))),
    Broken("P2", "from the right edge", add(Item("Artifact", before="500 400 80 9 re f"))),
    Broken("P2", "from the top edge", add(Item("Artifact", before="100 810 80 9 re f"))),
    Broken("P3", "page 2: ", expected={"bound": True}),
    Broken("P3", "at least 32.7", expected={"bound": True, "duplex": True}),
    Broken("P4", "from the bound edge", add(Item("P", ((40, 400, "Rest. "),))), expected={"bound": True}),
    Broken("P4", "page 2: ", add(Item("Artifact", before="1 w 500 400 m 580 400 l S", page=2)),
           expected={"bound": True, "duplex": True}),
    Broken("P5", "from the bottom edge", add(Item("Artifact", before="8 w 100 20 m 200 20 l S"))),
    Broken("P6", "0 artifacts", drop("Page 2 of 2")),
    Broken("P6", "moves", swap("Page 2 of 2", lines=((FOOT_X, 46, "Page 2 of 2"),))),
    Broken("P6", "not bold", swap("Page 2 of 2", font=REGULAR)),
    Broken("P6", "lower outer corner", swap("Page 2 of 2", lines=((300, 40, "Page 2 of 2"),))),
    Broken("P7", "2 stretches, at most 1", move("Sect#2", 1), edition="large"),
    Broken("P7", "no H2 for 'Foot roll'", expected={"stretches": ("Foot roll",)}),
    Broken("P8", "on pages (1, 2)", both(*SPLIT)),
    Broken("P9", "1 steps on page 1", both(*SPLIT)),
    Broken("P9", "no 'Hip crossovers (continued)'", both(*SPLIT)),
    Broken("P12", "landscape", written={"sizes": [A4, A4[::-1]]}),
    Broken("P13", "lacks 'Actual size'", drop("Actual size")),
    Broken("P13", "scaled by", swap("Breathe out", within="ET 1.3 0 0 1.3 0 0 cm BT")),
    Broken("P16", "version '1.0'", drop("version 1.0")),
    Broken("P16", "one H1", drop("H1")),
    Broken("C1", "1.6:1", swap("Breathe out", color="0.8 0.8 0.8 rg")),
    Broken("C1", "1.0:1", swap("1 ", before="")),
    Broken("C2", "grey 0.30", swap("Breathe out", color="0.3 g")),
    Broken("C3", "Artifact stroke", add(Item("Artifact", before="0.6 G 100 300 m 300 300 l S"))),
    Broken("C6", "over a figure", add(Item("P", ((420, 400, "Rest. "),)))),
    Broken("C8", "figure is below", swap("Sect#1/Figure", before="100 300 80 60 re S")),
    Broken("C8", "figure is left", swap("Sect#1/Figure", before="65 440 10 40 re S")),
    Broken("C8", "P has 2 left edges", add(Item("P", ((75, 400, "Rest. "),)))),
    Broken("C4", "without stripes", swap(FIGURE, before="0.965 0.694 0.518 rg 400 380 100 70 re f")),
    Broken("C9", "mm from a figure to its step", swap(FIGURE, before="1 w 400 700 100 60 re S")),
    Broken("C9", "is on page 1", both(swap("Step 1 ", page=2), swap(FIGURE, page=2))),
    Broken("C11", "a line of 0.40 pt", swap(FIGURE, before="1 w 400 380 100 70 re S 0.4 w 400 380 50 50 re S")),
    Broken("C11", "no line above 0.60 pt", swap(FIGURE, before="0.6 w 400 380 100 70 re S")),
    Broken("C12", "background", swap(FIGURE, before="0.9 0.9 1 rg 400 380 100 70 re f 1 w 420 390 9 9 re S")),
    Broken("C13", "without a caption", drop("Step 1 ")),
    Broken("C13", "not right below", swap("Step 1 ", lines=((400, 300, "Step 1 "),))),
    Broken("C13", "elsewhere", swap("Step 1 ", lines=((420, 364, "Step 1 "),))),
    Broken("C13", "caption 11 pt", swap("Step 1 ", size=11)),
    Broken("C14", "an image", swap(FIGURE, before="q 100 0 0 70 400 380 cm BI /W 1 /H 1 /CS /G /BPC 8 ID 0 EI Q")),
    Broken("D5", "of 0 characters", swap(FIGURE, alt="")),
    Broken("D5", "of 153 characters", swap(FIGURE, alt="Lies down, yes. " * 9 + "Rests now")),
    Broken("D5", "caption is the alternative", swap(FIGURE, alt="Step 1")),
    Broken("F1", "tick box 5.1 mm", swap(TICK, size=20)),
    Broken("F3", "0 lines to write on", add(ASKED, to_write(311, before=""))),
    Broken("F3", "8.8 mm from line to line", add(ASKED, to_write(315))),
    Broken("F3", "nobody hears", add(ASKED, to_write(311, alt=""))),
    Broken("F3", "no question", add(to_write(311))),
    Broken("F7", "'Calf stretch' on pages (2,)", expected=FRIDGE),
    Broken("F7", "begins on page [1], not on page 2", expected=FRIDGE),
    Broken("F7", "no 'Rest.' on page 1", expected={**FRIDGE, "stop_words": "Rest."}),
    Broken("F7", "has 0 pictures", drop(FIGURE), expected=FRIDGE),
    Broken("F5", "a run of 5 '_'", add(Item("P", ((60, 400, "Notes _____ "),)))),
    Broken("F5", "a run of 3 ' '", add(Item("P", ((60, 400, "Notes   end "),)))),
    Broken("F6", "outside a table", add(Item("P", ((60, 400, TICK),), size=28))),
    Broken("F6", "no scope", swap("Monday", bare=True)),
    Broken("F6", "a drawn box", add(Item("Artifact", before="100 300 25 25 re S"))),
    Broken("D6", "the document has no language", written={"lang": ""}),
    Broken("D6", "Arabic text", add(Item("P", ((60, 400, "\u0642\u0644"),)))),
    Broken("D6", "fr wanted", expected={"foreign": (("Breathe out", "fr"),)}),
    Broken("D8", "'Bell' in Info Title", written={"info": {"Title": "Plan for ann bell"}}),
]  # fmt: skip


def read(folder: Path, items: list[Item], **written: Any) -> glyphs.Document:
    """A sheet written and read back."""
    return glyphs.read(write(folder / "sheet.pdf", items, **written))


@pytest.mark.parametrize("rule", RULES)
def test_the_good_sheet_keeps_the_rule(tmp_path: Path, rule: str) -> None:
    assert RULES[rule](read(tmp_path, good()), EDITIONS["standard"], EXPECTED) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}-{case.finding}")
def test_the_broken_sheet_is_found(tmp_path: Path, case: Broken) -> None:
    doc = read(tmp_path, case.change(good()), **case.written)
    expected = replace(EXPECTED, **case.expected)
    found = RULES[case.rule](doc, EDITIONS[case.edition], expected)
    assert any(case.finding in line for line in found), found
    assert all(line.startswith(case.rule) for line in found)


def test_every_rule_has_a_case_that_breaks_it() -> None:
    assert {case.rule for case in CASES} == set(RULES)


def test_a_stretch_split_by_the_rules_passes(tmp_path: Path) -> None:
    # Two steps on each side, the name repeated as an artifact.
    more = [(3, "Sit up. "), (4, "Rest. ")]
    steps = [
        item
        for n, text in more
        for item in (
            Item(f"Sect#1/L#l/LI#{n}/Lbl", ((60, 800 - 60 * n, f"{n} "),), 2, font=BOLD),
            Item(f"Sect#1/L#l/LI#{n}/LBody", ((85, 800 - 60 * n, text),), 2),
        )
    ]
    again = Item("Artifact", ((60, 700, "Hip crossovers (continued)"),), 2, 18, BOLD)
    doc = read(tmp_path, [*good(), *steps, again])
    assert RULES["P9"](doc, EDITIONS["standard"], EXPECTED) == []


def test_lines_to_write_on_pass(tmp_path: Path) -> None:
    doc = read(tmp_path, [*good(), ASKED, to_write(311)])
    assert RULES["F3"](doc, EDITIONS["standard"], EXPECTED) == []


def test_links_may_be_underlined(tmp_path: Path) -> None:
    link = Item("P#u/Link", ((60, 400, "https://example.org"),), before="1 w 60 398 m 180 398 l S")
    assert RULES["T9"](read(tmp_path, [*good(), link]), EDITIONS["standard"], EXPECTED) == []


def test_a_foreign_phrase_with_its_language_passes(tmp_path: Path) -> None:
    phrase = Item("P#f/Span", ((60, 400, "\u0642\u0644"),), lang="ar")
    doc = read(tmp_path, [*good(), phrase])
    expected = replace(EXPECTED, foreign=(("\u0642\u0644", "ar"),))
    assert RULES["D6"](doc, EDITIONS["standard"], expected) == []


def test_known_compounds_may_end_a_line(tmp_path: Path) -> None:
    doc = read(tmp_path, [*good(), Item("P", paragraph("This is self-", "care. "))])
    assert RULES["T11"](doc, EDITIONS["standard"], EXPECTED) == []
