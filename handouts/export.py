"""One picture as a file of its own: SVG, tagged PDF, or PNG."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from dataclasses import dataclass

from handouts.drawing import Drawing
from handouts.errors import ContentError, Finding, RequestError
from handouts.layout.edition import EDITIONS, MM, Edition
from handouts.layout.pictures import form
from handouts.layout.svg import GAP, svg
from handouts.pdf.leaf import leaf
from handouts.pdf.metadata import Metadata
from handouts.pdf.page import Mark, Page
from handouts.pdf.structure import branches
from handouts.pdf.tags import Element
from handouts.pdf.writer import write
from handouts.picture import Panel

_DAY = dt.date(2000, 1, 1)  # a picture has no date: always the same one gives the same bytes
_DOTS_A_POINT = 300 / 72  # C14
_WIDEST = 120 * MM  # of a panel


@dataclass(frozen=True)
class Exhibit:
    """Panels with their alternative texts, as they are drawn or mirrored, in the lines of an edition."""

    title: str
    language: str
    panels: tuple[tuple[Drawing, str], ...]
    mirrored: bool
    edition: str

    @property
    def lines(self) -> Edition:
        """The edition's numbers."""
        return EDITIONS[self.edition]

    @property
    def unit(self) -> float:
        """Points a unit: a person is as large as on the sheet, and each panel at least as C10 asks."""
        drawings = [panel for panel, _ in self.panels]
        shortest = min(max(panel.width, panel.height) for panel in drawings)
        natural = self.lines.scene / min(panel.scale for panel in drawings)
        widest = max(panel.width for panel in drawings)
        return min(max(natural, self.lines.picture / shortest), _WIDEST / widest)


def as_svg(exhibit: Exhibit) -> bytes:
    """An SVG file. Raises RequestError for what was not drawn by us."""
    panels = [(panel, alt) for panel, alt in exhibit.panels if isinstance(panel, Panel)]
    if len(panels) < len(exhibit.panels):
        hint = "Name a file that ends in .pdf or .png with -o, or use your own file."
        raise RequestError(
            Finding("its pictures are files of your folder, they are not written as SVG.", "", hint)
        )
    return svg(panels, exhibit.title, exhibit.mirrored, exhibit.unit, exhibit.lines.stroke).encode()


def as_pdf(exhibit: Exhibit) -> bytes:
    """A tagged PDF file of one page, as large as the picture."""
    marks, unit, x = [], exhibit.unit, GAP
    for panel, alt in exhibit.panels:
        art = form(panel, exhibit.mirrored, unit, exhibit.lines.stroke)
        box = (0.0, 0.0, panel.width * unit, panel.height * unit)
        marks.append((0, Mark(Element("Figure", alt=alt), b"", box, (0.0, 0.0), art).placed(x, GAP)))
        x += panel.width * unit + GAP
    tall = max(panel.height for panel, _ in exhibit.panels) * unit
    page = Page(x, tall + 2 * GAP, tuple(marks))
    return write(branches([(0, leaf(page))]), [], Metadata(exhibit.title, exhibit.language, _DAY))


def as_png(exhibit: Exhibit) -> bytes:
    """A PNG file of 300 dots an inch. Raises ContentError without the packages that it takes."""
    try:
        import PIL.Image  # noqa: F401 - pypdfium2 hands its picture to it
        import pypdfium2
    except ImportError:
        hint = "Install them (pip install 'handouts[figures]'), or ask for .svg or .pdf."
        raise ContentError(Finding("PNG takes packages that are not installed.", "", hint)) from None
    out = io.BytesIO()
    pypdfium2.PdfDocument(as_pdf(exhibit))[0].render(scale=_DOTS_A_POINT).to_pil().save(out, "PNG")
    return out.getvalue()


FORMATS: dict[str, Callable[[Exhibit], bytes]] = {".svg": as_svg, ".png": as_png, ".pdf": as_pdf}
