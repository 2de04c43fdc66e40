"""Checklist part A: type."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator

from .fonts import Font
from .glyphs import Document, Glyph, Line, Shape
from .limits import MM, Expected, Limits
from .painted import WHITE
from .roles import body_face, body_size, inked, is_step, running_lines, shown

# Sizes are written with two decimals at most.
SIZE_SLACK = 0.011
# Each pair must differ in outline (APH, RNIB: I l 1, O 0, 3 5 6 8 9).
ALIKE = ("Il1", "O0", "35689")
LINE_END_HYPHENS = "-\u2010\u00ad"


def t1(doc: Document, limits: Limits, expected: Expected) -> list[str]:
    """Body size: of most running text, and of every numbered step."""
    size = body_size(doc)
    found = [f"T1: body {size:g} pt, at least {limits.body_pt:g}"] if size < limits.body_pt - SIZE_SLACK else []
    steps = [line for line in running_lines(doc) if is_step(doc, line.element)]
    return found + _too_small("T1", "step ", steps, limits.body_pt)


def t2(doc: Document, limits: Limits, expected: Expected) -> list[str]:
    """x-height of the body font at body size."""
    glyph = body_face(doc)
    if glyph is None:
        return ["T2: no running text"]
    if glyph.face.x_height is None:
        return [f"T2: x-height of {glyph.font} cannot be told"]
    height = glyph.face.x_height * glyph.size / MM
    short = height < limits.x_height_mm - 0.005
    return [f"T2: x-height {height:.2f} mm, at least {limits.x_height_mm}"] if short else []


def t3(doc: Document, limits: Limits, expected: Expected) -> list[str]:
    """The smallest text anywhere, artifacts and figure labels included."""
    return _too_small("T3", "", doc.lines, limits.smallest_pt)


def t4(doc: Document, limits: Limits, expected: Expected) -> list[str]:
    """H1 and H2 sizes; a white number on its badge is no heading text."""
    least = {"H1": limits.h1_pt, "H2": limits.h2_pt}
    return [
        found for tag, size in least.items() for found in _too_small("T4", f"{tag} ", _heading(doc, tag), size)
    ]


def t5(doc: Document, limits: Limits, expected: Expected) -> list[str]:
    """H1 and H2 against the body."""
    body = body_size(doc)
    least = {"H1": limits.h1_ratio * body, "H2": limits.h2_ratio * body}
    return [
        found for tag, size in least.items() for found in _too_small("T5", f"{tag} ", _heading(doc, tag), size)
    ]


def _heading(doc: Document, tag: str) -> Iterator[Line]:
    """Heading lines without the badge."""
    for line in doc.lines:
        text = tuple(glyph for glyph in line.inked if glyph.color != WHITE)
        if line.tag == tag and text:
            yield Line(line.page, line.y, line.tag, line.element, text)


def _too_small(rule: str, what: str, lines: Iterable[Line], least: float) -> list[str]:
    """A finding for each line with smaller text."""
    sizes = [(line, min((g.size for g in line.inked if g.visible), default=least)) for line in lines]
    return [
        f"{rule} page {line.page}: {what}{size:.4g} pt {shown(line.text)}, at least {least:.4g}"
        for line, size in sizes
        if size < least - SIZE_SLACK
    ]


def t6(doc: Document, limits: Limits, expected: Expected) -> list[str]:
    """Sans serif of weight 400 to 700, not condensed, no negative tracking."""
    faces = [found for face in doc.faces for found in _face_faults(face, limits)]
    text = [(glyph, fault) for glyph in inked(doc) for fault in _set_faults(glyph)]
    return faces + _first_of_each("T6", text)


def _face_faults(face: Font, limits: Limits) -> Iterator[str]:
    """What is wrong with a font as such."""
    if face.serif or not face.family.startswith(limits.families):
        yield f"T6: {face.name} is not one of the known sans serif families"
    if not 400 <= face.weight <= 700:
        yield f"T6: {face.name} has weight {face.weight}, 400 to 700 wanted"
    if re.search(r"cond|narrow|compressed", face.name, re.IGNORECASE):
        yield f"T6: {face.name} is condensed"


def _set_faults(glyph: Glyph) -> Iterator[str]:
    """What is wrong with how a glyph is set."""
    if glyph.stretch < 0.99:
        yield f"squeezed to {glyph.stretch:.2f}"
    if glyph.tracking < -0.001:
        yield f"tracking {glyph.tracking:.3f} em"


def _first_of_each(rule: str, faults: Iterable[tuple[Glyph, str]]) -> list[str]:
    """One finding for each fault and page, naming the first glyph."""
    first: dict[tuple[int, str], Glyph] = {}
    for glyph, fault in faults:
        first.setdefault((glyph.page, fault), glyph)
    return [
        f"{rule} page {page}: {fault} at ({glyph.x:.0f}, {glyph.y:.0f}) {shown(glyph.text)}"
        for (page, fault), glyph in first.items()
    ]


def t7(doc: Document, limits: Limits, expected: Expected) -> list[str]:
    """Characters that must not look alike, in every font, as far as the subset holds them."""
    return [found for face in doc.faces for found in _alike(face)]


def _alike(face: Font) -> Iterator[str]:
    """Pairs of characters with one outline."""
    pairs = [pair for group in ALIKE for pair in itertools.combinations(group, 2)]
    for one, other in pairs:
        codes = (face.code_for(one), face.code_for(other))
        if None not in codes:
            drawn = [face.outline(code) for code in codes if code is not None]
            if drawn[0] == drawn[1]:
                yield (
                    f"T7: {face.name} draws {one} and {other} alike" if drawn[0] else f"T7: {face.name} unreadable"
                )


def t8(doc: Document, limits: Limits, expected: Expected) -> list[str]:
    """Italic or oblique text, by font or by a slanted matrix."""
    return _first_of_each("T8", ((glyph, f"italic {glyph.font}") for glyph in inked(doc) if glyph.italic))


def t9(doc: Document, limits: Limits, expected: Expected) -> list[str]:
    """Thin rules right under text that is no link."""
    rules = [shape for shape in doc.shapes if shape.width > 4 and _thickness(shape) <= 3]
    return [
        f"T9 page {line.page}: underlined {shown(line.text)}"
        for line in doc.lines
        if any(_underlines(rule, line, doc) for rule in rules if rule.page == line.page)
    ]


def _thickness(shape: Shape) -> float:
    """Height of a level rule, however it is drawn."""
    return shape.height + shape.line_width


def _underlines(rule: Shape, line: Line, doc: Document) -> bool:
    """Does a rule lie under the line's own words? Table rules and frames go on past the text."""
    near = -0.3 * line.size < middle_y(rule) - line.y < 0.05 * line.size
    within = rule.box[0] >= line.x0 - 2 and rule.box[2] <= line.x1 + 2
    over = [glyph for glyph in line.inked if rule.box[0] <= glyph.x + glyph.width / 2 <= rule.box[2]]
    return near and within and any(doc.structure.within(glyph.element, "Link") < 0 for glyph in over)


def middle_y(shape: Shape) -> float:
    """Half way up a shape."""
    return (shape.box[1] + shape.box[3]) / 2


def t10(doc: Document, limits: Limits, expected: Expected) -> list[str]:
    """Runs of words in capitals; short forms and single letters do not count."""
    most = limits.capitals_in_a_row
    texts = [(lines[0].page, doc.text(element)) for element, lines in doc.blocks.items()]
    texts += [(line.page, line.text) for line in doc.lines if line.element < 0]
    runs = [(page, run) for page, text in texts for run in _capital_runs(text, expected)]
    return [f"T10 page {page}: capitals {shown(' '.join(run))}" for page, run in runs if len(run) > most]


def _capital_runs(text: str, expected: Expected) -> Iterator[list[str]]:
    """Neighbouring words that are all capitals."""
    for capital, run in itertools.groupby(text.split(), lambda word: _in_capitals(word, expected)):
        if capital:
            yield list(run)


def _in_capitals(word: str, expected: Expected) -> bool:
    """Is a word of two letters or more written in capitals, and no short form?"""
    bare = word.strip(".,;:!?()[]\u201c\u201d\u2018\u2019")
    return bare.isupper() and sum(map(str.isalpha, bare)) > 1 and bare not in expected.short_forms


def t11(doc: Document, limits: Limits, expected: Expected) -> list[str]:
    """Hyphens at line ends that the words do not have themselves."""
    found = []
    for lines in doc.blocks.values():
        for line, following in itertools.pairwise(lines):
            end, start = line.text.rstrip(), following.text.split()[:1]
            if end.endswith(tuple(LINE_END_HYPHENS)) and start and _added(end, start[0], expected):
                found.append(f"T11 page {line.page}: hyphen at the end of {shown(end[-40:])}")
    return found


def _added(end: str, start: str, expected: Expected) -> bool:
    """Is a hyphen no part of a known compound? A dash standing alone is none."""
    whole = re.sub(r"\W+$", "", end.split()[-1] + start).replace("\u2010", "-").casefold()
    return end.split()[-1].strip(LINE_END_HYPHENS) != "" and whole not in expected.compounds
