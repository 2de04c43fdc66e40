"""Small tagged PDFs written by hand with pikepdf, so that the kit can be tested without the product."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import reportlab
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from pikepdf import Array, Dictionary, Name, String

REGULAR = "AtkinsonHyperlegibleNext-Regular"
BOLD = "AtkinsonHyperlegibleNext-Bold"
A4 = (595.276, 841.89)
# A free font that comes with ReportLab stands in for ours; so the handmade files go by our fonts' names.
PROGRAM = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"
# Characters the font lacks, each with the letter whose outline stands in for it.
STAND_INS = {"\u2610": "\u0152", "\u0642": "\u00d0", "\u0644": "\u00de", "\u2022": "\u2022"}
ATTRIBUTES = {
    "L": ("/List", {"ListNumbering": "/Decimal"}),
    "TH": ("/Table", {"Scope": "/Column"}),
    "Figure": ("/Layout", {"Placement": "/Block"}),
    "Form": ("/PrintField", {"Role": "/tv"}),
}


@dataclass(frozen=True)
class Item:
    """One marked-content sequence.

    The path names its element, "Sect#1/P"; with # it is made once and gone on with later. Lines are (x, y, text);
    before holds operators painted first, within those put before each shown string.
    """

    path: str
    lines: tuple[tuple[float, float, str], ...] = ()
    page: int = 1
    size: float = 14
    font: str = REGULAR
    color: str = "0 g"
    before: str = ""
    within: str = ""
    slant: float = 0
    spread: float = 0
    alt: str = ""
    lang: str = ""
    bare: bool = False

    @property
    def tag(self) -> str:
        """The tag at the end of the path."""
        return self.path.rsplit("/", 1)[-1].split("#")[0]


@cache
def _program() -> Any:
    """The stand-in font."""
    return TTFont(PROGRAM)


def _code(character: str) -> int:
    """Glyph id of a character."""
    cmap = _program().getBestCmap()
    return int(_program().getGlyphID(cmap[ord(STAND_INS.get(character, character))]))


def text_width(text: str, size: float) -> float:
    """Width of a text in points."""
    metrics, em = _program()["hmtx"].metrics, _program()["head"].unitsPerEm
    names = [_program().getGlyphName(_code(character)) for character in text]
    return float(sum(metrics[name][0] for name in names) * size / em)


def _program_bytes(twins: str) -> bytes:
    """The font file; two twin letters get one outline."""
    font, data = TTFont(PROGRAM), io.BytesIO()
    if twins:
        names = [font.getBestCmap()[ord(letter)] for letter in twins]
        font["glyf"][names[0]] = font["glyf"][names[1]]
    font.save(data)
    return data.getvalue()


class _Writer:
    """Builds one file."""

    def __init__(self, twins: str) -> None:
        self.pdf = pikepdf.new()
        self.root: Any = self.pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Array()))
        self.elements: dict[str, Any] = {}
        self.parents: dict[int, list[Any]] = {}
        self.fonts: dict[str, Any] = {}
        self.characters: set[str] = set()
        self.program = self.pdf.make_stream(_program_bytes(twins))
        self.top = self._new("Document", self.root)

    def _new(self, tag: str, parent: Any) -> Any:
        """An element at the end of its parent."""
        element = self.pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name("/" + tag), P=parent, K=Array()))
        parent.K.append(element)
        return element

    def element(self, item: Item) -> Any:
        """The element of an item, its path made as needed."""
        node, prefix = self.top, ""
        for part in item.path.split("/"):
            prefix += "/" + part
            if "#" not in part or prefix not in self.elements:
                self.elements[prefix] = self._dressed(self._new(part.split("#")[0], node), item)
            node = self.elements[prefix]
        return node

    def _dressed(self, element: Any, item: Item) -> Any:
        """An element with its attributes, and its texts if it is the item's own."""
        tag = str(element.S)[1:]
        if tag in ATTRIBUTES and not item.bare:
            owner, values = ATTRIBUTES[tag]
            element.A = Dictionary({"/O": Name(owner)} | {f"/{key}": Name(value) for key, value in values.items()})
        if tag == item.tag:
            element.update(
                {key: String(value) for key, value in (("/Alt", item.alt), ("/Lang", item.lang)) if value}
            )
        return element

    def page(self, number: int, items: Iterable[Item], size: tuple[float, float]) -> None:
        """One page with its items in painted order."""
        page = self.pdf.add_blank_page(page_size=size)
        self.parents[number] = []
        content = "".join(self._sequence(item, page, number) for item in items)
        page.Contents = self.pdf.make_stream(content.encode("latin-1"))
        page.obj.update({"/StructParents": number - 1, "/Tabs": Name.S})

    def _sequence(self, item: Item, page: pikepdf.Page, number: int) -> str:
        """The operators of one item; a tagged one gets the next id of its page."""
        begin, text = "/Artifact BMC", self._operators(item, page)
        if item.tag != "Artifact":
            owner, mcid = self.element(item), len(self.parents[number])
            self.parents[number].append(owner)
            owner.K.append(Dictionary(Type=Name.MCR, Pg=page.obj, MCID=mcid))
            begin = f"/{item.tag} <</MCID {mcid}>> BDC"
            if item.tag == "Link":
                self._annotate(item, owner, page)
        return f"{begin}\nq {item.before} Q\n{text}EMC\n"

    def _operators(self, item: Item, page: pikepdf.Page) -> str:
        """Each line as a text object of its own."""
        name = self._font(item.font, page)
        start = f"q {item.color} BT /{name} {item.size} Tf {item.within}"
        return "".join(
            f"{start} 1 0 {item.slant} 1 {x} {y} Tm [{self._shown(text, item.spread)}] TJ ET Q\n"
            for x, y, text in item.lines
        )

    def _shown(self, text: str, spread: float) -> str:
        """A text as TJ parts; spread is put after each space, in thousandths of an em."""
        self.characters |= set(text)
        return " ".join(
            f"<{_code(letter):04X}>" + (f" {-spread}" if spread and letter == " " else "") for letter in text
        )

    def _font(self, name: str, page: pikepdf.Page) -> str:
        """The resource name of a font on a page."""
        if name not in self.fonts:
            self.fonts[name] = self.pdf.make_indirect(Dictionary(Type=Name.Font, BaseFont=Name("/ABCDEF+" + name)))
        key = f"F{list(self.fonts).index(name)}"
        page.add_resource(self.fonts[name], Name.Font, Name("/" + key))
        return key

    def _annotate(self, item: Item, owner: Any, page: pikepdf.Page) -> None:
        """The annotation of a link, where its first line stands."""
        (x, y, text), *_ = item.lines
        note = self.pdf.make_indirect(
            Dictionary(
                Type=Name.Annot, Subtype=Name.Link, F=4, Contents=String(text),
                Border=_array(0, 0, 0), Rect=_array(x, y, x + text_width(text, item.size), y + item.size),
                A=Dictionary(S=Name.URI, URI=String(text)),
            )
        )  # fmt: skip
        page.obj.Annots = Array([*page.obj.get("/Annots", []), note])
        owner.K.append(Dictionary(Type=Name.OBJR, Obj=note, Pg=page.obj))

    def finish(self, path: Path, lang: str, info: Mapping[str, str]) -> Path:
        """Fonts, parent tree, catalogue; then the file."""
        for name, font in self.fonts.items():
            self._fill_font(name, font)
        numbers: Any = Array()
        for number, owners in self.parents.items():
            numbers.extend([number - 1, self.pdf.make_indirect(Array(owners))])
        self.root.ParentTree = self.pdf.make_indirect(Dictionary(Nums=numbers))
        self.pdf.Root.StructTreeRoot = self.root
        self.pdf.Root.MarkInfo = Dictionary(Marked=True)
        if lang:
            self.pdf.Root.Lang = String(lang)
        self.pdf.docinfo.update({f"/{key}": String(value) for key, value in info.items()})
        self.pdf.save(path)
        return path

    def _fill_font(self, name: str, font: Any) -> None:
        """A Type 0 font whose codes are glyph ids, as the product writes them."""
        metrics, em = _program()["hmtx"].metrics, _program()["head"].unitsPerEm
        codes = {_code(character): character for character in sorted(self.characters)}
        widths = [round(metrics[_program().getGlyphName(code)][0] * 1000 / em, 2) for code in sorted(codes)]
        table: Any = Array()
        for code, width in zip(sorted(codes), widths, strict=True):
            table.extend([code, _array(width)])
        descriptor = Dictionary(
            Type=Name.FontDescriptor, FontName=font.BaseFont, Flags=4,
            FontBBox=_array(-200, -300, 1300, 1000), ItalicAngle=0,
            Ascent=928, Descent=-236, CapHeight=729, StemV=80, FontFile2=self.program,
        )  # fmt: skip
        info = Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0)
        descendant = Dictionary(
            Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=font.BaseFont,
            CIDSystemInfo=info, W=table, DW=600,
            FontDescriptor=self.pdf.make_indirect(descriptor), CIDToGIDMap=Name.Identity,
        )  # fmt: skip
        cmap = self.pdf.make_stream(_cmap(codes).encode("ascii"))
        font.update({"/Subtype": Name.Type0, "/Encoding": Name("/Identity-H"), "/ToUnicode": cmap})
        font.DescendantFonts = Array([self.pdf.make_indirect(descendant)])


def _array(*numbers: float) -> Array:
    """Numbers as a PDF array."""
    values: Any = numbers
    return Array(values)


def _cmap(codes: Mapping[int, str]) -> str:
    """A ToUnicode map: pairs in bfchar, and one range so that both ways are read."""
    pairs = "".join(f"<{c:04X}> <{t.encode('utf-16-be').hex()}>\n" for c, t in list(codes.items())[1:])
    first, text = next(iter(codes.items()))
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        f"1 beginbfrange <{first:04X}> <{first:04X}> <{text.encode('utf-16-be').hex()}> endbfrange\n"
        f"{len(codes) - 1} beginbfchar\n{pairs}endbfchar\nendcmap end end"
    )


def write(
    path: Path,
    items: Sequence[Item],
    sizes: Sequence[tuple[float, float]] = (),
    lang: str = "en-GB",
    info: Mapping[str, str] | None = None,
    twins: str = "",
) -> Path:
    """Write a sample; sizes are the pages' width and height, A4 where not given."""
    writer = _Writer(twins)
    for number in range(1, max(item.page for item in items) + 1):
        size = sizes[number - 1] if number <= len(sizes) else A4
        writer.page(number, [item for item in items if item.page == number], size)
    return writer.finish(path, lang, info or {})
