"""A picture as SVG: the marks, tones and widths that the PDF has."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from html import escape

from handouts.layout.pictures import FINE, HALO, WEIGHTS, stripes
from handouts.pdf.page import number
from handouts.picture import Panel, Stroke
from handouts.tones import PATCH, tone

GAP = 12.0  # between panels, in points
_LINES = 'stroke="#000" stroke-linecap="round" stroke-linejoin="round" fill="none"'


def svg(panels: Sequence[tuple[Panel, str]], title: str, mirrored: bool, unit: float, stroke: float) -> str:
    """Panels with their alternative texts beside each other; `unit` points a unit, outlines `stroke` points."""
    gap, tall = round(GAP / unit), max(panel.height for panel, _ in panels)
    wide = sum(panel.width for panel, _ in panels) + gap * (len(panels) - 1)
    size = f'width="{number(wide * unit)}pt" height="{number(tall * unit)}pt" viewBox="0 0 {wide} {tall}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="title desc">',
        f'<title id="title">{escape(title)}</title>',
        f'<desc id="desc">{escape(" ".join(alt for _, alt in panels))}</desc>',
    ]
    x = 0
    for index, (panel, _) in enumerate(panels):
        turn = f"matrix(-1 0 0 -1 {x + panel.width} {tall})" if mirrored else f"matrix(1 0 0 -1 {x} {tall})"
        parts += [f'<g transform="{turn}" {_LINES}>', *_marks(panel, stroke / unit, str(index)), "</g>"]
        x += panel.width + gap
    return "\n".join([*parts, "</svg>", ""])


def _marks(panel: Panel, outline: float, name: str) -> Iterator[str]:
    """The marks of a panel; `name` tells its clip paths from those of others."""
    for index, mark in enumerate(panel.marks):
        yield from _MARKS[mark.kind](mark, outline, f"patch-{name}-{index}")


def _fill(mark: Stroke, outline: float, id: str) -> Iterator[str]:
    yield f'<path fill="{tone(mark.name)}" stroke="none" fill-rule="evenodd" d="{mark.path}"/>'


def _line(mark: Stroke, outline: float, id: str) -> Iterator[str]:
    colour = ' stroke="#fff"' if mark.name == "strand" else ""
    yield f'<path stroke-width="{number(outline * WEIGHTS[mark.name])}"{colour} d="{mark.path}"/>'


def _arrow(mark: Stroke, outline: float, id: str) -> Iterator[str]:
    yield f'<path stroke="#fff" stroke-width="{number(outline * (1 + 2 * HALO))}" d="{mark.path}"/>'
    yield f'<path fill="#000" stroke-width="{number(outline)}" d="{mark.path}"/>'


def _patch(mark: Stroke, outline: float, id: str) -> Iterator[str]:
    """Tint, stripes within, and an outline."""
    fine, path = f'stroke-width="{number(outline * FINE)}"', mark.path
    lines = "".join(f"M{x1} {y1}L{x2} {y2}" for x1, y1, x2, y2 in stripes(path, outline))
    yield f'<clipPath id="{id}"><path clip-rule="evenodd" d="{path}"/></clipPath>'
    yield f'<path fill="{PATCH}" stroke="none" fill-rule="evenodd" d="{path}"/>'
    yield f'<path clip-path="url(#{id})" {fine} d="{lines}"/>'
    yield f'<path {fine} d="{path}"/>'


_MARKS: dict[str, Callable[[Stroke, float, str], Iterator[str]]] = {
    "fill": _fill,
    "line": _line,
    "arrow": _arrow,
    "patch": _patch,
}
