"""A font as the PDF carries it: codes to text, widths, and outlines measured in the embedded program."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pikepdf
from fontTools.pens.boundsPen import BoundsPen  # type: ignore[import-untyped]
from fontTools.pens.recordingPen import DecomposingRecordingPen  # type: ignore[import-untyped]
from fontTools.pens.transformPen import TransformPen  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

# Longest names first: "SemiBold" holds "Bold", "ExtraLight" holds "Light" (OpenType usWeightClass).
WEIGHTS = {
    "extrabold": 800, "ultrabold": 800, "semibold": 600, "demibold": 600, "extralight": 200,
    "ultralight": 200, "medium": 500, "black": 900, "heavy": 900, "light": 300, "thin": 100, "bold": 700,
}  # fmt: skip
SUBSET_PREFIX = re.compile(r"^[A-Z]{6}\+")
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Code:
    """One character code of a string: its text, its advance in em, and whether Tw widens it."""

    value: int
    text: str
    advance: float
    word_space: bool


class Font:
    """A font resource of a page."""

    def __init__(self, resource: Any) -> None:
        self.resource = resource
        self.composite = str(resource.get("/Subtype")) == "/Type0"
        self._descendant: Any = resource["/DescendantFonts"][0] if self.composite else resource
        self.descriptor: Any = self._descendant.get("/FontDescriptor", {})
        self.name = SUBSET_PREFIX.sub("", str(resource.get("/BaseFont", "/")).lstrip("/"))
        self.embedded = any(key in self.descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))

    @cached_property
    def family(self) -> str:
        """The name without its style, "AtkinsonHyperlegibleNext" of "AtkinsonHyperlegibleNext-Bold"."""
        return re.split(r"[-,]", self.name)[0]

    @cached_property
    def weight(self) -> int:
        """Weight from 100 to 900, by the style in the name."""
        style = self.name[len(self.family) :].casefold()
        return next((weight for name, weight in WEIGHTS.items() if name in style), 400)

    @cached_property
    def italic(self) -> bool:
        """Italic or oblique by name, flag (bit 7) or angle."""
        named = bool(re.search(r"italic|oblique", self.name, re.IGNORECASE))
        flagged = int(self.descriptor.get("/Flags", 0)) & 64
        return named or bool(flagged) or float(self.descriptor.get("/ItalicAngle", 0)) != 0

    @cached_property
    def serif(self) -> bool:
        """Marked as a serif face (flag bit 2)."""
        return bool(int(self.descriptor.get("/Flags", 0)) & 2)

    @cached_property
    def unicode(self) -> Mapping[int, str]:
        """Code to text by the ToUnicode map; simple fonts without one are read as Windows Latin."""
        if "/ToUnicode" in self.resource:
            return dict(to_unicode(self.resource["/ToUnicode"].read_bytes().decode("latin-1")))
        latin = {code: bytes([code]).decode("cp1252", "replace") for code in range(32, 256)}
        return {} if self.composite else latin

    @cached_property
    def _widths(self) -> Mapping[int, float]:
        """Code to advance in thousandths of an em."""
        if self.composite:
            return dict(_cid_widths(list(self._descendant.get("/W", []))))
        first = int(self.resource.get("/FirstChar", 0))
        return {first + n: float(width) for n, width in enumerate(self.resource.get("/Widths", []))}

    @cached_property
    def _default_width(self) -> float:
        """Advance of a code without its own; half an em stands in for unembedded standard fonts."""
        return float(self._descendant.get("/DW", 1000)) if self.composite else 500.0

    def codes(self, data: bytes) -> list[Code]:
        """A shown string, code by code."""
        step = 2 if self.composite else 1
        values = [int.from_bytes(data[at : at + step], "big") for at in range(0, len(data), step)]
        return [self._code(value) for value in values]

    def _code(self, value: int) -> Code:
        """One code; only the single byte 32 takes word spacing (ISO 32000-1, 9.3.3)."""
        advance = self._widths.get(value, self._default_width) / 1000
        return Code(value, self.unicode.get(value, ""), advance, not self.composite and value == 32)

    @cached_property
    def program(self) -> Any:
        """The embedded TrueType or OpenType program, or None."""
        for key in ("/FontFile2", "/FontFile3"):
            if key in self.descriptor:
                return TTFont(io.BytesIO(self.descriptor[key].read_bytes()), lazy=True)
        return None

    def outline_box(self, code: int) -> Box | None:
        """The ink of a code in em (x0, y0, x1, y1); None without a program or without ink."""
        name = self._glyph_name(code)
        if name is None:
            return None
        glyphs = self.program.getGlyphSet()
        pen = BoundsPen(glyphs)
        glyphs[name].draw(pen)
        em = float(self.program["head"].unitsPerEm)
        if pen.bounds is None:
            return None
        x0, y0, x1, y1 = (float(edge) / em for edge in pen.bounds)
        return (x0, y0, x1, y1)

    def outline(self, code: int) -> str:
        """The drawing of a code from its left edge, to be compared; empty when it cannot be read."""
        name, box = self._glyph_name(code), self.outline_box(code)
        if name is None or box is None:
            return ""
        glyphs = self.program.getGlyphSet()
        pen = DecomposingRecordingPen(glyphs)
        # Side bearings differ, the letter is the same: compare from the ink's left edge.
        left = round(box[0] * self.program["head"].unitsPerEm)
        glyphs[name].draw(TransformPen(pen, (1, 0, 0, 1, -left, 0)))
        return repr(pen.value)

    def _glyph_name(self, code: int) -> str | None:
        """The glyph of a code; only retained glyph ids (Identity) can be told."""
        if self.program is None or not self.composite:
            return None
        order = self.program.getGlyphOrder()
        return str(order[code]) if code < len(order) else None

    def code_for(self, text: str) -> int | None:
        """The first code that stands for this text."""
        return next((code for code, meant in self.unicode.items() if meant == text), None)

    @cached_property
    def x_height(self) -> float | None:
        """x-height in em: measured on the x, else as the descriptor says, else unknown."""
        code = self.code_for("x")
        box = self.outline_box(code) if code is not None else None
        if box is not None:
            return box[3]
        return float(self.descriptor.get("/XHeight", 0)) / 1000 or None

    @cached_property
    def cap_height(self) -> float:
        """Height of capitals in em, 0.7 where the descriptor is silent."""
        return float(self.descriptor.get("/CapHeight", 0)) / 1000 or 0.7


def _cid_widths(table: list[Any]) -> Iterator[tuple[int, float]]:
    """The W array: "first [w w w]" or "first last w" (ISO 32000-1, 9.7.4.3)."""
    at = 0
    while at + 1 < len(table):
        first = int(table[at])
        if isinstance(table[at + 1], pikepdf.Array):
            yield from ((first + n, float(width)) for n, width in enumerate(table[at + 1]))
            at += 2
        else:
            yield from ((code, float(table[at + 2])) for code in range(first, int(table[at + 1]) + 1))
            at += 3


def to_unicode(cmap: str) -> Iterator[tuple[int, str]]:
    """The entries of a ToUnicode map: bfchar, and bfrange with a start or an array."""
    for section in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, text in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f\s]*)>", section):
            yield int(code, 16), _utf16(text)
    for section in re.findall(r"beginbfrange(.*?)endbfrange", cmap, re.DOTALL):
        pattern = r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f\s]+)>|\[(.*?)\])"
        for first, last, start, array in re.findall(pattern, section, re.DOTALL):
            yield from _range(int(first, 16), int(last, 16), start, array)


def _range(first: int, last: int, start: str, array: str) -> Iterator[tuple[int, str]]:
    """One bfrange: the last character counts up, or each code has its own text."""
    if start:
        text = _utf16(start)
        yield from ((code, text[:-1] + chr(ord(text[-1]) + code - first)) for code in range(first, last + 1))
    else:
        texts = re.findall(r"<([0-9A-Fa-f\s]*)>", array)
        yield from ((first + n, _utf16(text)) for n, text in enumerate(texts))


def _utf16(digits: str) -> str:
    """Hexadecimal UTF-16 as text."""
    return bytes.fromhex("".join(digits.split())).decode("utf-16-be", "replace")
