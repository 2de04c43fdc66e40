"""Checklist part B: lines and paragraphs."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator
from statistics import median

from .geometry import meet
from .glyphs import Document, Glyph, Line
from .limits import MM, Expected, Limits
from .roles import HEADINGS, TICK, body_size, running_lines, shown, spaced_lines

# Left edges, right edges and baselines agree within half a point (0.2 mm).
DRIFT = 0.5
BULLETS = "\u2022\u25cf\u25aa\u25a0\u25e6\u25cb\u25a1\u2023\u2219\u00b7-\u2013"
HOLLOW = "\u25e6\u25cb\u25a1\u2023-\u2013"
TEXT_TAGS = frozenset({"P", "LBody", "Caption"})


def _multiline(doc: Document) -> Iterator[list[Line]]:
    """Running text blocks with two lines or more, split where they go to another page."""
    groups: dict[tuple[int, int], list[Line]] = {}
    for line in running_lines(doc):
        groups.setdefault((line.element, line.page), []).append(line)
    return (lines for lines in groups.values() if len(lines) > 1)


def l1(doc: Document, limits: Limits, expected: Expected) -> list[str]:
    """The line pitch that running text mostly has."""
    pairs = [(line, below) for line, below in spaced_lines(doc) if line.tag in TEXT_TAGS]
    ratios = Counter(round(_pitch(line, below), 2) for line, below in pairs)
    usual = ratios.most_common(1)[0][0] if ratios else limits.pitch_em
    off = abs(usual - limits.pitch_em) > 0.02
    return [f"L1: line pitch {usual:g} em, {limits.pitch_em:g} wanted"] if off else []


def l2(doc: Document, limits: Limits, expected: Expected) -> list[str]:
    """Line pitch floor and ceiling, in every block and artifact; a label over a larger value has none."""
    even = [(line, below) for line, below in spaced_lines(doc) if abs(line.size - below.size) < 0.1]
    return [
        f"L2 page {line.page}: pitch {_pitch(line, below):.2f} em after {shown(line.text)}"
        for line, below in even
        if not limits.pitch_floor_em - 0.005 <= _pitch(line, below) <= limits.pitch_ceiling_em + 0.005
    ]


def _pitch(line: Line, below: Line) -> float:
    """Distance of two baselines in em of the larger size."""
    return (line.y - below.y) / max(line.size, below.size)


def l4(doc: Document, limits: Limits, expected: Expected) -> list[str]:
    """Characters a line in running text and captions; a longer single word may stand."""
    lines = [line for line in doc.lines if line.tag in TEXT_TAGS]
    texts = [(line, " ".join(line.text.split())) for line in lines]
    return [
        f"L4 page {line.page}: {len(text)} characters {shown(text)}, at most {limits.line_chars}"
        for line, text in texts
        if len(text) > limits.line_chars and " " in text
    ]


def l5(doc: Document, limits: Limits, expected: Expected) -> list[str]:
    """Line length in running text and captions."""
    widths = [(line, (line.x1 - line.x0) / MM) for line in doc.lines if line.tag in TEXT_TAGS]
    return [
        f"L5 page {line.page}: {width:.0f} mm {shown(line.text)}, at most {limits.line_mm:g}"
        for line, width in widths
        if width > limits.line_mm + 0.2
    ]


def l6(doc: Document, limits: Limits, expected: Expected) -> list[str]:
    """Left aligned, ragged right: no stretched spaces, no common right edge, nothing centred."""
    found = [(line, "justified") for line in running_lines(doc) if abs(_space_excess(line)) > 0.02]
    found += [(lines[0], fault) for lines in _multiline(doc) for fault in _alignment(lines)]
    return [f"L6 page {line.page}: {fault} {shown(line.text)}" for line, fault in found]


def _space_excess(line: Line) -> float:
    """How far spaces are stretched beyond their own width: the usual one of a line, in em."""
    pairs = [(space, after) for space, after in itertools.pairwise(line.glyphs) if space.text == " "]
    excess = [(after.x - space.x - space.width) / space.size for space, after in pairs if after.text.strip()]
    # One or two spaces may be kerned against their letters; a stretched line stretches all.
    return median(excess) if len(excess) > 2 else 0.0


def _alignment(lines: list[Line]) -> Iterator[str]:
    """How a block of lines is set other than left."""
    lefts, rights = [line.x0 for line in lines], [line.x1 for line in lines]
    middles = [left + right for left, right in zip(lefts, rights, strict=True)]
    if len(lines) > 3 and _spread(rights[:-1]) < DRIFT:
        yield "justified"
    elif _spread(lefts) > DRIFT and _spread(middles) < 2 * DRIFT:
        yield "centred"
    elif _spread(lefts) > DRIFT and _spread(rights) < DRIFT:
        yield "right aligned"


def _spread(values: list[float]) -> float:
    """Largest less smallest."""
    return max(values) - min(values)


def l7(doc: Document, limits: Limits, expected: Expected) -> list[str]:
    """Gap between neighbouring paragraphs, one of them at least of two lines, beyond the pitch."""
    found = []
    for upper, lower in _paragraph_pairs(doc):
        line = max(limits.pitch_floor_em, limits.pitch_em) * max(upper.size, lower.size)
        gap = (upper.y - lower.y - line) / line
        if gap < limits.paragraph_gap_lines - 0.02:
            found.append(f"L7 page {lower.page}: {gap:.2f} lines before {shown(lower.text)}")
    return found


def _paragraph_pairs(doc: Document) -> Iterator[tuple[Line, Line]]:
    """Last line of a paragraph and first of the next sibling, where one stands under the other."""
    blocks = [(element, lines) for element, lines in doc.blocks.items() if lines[0].tag == "P"]
    for (first, above), (second, below) in itertools.pairwise(blocks):
        parents = {doc.structure.elements[element].parent for element in (first, second)}
        neighbours = len(parents) == 1 and not _between(doc, first, second)
        under = above[-1].page == below[0].page and above[-1].y > below[0].y
        ruled = under and _ruled_off(doc, above[-1], below[0])
        if (
            neighbours
            and under
            and not ruled
            and abs(above[-1].x0 - below[0].x0) < DRIFT
            and len(above) + len(below) > 2
        ):
            yield above[-1], below[0]


def _ruled_off(doc: Document, upper: Line, lower: Line) -> bool:
    """Does a drawn line part two lines of text, as in the cells of a box?"""
    shapes = (s for s in doc.page_shapes[lower.page - 1] if s.kind == "stroke" and s.box[3] - s.box[1] < 1)
    return any(lower.y < s.box[1] < upper.y and s.box[0] < lower.x0 < s.box[2] for s in shapes)


def _between(doc: Document, first: int, second: int) -> bool:
    """Does any block or figure stand between two elements in the tree?"""
    return any(doc.structure.block(element) == element for element in range(first + 1, second))


def l9(doc: Document, limits: Limits, expected: Expected) -> list[str]:
    """Number with unit, first name with surname, step number with first word: never over two lines."""
    found = [
        f"L9 page {line.page}: {shown(end + ' ' + start)} is broken"
        for lines in doc.blocks.values()
        for line, following in itertools.pairwise(lines)
        for end, start in _torn(line, following, expected)
    ]
    return found + [
        f"L9 page {label.page}: {shown(label.text)} apart from its text" for label in _stray_labels(doc)
    ]


def _torn(line: Line, following: Line, expected: Expected) -> Iterator[tuple[str, str]]:
    """The two words at a line end that belong together."""
    ends, starts = line.text.split(), following.text.split()
    if ends and starts:
        start = starts[0].strip(".,;:)")
        if ends[-1].strip("(").replace(".", "").isdigit() and start in expected.units:
            yield ends[-1], start
        if (ends[-1], start) in itertools.pairwise(expected.person.split()):
            yield ends[-1], start


def _stray_labels(doc: Document) -> Iterator[Line]:
    """List labels that do not stand on the baseline of their text's first line."""
    for label, body in _list_items(doc):
        if label[0].page != body[0].page or abs(label[0].y - body[0].y) > DRIFT:
            yield label[0]


def _list_items(doc: Document) -> Iterator[tuple[tuple[Line, ...], tuple[Line, ...]]]:
    """Lines of the label and lines of the text of each list item."""
    for element, lines in doc.blocks.items():
        item = doc.structure.elements[element].parent
        if lines[0].tag == "Lbl" and item >= 0:
            bodies = [kid.index for kid in doc.structure.children(item) if kid.tag == "LBody"]
            text = [doc.blocks[block] for block in doc.blocks if doc.structure.within(block, "LBody") in bodies]
            if text:
                yield lines, text[0]


def l10(doc: Document, limits: Limits, expected: Expected) -> list[str]:
    """First lines start where the others do."""
    return [
        f"L10 page {lines[0].page}: indent {(lines[0].x0 - lines[1].x0) / MM:.1f} mm {shown(lines[0].text)}"
        for lines in _multiline(doc)
        if lines[0].y - lines[1].y > 1 and abs(lines[0].x0 - lines[1].x0) > DRIFT
    ]


def l11(doc: Document, limits: Limits, expected: Expected) -> list[str]:
    """Hanging indent; numerals at body size and bold; bullets solid and large enough."""
    return [
        f"L11 page {label[0].page}: {fault} {shown(label[0].text + ' ' + body[0].text)}"
        for label, body in _list_items(doc)
        for fault in _item_faults(doc, label[0], body, limits)
    ]


def _item_faults(doc: Document, label: Line, body: tuple[Line, ...], limits: Limits) -> Iterator[str]:
    """What is wrong with one list item."""
    if min(line.x0 for line in body) < label.x1 - DRIFT or _spread([line.x0 for line in body]) > DRIFT:
        yield "no hanging indent"
    for glyph in label.inked:
        if glyph.text.isdigit() and (glyph.weight < 600 or glyph.size < body_size(doc) - 0.011):
            yield f"numeral {glyph.size:.4g} pt of weight {glyph.weight}"
            break
        if glyph.text in BULLETS and glyph.text != TICK:
            yield from _bullet_faults(glyph, limits)


def _bullet_faults(glyph: Glyph, limits: Limits) -> Iterator[str]:
    """What is wrong with a bullet."""
    box = glyph.face.outline_box(glyph.code)
    breadth = min(box[2] - box[0], box[3] - box[1]) if box else glyph.width / glyph.size
    if glyph.text in HOLLOW:
        yield f"bullet {glyph.text} is not solid"
    elif breadth < limits.bullet_em - 0.005:
        yield f"bullet {breadth:.2f} em, at least {limits.bullet_em}"


def l12(doc: Document, limits: Limits, expected: Expected) -> list[str]:
    """A single line of a paragraph alone on a page; a heading parted from what follows it."""
    found = []
    for element, lines in doc.blocks.items():
        pages = Counter(line.page for line in _by_baseline(lines) if line.tag in TEXT_TAGS)
        alone = [page for page, count in pages.items() if count == 1 and len(pages) > 1]
        found += [f"L12 page {page}: one line alone of {shown(doc.text(element))}" for page in alone]
    return found + [
        f"L12 page {line.page}: heading {shown(line.text)} ends its page" for line in _lone_headings(doc)
    ]


def _by_baseline(lines: Iterable[Line]) -> Iterator[Line]:
    """One line for each baseline."""
    return iter({(line.page, round(line.y)): line for line in lines}.values())


def _lone_headings(doc: Document) -> Iterator[Line]:
    """Headings whose next block starts on a later page."""
    for lines, following in itertools.pairwise(doc.blocks.values()):
        if lines[0].tag in HEADINGS and following[0].page > lines[-1].page:
            yield lines[-1]


def l13(doc: Document, limits: Limits, expected: Expected) -> list[str]:
    """Running text of three lines or more beside other such text."""
    long = [lines for lines in _multiline(doc) if len(lines) > 2]
    return [
        f"L13 page {one[0].page}: columns {shown(one[0].text, 20)} beside {shown(other[0].text, 20)}"
        for one, other in itertools.combinations(long, 2)
        if one[0].page == other[0].page and _beside(one, other)
    ]


def _beside(one: list[Line], other: list[Line]) -> bool:
    """Do two blocks share two lines' height with a gap between them?"""
    boxes = [(min(i.x0 for i in b), b[-1].y, max(i.x1 for i in b), b[0].y + b[0].size) for b in (one, other)]
    shared = meet(*boxes)
    return shared[2] < shared[0] and shared[3] - shared[1] > 2 * one[0].size
