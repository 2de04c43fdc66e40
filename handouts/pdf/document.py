"""The file as it goes out: numbered objects, in object streams, with cross references and a content id."""

from __future__ import annotations

import errno
import hashlib
import sys
from array import array
from collections.abc import Sequence
from itertools import accumulate, chain
from typing import BinaryIO

from handouts.pdf.objects import entries, reference
from handouts.pdf.packing import packed

# PDF/UA-1 asks for a PDF 1 header (Matterhorn 06); the second line tells transfer programs it is binary.
_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_PACK = 2000  # objects in an object stream before it goes out: what is not out stays in memory
DEFLATED = b"/Filter /FlateDecode"
_MOST_BYTES = 1 << 32  # what the cross references can count
_UP = b"\x02" + bytes(7)  # a row that is to be added to the one above (PNG, 9.2)
_WIDE = 7  # bytes of a row of cross references: 1, 4 and 2


class Document:
    """A file that is written while it is made. Objects have numbers; the same calls give the same bytes.

    Streams go out at once, other objects together in object streams, so that memory does not grow with the file.
    """

    def __init__(self, sink: BinaryIO) -> None:
        self._sink = sink
        self._digest = hashlib.sha256()
        self._length = 0
        self._places = array("Q")  # a row of the cross-reference stream for each number
        self._numbers: list[int] = []  # of the objects that wait for their stream
        self._bodies: list[bytes] = []
        self._write(_HEADER)

    def take(self, count: int) -> int:
        """The first of some numbers in a row, for objects that will be put there later."""
        self._places.frombytes(bytes(8 * count))
        return len(self._places) - count + 1

    @property
    def next(self) -> int:
        """The number that comes next."""
        return len(self._places) + 1

    def put(self, body: bytes, number: int = 0) -> int:
        """An object that is no stream; the result is its number, a new one where none is given."""
        number = number or self.take(1)
        self._numbers.append(number)
        self._bodies.append(body)
        self._let_go()
        return number

    def put_all(self, bodies: Sequence[bytes]) -> None:
        """Objects that are no streams, under the next numbers."""
        first = self.take(len(bodies))
        self._numbers += range(first, first + len(bodies))
        self._bodies += bodies
        self._let_go()

    def stream(self, data: bytes, entries: bytes = b"", *, deflated: bool = True) -> int:
        """A stream with entries in its dictionary; the result is its number."""
        return self._write_stream(self.take(1), data, DEFLATED + entries if deflated else entries)

    def _let_go(self) -> None:
        """Objects go out when they are many."""
        if len(self._bodies) >= _PACK:
            self._flush()

    def close(self, catalog: int, info: int) -> None:
        """Write what is left, and the cross references."""
        if self._bodies:
            self._flush()
        digest = b"<" + self._digest.hexdigest()[:32].encode("ascii") + b">"
        number, start = self.take(1), self._length
        self._places[number - 1] = _place(1, start)
        self._write_stream(
            number,
            self._cross_references(),
            DEFLATED
            + entries(
                Type="/XRef",
                Size=number + 1,
                W="[1 4 2]",
                DecodeParms=f"<</Predictor 12/Columns {_WIDE}>>",
                Root=reference(catalog),
                Info=reference(info),
                ID=b"[" + digest + digest + b"]",
            ),
        )
        self._write(b"startxref\n%d\n%%%%EOF\n" % start)

    def _cross_references(self) -> bytes:
        """All rows, each as its differences to the row above."""
        rows = array("Q", [0, _place(0, 0, 65535)]) + self._places
        if sys.byteorder == "little":
            rows.byteswap()
        return packed(_differences(rows.tobytes()))

    def _flush(self) -> None:
        """Objects as one object stream (ISO 32000-1, 7.5.7)."""
        numbers, bodies, self._numbers, self._bodies = self._numbers, self._bodies, [], []
        number, count = self.take(1), len(numbers)
        for place, inner in enumerate(numbers, _place(2, number)):
            self._places[inner - 1] = place
        offsets = accumulate([len(body) + 1 for body in bodies], initial=0)
        head = b"%d %d " * count % tuple(chain.from_iterable(zip(numbers, offsets, strict=False)))
        data = packed(head + b"\n".join(bodies))
        self._write_stream(number, data, DEFLATED + entries(Type="/ObjStm", N=count, First=len(head)))

    def _write_stream(self, number: int, data: bytes, entries: bytes) -> int:
        """A stream that ends as PDF/A-2 (6.1.7.1) asks, with a line end before `endstream`."""
        self._places[number - 1] = _place(1, self._length)
        head = b"%d 0 obj\n<<%b/Length %d>>\nstream\n" % (number, entries, len(data))
        # CR LF: after a lone LF, data that happens to end in CR would seem a byte too long.
        self._write(head + data + b"\r\nendstream\nendobj\n")
        return number

    def _write(self, data: bytes) -> None:
        self._digest.update(data)
        self._length += len(data)
        if self._length >= _MOST_BYTES:
            raise OSError(errno.EFBIG, "a PDF file of ours ends at four gibibytes")
        self._sink.write(data)


def _place(kind: int, where: int, index: int = 0) -> int:
    """An entry of the cross-reference stream as one number (ISO 32000-1, 7.5.8.3)."""
    return kind << 48 | where << 16 | index


def _differences(rows: bytes) -> bytes:
    """Rows of eight bytes as their differences to the row above, which deflate packs far better (PNG filter Up).

    The first has none, and is left out. The first byte of each is free for the filter's number.
    """
    count = len(rows) // 8 - 1
    row, above = int.from_bytes(rows[8:], "big"), int.from_bytes(rows[:-8], "big")
    # Bytes beside each other in one number: none borrows from the next, its highest bit is worked out apart.
    high, low = (int.from_bytes(pattern * count, "big") for pattern in (b"\x80" * 8, b"\x7f" * 8))
    apart = ((row | high) - (above & low)) ^ ((row ^ above ^ high) & high)
    return (apart | int.from_bytes(_UP * count, "big")).to_bytes(8 * count, "big")
