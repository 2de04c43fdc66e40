"""What the parts of a read document are: body text, steps, stretches, boxes, the colour behind a glyph."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from . import geometry
from .geometry import Box
from .glyphs import Document, Glyph, Line, Shape
from .limits import Expected
from .painted import WHITE, Color
from .structure import Element

BODY = frozenset({"P", "LBody"})
HEADINGS = frozenset({"H1", "H2", "H3", "H4", "H5", "H6"})
TICK = "\u2610"
# A drawn frame or tint that text can stand in is at least this wide, in points.
BOX_WIDTH = 100.0


def inked(doc: Document) -> Iterator[Glyph]:
    """Glyphs that leave ink: visible and no white space."""
    return (glyph for glyph in doc.glyphs if glyph.visible and glyph.text.strip())


def running_lines(doc: Document) -> list[Line]:
    """Lines of paragraphs and list text, those in tables left out."""
    return [line for line in doc.lines if line.tag in BODY and doc.structure.within(line.element, "Table") < 0]


def body_size(doc: Document) -> float:
    """The size most of the running text is set in, in points; 0 without running text."""
    sizes = Counter(round(glyph.size, 2) for line in running_lines(doc) for glyph in line.inked)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def body_face(doc: Document) -> Glyph | None:
    """A glyph in the font and size most of the running text is set in."""
    glyphs = [glyph for line in running_lines(doc) for glyph in line.inked]
    fonts = Counter((glyph.font, round(glyph.size, 2)) for glyph in glyphs)
    kind = fonts.most_common(1)[0][0] if fonts else None
    return next((glyph for glyph in glyphs if (glyph.font, round(glyph.size, 2)) == kind), None)


def spaced_lines(doc: Document) -> Iterator[tuple[Line, Line]]:
    """Each line of a block with the next one below it on the same page; artifacts by their sequence."""
    groups: dict[tuple[int, int], list[Line]] = {}
    for line in doc.lines:
        key = (line.page, line.element if line.element >= 0 else -1 - line.glyphs[0].sequence)
        groups.setdefault(key, []).append(line)
    for lines in groups.values():
        for line, below in itertools.pairwise(lines):
            if line.y - below.y > line.size / 2 and geometry.meet(line.box, below.box)[2] > below.x0 - line.size:
                yield line, below


def is_step(doc: Document, element: int) -> bool:
    """Does an element stand in a numbered list?"""
    above = doc.structure.within(element, "L")
    return above >= 0 and doc.structure.elements[above].attributes.get("ListNumbering") == "Decimal"


def head_text(doc: Document) -> str:
    """All text before the first H2, in tree order."""
    first = next((e.index for e in doc.structure.elements if e.tag == "H2"), len(doc.structure.elements))
    return " ".join(doc.text(element) for element in doc.blocks if element < first)


@dataclass(frozen=True)
class Stretch:
    """One stretch: its heading, the elements from there up to end, and the pages it stands on."""

    name: str
    heading: int
    end: int
    pages: tuple[int, ...]

    def holds(self, element: int) -> bool:
        """Is an element part of this stretch?"""
        return self.heading <= element < self.end


def plain_name(text: str) -> str:
    """A heading without its number badge, ready to be compared."""
    return " ".join(re.sub(r"^[\W\d_]+", "", text).casefold().split())


def stretches(doc: Document, expected: Expected) -> list[Stretch]:
    """The stretches found by their H2 headings."""
    names = {plain_name(name): name for name in expected.stretches}
    headings = [element for element in doc.structure.elements if element.tag == "H2"]
    found = [(names.get(plain_name(doc.text(heading.index))), heading) for heading in headings]
    return [_stretch(doc, name, heading) for name, heading in found if name is not None]


def _stretch(doc: Document, name: str, heading: Element) -> Stretch:
    """One stretch from its heading to the next H1 or H2, or to the end of its Sect."""
    elements = doc.structure.elements
    inside = doc.structure.within(heading.index, "Sect")
    end = heading.index + 1
    while end < len(elements) and elements[end].tag not in ("H1", "H2"):
        if inside >= 0 and doc.structure.within(end, "Sect") < inside:
            break
        end += 1
    pages = {glyph.page for glyph in inked(doc) if heading.index <= glyph.element < end}
    pages |= {shape.page for shape in doc.shapes if heading.index <= shape.element < end}
    return Stretch(name, heading.index, end, tuple(sorted(pages)))


def figure_boxes(doc: Document) -> dict[tuple[int, int], Box]:
    """(figure element, page) to the box of what it paints."""
    boxes: dict[tuple[int, int], list[Box]] = {}
    for shape in doc.shapes:
        figure = doc.structure.within(shape.element, "Figure")
        if figure >= 0:
            boxes.setdefault((figure, shape.page), []).append(shape.box)
    return {key: geometry.union(found) for key, found in boxes.items()}


def frames(doc: Document, page: int) -> list[Shape]:
    """Frames and tints of a page that text may stand in."""
    shapes = doc.page_shapes[page - 1]
    return [shape for shape in shapes if shape.artifact and shape.width > BOX_WIDTH and shape.height > 12]


def contains(outer: Box, inner: Box) -> bool:
    """Does a box hold another?"""
    return outer[0] <= inner[0] and outer[1] <= inner[1] and inner[2] <= outer[2] and inner[3] <= outer[3]


def middle(box: Box) -> tuple[float, float]:
    """The centre of a box."""
    return ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)


def ground(doc: Document, glyph: Glyph) -> Shape | None:
    """The topmost filled shape under a glyph; None for bare paper."""
    point = middle(glyph.box)
    shapes = doc.page_shapes[glyph.page - 1]
    under = [s for s in shapes if s.kind == "fill" and s.order < glyph.order and s.covers(point)]
    return under[-1] if under else None


def luminance(color: Color) -> float:
    """Relative luminance of an sRGB colour (WCAG 2.2)."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in color]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: Color, other: Color = WHITE) -> float:
    """Contrast ratio of two colours (WCAG 2.2, 1.4.3)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def shown(text: str, most: int = 40) -> str:
    """A text cut short for a finding."""
    plain = " ".join(text.split())
    return f"'{plain if len(plain) <= most else plain[:most] + '...'}'"
