"""Checklist part D: the pictures themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .geometry import Box, meet
from .glyphs import Document, Line, Shape
from .limits import MM, Expected, Limits
from .painted import WHITE, Color
from .roles import figure_boxes, is_step, shown, stretches
from .rules_lines import DRIFT

# The tint under the stripes of a stretched muscle: the one fill that says something by itself.
TINT: Color = (0.965, 0.694, 0.518)
MOST_ALT = 150
# A caption begins within this many of its sizes below its figure.
CLOSE = 2.0
# An inch, of what is no vector.
DOTS = 300


def c4(doc: Document, limits: Limits, expected: Expected) -> list[str]:
    """The tint of a stretched muscle is striped too: two strokes or more over each patch of it."""
    return [
        f"C4 page {shape.page}: a tint without stripes"
        for shape in _painted(doc, "fill")
        if max(abs(a - b) for a, b in zip(shape.color, TINT, strict=True)) < 0.005 and _stripes(doc, shape) < 2
    ]


def _stripes(doc: Document, tint: Shape) -> int:
    """Straight lines that are painted later over a tint, cut to it."""
    after = (s for s in doc.page_shapes[tint.page - 1] if s.kind == "stroke" and s.order > tint.order)
    own = (s for s in after if s.element == tint.element and _within(s.box, tint.box))
    return sum(len(line) == 2 for shape in own for line in shape.outline)


def _within(inner: Box, outer: Box) -> bool:
    return all(abs(a - b) < 0.01 for a, b in zip(meet(inner, outer), inner, strict=True))


def c9(doc: Document, limits: Limits, expected: Expected) -> list[str]:
    """A figure on the page of the step that its caption names (else any), and near it."""
    found = []
    for figure, page, box, caption in _figures(doc):
        named = re.search(r"\d+", doc.text(caption)) if caption else None
        steps = [line for line in _steps(doc, expected, figure) if not named or _number(doc, line) == named[0]]
        gaps = [max(line.y - box[3], box[1] - line.box[3], 0.0) / MM for line in steps if line.page == page]
        if steps and not gaps:
            found.append(f"C9 page {page}: the step of a figure is on page {steps[0].page}")
        elif gaps and min(gaps) > limits.figure_to_step_mm:
            found.append(f"C9 page {page}: {min(gaps):.0f} mm from a figure to its step")
    return found


def _steps(doc: Document, expected: Expected, figure: int) -> list[Line]:
    """The first line of each step of the stretch that a figure belongs to."""
    held = [stretch for stretch in stretches(doc, expected) if stretch.holds(figure)]
    blocks = (lines for element, lines in doc.blocks.items() if held and held[0].holds(element))
    return [lines[0] for lines in blocks if lines[0].tag == "Lbl" and is_step(doc, lines[0].element)]


def _number(doc: Document, line: Line) -> str:
    return line.text.strip().rstrip(".")


def c11(doc: Document, limits: Limits, expected: Expected) -> list[str]:
    """Lines of a figure at least half as wide as an outline, and one at least as wide; white ones only part."""
    found = []
    for figure, page, _, _ in _figures(doc):
        widths = [s.line_width for s in _painted(doc, "stroke") if s.element == figure and s.color != WHITE]
        if widths and min(widths) < limits.stroke_pt / 2 - 0.02:
            found.append(f"C11 page {page}: a line of {min(widths):.2f} pt, at least {limits.stroke_pt / 2:g}")
        if widths and max(widths) < limits.stroke_pt - 0.02:
            found.append(f"C11 page {page}: no line above {max(widths):.2f} pt, at least {limits.stroke_pt:g}")
    return found


def c12(doc: Document, limits: Limits, expected: Expected) -> list[str]:
    """No background: no fill takes the whole box of its figure."""
    boxes = {(figure, page): box for figure, page, box, _ in _figures(doc)}
    return [
        f"C12 page {shape.page}: a figure with a background"
        for shape in _painted(doc, "fill")
        if len(shape.outline) == 1 and _is_rectangle(shape) and _fills(shape.box, boxes[shape.element, shape.page])
    ]


def _is_rectangle(shape: Shape) -> bool:
    return {point[0] for point in shape.outline[0]} == {shape.box[0], shape.box[2]}


def _fills(inner: Box, outer: Box) -> bool:
    area = (inner[2] - inner[0]) * (inner[3] - inner[1])
    return area > 0.9 * (outer[2] - outer[0]) * (outer[3] - outer[1])


def c13(doc: Document, limits: Limits, expected: Expected) -> list[str]:
    """A caption of its own right below each figure, at its left edge, large enough; none at a logo.

    F7: a page that hangs has small figures without captions.
    """
    found: list[str] = []
    if expected.form == "fridge":
        return found
    body = next((e.index for e in doc.structure.elements if e.tag == "H2"), 0)
    for figure, page, box, caption in _figures(doc):
        if figure < body:
            continue
        lines = [line for line in doc.blocks.get(caption, []) if line.page == page] if caption else []
        if not lines:
            found.append(f"C13 page {page}: a figure without a caption")
        else:
            found += [f"C13 page {page}: caption {shown(lines[0].text)} {what}" for what in _faults(lines[0], box)]
            if lines[0].size < limits.smallest_pt - 0.011:
                found.append(f"C13 page {page}: caption {lines[0].size:.4g} pt, at least {limits.smallest_pt:g}")
    return found


def _faults(line: Line, box: Box) -> Iterator[str]:
    """Where a caption does not stand right below its figure."""
    if not 0 <= box[1] - line.box[3] <= CLOSE * line.size:
        yield "is not right below its figure"
    if abs(line.x0 - box[0]) > DRIFT:
        yield "begins elsewhere than its figure"


def c14(doc: Document, limits: Limits, expected: Expected) -> list[str]:
    """Figures are vector, or have dots enough."""
    found = ((shape, shape.columns * 72 / shape.width) for shape in _painted(doc, "image"))
    return [
        f"C14 page {shape.page}: an image of {dots:.0f} dots an inch in a figure, at least {DOTS}"
        for shape, dots in found
        if dots < DOTS
    ]


def d5(doc: Document, limits: Limits, expected: Expected) -> list[str]:
    """Alternative text: there, not too long, not the caption again."""
    found = []
    for figure, page, _, caption in _figures(doc):
        alt = doc.structure.elements[figure].alt
        if not alt or len(alt) > MOST_ALT:
            found.append(f"D5 page {page}: alternative text of {len(alt)} characters, 1 to {MOST_ALT}")
        elif caption and doc.text(caption).strip() == alt.strip():
            found.append(f"D5 page {page}: the caption is the alternative text again")
    return found


def _painted(doc: Document, kind: str) -> list[Shape]:
    """What is painted in figures, of one kind."""
    return [shape for shape in doc.shapes if shape.kind == kind and shape.tag == "Figure"]


def _figures(doc: Document) -> Iterator[tuple[int, int, Box, int]]:
    """Each figure with its page, its box (declared, else painted) and the element of its caption (0 without)."""
    for (figure, page), painted in figure_boxes(doc).items():
        declared = [float(part) for part in doc.structure.elements[figure].attributes.get("BBox", "").split()]
        box = (declared[0], declared[1], declared[2], declared[3]) if len(declared) == 4 else painted
        after = doc.structure.elements[figure + 1] if figure + 1 < len(doc.structure.elements) else None
        yield figure, page, box, after.index if after is not None and after.tag == "P" else 0
