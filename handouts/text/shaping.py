"""Words to glyphs, by HarfBuzz: kerned, one glyph a character."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

import uharfbuzz as hb

from handouts.text.coverage import UnprintableError, first_unprintable
from handouts.text.faces import CHAIN, TICK_BOX, TICK_FACE, Face, Weight

# Kerning only. Ligatures, contextual letters and `ccmp` would part a glyph from its character, and a reader
# (or a Vietnamese name) would come apart with them.
_FEATURES = dict.fromkeys(("ccmp", "liga", "clig", "calt", "rlig", "locl", "rclt"), False)

_ESCAPES = str.maketrans({"\\": "\\\\", "(": "\\(", ")": "\\)", "\r": "\\r"})  # ISO 32000-1, 7.3.4.2
_LEAST_KERN = 20  # thousandths of an em: half a point at giant's 24.3


@dataclass(frozen=True)
class Run:
    """Glyphs of one face in a row. `advances` are thousandths of an em, `texts` what each glyph says."""

    face: Face
    glyphs: tuple[int, ...]
    advances: tuple[int, ...]
    texts: tuple[str, ...]

    @cached_property
    def width(self) -> int:
        """Sum of the advances, in thousandths of an em."""
        return sum(self.advances)

    @cached_property
    def text(self) -> str:
        """What a reader gets."""
        return "".join(self.texts)

    @cached_property
    def coded(self) -> str:
        """The inside of a literal string of the TJ operator, kerns between its parts (ISO 32000-1, 9.4.3)."""
        codes = ""
        for glyph, advance in zip(self.glyphs, self.advances, strict=True):
            kern = self.face.advance(glyph) - advance
            codes += (chr(glyph >> 8) + chr(glyph & 255)).translate(_ESCAPES)
            codes += f"){kern}(" if kern else ""
        return codes

    @cached_property
    def used(self) -> frozenset[tuple[Face, int, str]]:
        """Face, glyph and what it says, for the cut of the fonts."""
        return frozenset((self.face, g, t) for g, t in zip(self.glyphs, self.texts, strict=True))


@lru_cache(maxsize=4096)
def shape(word: str, weight: Weight) -> tuple[Run, ...]:
    """A word (no spaces; NFC) as runs of glyphs. Raises UnprintableError."""
    bad = first_unprintable(word)
    if bad:
        raise UnprintableError(bad)
    return tuple(_shape_run(face, part) for face, part in _parts(word, weight))


@lru_cache(maxsize=64)
def space(face: Face) -> Run:
    """The space that ends a word and, at the end of a line, keeps readers from gluing two words."""
    glyph = face.glyph(" ")
    return Run(face, (glyph,), (face.advance(glyph),), (" ",))


@lru_cache(maxsize=8)
def tick(words: str) -> Run:
    """A tick box: a glyph to the eye, `words` to a listener."""
    glyph = TICK_FACE.glyph(TICK_BOX)
    return Run(TICK_FACE, (glyph,), (TICK_FACE.advance(glyph),), (words,))


def _parts(word: str, weight: Weight) -> Iterator[tuple[Face, str]]:
    """The whole word in the first face that has it all; else each letter in the first face that has it."""
    chain = CHAIN[weight]
    whole = next((face for face in chain if all(map(face.glyph, word))), None)
    if whole:
        yield whole, word
        return
    start, current = 0, None
    for index, char in enumerate(word):
        face = next(face for face in chain if face.glyph(char))
        if current and face != current:
            yield current, word[start:index]
            start = index
        current = face
    if current:
        yield current, word[start:]


def _shape_run(face: Face, text: str) -> Run:
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.direction, buffer.script, buffer.language = "ltr", "Latn", "en"
    hb.shape(face.hb_font, buffer, _FEATURES)
    glyphs = tuple(info.codepoint for info in buffer.glyph_infos)
    if glyphs != tuple(map(face.glyph, text)):
        raise UnprintableError(text)
    advances = tuple(
        _eased(position.x_advance, face.advance(glyph))
        for position, glyph in zip(buffer.glyph_positions, glyphs, strict=True)
    )
    return Run(face, glyphs, advances, tuple(text))


def _eased(shaped: int, plain: int) -> int:
    """The advance without a kern too small to see; each kern costs bytes in every file."""
    return plain if abs(shaped - plain) < _LEAST_KERN else shaped
