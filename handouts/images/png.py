"""PNG files: looked at before they are decoded, then flattened on white."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator

from handouts.drawing import Raster, box
from handouts.errors import ContentError, Finding

MOST_BYTES = 5_000_000
MOST_DOTS = 4000  # a side
KEPT_DOTS = 1500  # of the longer side: 300 an inch (C14) on the widest picture, 120 mm
_SLIMMEST = 10  # times as wide as it is tall, or as tall as it is wide
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_MODES = ("1", "L", "LA", "P", "PA", "RGB", "RGBA")


def read(data: bytes, label: str) -> Raster:
    """A picture of dots. Raises ContentError; nothing is decoded before its size is known to be small."""
    if refused := _outside(data):
        problem, hint = refused
        raise ContentError(Finding(problem, label, hint))
    try:
        packed, columns, rows = _flat(data)
    except Exception as fault:  # a decoder of Pillow raises whatever its file makes it meet
        hint = "Save it anew as PNG, with 8 bits a colour."
        raise ContentError(Finding(f"cannot be read as PNG ({type(fault).__name__}).", label, hint)) from None
    return Raster(*box(columns, rows), columns, rows, packed)


def _outside(data: bytes) -> tuple[str, str] | None:
    """What is wrong with a file as far as its first bytes tell, and the hint."""
    if len(data) > MOST_BYTES:
        return "is larger than 5 MB.", "Save it smaller."
    if not data.startswith(_SIGNATURE) or len(data) < 33 or data[12:16] != b"IHDR":
        return "is not a PNG file.", "Save it as PNG."
    wide, tall = struct.unpack(">II", data[16:24])
    if max(wide, tall) > MOST_DOTS:
        return f"is {wide} x {tall} dots large.", f"At most {MOST_DOTS} a side: {KEPT_DOTS} are enough for print."
    if max(wide, tall) > _SLIMMEST * min(wide, tall):
        return f"is more than {_SLIMMEST} times as long one way as the other.", "Crop it."
    return None


def _flat(data: bytes) -> tuple[bytes, int, int]:
    """The rows of the picture on white, packed, with their length and number."""
    from PIL import Image

    with Image.open(io.BytesIO(data), formats=["PNG"]) as opened:
        if opened.mode not in _MODES:
            raise ValueError(opened.mode)
        picture = opened.convert("RGBA")
    flat = Image.new("RGB", picture.size, "white")
    flat.paste(picture, mask=picture.getchannel("A"))
    if max(flat.size) > KEPT_DOTS:
        share = KEPT_DOTS / max(flat.size)
        size = (max(round(flat.width * share), 1), max(round(flat.height * share), 1))
        flat = flat.resize(size, Image.Resampling.LANCZOS)
    out = io.BytesIO()
    flat.save(out, "PNG", compress_level=9)
    return b"".join(_chunks(out.getvalue(), b"IDAT")), flat.width, flat.height


def _chunks(data: bytes, wanted: bytes) -> Iterator[bytes]:
    """What the chunks of a kind hold: PDF packs its images in the same way."""
    at = len(_SIGNATURE)
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        if data[at + 4 : at + 8] == wanted:
            yield data[at + 8 : at + 8 + length]
        at += 12 + length
