"""Pages to a file. The function `write` reads like a table of contents."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from handouts.pdf.document import Document
from handouts.pdf.fonts import Program, add_font
from handouts.pdf.metadata import Metadata, add_info, add_xmp, output_intent
from handouts.pdf.objects import Raw, Stream, array, dictionary, inline, name, string
from handouts.pdf.page import Bookmark, Box, Form, Image, Link, Page, content, figure_box, number
from handouts.pdf.structure import Structure
from handouts.pdf.tags import Element


def write(pages: Sequence[Page], bookmarks: Sequence[Bookmark], fonts: Sequence[Program], meta: Metadata) -> bytes:
    """A PDF/UA-1 and PDF/A-2a file. The same input gives the same bytes."""
    document = Document()
    structure = Structure(document)
    forms = _forms(pages)
    resources = document.add(
        dictionary(
            Font=dictionary(**{f.resource: add_font(document, f) for f in fonts}),
            XObject=_artwork(document, forms),
        )
    )
    tree = Raw()
    tree_reference = document.add(tree)
    kids = [_page(document, structure, page, forms, resources, tree_reference) for page in pages]
    tree.data = dictionary(Type=name("Pages"), Kids=array(kids), Count=len(kids)).format(document)
    structure.finish(dict(_figures(pages)))
    catalog = dictionary(
        Type=name("Catalog"),
        Pages=tree_reference,
        Lang=string(meta.language),
        MarkInfo="<</Marked true>>",
        ViewerPreferences="<</DisplayDocTitle true>>",
        StructTreeRoot=structure.root,
        Outlines=_outline(document, structure, bookmarks, kids),
        Metadata=add_xmp(document, meta),
        OutputIntents=output_intent(document),
    )
    return document.file(document.add(catalog), add_info(document, meta))


def _figures(pages: Sequence[Page]) -> Iterator[tuple[Element, Box]]:
    """Where each figure stands."""
    for placed in (placed for page in pages for placed in page.marks):
        box = figure_box(placed)
        if box and isinstance(placed.mark.owner, Element):
            yield placed.mark.owner, box


def _forms(pages: Sequence[Page]) -> dict[Form, str]:
    """The artwork of all pages, each once, with its resource name."""
    found = dict.fromkeys(placed.mark.form for page in pages for placed in page.marks if placed.mark.form)
    return {form: f"P{index}" for index, form in enumerate(found)}


def _artwork(document: Document, forms: Mapping[Form, str]) -> Any:
    """The forms by their names, each image once; None without."""
    images = dict.fromkeys(form.image for form in forms if form.image)
    added = {image: document.place(document.add(_image(image))) for image in images}
    named = {
        key: document.add(_form(form, f"<</XObject<</I {added[form.image]}>>>>" if form.image else "<<>>"))
        for form, key in forms.items()
    }
    return dictionary(**named) if named else None


def _image(image: Image) -> Stream:
    """An image XObject in the colours of the output intent (ISO 32000-1, 8.9.5)."""
    rows = f"<</Predictor 15/Colors 3/BitsPerComponent 8/Columns {image.columns}>>"  # as PNG packs them
    entries = {
        "Type": name("XObject"),
        "Subtype": name("Image"),
        "Width": image.columns,
        "Height": image.rows,
        "ColorSpace": name("DeviceRGB"),
        "BitsPerComponent": 8,
        "Filter": name("FlateDecode"),
        "DecodeParms": rows,
    }
    return Stream(image.packed, entries, deflate=False)


def _form(form: Form, resources: str) -> Stream:
    """A form XObject (ISO 32000-1, 8.10); what is in it belongs to the marked content round it."""
    entries = {
        "Type": name("XObject"),
        "Subtype": name("Form"),
        "BBox": f"[{' '.join(map(number, form.box))}]",
        "Matrix": f"[{' '.join(f'{part:.5g}' for part in form.matrix)}]",
        "Resources": resources,
        "Filter": name("FlateDecode"),
    }
    return Stream(_packed(form.ops), entries, deflate=False)


@lru_cache(maxsize=512)
def _packed(ops: bytes) -> bytes:
    """Packed once a process: a picture is the same for all who get it."""
    return zlib.compress(ops, 9)


def _page(
    document: Document, structure: Structure, page: Page, forms: Mapping[Form, str], resources: Any, parent: Any
) -> Any:
    """One page object with its content, links and key in the parent tree."""
    raw = Raw()
    reference = document.add(raw)
    here = document.number(reference)
    stream, owners = content(page, forms)
    key = structure.content(owners, here)
    annotations = [_link(document, structure, link, here) for link in page.links]
    raw.data = inline(
        Type="/Page",
        Parent=document.place(parent),
        MediaBox=f"[0 0 {number(page.width)} {number(page.height)}]",
        Resources=document.place(resources),
        Contents=document.place(document.add(Stream(stream))),
        StructParents=key,
        Tabs="/S",
        Annots=f"[{' '.join(map(document.place, annotations))}]" if annotations else None,
    )
    return reference


def _link(document: Document, structure: Structure, link: Link, page: int) -> Any:
    raw = Raw()
    reference = document.add(raw)
    key = structure.link(link.element, page, document.number(reference))
    raw.data = inline(
        Type="/Annot",
        Subtype="/Link",
        Rect=f"[{' '.join(map(number, link.box))}]",
        Border="[0 0 0]",
        F=4,  # printed (PDF/A-2, 6.3.2)
        Contents=string(link.words).format(document),
        StructParent=key,
        A=inline(S="/URI", URI=string(link.address).format(document)),
    )
    return reference


def _outline(document: Document, structure: Structure, bookmarks: Sequence[Bookmark], pages: list[Any]) -> Any:
    """The outline, or None: one flat level, each entry tied to its heading."""
    if not bookmarks:
        return None
    raws = [Raw() for _ in bookmarks]
    root = Raw()
    root_reference = document.add(root)
    entries = [document.add(raw) for raw in raws]
    for index, (raw, mark) in enumerate(zip(raws, bookmarks, strict=True)):
        page = document.number(pages[mark.page])
        raw.data = inline(
            Title=string(mark.title).format(document),
            Parent=document.place(root_reference),
            Prev=document.place(entries[index - 1]) if index else None,
            Next=document.place(entries[index + 1]) if index + 1 < len(entries) else None,
            Dest=f"[{page} 0 R /XYZ 0 {number(mark.top)} null]",
            SE=f"{structure.node(mark.element, page).number} 0 R",
        )
    root.data = dictionary(Type=name("Outlines"), First=entries[0], Last=entries[-1], Count=len(entries)).format(
        document
    )
    return root_reference
