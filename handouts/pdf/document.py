"""The file: numbered objects, packed into object streams, with a cross-reference stream and a content id."""

from __future__ import annotations

import hashlib
from typing import Any

from handouts.pdf.objects import PDFDocument, PDFObject, Stream, name

# PDF/UA-1 asks for a PDF 1 header (Matterhorn 06); the second line tells transfer programs it is binary.
_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


class Document(PDFDocument):  # type: ignore[misc]
    """ReportLab's document with what it lacks. The same objects give the same bytes."""

    def __init__(self) -> None:
        super().__init__(dummyoutline=1, compression=1, invariant=1, pdfVersion=(1, 7))

    def add(self, thing: PDFObject) -> Any:
        """Number an object; the result is a reference to it."""
        return self.Reference(thing)

    def number(self, reference: Any) -> int:
        """The object number behind a reference."""
        return int(self.idToObjectNumberAndVersion[reference.name][0])

    def place(self, reference: Any) -> str:
        """A reference in PDF syntax."""
        return f"{self.number(reference)} 0 R"

    def file(self, catalog: Any, info: Any) -> bytes:
        """The whole file; `catalog` and `info` are references."""
        bodies = self._formatted()
        packed = {n: body for n, (body, is_stream) in bodies.items() if not is_stream}
        last = len(bodies) + 1
        places: dict[int, bytes] = {}
        out = bytearray(_HEADER)
        for number, (body, is_stream) in bodies.items():
            if is_stream:
                places[number] = _place(1, len(out), 0)
                out += _indirect(number, body)
        places[last] = _place(1, len(out), 0)
        out += _indirect(last, _object_stream(packed).format(self))
        for index, number in enumerate(packed):
            places[number] = _place(2, last, index)
        return bytes(out) + self._cross_references(places, len(out), catalog, info, bytes(out))

    def _formatted(self) -> dict[int, tuple[bytes, bool]]:
        """Every object's bytes; formatting may number more of them as it goes."""
        bodies: dict[int, tuple[bytes, bool]] = {}
        while (number := len(bodies) + 1) in self.numberToId:
            thing = self.idToObject[self.numberToId[number]]
            bodies[number] = (thing.format(self), isinstance(thing, Stream))
        return bodies

    def _cross_references(
        self, places: dict[int, bytes], start: int, catalog: Any, info: Any, body: bytes
    ) -> bytes:
        number = len(places) + 1
        places[number] = _place(1, start, 0)
        table = _differences([_place(0, 0, 65535), *(places[n] for n in sorted(places))])
        digest = b"<" + hashlib.sha256(body).hexdigest()[:32].encode("ascii") + b">"
        stream = Stream(
            table,
            {
                "Type": name("XRef"),
                "Size": number + 1,
                "W": "[1 4 2]",
                "DecodeParms": "<</Predictor 12/Columns 7>>",
                "Root": catalog,
                "Info": info,
                "ID": b"[" + digest + digest + b"]",
            },
        )
        return _indirect(number, stream.format(self)) + f"startxref\n{start}\n%%EOF\n".encode("ascii")


def _place(kind: int, where: int, index: int) -> bytes:
    """An entry of the cross-reference stream (ISO 32000-1, 7.5.8.3)."""
    return bytes([kind]) + where.to_bytes(4, "big") + index.to_bytes(2, "big")


def _differences(rows: list[bytes]) -> bytes:
    """Rows as differences to the row above (PNG filter Up), which deflate packs far better."""
    wide = len(rows[0])
    table = b"".join(rows)
    changes = bytes((value - over) & 255 for value, over in zip(table, bytes(wide) + table, strict=False))
    return b"".join(b"\x02" + changes[i : i + wide] for i in range(0, len(changes), wide))


def _indirect(number: int, body: bytes) -> bytes:
    return b"%d 0 obj\n%b\nendobj\n" % (number, body)


def _object_stream(packed: dict[int, bytes]) -> Stream:
    heads, at = [], 0
    for number, body in packed.items():
        heads.append(b"%d %d" % (number, at))
        at += len(body) + 1
    head = b" ".join(heads) + b"\n"
    entries = {"Type": name("ObjStm"), "N": len(packed), "First": len(head)}
    return Stream(head + b"\n".join(packed.values()), entries)
