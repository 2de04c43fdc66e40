"""The file as it goes out: numbered objects, in object streams, with cross references and a content id."""

from __future__ import annotations

import hashlib
import zlib
from functools import lru_cache
from typing import BinaryIO

from handouts.pdf.objects import inline, reference

# PDF/UA-1 asks for a PDF 1 header (Matterhorn 06); the second line tells transfer programs it is binary.
_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_PACK = 2000  # objects in an object stream before it goes out: what is not out stays in memory
_WIDE = 7  # bytes of a row of cross references: 1, 4 and 2


class Document:
    """A file that is written while it is made. Objects have numbers; the same calls give the same bytes.

    Streams go out at once, other objects together in object streams, so that memory does not grow with the file.
    """

    def __init__(self, sink: BinaryIO) -> None:
        self._sink = sink
        self._digest = hashlib.sha256()
        self._length = 0
        self._count = 0
        self._places = bytearray()  # a row of the cross-reference stream for each number
        self._packed: list[tuple[int, bytes]] = []
        self._write(_HEADER)

    def number(self) -> int:
        """A number for an object that will be put there later."""
        self._count += 1
        return self._count

    def put(self, body: bytes, number: int = 0) -> int:
        """An object that is no stream; the result is its number, a new one where none is given."""
        number = number or self.number()
        self._packed.append((number, body))
        return number

    def stream(self, data: bytes, **entries: str | int | bytes | None) -> int:
        """A stream whose data is deflated already, if `Filter` is not None; the result is its number."""
        number = self.number()
        self._write_stream(number, data, {"Filter": "/FlateDecode", **entries})
        return number

    def pack(self) -> None:
        """Let the objects go that are complete, if they are many."""
        if len(self._packed) >= _PACK:
            self._flush()

    def close(self, catalog: int, info: int) -> None:
        """Write what is left, and the cross references."""
        self._flush()
        digest = b"<" + self._digest.hexdigest()[:32].encode("ascii") + b">"
        number, start = self.number(), self._length
        self._placed(number, 1, start, 0)
        self._write_stream(
            number,
            zlib.compress(_differences(_place(0, 0, 65535), bytes(self._places)), 6),
            {
                "Filter": "/FlateDecode",
                "Type": "/XRef",
                "Size": number + 1,
                "W": "[1 4 2]",
                "DecodeParms": f"<</Predictor 12/Columns {_WIDE}>>",
                "Root": reference(catalog),
                "Info": reference(info),
                "ID": b"[" + digest + digest + b"]",
            },
        )
        self._write(b"startxref\n%d\n%%%%EOF\n" % start)

    def _flush(self) -> None:
        """Objects as one object stream (ISO 32000-1, 7.5.7)."""
        packed, self._packed = self._packed, []
        number, heads, at = self.number(), [], 0
        for index, (inner, body) in enumerate(packed):
            self._placed(inner, 2, number, index)
            heads.append(b"%d %d" % (inner, at))
            at += len(body) + 1
        head = b" ".join(heads) + b"\n"
        data = zlib.compress(head + b"\n".join([body for _, body in packed]), 6)
        self._write_stream(
            number, data, {"Filter": "/FlateDecode", "Type": "/ObjStm", "N": len(packed), "First": len(head)}
        )

    def _write_stream(self, number: int, data: bytes, entries: dict[str, str | int | bytes | None]) -> None:
        """A stream that ends as PDF/A-2 (6.1.7.1) asks, with a line end before `endstream`."""
        self._placed(number, 1, self._length, 0)
        head = inline(**entries, Length=len(data))
        # CR LF: after a lone LF, data that happens to end in CR would seem a byte too long.
        self._write(b"%d 0 obj\n%b\nstream\n%b\r\nendstream\nendobj\n" % (number, head, data))

    def _placed(self, number: int, kind: int, where: int, index: int) -> None:
        missing = number * _WIDE - len(self._places)
        if missing > 0:
            self._places += bytes(missing)
        self._places[(number - 1) * _WIDE : number * _WIDE] = _place(kind, where, index)

    def _write(self, data: bytes) -> None:
        self._digest.update(data)
        self._length += len(data)
        self._sink.write(data)


def _place(kind: int, where: int, index: int) -> bytes:
    """An entry of the cross-reference stream (ISO 32000-1, 7.5.8.3)."""
    return bytes([kind]) + where.to_bytes(4, "big") + index.to_bytes(2, "big")


def _differences(first: bytes, table: bytes) -> bytes:
    """Rows as differences to the row above (PNG filter Up), which deflate packs far better."""
    rows = [bytes(_WIDE), first, *(table[at : at + _WIDE] for at in range(0, len(table), _WIDE))]
    return b"".join(map(_change, rows[1:], rows))


@lru_cache(maxsize=4096)
def _change(row: bytes, above: bytes) -> bytes:
    return b"\x02" + bytes((value - over) & 255 for value, over in zip(row, above, strict=True))
