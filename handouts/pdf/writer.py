"""Pages to a file, a part at a time. The class `File` reads like a table of contents."""

from __future__ import annotations

import io
import zlib
from collections.abc import Sequence
from functools import lru_cache
from typing import BinaryIO

from handouts.pdf.document import Document
from handouts.pdf.fonts import Program, add_font
from handouts.pdf.leaf import Leaf, Numbered
from handouts.pdf.metadata import Metadata, add_info, add_xmp, output_intent
from handouts.pdf.objects import inline, reference, string
from handouts.pdf.page import Form, Image, Link, number
from handouts.pdf.structure import Structure


def write(pages: Sequence[Numbered], fonts: Sequence[Program], meta: Metadata) -> bytes:
    """A PDF/UA-1 and PDF/A-2a file. The same input gives the same bytes."""
    out = io.BytesIO()
    file = File(out, meta)
    file.part(pages)
    file.close(fonts)
    return out.getvalue()


class File:
    """A file that goes out to `sink` while it is made: one handout, or the parts of many.

    Its memory does not grow with its pages. The same calls give the same bytes.
    """

    def __init__(self, sink: BinaryIO, meta: Metadata) -> None:
        self._document = Document(sink)
        self._meta = meta
        self._structure = Structure(self._document)
        self._tree = self._document.number()
        self._resources = self._document.number()
        self._pages: list[str] = []
        self._forms: dict[str, int] = {}
        self._images: dict[Image, int] = {}
        self._bookmarks: list[tuple[str, str, int]] = []  # title, destination, structure element

    def part(self, pages: Sequence[Numbered], tag: str = "", bookmark: str = "") -> None:
        """Pages that belong together, under a structure element of their own where a tag is given.

        `bookmark` stands for the part in the outline, in place of the bookmarks of its pages.
        """
        self._structure.begin(tag)
        for first, leaf in pages:
            page = self._page(leaf, first)
            for mark in leaf.bookmarks if not bookmark else ():
                element = self._structure.node((first + mark.block, mark.element), page).number
                self._bookmarks.append((mark.title, f"[{page} 0 R /XYZ 0 {number(mark.top)} null]", element))
        if bookmark:
            self._bookmarks.append((bookmark, *self._structure.start()))
        self._structure.end()
        self._document.pack()

    def blank(self, size: tuple[float, float]) -> None:
        """An empty page, of a width and height in points: nothing is on it, and nothing is heard of it."""
        entries = inline(
            Type="/Page", Parent=reference(self._tree), MediaBox=_box((0, 0, *size)), Resources="<<>>", Tabs="/S"
        )
        self._pages.append(reference(self._document.put(entries)))

    def close(self, fonts: Sequence[Program]) -> None:
        """Write what all parts share."""
        put = self._document.put
        named = {font.resource: reference(add_font(self._document, font)) for font in fonts}
        forms = {name: reference(form) for name, form in self._forms.items()}
        put(inline(Font=inline(**named), XObject=inline(**forms) if forms else None), self._resources)
        kids = f"[{' '.join(self._pages)}]"
        put(inline(Type="/Pages", Kids=kids, Count=len(self._pages)), self._tree)
        self._structure.close()
        catalog = put(
            inline(
                Type="/Catalog",
                Pages=reference(self._tree),
                Lang=string(self._meta.language),
                MarkInfo="<</Marked true>>",
                ViewerPreferences="<</DisplayDocTitle true>>",
                StructTreeRoot=reference(self._structure.root),
                Outlines=self._outline(),
                Metadata=reference(add_xmp(self._document, self._meta)),
                OutputIntents=output_intent(self._document),
            )
        )
        self._document.close(catalog, add_info(self._document, self._meta))

    def _page(self, leaf: Leaf, first: int) -> int:
        """One page object with its content, links and key in the parent tree; the result is its number."""
        page = self._document.number()
        for form in leaf.forms:
            if form.name not in self._forms:
                self._forms[form.name] = self._form(form)
        key = self._structure.enter(leaf, first, page)
        links = [reference(self._link(link, first, page)) for link in leaf.links]
        entries = inline(
            Type="/Page",
            Parent=reference(self._tree),
            MediaBox=_box((0, 0, *leaf.size)),
            Resources=reference(self._resources),
            Contents=reference(self._document.stream(leaf.content)),
            StructParents=key,
            Tabs="/S",
            Annots=f"[{' '.join(links)}]" if links else None,
        )
        self._document.put(entries, page)
        self._pages.append(reference(page))
        return page

    def _link(self, link: Link, first: int, page: int) -> int:
        annotation = self._document.number()
        key = self._structure.link((first + link.block, link.element), page, annotation)
        entries = inline(
            Type="/Annot",
            Subtype="/Link",
            Rect=_box(link.box),
            Border="[0 0 0]",
            F=4,  # printed (PDF/A-2, 6.3.2)
            Contents=string(link.words),
            StructParent=key,
            A=inline(S="/URI", URI=string(link.address)),
        )
        return self._document.put(entries, annotation)

    def _form(self, form: Form) -> int:
        """A form XObject (ISO 32000-1, 8.10); what is in it belongs to the marked content round it."""
        if form.image and form.image not in self._images:
            self._images[form.image] = self._image(form.image)
        image = f"<</XObject<</I {reference(self._images[form.image])}>>>>" if form.image else "<<>>"
        return self._document.stream(
            _packed(form.ops),
            Type="/XObject",
            Subtype="/Form",
            BBox=_box(form.box),
            Matrix=f"[{' '.join(f'{part:.5g}' for part in form.matrix)}]",
            Resources=image,
        )

    def _image(self, image: Image) -> int:
        """An image XObject in the colours of the output intent (ISO 32000-1, 8.9.5)."""
        rows = f"<</Predictor 15/Colors 3/BitsPerComponent 8/Columns {image.columns}>>"  # as PNG packs them
        return self._document.stream(
            image.packed,
            Type="/XObject",
            Subtype="/Image",
            Width=image.columns,
            Height=image.rows,
            ColorSpace="/DeviceRGB",
            BitsPerComponent=8,
            DecodeParms=rows,
        )

    def _outline(self) -> str | None:
        """The outline, or None: one flat level, each entry tied to its element."""
        if not self._bookmarks:
            return None
        outline = self._document.number()
        entries = [self._document.number() for _ in self._bookmarks]
        around = zip([None, *entries], entries, [*entries[1:], None], self._bookmarks, strict=False)
        for before, entry, after, (title, destination, element) in around:
            held = inline(
                Title=string(title),
                Parent=reference(outline),
                Prev=reference(before) if before else None,
                Next=reference(after) if after else None,
                Dest=destination,
                SE=reference(element),
            )
            self._document.put(held, entry)
        ends = {"First": reference(entries[0]), "Last": reference(entries[-1])}
        return reference(self._document.put(inline(Type="/Outlines", **ends, Count=len(entries)), outline))


def _box(box: Sequence[float]) -> str:
    return f"[{' '.join(map(number, box))}]"


@lru_cache(maxsize=256)
def _packed(ops: bytes) -> bytes:
    """Packed once a process: a picture is the same for all who get it."""
    return zlib.compress(ops, 9)
