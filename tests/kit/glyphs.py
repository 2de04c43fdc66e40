"""The finished PDF read back glyph by glyph, with its lines, shapes, links, outline and metadata."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pikepdf

from .fonts import Font
from .geometry import Box
from .painted import ARTIFACT, Glyph, Shape
from .painting import Painter
from .structure import Element, Structure, read_structure

__all__ = ["Document", "Element", "Glyph", "Line", "Link", "PageBox", "Shape", "read"]

# Glyphs of one line stand on one baseline within this, in points.
SAME_BASELINE = 0.5
# A wider gap than this many em parts two pieces of text on one baseline (a footer's left and right end).
LINE_GAP = 1.5


@dataclass(frozen=True)
class PageBox:
    """Width and height of a page in points, as it is turned."""

    width: float
    height: float


@dataclass(frozen=True)
class Link:
    """A link annotation; internal ones have no address."""

    page: int
    box: Box
    uri: str
    contents: str


@dataclass(frozen=True)
class Line:
    """Glyphs of one block (inline elements included) on one baseline, in the order they were painted."""

    page: int
    y: float
    tag: str
    element: int
    glyphs: tuple[Glyph, ...]

    @cached_property
    def text(self) -> str:
        """The text as painted, spaces included."""
        return "".join(glyph.text for glyph in self.glyphs)

    @cached_property
    def inked(self) -> tuple[Glyph, ...]:
        """The glyphs that are not white space."""
        return tuple(glyph for glyph in self.glyphs if glyph.text.strip())

    @cached_property
    def x0(self) -> float:
        """Left edge of the first letter's advance."""
        return min(glyph.x for glyph in self.inked or self.glyphs)

    @cached_property
    def x1(self) -> float:
        """Right edge of the last letter's advance."""
        return max(glyph.x + glyph.width for glyph in self.inked or self.glyphs)

    @cached_property
    def size(self) -> float:
        """The largest size on the line, in points."""
        return max(glyph.size for glyph in self.glyphs)

    @cached_property
    def box(self) -> Box:
        """From the baseline to the height of a capital."""
        return (self.x0, self.y, self.x1, max(glyph.box[3] for glyph in self.glyphs))


@dataclass(frozen=True)
class Document:
    """All that was read from one file; pages count from 1, lines and shapes in painted order."""

    path: Path
    pages: tuple[PageBox, ...]
    structure: Structure
    glyphs: tuple[Glyph, ...]
    shapes: tuple[Shape, ...]
    links: tuple[Link, ...]
    outline: tuple[tuple[int, str], ...]
    info: Mapping[str, str]
    xmp: str
    lang: str

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Visible and invisible text as lines."""
        return tuple(_lines(self.glyphs, self.structure))

    @cached_property
    def blocks(self) -> Mapping[int, tuple[Line, ...]]:
        """Block element to its lines, blocks in tree order, lines in painted order."""
        found: dict[int, list[Line]] = {}
        for line in self.lines:
            if line.element >= 0:
                found.setdefault(line.element, []).append(line)
        return {element: tuple(found[element]) for element in sorted(found)}

    def text(self, element: int) -> str:
        """The text of a block, white space collapsed."""
        return " ".join("".join(line.text for line in self.blocks.get(element, ())).split())

    def tag(self, element: int) -> str:
        """The tag of an element."""
        return self.structure.elements[element].tag if element >= 0 else ""

    def artifact_lines(self, page: int) -> list[Line]:
        """Lines of one page that are no content."""
        return [line for line in self.lines if line.page == page and line.tag == ARTIFACT]

    @cached_property
    def page_shapes(self) -> tuple[tuple[Shape, ...], ...]:
        """The shapes of each page; page 1 stands at 0."""
        pages = range(1, len(self.pages) + 1)
        return tuple(tuple(shape for shape in self.shapes if shape.page == number) for number in pages)

    @cached_property
    def faces(self) -> tuple[Font, ...]:
        """The fonts that show text."""
        return tuple({id(glyph.face): glyph.face for glyph in self.glyphs}.values())


def _lines(glyphs: Iterable[Glyph], structure: Structure) -> Iterator[Line]:
    """Glyphs grouped by block, baseline and gap."""
    groups: list[list[Glyph]] = []
    last: dict[tuple[int, int, int], list[Glyph]] = {}
    for glyph in glyphs:
        block = structure.block(glyph.element)
        key = (glyph.page, block, glyph.sequence if block < 0 else 0)
        group = last.get(key)
        if group is None or not _continues(group[-1], glyph):
            group = last[key] = []
            groups.append(group)
        group.append(glyph)
    for group in groups:
        block = structure.block(group[0].element)
        tag = structure.elements[block].tag if block >= 0 else group[0].tag
        yield Line(group[0].page, group[0].y, tag, block, tuple(group))


def _continues(before: Glyph, glyph: Glyph) -> bool:
    """Does a glyph go on the line of the one before it?"""
    gap = glyph.x - before.x - before.width
    em = max(before.size, glyph.size)
    return abs(glyph.y - before.y) <= SAME_BASELINE and -LINE_GAP * em < gap < LINE_GAP * em


def read(path: Path) -> Document:
    """Read a PDF file."""
    with pikepdf.open(path) as pdf:
        structure, fonts = read_structure(pdf), dict[Any, Font]()
        painters = [Painter(number, page, structure, fonts) for number, page in enumerate(pdf.pages, 1)]
        for font in fonts.values():
            _load(font)
        return Document(
            path=path,
            pages=tuple(_page_box(page) for page in pdf.pages),
            structure=structure,
            glyphs=tuple(glyph for painter in painters for glyph in painter.glyphs),
            shapes=tuple(shape for painter in painters for shape in painter.shapes),
            links=tuple(link for number, page in enumerate(pdf.pages, 1) for link in _links(number, page)),
            outline=tuple(_outline(pdf)),
            info={str(key)[1:]: str(value) for key, value in pdf.docinfo.items()},
            xmp=_xmp(pdf),
            lang=str(pdf.Root.get("/Lang", "")),
        )


def _load(font: Font) -> None:
    """Read all that rules may ask of a font while the file is open."""
    _ = (font.program, font.italic, font.serif, font.unicode, font.x_height, font.cap_height)


def _page_box(page: pikepdf.Page) -> PageBox:
    """The visible page, turned by its Rotate."""
    left, bottom, right, top = map(float, page.cropbox)
    sides = (right - left, top - bottom)
    return PageBox(*(reversed(sides) if int(str(page.obj.get("/Rotate", 0))) % 180 else sides))


def _links(number: int, page: pikepdf.Page) -> Iterator[Link]:
    """The link annotations of a page."""
    annotations: Any = page.obj.get("/Annots", [])
    for note in annotations:
        if str(note.get("/Subtype")) == "/Link":
            left, bottom, right, top = map(float, note["/Rect"])
            uri = str(note.get("/A", {}).get("/URI", ""))
            yield Link(number, (left, bottom, right, top), uri, str(note.get("/Contents", "")))


def _outline(pdf: pikepdf.Pdf) -> Iterator[tuple[int, str]]:
    """(depth from 0, title) of each bookmark in order."""

    def walk(items: Iterable[pikepdf.OutlineItem], depth: int) -> Iterator[tuple[int, str]]:
        for item in items:
            yield depth, item.title
            yield from walk(item.children, depth + 1)

    with pdf.open_outline() as outline:
        yield from walk(outline.root, 0)


def _xmp(pdf: pikepdf.Pdf) -> str:
    """The metadata packet as text."""
    stream: Any = pdf.Root.get("/Metadata")
    return stream.read_bytes().decode("utf-8", "replace") if stream is not None else ""
