"""Font objects: Type 0, Identity-H, the glyph id as the code, a ToUnicode map that says just what was set."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from handouts.pdf.document import Document
from handouts.pdf.objects import Stream, array, dictionary, name

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


class Program(Protocol):
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


def add_font(document: Document, font: Program) -> Any:
    """Put a font into the document; the result is a reference."""
    base = name(font.name)
    descriptor = dictionary(
        Type=name("FontDescriptor"),
        FontName=base,
        Flags=4,  # symbolic: codes are glyph ids, not characters
        FontBBox=array(font.bounds),
        ItalicAngle=0,
        Ascent=font.ascent,
        Descent=font.descent,
        CapHeight=font.cap_height,
        StemV=80,
        FontFile2=document.add(Stream(font.data, {"Length1": len(font.data)})),
    )
    descendant = dictionary(
        Type=name("Font"),
        Subtype=name("CIDFontType2"),
        BaseFont=base,
        CIDSystemInfo="<</Registry (Adobe)/Ordering (Identity)/Supplement 0>>",
        CIDToGIDMap=name("Identity"),
        DW=0,
        W=_widths(font.widths),
        FontDescriptor=document.add(descriptor),
    )
    return document.add(
        dictionary(
            Type=name("Font"),
            Subtype=name("Type0"),
            BaseFont=base,
            Encoding=name("Identity-H"),
            DescendantFonts=array([document.add(descendant)]),
            ToUnicode=document.add(Stream(to_unicode(font.texts))),
        )
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
