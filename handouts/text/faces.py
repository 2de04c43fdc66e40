"""The shipped fonts: which face serves which weight, and what it measures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, cached_property

import uharfbuzz as hb

from handouts.resources import folder


class Weight(IntEnum):
    """The shipped weights (CSS numbers). No text uses 600 yet: it is for those who ask for a heavier body."""

    REGULAR = 400
    SEMIBOLD = 600
    BOLD = 700

    __hash__ = int.__hash__  # words are looked up by it: that of an Enum is no built-in


@dataclass(frozen=True, eq=False)
class Face:
    """One font file. All lengths are in thousandths of an em: the shipped fonts have 1000 units per em."""

    file: str
    resource: str  # name in the page's font resources, the same in every document

    def __reduce__(self) -> tuple[Callable[[str], Face], tuple[str]]:
        return face, (self.resource,)  # a face is one thing in every process

    @cached_property
    def hb_face(self) -> hb.Face:
        """HarfBuzz' view of the file."""
        return hb.Face(hb.Blob(folder("fonts").joinpath(self.file).read_bytes()))

    @cached_property
    def hb_font(self) -> hb.Font:
        """HarfBuzz' font at 1000 units per em."""
        return hb.Font(self.hb_face)

    @cached_property
    def name(self) -> str:
        """PostScript name."""
        return self.file.removesuffix(".ttf")

    @cached_property
    def cap_height(self) -> int:
        """Height of capitals."""
        return int(self.hb_font.get_metric_position_with_fallback(hb.OTMetricsTag.CAP_HEIGHT))

    @cached_property
    def vertical(self) -> tuple[int, int]:
        """Ascent above and descent below the base line (descent is negative)."""
        extents = self.hb_font.get_font_extents("ltr")
        return int(extents.ascender), int(extents.descender)

    @cache  # noqa: B019 - faces live as long as the process
    def glyph(self, char: str) -> int:
        """Glyph id of a character, 0 when the face lacks it."""
        return self.hb_font.get_nominal_glyph(ord(char)) or 0

    @cache  # noqa: B019 - as above
    def advance(self, glyph: int) -> int:
        """Width of a glyph by itself."""
        return int(self.hb_font.get_glyph_h_advance(glyph))


_BODY = {
    Weight.REGULAR: Face("AtkinsonHyperlegibleNext-Regular.ttf", "F1"),
    Weight.SEMIBOLD: Face("AtkinsonHyperlegibleNext-SemiBold.ttf", "F2"),
    Weight.BOLD: Face("AtkinsonHyperlegibleNext-Bold.ttf", "F3"),
}
_FALLBACK_REGULAR = Face("NotoSans-Regular.ttf", "F4")
_FALLBACK_BOLD = Face("NotoSans-Bold.ttf", "F5")

TICK_FACE = Face("NotoSansSymbols2-Tick.ttf", "F6")
TICK_BOX = "\u2610"

# A word is set in the first face that has all its letters, so no word mixes two designs.
CHAIN: dict[Weight, tuple[Face, ...]] = {
    Weight.REGULAR: (_BODY[Weight.REGULAR], _FALLBACK_REGULAR),
    Weight.SEMIBOLD: (_BODY[Weight.SEMIBOLD], _FALLBACK_BOLD),
    Weight.BOLD: (_BODY[Weight.BOLD], _FALLBACK_BOLD),
}
FACES = (*_BODY.values(), _FALLBACK_REGULAR, _FALLBACK_BOLD, TICK_FACE)


def face(resource: str) -> Face:
    """The face of a name in the font resources."""
    return next(face for face in FACES if face.resource == resource)
