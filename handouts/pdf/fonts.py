"""Font objects: Type 0, Identity-H, the glyph id as the code, a ToUnicode map that says just what was set."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from functools import lru_cache
from typing import NamedTuple, Protocol

from handouts.pdf.document import Document
from handouts.pdf.objects import entries, inline
from handouts.pdf.packing import packed

_CMAP = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
{blocks}
endcmap
CMapName currentdict /CMap defineresource pop
end
end"""


class Program(Hashable, Protocol):
    """What a font object needs to know; lengths in thousandths of an em."""

    @property
    def resource(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def data(self) -> bytes: ...
    @property
    def widths(self) -> Mapping[int, int]: ...
    @property
    def texts(self) -> Mapping[int, str]: ...
    @property
    def ascent(self) -> int: ...
    @property
    def descent(self) -> int: ...
    @property
    def cap_height(self) -> int: ...
    @property
    def bounds(self) -> tuple[int, int, int, int]: ...


def add_font(document: Document, font: Program) -> int:
    """Put a font into the document; the result is its number."""
    parts = _parts(font)
    file = document.stream(parts.data, parts.length)
    descriptor = document.put(b"%b/FontFile2 %d 0 R>>" % (parts.descriptor, file))
    descendant = document.put(b"%b/FontDescriptor %d 0 R>>" % (parts.descendant, descriptor))
    to_unicode = document.stream(parts.to_unicode)
    return document.put(b"%b/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>" % (parts.whole, descendant, to_unicode))


class _Parts(NamedTuple):
    """What a font's objects hold whatever their numbers are: streams deflated, dictionaries without their end."""

    data: bytes
    length: bytes
    to_unicode: bytes
    descriptor: bytes
    descendant: bytes
    whole: bytes


@lru_cache(maxsize=64)
def _parts(font: Program) -> _Parts:
    """Made once for all files with this font."""
    base = f"/{font.name}"
    descriptor = inline(
        Type="/FontDescriptor",
        FontName=base,
        Flags=4,  # symbolic: codes are glyph ids, not characters
        FontBBox=f"[{' '.join(map(str, font.bounds))}]",
        ItalicAngle=0,
        Ascent=font.ascent,
        Descent=font.descent,
        CapHeight=font.cap_height,
        StemV=80,
    )
    descendant = inline(
        Type="/Font",
        Subtype="/CIDFontType2",
        BaseFont=base,
        CIDSystemInfo="<</Registry (Adobe)/Ordering (Identity)/Supplement 0>>",
        CIDToGIDMap="/Identity",
        DW=0,
        W=_widths(font.widths),
    )
    return _Parts(
        data=packed(font.data),
        length=entries(Length1=len(font.data)),
        to_unicode=packed(to_unicode(font.texts)),
        descriptor=descriptor[:-2],
        descendant=descendant[:-2],
        whole=inline(Type="/Font", Subtype="/Type0", BaseFont=base, Encoding="/Identity-H")[:-2],
    )


def _widths(widths: Mapping[int, int]) -> str:
    """The W array: neighbours share one list."""
    parts: list[str] = []
    last = None
    for glyph in sorted(widths):
        parts.append(f" {widths[glyph]}" if glyph - 1 == last else f"]{glyph}[{widths[glyph]}")
        last = glyph
    return "[" + "".join(parts)[1:] + "]]"


def to_unicode(texts: Mapping[int, str]) -> bytes:
    """The ToUnicode map (ISO 32000-1, 9.10.3); at most 100 entries a block."""
    entries = [f"<{g:04X}> <{t.encode('utf-16-be').hex().upper()}>" for g, t in sorted(texts.items())]
    blocks = [entries[i : i + 100] for i in range(0, len(entries), 100)]
    body = "\n".join(f"{len(b)} beginbfchar\n" + "\n".join(b) + "\nendbfchar" for b in blocks)
    return _CMAP.format(blocks=body).encode("ascii")
