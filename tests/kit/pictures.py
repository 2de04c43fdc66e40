"""Pictures as pixels, through the page's own painting and a renderer no one here wrote."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import pypdfium2

from handouts.layout.pictures import form
from handouts.picture import Panel


def grey(panel: Panel, wide: int = 240) -> Any:
    """The panel as an array of greys, 0 to 255: rows from the top, `wide` pixels across."""
    drawn = form(panel, False, 200 / panel.width, 1.0)
    tall = 200 * panel.height / panel.width
    with pikepdf.new() as file:
        page = file.add_blank_page(page_size=(200, tall))
        matrix = " ".join(f"{value:.6f}" for value in drawn.matrix).encode()
        page.Contents = file.make_stream(b"q %b cm\n%b\nQ" % (matrix, drawn.ops))
        held = io.BytesIO()
        file.save(held)
    picture = pypdfium2.PdfDocument(held.getvalue())[0].render(scale=wide / 200).to_numpy()
    return picture[:, :, :3].mean(axis=2)
