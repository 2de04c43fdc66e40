"""Cutting a font to the glyphs that a document shows (HarfBuzz; glyph ids stay as they are)."""

from __future__ import annotations

import hashlib
import string
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache

import uharfbuzz as hb

from handouts.text.faces import Face

# Layout is done: only outlines and metrics go into the file.
_DROP = ("GPOS", "GSUB", "GDEF", "name", "post", "STAT", "gasp", "prep", "OS/2", "cmap", "vhea", "vmtx")
_FLAGS = hb.SubsetFlags.RETAIN_GIDS | hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NO_LAYOUT_CLOSURE


_KINDS = (string.ascii_lowercase, string.ascii_uppercase, string.digits)

Usage = frozenset[tuple[int, str]]  # (glyph, what it says)


@dataclass(frozen=True)
class FontProgram:
    """What a PDF needs of one face: lengths in thousandths of an em. It is known by its face and its usage."""

    resource: str
    usage: Usage
    name: str = field(compare=False)  # with the subset tag, "ABCDEF+Name"
    data: bytes = field(compare=False)
    widths: Mapping[int, int] = field(compare=False)
    texts: Mapping[int, str] = field(compare=False)
    ascent: int = field(compare=False)
    descent: int = field(compare=False)
    cap_height: int = field(compare=False)
    bounds: tuple[int, int, int, int] = field(compare=False)


def rounded(face: Face, usage: Usage) -> Usage:
    """The usage with all small letters where there is one, and all capitals, and all digits.

    Most people's names and notes then ask for the same cut, which is made once a process; it adds about two
    kilobytes to a file.
    """
    kinds = (_kind(face, letters) for letters in _KINDS)
    return usage.union(*(kind for kind in kinds if not kind.isdisjoint(usage)))


@cache
def _kind(face: Face, letters: str) -> Usage:
    return frozenset((face.glyph(char), char) for char in letters)


@lru_cache(maxsize=64)
def program(face: Face, usage: Usage) -> FontProgram:
    """The face cut to `usage`, the same bytes for the same usage."""
    texts = dict(sorted(usage))
    data = _cut(face, tuple(texts))
    ascent, descent = face.vertical
    return FontProgram(
        resource=face.resource,
        usage=usage,
        name=f"{_tag(face, texts)}+{face.name}",
        data=data,
        widths={glyph: face.advance(glyph) for glyph in texts},
        texts=texts,
        ascent=ascent,
        descent=descent,
        cap_height=face.cap_height,
        bounds=_bounds(face, tuple(texts)),
    )


def _cut(face: Face, glyphs: tuple[int, ...]) -> bytes:
    wanted = hb.SubsetInput()
    wanted.sets(hb.SubsetInputSets.GLYPH_INDEX).update(glyphs)
    wanted.sets(hb.SubsetInputSets.DROP_TABLE_TAG).update(
        int.from_bytes(tag.encode("ascii").ljust(4), "big") for tag in _DROP
    )
    wanted.flags = _FLAGS
    return bytes(hb.subset(face.hb_face, wanted).blob.data)


def _tag(face: Face, texts: Mapping[int, str]) -> str:
    """Six capitals from the content (ISO 32000-1, 9.6.4)."""
    digest = hashlib.sha256(repr((face.file, tuple(texts))).encode()).digest()
    return "".join(chr(ord("A") + byte % 26) for byte in digest[:6])


def _bounds(face: Face, glyphs: tuple[int, ...]) -> tuple[int, int, int, int]:
    """The box that holds all the glyphs: left, bottom, right, top."""
    boxes = [extents for glyph in glyphs if (extents := face.hb_font.get_glyph_extents(glyph))]
    return (
        min(box.x_bearing for box in boxes),
        min(box.y_bearing + box.height for box in boxes),
        max(box.x_bearing + box.width for box in boxes),
        max(box.y_bearing for box in boxes),
    )
