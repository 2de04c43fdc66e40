"""Three independent readers of the tagged text: poppler, PDFium and pdf.js.

Each gives (tag, text) for every block that has text, in reading order. An inline element (Link, Span) is
part of the block around it; a block that runs over pages is one entry.
"""

from __future__ import annotations

import ctypes
import json
import re
import subprocess
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf

from . import glyphs, tools
from .structure import CONTAINERS, INLINE, Place, Structure, read_structure

Blocks = list[tuple[str, str]]
READ_PDFJS = Path(__file__).with_name("read_pdfjs.mjs")


@dataclass(frozen=True)
class Piece:
    """Text of one marked-content sequence and, where the reader tells, its place."""

    text: str
    place: Place | None = None


@dataclass(frozen=True)
class Node:
    """One element as a reader reports it."""

    tag: str
    kids: Sequence[Node | Piece]
    alt: str = ""


@dataclass
class _Entry:
    """A block while its text is gathered."""

    tag: str
    pieces: list[Piece] = field(default_factory=list)


class _Flow:
    """Turns element trees into blocks of text."""

    def __init__(self) -> None:
        self.entries: list[_Entry] = []

    def block(self, node: Node) -> None:
        """Gather a block: its own text, ended by each block inside it."""
        entry: _Entry | None = None
        for kid in node.kids:
            entry = self._take(node.tag, kid, entry)

    def _take(self, tag: str, kid: Node | Piece, entry: _Entry | None) -> _Entry | None:
        """Add one kid; the entry that further text of this block goes to."""
        if isinstance(kid, Piece):
            return self._add(tag, kid, entry)
        if kid.tag in INLINE and tag not in CONTAINERS:
            for inner in kid.kids:
                entry = self._take(tag, inner, entry)
            return entry
        self.block(kid)
        return None

    def _add(self, tag: str, piece: Piece, entry: _Entry | None) -> _Entry:
        """Text for the open entry, or for a new one."""
        if entry is None:
            entry = _Entry(tag)
            self.entries.append(entry)
        entry.pieces.append(piece)
        return entry


def collapsed(text: str) -> str:
    """NFC, each run of white space one space, none at the ends."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def words(blocks: Blocks) -> str:
    """The whole document's words in order; blocks are parted by a space."""
    return collapsed(" ".join(text for _, text in blocks))


def letters(blocks: Blocks) -> str:
    """The words without spaces, for a reader that makes up its own spaces (pdf.js)."""
    return words(blocks).replace(" ", "")


def _texts(entries: Iterable[_Entry]) -> Blocks:
    """The finished blocks; those without text are left out, as pdf.js does not report them."""
    pairs = [(entry.tag, collapsed("".join(piece.text for piece in entry.pieces))) for entry in entries]
    return [(tag, text) for tag, text in pairs if text]


def _merged(pages: Iterable[Node], structure: Structure, joint: str = "") -> Blocks:
    """Page trees as one text: a block met again on a later page goes on where it began, after the joint."""
    entries: list[_Entry] = []
    seen: dict[int, _Entry] = {}
    for page in pages:
        flow = _Flow()
        flow.block(page)
        keys = [_owner(entry, structure) for entry in flow.entries]
        for key, entry in zip(keys, flow.entries, strict=True):
            if key in seen:
                seen[key].pieces += [Piece(joint), *entry.pieces]
            else:
                entries.append(entry)
        # After the page: a block that goes on behind a block inside it is two entries of one page.
        seen.update({key: entry for key, entry in zip(keys, flow.entries, strict=True) if key not in seen})
        seen.pop(-1, None)
    return _texts(entries)


def _owner(entry: _Entry, structure: Structure) -> int:
    """The block element that an entry's first text belongs to."""
    owner = structure.owners.get(entry.pieces[0].place or (0, -1))
    return structure.block(owner) if owner is not None else -1


def _alternatives(node: Node) -> Iterator[str]:
    """Alternative texts in tree order."""
    if node.alt:
        yield collapsed(node.alt)
    for kid in node.kids:
        if isinstance(kid, Node):
            yield from _alternatives(kid)


# --- poppler ---

ELEMENT = re.compile(r'(?P<pad> *)(?P<tag>\w+)(?: <[^>]*>)?(?: ".*")?(?: r\d+)?(?: \((?:inline|block)\))?:?')
ATTRIBUTE = re.compile(r" +/\w+ .*")
OTHER = re.compile(r" *(?:Object \d+ \d+|\(No content\?\))")


def poppler_text(path: Path) -> Blocks:
    """What pdfinfo -struct-text prints."""
    flow = _Flow()
    flow.block(_poppler_tree(path))
    return _texts(flow.entries)


def poppler_alternatives(path: Path) -> list[str]:
    """pdfinfo prints no /Alt, so this is empty unless a later version does."""
    return list(_alternatives(_poppler_tree(path)))


def _poppler_tree(path: Path) -> Node:
    """The printed tree, rebuilt from its indentation of two spaces a level."""
    command = [tools.program("pdfinfo", "poppler-utils"), "-enc", "UTF-8", "-struct-text", str(path)]
    printed = subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8", "replace")
    open_kids: list[list[Node | Piece]] = [[]]
    for depth, item in _poppler_items(printed.split("\n")):
        del open_kids[depth + 1 :]
        open_kids[-1].append(item)
        if isinstance(item, Node):
            open_kids.append(item.kids)  # type: ignore[arg-type]  # a list while the tree is built
    return Node("Root", open_kids[0])


def _poppler_items(lines: list[str]) -> Iterator[tuple[int, Node | Piece]]:
    """(depth, element or text) for each thing printed."""
    at = 0
    while at < len(lines):
        line = lines[at]
        indent = len(line) - len(line.lstrip(" "))
        if line.startswith('"', indent):
            last = _poppler_text_end(lines, at)
            text = "\n".join(lines[at : last + 1])
            yield indent // 2, Piece(text[indent + 1 : text.rstrip().rfind('"')])
            at = last
        elif not OTHER.fullmatch(line) and not ATTRIBUTE.fullmatch(line) and (match := ELEMENT.fullmatch(line)):
            yield indent // 2, Node(match["tag"], [])
        at += 1


def _poppler_text_end(lines: list[str], start: int) -> int:
    """The line that closes a text: poppler escapes neither quotes nor line ends inside it."""
    for at in range(start, len(lines)):
        closed = lines[at].endswith('"') and not (at == start and lines[at].strip() == '"')
        if closed and (at + 1 == len(lines) or _poppler_starts(lines[at + 1])):
            return at
    return len(lines) - 1


def _poppler_starts(line: str) -> bool:
    """Can a new item begin with this line?"""
    return (
        not line
        or line.lstrip(" ").startswith('"')
        or any(pattern.fullmatch(line) for pattern in (ELEMENT, ATTRIBUTE, OTHER))
    )


# --- PDFium ---


def pdfium_text(path: Path) -> Blocks:
    """What PDFium's structure API and its text page give together."""
    with pikepdf.open(path) as pdf:
        structure = read_structure(pdf)
    return _merged(_pdfium_pages(path, structure), structure)


def pdfium_alternatives(path: Path) -> list[str]:
    """Alternative texts as PDFium gives them, each once."""
    with pikepdf.open(path) as pdf:
        structure = read_structure(pdf)
    found = [alt for page in _pdfium_pages(path, structure) for alt in _alternatives(page)]
    return list(dict.fromkeys(found))


def _pdfium_pages(path: Path, structure: Structure) -> list[Node]:
    """One element tree a page."""
    pdfium = tools.module("pypdfium2")
    document = pdfium.PdfDocument(str(path))
    try:
        return [_PdfiumPage(document[n], n + 1, structure).tree() for n in range(len(document))]
    finally:
        document.close()


class _PdfiumPage:
    """One page through the raw API."""

    def __init__(self, page: Any, number: int, structure: Structure) -> None:
        self.raw = tools.module("pypdfium2.raw", "pypdfium2")
        self.page, self.number, self.structure = page, number, structure
        self.texts = self._marked_texts()

    def _marked_texts(self) -> dict[int, str]:
        """Marked-content id to text by character; made-up spaces are left out so that glue shows."""
        raw, texts = self.raw, dict[int, str]()
        textpage = self.page.get_textpage()
        for index in range(raw.FPDFText_CountChars(textpage)):
            if raw.FPDFText_IsGenerated(textpage, index) == 1:
                continue
            mcid = raw.FPDFPageObj_GetMarkedContentID(raw.FPDFText_GetTextObject(textpage, index))
            texts[mcid] = texts.get(mcid, "") + self._character(textpage, index)
        textpage.close()
        return texts

    def _character(self, textpage: Any, index: int) -> str:
        """One character; PDFium writes U+0002 for a hyphen at a line end."""
        code = int(self.raw.FPDFText_GetUnicode(textpage, index))
        return "-" if code == 2 else chr(code)

    def tree(self) -> Node:
        """The page's part of the structure tree."""
        raw = self.raw
        tree = raw.FPDF_StructTree_GetForPage(self.page)
        if not tree:
            return Node("Root", [])
        count = raw.FPDF_StructTree_CountChildren(tree)
        kids = [self._node(raw.FPDF_StructTree_GetChildAtIndex(tree, n)) for n in range(count)]
        raw.FPDF_StructTree_Close(tree)
        return Node("Root", kids)

    def _node(self, element: Any) -> Node:
        """One element with all below it."""
        raw = self.raw
        kids: list[Node | Piece] = []
        ids = self._own_ids(element)
        for index in range(raw.FPDF_StructElement_CountChildren(element)):
            child = raw.FPDF_StructElement_GetChildAtIndex(element, index)
            mcid = raw.FPDF_StructElement_GetChildMarkedContentID(element, index)
            if child:
                kids.append(self._node(child))
            elif mcid in ids:
                kids.append(Piece(self.texts.get(mcid, ""), (self.number, mcid)))
        return Node(self._string(raw.FPDF_StructElement_GetType, element), kids, self._alt(element))

    def _own_ids(self, element: Any) -> set[int]:
        """The element's ids on this page: the API may also list those of other pages, and not say so."""
        raw = self.raw
        count = raw.FPDF_StructElement_CountChildren(element)
        listed = [raw.FPDF_StructElement_GetChildMarkedContentID(element, n) for n in range(count)]
        ids = [mcid for mcid in listed if mcid >= 0]
        owners = sorted({self.structure.owners.get((self.number, mcid), -1) for mcid in ids} - {-1})
        candidates = [self.structure.elements[owner] for owner in owners]
        # The same ids in the same order tell the element; else the one that has them all.
        exact = [e for e in candidates if [mcid for _, mcid in e.content] == ids]
        able = [e for e in candidates if {mcid for _, mcid in e.content} >= set(ids)]
        return {mcid for e in (exact or able)[:1] for page, mcid in e.content if page == self.number}

    def _alt(self, element: Any) -> str:
        """The element's alternative text."""
        return self._string(self.raw.FPDF_StructElement_GetAltText, element)

    def _string(self, call: Callable[[Any, Any, int], int], element: Any) -> str:
        """A UTF-16 answer of the API, asked for its length first."""
        length = call(element, None, 0)
        buffer = ctypes.create_string_buffer(length)
        call(element, buffer, length)
        return buffer.raw.decode("utf-16-le").rstrip("\0")


# --- pdf.js ---


def pdfjs_text(path: Path) -> Blocks:
    """What pdf.js gives for one file."""
    return pdfjs_texts([path])[path]


def pdfjs_texts(paths: Sequence[Path]) -> dict[Path, Blocks]:
    """What pdf.js gives for many files, read in one Node process."""
    found: dict[Path, Blocks] = {}
    for path, pages in _pdfjs_pages(paths).items():
        with pikepdf.open(path) as pdf:
            # pdf.js drops the space at a line end and puts none at the end of a page.
            found[path] = _merged(pages, read_structure(pdf), joint=" ")
    return found


def pdfjs_alternatives(path: Path) -> list[str]:
    """Alternative texts as pdf.js gives them, each once."""
    found = [alt for page in _pdfjs_pages([path])[path] for alt in _alternatives(page)]
    return list(dict.fromkeys(found))


def _pdfjs_pages(paths: Sequence[Path]) -> dict[Path, list[Node]]:
    """One element tree a page for each file."""
    command = [tools.program("node", "Node.js"), str(READ_PDFJS), str(tools.pdfjs_module()), *map(str, paths)]
    printed = subprocess.run(command, capture_output=True, check=True).stdout
    files: list[list[dict[str, Any]]] = json.loads(printed)
    return {
        path: [_pdfjs_node(page["tree"] or {}, page["texts"], number) for number, page in enumerate(pages, 1)]
        for path, pages in zip(paths, files, strict=True)
    }


def _pdfjs_node(node: dict[str, Any], texts: dict[str, str], number: int) -> Node:
    """One element of pdf.js' tree, its content ids replaced by their text."""
    kids: list[Node | Piece] = []
    for kid in node.get("children", []):
        if "role" in kid:
            kids.append(_pdfjs_node(kid, texts, number))
        elif kid.get("type") == "content":
            kids.append(Piece(texts.get(kid["id"], ""), (number, int(kid["id"].rsplit("_mc", 1)[1]))))
    return Node(str(node.get("role", "Root")), kids, str(node.get("alt", "")))


# --- what is not tagged ---

READERS: dict[str, Callable[[Path], Blocks]] = {
    "poppler": poppler_text,
    "PDFium": pdfium_text,
    "pdf.js": pdfjs_text,
}


def artifacts(path: Path) -> list[str]:
    """For each page the text painted as an artifact, line by line with spaces between."""
    document = glyphs.read(path)
    lines = [line for line in document.lines if line.tag == "Artifact"]
    return [
        collapsed(" ".join(line.text for line in lines if line.page == number))
        for number in range(1, len(document.pages) + 1)
    ]
