"""The path data of SVG as absolute lines and curves. Points are complex numbers."""

from __future__ import annotations

import cmath
import math
import re
from collections.abc import Callable, Iterator

Segment = tuple[str, tuple[complex, ...]]  # "m" and "l" with a point, "c" with three, "h" with none

_NUMBER = r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?"
NUMBER = re.compile(_NUMBER)
_NEXT = re.compile(rf"[\s,]*({_NUMBER})")
_FLAG = re.compile(r"[\s,]*([01])")
_COMMAND = re.compile(r"[\s,]*([MmLlHhVvCcSsQqTtAaZz])")
_END = re.compile(r"[\s,]*$")
_ARC_FLAGS = (3, 4)  # which of an arc's numbers are single digits, often without a space between them


class Pen:
    """Follows path data and keeps what it draws."""

    def __init__(self) -> None:
        self.found: list[Segment] = []
        self.at = self.start = 0j
        self.control = 0j  # of the curve before, for those that go on smoothly
        self.curved = ""  # "c" or "q" after a curve of that kind

    def move(self, to: complex) -> None:
        """Begin a new line."""
        self.at = self.start = to
        self.found.append(("m", (to,)))

    def line(self, to: complex) -> None:
        """A straight line."""
        self.at = to
        self.found.append(("l", (to,)))

    def curve(self, first: complex, second: complex, to: complex) -> None:
        """A cubic curve."""
        self.found.append(("c", (first, second, to)))
        self.at, self.control, self.curved = to, second, "c"

    def bend(self, control: complex, to: complex) -> None:
        """A quadratic curve."""
        self.curve(self.at + (control - self.at) * 2 / 3, to + (control - to) * 2 / 3, to)
        self.control, self.curved = control, "q"

    def mirrored(self, kind: str) -> complex:
        """The control point that goes on smoothly from a curve of the same kind before."""
        return 2 * self.at - self.control if self.curved == kind else self.at

    def close(self) -> None:
        """Back to where the line began."""
        self.found.append(("h", ()))
        self.at = self.start

    def arc(self, radii: complex, turn: float, large: bool, sweep: bool, to: complex) -> None:
        """A part of an ellipse, turned by degrees (SVG 1.1, F.6): worked out on a circle of radius 1."""
        wide, tall = abs(radii.real), abs(radii.imag)
        if not (wide and tall) or to == self.at:
            self.line(to)
            return
        turned = cmath.rect(1, math.radians(turn))
        first, last = (complex(p.real / wide, p.imag / tall) for p in (self.at / turned, to / turned))
        grown = max(abs(last - first) / 2, 1.0)  # radii too small to reach grow until they do
        first, last, half = first / grown, last / grown, (last - first) / 2 / grown
        if not half:  # too near to tell apart
            self.line(to)
            return
        off = math.sqrt(max(1 - abs(half) ** 2, 0.0)) * (1 if large != sweep else -1)
        centre = (first + last) / 2 + off * 1j * half / abs(half)
        for points in _quarters(first - centre, last - centre, sweep):
            placed = ((p + centre) * grown for p in points)
            self.curve(*(complex(p.real * wide, p.imag * tall) * turned for p in placed))
        (first, last, _) = self.found.pop()[1]
        self.curve(first, last, to)  # not a hair beside it: the next arc may begin and end there


def _quarters(first: complex, last: complex, sweep: bool) -> Iterator[tuple[complex, complex, complex]]:
    """Curves round a circle of radius 1, none longer than a quarter."""
    angle = cmath.phase(last / first) % (2 * math.pi) - (0 if sweep else 2 * math.pi)
    count = max(math.ceil(abs(angle) / (math.pi / 2) - 1e-6), 1)
    reach = 4 / 3 * math.tan(angle / count / 4)
    for index in range(count):
        begin, end = (first * cmath.rect(1, angle * (index + more) / count) for more in (0, 1))
        yield begin * (1 + 1j * reach), end * (1 - 1j * reach), end


def _arc(pen: Pen, base: complex, v: tuple[float, ...]) -> None:
    pen.arc(complex(v[0], v[1]), v[2], bool(v[3]), bool(v[4]), base + complex(v[5], v[6]))


# How many numbers a command takes, and what it does with them; `b` is where relative points count from.
_DO: dict[str, tuple[int, Callable[[Pen, complex, tuple[float, ...]], None]]] = {
    "M": (2, lambda pen, b, v: pen.move(b + complex(*v))),
    "L": (2, lambda pen, b, v: pen.line(b + complex(*v))),
    "H": (1, lambda pen, b, v: pen.line(complex(b.real + v[0], pen.at.imag))),
    "V": (1, lambda pen, b, v: pen.line(complex(pen.at.real, b.imag + v[0]))),
    "C": (6, lambda pen, b, v: pen.curve(b + complex(*v[:2]), b + complex(*v[2:4]), b + complex(*v[4:]))),
    "S": (4, lambda pen, b, v: pen.curve(pen.mirrored("c"), b + complex(*v[:2]), b + complex(*v[2:]))),
    "Q": (4, lambda pen, b, v: pen.bend(b + complex(*v[:2]), b + complex(*v[2:]))),
    "T": (2, lambda pen, b, v: pen.bend(pen.mirrored("q"), b + complex(*v))),
    "A": (7, _arc),
}


def segments(data: str) -> list[Segment]:
    """The lines and curves of path data. Raises ValueError with what is wrong in words."""
    pen, at = Pen(), 0
    while not _END.match(data, at):
        command = _COMMAND.match(data, at)
        if not command:
            raise ValueError(f"no command of a path begins with “{data[at : at + 12].strip()}”")
        letter, at = command[1], command.end()
        if not pen.found and letter not in "Mm":
            raise ValueError("a path begins with M")
        at = _run(pen, letter, data, at)
    return pen.found


def _run(pen: Pen, letter: str, data: str, at: int) -> int:
    """Do one command, as often as it has numbers; the result is where the next one begins."""
    if letter in "Zz":
        pen.close()
        pen.curved = ""
        return at
    count, draw = _DO[letter.upper()]
    first = True
    while first or _NEXT.match(data, at):
        values, at = _numbers(letter, count, data, at)
        before = len(pen.found)
        draw(pen, pen.at if letter.islower() else 0j, values)
        if len(pen.found) > before and pen.found[-1][0] != "c":
            pen.curved = ""
        if letter in "Mm" and first:
            letter, draw = ("l" if letter == "m" else "L"), _DO["L"][1]
        first = False
    return at


def _numbers(letter: str, count: int, data: str, at: int) -> tuple[tuple[float, ...], int]:
    values = []
    for index in range(count):
        is_flag = letter in "Aa" and index in _ARC_FLAGS
        found = (_FLAG if is_flag else _NEXT).match(data, at)
        if not found:
            raise ValueError(f"the command {letter} of a path takes {count} numbers")
        values.append(float(found[1]))
        at = found.end()
    return tuple(values), at
