"""Checklist parts E and G: the log, runs of characters, languages and privacy."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from .glyphs import Document, Glyph, Shape
from .limits import MM, Expected, Limits
from .roles import TICK, contains, inked, shown

# Characters of a script (first word of their Unicode name) are written in one of these languages.
SCRIPTS = {
    "ARABIC": "ar fa ur ps ckb ug sd", "HEBREW": "he yi", "GREEK": "el grc",
    "CYRILLIC": "ru uk bg sr mk be kk",
    "DEVANAGARI": "hi mr ne sa", "BENGALI": "bn as", "GURMUKHI": "pa", "GUJARATI": "gu", "TAMIL": "ta",
    "TELUGU": "te", "THAI": "th", "HANGUL": "ko", "HIRAGANA": "ja", "KATAKANA": "ja", "CJK": "zh ja ko",
    "ARMENIAN": "hy", "GEORGIAN": "ka", "ETHIOPIC": "am ti",
}  # fmt: skip


def _ticks(doc: Document, expected: Expected) -> list[Glyph]:
    """The tick boxes: glyphs that read as a ballot box or as the words for it."""
    spoken = {TICK, expected.tick_text.casefold()}
    return [glyph for glyph in inked(doc) if glyph.text.casefold() in spoken]


def f1(doc: Document, limits: Limits, expected: Expected) -> list[str]:
    """The side of each tick box, by its outline; never under the size of a capital beside it."""
    found = {}
    for glyph in _ticks(doc, expected):
        box = glyph.face.outline_box(glyph.code)
        em = min(box[2] - box[0], box[3] - box[1]) if box else glyph.width / glyph.size
        if em * glyph.size / MM < limits.tick_mm - 0.01:
            side = f"{em * glyph.size / MM:.1f}"
            found[glyph.page, side] = f"F1 page {glyph.page}: tick box {side} mm, at least {limits.tick_mm:g}"
    return list(found.values())


def f5(doc: Document, limits: Limits, expected: Expected) -> list[str]:
    """Five equal characters or three spaces in a row."""
    texts = [("".join(line.text for line in lines), lines[0].page) for lines in doc.blocks.values()]
    texts += [(line.text, line.page) for line in doc.lines if line.element < 0]
    runs = [(match.group(), page) for text, page in texts for match in re.finditer(r"(\S)\1{4,}|\s{3,}", text)]
    return [f"F5 page {page}: a run of {len(run)} {run[0]!r}" for run, page in runs]


def f6(doc: Document, limits: Limits, expected: Expected) -> list[str]:
    """Tick boxes stand in tables; tables have heads with a scope; no box is only drawn."""
    structure = doc.structure
    loose = {g.page for g in _ticks(doc, expected) if structure.within(g.element, "Table") < 0}
    tables = [element.index for element in structure.elements if element.tag == "Table"]
    heads = [element for element in structure.elements if element.tag == "TH"]
    headed = {structure.within(head.index, "Table") for head in heads}
    unscoped = [head for head in heads if not {"Scope", "Headers"} & head.attributes.keys()]
    return [
        *(f"F6 page {page}: a tick box outside a table" for page in sorted(loose)),
        *(f"F6: table {number} has no heads" for number, table in enumerate(tables, 1) if table not in headed),
        *(f"F6: head {shown(doc.text(head.index))} has no scope" for head in unscoped),
        *(f"F6 page {page}: a drawn box with nothing to read" for page in sorted(set(_empty_boxes(doc)))),
    ]


def _empty_boxes(doc: Document) -> Iterator[int]:
    """Pages of drawn squares of 4 to 20 mm, outside figures, that hold no glyph."""
    squares = [shape for shape in doc.shapes if shape.kind == "stroke" and _square(shape)]
    for square in squares:
        held = (g for g in inked(doc) if g.page == square.page and contains(square.box, (g.x, g.y, g.x, g.y)))
        if doc.structure.within(square.element, "Figure") < 0 and next(held, None) is None:
            yield square.page


def _square(shape: Shape) -> bool:
    """About as high as wide, of a tick box's size."""
    return 4 * MM < shape.width < 20 * MM and 0.8 < shape.height / shape.width < 1.25


def d6(doc: Document, limits: Limits, expected: Expected) -> list[str]:
    """A language on the document and on each phrase in another script or named as foreign."""
    found = [] if doc.lang else ["D6: the document has no language"]
    if expected.lang and doc.lang and doc.lang.split("-")[0] != expected.lang.split("-")[0]:
        found.append(f"D6: the document is {doc.lang}, {expected.lang} wanted")
    marks = {(glyph.element, script) for glyph in inked(doc) for script in _scripts(glyph.text)}
    wrong = [(e, s) for e, s in sorted(marks) if _language(doc, e) not in SCRIPTS[s].split()]
    found += [
        f"D6: {s.title()} text in language {_language(doc, e) or '-'}: {shown(_words(doc, e))}" for e, s in wrong
    ]
    return found + [fault for phrase, lang in expected.foreign for fault in _phrase_faults(doc, phrase, lang)]


def _scripts(text: str) -> Iterator[str]:
    """Scripts other than Latin in a text."""
    names = (
        unicodedata.name(character, "").split(" ")[0].split("-")[0] for character in text if ord(character) > 127
    )
    return (name for name in names if name in SCRIPTS)


def _language(doc: Document, element: int) -> str:
    """The language, without its region, that an element is read in."""
    return (doc.structure.language(element) or doc.lang).split("-")[0].casefold()


def _words(doc: Document, element: int) -> str:
    """Text shown by one element itself."""
    return "".join(glyph.text for glyph in doc.glyphs if glyph.element == element)


def _phrase_faults(doc: Document, phrase: str, lang: str) -> Iterator[str]:
    """Elements with a phrase that name another language, or no such element."""
    held = {glyph.element for glyph in doc.glyphs if glyph.element >= 0}
    bearers = [element for element in sorted(held) if phrase in " ".join(_words(doc, element).split())]
    if not bearers:
        yield f"D6: {shown(phrase)} is in no element of its own"
    for element in bearers:
        if _language(doc, element) != lang.split("-")[0].casefold():
            yield f"D6: {shown(phrase)} in language {_language(doc, element) or '-'}, {lang} wanted"


def d8(doc: Document, limits: Limits, expected: Expected) -> list[str]:
    """No part of the person's name in the metadata or the file name."""
    parts = [part for part in re.split(r"[^\w'\u2019]+", expected.person) if len(part) > 2]
    places = {
        **{f"Info {key}": value for key, value in doc.info.items()},
        "XMP": doc.xmp,
        "file name": doc.path.name,
    }
    return [
        f"D8: {part!r} in {place}"
        for place, text in places.items()
        for part in parts
        if re.search(rf"(?<![^\W_]){re.escape(part)}(?![^\W_])", unicodedata.normalize("NFC", text), re.IGNORECASE)
    ]
