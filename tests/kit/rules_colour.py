"""Checklist part D: colour and pictures."""

from __future__ import annotations

from collections.abc import Iterator

from .geometry import Box, overlap
from .glyphs import Document, Glyph, Line, Shape
from .limits import MM, Expected, Limits
from .painted import WHITE, Color
from .roles import (
    contains,
    contrast,
    figure_boxes,
    frames,
    ground,
    inked,
    is_step,
    running_lines,
    shown,
)
from .rules_lines import DRIFT

# A filled shape this thin is a drawn line, in points.
LINE_BREADTH = 3.0
# A bar beside a paragraph is this wide at most, in points.
BAR_WIDTH = 10.0


def c1(doc: Document, limits: Limits, expected: Expected) -> list[str]:
    """Contrast of each glyph with the fill under it, or white paper."""
    found: dict[tuple[int, Color, Color], Glyph] = {}
    for glyph in inked(doc):
        under = _ground_color(doc, glyph)
        if contrast(glyph.color, under) < limits.contrast:
            found.setdefault((glyph.page, glyph.color, under), glyph)
    least = f"at least {limits.contrast:g}"
    return [
        f"C1 page {page}: {contrast(color, under):.1f}:1 {_line_text(doc, glyph)}, {least}"
        for (page, color, under), glyph in found.items()
    ]


def _ground_color(doc: Document, glyph: Glyph) -> Color:
    """The colour a glyph stands on."""
    shape = ground(doc, glyph)
    return shape.color if shape is not None else WHITE


def _line_text(doc: Document, glyph: Glyph) -> str:
    """The line a glyph stands in, for a finding."""
    return shown(next((line.text for line in doc.lines if glyph in line.glyphs), glyph.text))


def c2(doc: Document, limits: Limits, expected: Expected) -> list[str]:
    """Grey text: equal red, green and blue above black; white on a dark fill is none."""
    found: dict[tuple[int, Color], Glyph] = {}
    for glyph in inked(doc):
        if _grey(glyph.color) and not _white_on_dark(doc, glyph, limits):
            found.setdefault((glyph.page, glyph.color), glyph)
    return [
        f"C2 page {page}: grey {color[0]:.2f} {_line_text(doc, glyph)}" for (page, color), glyph in found.items()
    ]


def _grey(color: Color) -> bool:
    """No hue, and lighter than black."""
    return max(color) - min(color) < 0.01 and max(color) > 0.01


def _white_on_dark(doc: Document, glyph: Glyph, limits: Limits) -> bool:
    """White lettering with enough contrast to a coloured fill."""
    under = _ground_color(doc, glyph)
    return glyph.color == WHITE and not _grey(under) and contrast(WHITE, under) >= limits.contrast


def c3(doc: Document, limits: Limits, expected: Expected) -> list[str]:
    """Contrast of strokes and thin fills with white paper; white ones only part what they cross."""
    lines = [shape for shape in doc.shapes if _drawn_line(shape) and shape.color != WHITE]
    weak = {(s.page, s.color, s.tag): s for s in lines if contrast(s.color) < limits.line_contrast}
    least = f"at least {limits.line_contrast:g}"
    return [
        f"C3 page {page}: {tag or 'untagged'} {shape.kind} {contrast(color):.1f}:1, {least}"
        for (page, color, tag), shape in weak.items()
    ]


def _drawn_line(shape: Shape) -> bool:
    """A stroke, or a fill too thin for a surface; a picture has small surfaces too."""
    thin = min(shape.width, shape.height) <= LINE_BREADTH and shape.tag != "Figure"
    return shape.kind == "stroke" or (shape.kind == "fill" and thin)


def c6(doc: Document, limits: Limits, expected: Expected) -> list[str]:
    """Text over a figure it is no part of, over an image, a pattern or a shading."""
    found: dict[tuple[int, str], Line] = {}
    for line in doc.lines:
        for what, box in _pictures(doc, line):
            if any(overlap(glyph.box, box, 0.5) for glyph in line.inked):
                found.setdefault((line.page, what), line)
    return [f"C6 page {page}: {shown(line.text)} over {what}" for (page, what), line in found.items()]


def _pictures(doc: Document, line: Line) -> Iterator[tuple[str, Box]]:
    """What a line must keep clear of on its page."""
    own = doc.structure.within(line.element, "Figure")
    for (figure, page), box in figure_boxes(doc).items():
        if page == line.page and figure != own:
            yield "a figure", box
    for shape in doc.page_shapes[line.page - 1]:
        if shape.kind in ("image", "pattern", "shading"):
            yield f"a {shape.kind}", shape.box


def c8(doc: Document, limits: Limits, expected: Expected) -> list[str]:
    """Figures above their steps or to the right; one left edge for each role in the whole file."""
    return [*_figure_places(doc), *_edges(doc, limits.bound_mm * MM if expected.bound and expected.duplex else 0)]


def _figure_places(doc: Document) -> Iterator[str]:
    """Figures that stand left of or below the steps of their section on the same page."""
    for (figure, page), box in figure_boxes(doc).items():
        section = doc.structure.within(figure, "Sect")
        steps = [line for line in running_lines(doc) if line.page == page and is_step(doc, line.element)]
        steps = [line for line in steps if section >= 0 and doc.structure.within(line.element, "Sect") == section]
        beside = [line for line in steps if line.y < box[3] and line.box[3] > box[1]]
        if any(line.x1 > box[0] for line in beside):
            yield f"C8 page {page}: the figure is left of {shown(beside[0].text)}"
        elif steps and box[3] < min(line.y for line in steps):
            yield f"C8 page {page}: the figure is below its steps"


def _edges(doc: Document, mirrored: float) -> Iterator[str]:
    """Roles with more than one left edge; on right-hand pages it stands so much further in."""
    roles: dict[str, dict[float, Line]] = {}
    for role, left, line in _placed(doc, mirrored):
        edges = roles.setdefault(role, {})
        if not any(abs(left - edge) <= DRIFT for edge in edges):
            edges[left] = line
    for role, edges in roles.items():
        if len(edges) > 1:
            seen = ", ".join(
                f"{edge / MM:.1f} mm {shown(line.text, 20)} p{line.page}" for edge, line in edges.items()
            )
            yield f"C8: {role} has {len(edges)} left edges: {seen}"


def _placed(doc: Document, mirrored: float) -> Iterator[tuple[str, float, Line]]:
    """Role, left edge and line of headings and running text; the head may set its lines side by side."""
    for line in doc.lines:
        if line.tag in ("H1", "H2", "H3"):
            moved = mirrored if line.page % 2 else 0
            yield line.tag + _surroundings(doc, line), _with_badge(doc, line) - moved, line
    first = next((e.index for e in doc.structure.elements if e.tag == "H2"), len(doc.structure.elements))
    for line in running_lines(doc):
        if line.element > first and not _in_grid(doc, line):
            figure = caption_of(doc, line.element)
            moved = mirrored if line.page % 2 else 0
            yield _role(doc, line), line.x0 - (figure[0] if figure else moved), line


def caption_of(doc: Document, element: int) -> Box | None:
    """The box of the figure that an element is the caption of: a P right after it in the tree."""
    tags = doc.structure.elements
    if element < 1 or (tags[element].tag, tags[element - 1].tag) != ("P", "Figure"):
        return None
    return _declared(doc, element - 1) or next(
        (box for (figure, _), box in figure_boxes(doc).items() if figure == element - 1), None
    )


def _with_badge(doc: Document, line: Line) -> float:
    """Left edge of a heading; a white number stands on a badge that starts further left."""
    row = [other for other in doc.blocks[line.element] if other.page == line.page]
    badges = [ground(doc, glyph) for other in row for glyph in other.inked if glyph.color == WHITE]
    return min([line.x0, *(badge.box[0] for badge in badges if badge is not None)])


def _role(doc: Document, line: Line) -> str:
    """Paragraph or list text, told apart by list kind and depth and by what is round it."""
    lists = [element for element in doc.structure.ancestors(line.element) if element.tag == "L"]
    kinds = "/".join(element.attributes.get("ListNumbering", "None") for element in lists)
    return f"{line.tag}{' ' + kinds if kinds else ''}{_surroundings(doc, line)}"


def _surroundings(doc: Document, line: Line) -> str:
    """The frame, the bar at the side or the figure above that sets text apart from the body."""
    around = [frame.box for frame in frames(doc, line.page) if contains(frame.box, line.box)]
    around += _open_boxes(doc, line)
    if around:
        return f" in a box at {around[-1][0] / MM:.0f} mm"
    if any(_is_bar_of(shape, line) for shape in doc.page_shapes[line.page - 1]):
        return " beside a bar"
    return " under a figure" if caption_of(doc, line.element) else ""


def _open_boxes(doc: Document, line: Line) -> list[Box]:
    """Boxes that go on over a page: two upright lines of one height, left and right of the text."""
    upright = [s.box for s in doc.page_shapes[line.page - 1] if s.kind == "stroke" and s.artifact and s.width < 1]
    pairs = ((left, right) for left in upright for right in upright if left[0] < line.x0 and right[0] > line.x1)
    boxes = [(left[0], left[1], right[2], left[3]) for left, right in pairs if left[1::2] == right[1::2]]
    return [box for box in boxes if contains(box, line.box)]


def _is_bar_of(shape: Shape, line: Line) -> bool:
    """A narrow upright artifact just left of a line, at least as tall."""
    gap = line.x0 - shape.box[2]
    tall = shape.box[1] <= line.y and shape.box[3] >= line.y + line.size / 2
    return shape.artifact and shape.width <= BAR_WIDTH and tall and 0 <= gap < 4 * line.size


def _declared(doc: Document, figure: int) -> Box | None:
    """The BBox a figure declares: the room kept for it, air round the drawing included."""
    numbers = [float(part) for part in doc.structure.elements[figure].attributes.get("BBox", "").split()]
    return (numbers[0], numbers[1], numbers[2], numbers[3]) if len(numbers) == 4 else None


def _in_grid(doc: Document, line: Line) -> bool:
    """Does a line share its frame with text beside it, as in a dose box of cells?"""
    around = [frame.box for frame in frames(doc, line.page) if contains(frame.box, line.box)]
    return any(
        other.page == line.page
        and other.element != line.element
        and other.tag == line.tag == "P"
        and abs(other.y - line.y) < line.size
        and contains(box, other.box)
        for box in around
        for other in doc.lines
    )
