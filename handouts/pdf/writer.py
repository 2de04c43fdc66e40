"""Pages to a file, a part at a time. The class `File` reads like a table of contents."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import BinaryIO

from handouts.pdf.document import Document
from handouts.pdf.fonts import Program, add_font
from handouts.pdf.metadata import Metadata, add_info, add_xmp, output_intent
from handouts.pdf.objects import entries, inline, reference, string
from handouts.pdf.packing import packed
from handouts.pdf.page import Form, Image, number
from handouts.pdf.structure import Branch, box_text


def write(branches: Iterable[Branch], fonts: Sequence[Program], meta: Metadata) -> bytes:
    """A PDF/UA-1 and PDF/A-2a file. The same input gives the same bytes."""
    out = io.BytesIO()
    file = File(out, meta)
    file.part(branches)
    file.close(fonts)
    return out.getvalue()


class File:
    """A file that goes out to `sink` while it is made: one handout, or the parts of many.

    Its memory hardly grows with its pages. The same calls give the same bytes.
    """

    def __init__(self, sink: BinaryIO, meta: Metadata) -> None:
        self._document = Document(sink)
        self._meta = meta
        numbers = self._document.take(4)
        self._root, self._whole, self._tree, self._resources = range(numbers, numbers + 4)
        self._pages: list[int] = []
        self._tops: list[int] = []  # elements right under the one of the whole document
        self._ranges: list[str] = []  # of the parent tree
        self._keys = 0
        self._outline: list[tuple[str, str, int]] = []  # words, where to, element
        self._forms: dict[str, int] = {}
        self._images: dict[Image, int] = {}

    def part(self, branches: Iterable[Branch], tag: str = "", bookmark: str | None = None) -> None:
        """Pages that belong together, under a structure element of their own where a `tag` is given.

        `bookmark` stands for the part in the outline, in place of the bookmarks of its pages; "" leaves it out.
        """
        above = self._document.take(1) if tag else self._whole
        first, page = self._keys, len(self._pages)
        tops: list[int] = []
        parents: list[bytes] = []
        for branch in branches:
            tops += self._grow(branch, above, parents, outline=bookmark is None)
        if tag:
            self._document.put(_element(tag, self._whole, tops), above)
        self._tops += [above] if tag else tops
        if bookmark:
            self._outline.append((bookmark, f"[{reference(self._pages[page])} /Fit]", above if tag else tops[0]))
        nums = b" ".join(b"%d %b" % pair for pair in enumerate(parents, first))
        limits = b"[%d %d]" % (first, self._keys - 1)
        self._ranges.append(reference(self._document.put(inline(Limits=limits, Nums=b"[%b]" % nums))))

    def blank(self, size: tuple[float, float]) -> None:
        """An empty page, of a width and height in points: nothing is on it, and nothing is heard of it."""
        box = box_text((0, 0, *size))
        page = inline(Type="/Page", Parent=reference(self._tree), MediaBox=box, Resources="<<>>", Tabs="/S")
        self._pages.append(self._document.put(page))

    def close(self, fonts: Sequence[Program]) -> None:
        """Write what all parts share."""
        document, meta = self._document, self._meta
        named = {font.resource: reference(add_font(document, font)) for font in fonts}
        forms = {name: reference(form) for name, form in self._forms.items()}
        document.put(inline(Font=inline(**named), XObject=inline(**forms) if forms else None), self._resources)
        document.put(inline(Type="/Pages", Kids=_references(self._pages), Count=len(self._pages)), self._tree)
        document.put(_element("Document", self._root, self._tops), self._whole)
        tree = document.put(inline(Kids=f"[{' '.join(self._ranges)}]"))
        root = inline(
            Type="/StructTreeRoot",
            K=reference(self._whole),
            ParentTree=reference(tree),
            ParentTreeNextKey=self._keys,
        )
        document.put(root, self._root)
        catalog = inline(
            Type="/Catalog",
            Pages=reference(self._tree),
            Lang=string(meta.language),
            MarkInfo="<</Marked true>>",
            ViewerPreferences="<</DisplayDocTitle true>>",
            StructTreeRoot=reference(self._root),
            Outlines=self._close_outline(),
            Metadata=reference(add_xmp(document, meta)),
            OutputIntents=output_intent(document),
        )
        document.close(document.put(catalog), add_info(document, meta))

    def _grow(self, branch: Branch, above: int, parents: list[bytes], *, outline: bool) -> list[int]:
        """Put a branch into the file; the result are its uppermost elements."""
        for form in branch.forms:
            if form.name not in self._forms:
                self._forms[form.name] = self._form(form)
        structure, pages = branch.structure, len(branch.contents)
        first = self._document.next
        for content in branch.contents:
            self._document.stream(content)
        starts = {"o": first, "k": self._keys, "a": above, "t": self._tree, "r": self._resources}
        lines = structure.numbered(starts)
        objects = len(lines) - structure.keys
        self._document.put_all(lines[:objects])
        parents += lines[objects:]
        self._keys += structure.keys
        self._pages += range(first + pages, first + 2 * pages)
        for title, page, top, element in branch.bookmarks if outline else ():
            where = f"[{reference(first + pages + page)} /XYZ 0 {number(top)} null]"
            self._outline.append((title, where, first + element))
        return [first + top for top in structure.tops]

    def _form(self, form: Form) -> int:
        """A form XObject (ISO 32000-1, 8.10); what is in it belongs to the marked content round it."""
        if form.image and form.image not in self._images:
            self._images[form.image] = self._image(form.image)
        image = b"/Resources<</XObject<</I %d 0 R>>>>" % self._images[form.image] if form.image else b""
        return self._document.stream(_artwork(form.ops), _head(form) + image)

    def _image(self, image: Image) -> int:
        """An image XObject in the colours of the output intent (ISO 32000-1, 8.9.5)."""
        rows = f"<</Predictor 15/Colors 3/BitsPerComponent 8/Columns {image.columns}>>"  # as PNG packs them
        head = entries(
            Type="/XObject",
            Subtype="/Image",
            Width=image.columns,
            Height=image.rows,
            ColorSpace="/DeviceRGB",
            BitsPerComponent=8,
            DecodeParms=rows,
        )
        return self._document.stream(image.packed, head)

    def _close_outline(self) -> str | None:
        """The outline, or None: one flat level, each entry tied to its element."""
        if not self._outline:
            return None
        count = len(self._outline)
        first = self._document.take(count + 1)
        whole = first + count
        for entry, (title, where, element) in enumerate(self._outline, first):
            held = inline(
                Title=string(title),
                Parent=reference(whole),
                Prev=reference(entry - 1) if entry > first else None,
                Next=reference(entry + 1) if entry + 1 < whole else None,
                Dest=where,
                SE=reference(element),
            )
            self._document.put(held, entry)
        ends = {"First": reference(first), "Last": reference(whole - 1)}
        return reference(self._document.put(inline(Type="/Outlines", **ends, Count=count), whole))


def _element(tag: str, parent: int, kids: Sequence[int]) -> bytes:
    """An element that holds others."""
    return inline(S=f"/{tag}", P=reference(parent), K=_references(kids))


def _references(numbers: Iterable[int]) -> str:
    return f"[{' '.join(map(reference, numbers))}]"


@lru_cache(maxsize=256)
def _head(form: Form) -> bytes:
    matrix = " ".join(f"{part:.5g}" for part in form.matrix)
    head = entries(Type="/XObject", Subtype="/Form", BBox=box_text(form.box), Matrix=f"[{matrix}]")
    return head if form.image else head + b"/Resources<<>>"


@lru_cache(maxsize=256)
def _artwork(ops: bytes) -> bytes:
    """Packed once a process: a picture is the same for all who get it."""
    return packed(ops, 12)
