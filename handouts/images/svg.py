"""SVG in a safe subset: shapes in solid colours. Everything else is refused, at its place and with the reason."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from handouts.drawing import Shape, Vector, box
from handouts.errors import ContentError, Finding
from handouts.images.paint import Paint, declared, is_property, number, painted
from handouts.images.paths import NUMBER, Segment, segments
from handouts.images.tree import Node, tree

Matrix = tuple[float, float, float, float, float, float]  # as in SVG: a b c d e f

MOST_BYTES = 1_000_000
_MOST_SEGMENTS = 50_000
_MOST_FINDINGS = 50
_SLIMMEST = 10  # times as wide as it is tall, or as tall as it is wide
_FARTHEST = 1e5  # units
_SAME: Matrix = (1, 0, 0, 1, 0, 0)
_SHAPES = ("path", "rect", "circle", "ellipse", "line", "polyline", "polygon")
_SILENT = ("title", "desc", "metadata")
_REFUSED = {
    "script": ("holds a script.", "Take it out."),
    "style": ("holds a style sheet.", "Write the colours at the shapes."),
    "image": ("holds another picture.", "Draw it as shapes, or use a PNG file."),
    "use": ("draws something a second time.", "Draw it as a shape of its own; programs call it “unlink clone”."),
    "text": ("holds letters.", "Turn them into shapes; programs call it “object to path”."),
    "a": ("holds a link.", "Take it out."),
    "foreignObject": ("holds something that is not SVG.", "Take it out."),
    "linearGradient": ("is a run of colours.", "Use a solid colour."),
    "radialGradient": ("is a run of colours.", "Use a solid colour."),
    "pattern": ("is a pattern.", "Draw its lines as shapes."),
    "filter": ("is a filter.", "Take it out."),
    "svg": ("is a drawing within the drawing.", "Put its shapes into a g."),
}
_PLAIN = ("id", "class", "version", "baseProfile", "preserveAspectRatio", "role", "lang", "tabindex", "focusable")
# The attributes that make each element what it is.
_OWN = {
    "svg": ("viewBox", "width", "height", "x", "y"), "g": (), "path": ("d", "pathLength"),
    "rect": ("x", "y", "width", "height", "rx", "ry"), "circle": ("cx", "cy", "r"),
    "ellipse": ("cx", "cy", "rx", "ry"), "line": ("x1", "y1", "x2", "y2"), "polyline": ("points",),
    "polygon": ("points",),
}  # fmt: skip


def read(data: bytes, label: str) -> Vector:
    """A drawing. Raises ContentError with everything that is not drawn here; `label` names the file."""
    if len(data) > MOST_BYTES:
        raise ContentError(Finding("is larger than 1 MB.", label, "Make the drawing simpler."))
    root = tree(data, label)
    reader = _Reader(root)
    if reader.findings:
        raise ContentError(*reader.findings[:_MOST_FINDINGS])
    if not reader.shapes:
        raise ContentError(Finding("draws nothing.", root.place, "Give it shapes with a fill or a stroke."))
    return Vector(reader.width, reader.height, tuple(reader.shapes))


class _Reader:
    """Walks the tree; keeps the shapes and everything that is wrong."""

    def __init__(self, root: Node) -> None:
        self.shapes: list[Shape] = []
        self.findings: list[Finding] = []
        self.count = 0
        self.width = self.height = 1
        if root.tag != "svg" or root.foreign:
            self.wrong(root, "is not SVG.", "It should begin with <svg viewBox=...>.")
            return
        self.inside(root, Paint(), self._placed(root))

    def wrong(self, node: Node, problem: str, hint: str = "") -> None:
        """Keep a finding."""
        self.findings.append(Finding(f"<{node.tag[:40]}> {problem}", node.place, hint))

    def _placed(self, root: Node) -> Matrix:
        """From the box of the file to units, upside down as PDF has it."""
        found = re.split(r"[\s,]+", root.attributes.get("viewBox", "").strip())
        numbers = [float(part) for part in found if NUMBER.fullmatch(part)]
        if len(numbers) != 4 or len(found) != 4 or not all(0 < side < 1e9 for side in numbers[2:]):
            self.wrong(root, "has no viewBox that can be used.", 'It should be like viewBox="0 0 400 300".')
            return _SAME
        x, y, wide, tall = numbers
        if max(wide, tall) > _SLIMMEST * min(wide, tall):
            self.wrong(root, f"is more than {_SLIMMEST} times as long one way as the other.", "Crop it.")
        self.width, self.height = box(wide, tall)
        unit = max(self.width, self.height) / max(wide, tall)
        return (unit, 0, 0, -unit, -x * unit, (y + tall) * unit)

    def inside(self, node: Node, paint: Paint, matrix: Matrix) -> None:
        """An element that is drawn, and all that is in it."""
        paint, matrix = self._painted(node, paint), self._turned(node, matrix)
        if node.tag in _SHAPES:
            self._draw(node, paint, matrix)
        for inner in node.inner:
            if inner.foreign:
                continue
            if inner.tag in _SHAPES or inner.tag == "g":
                self.inside(inner, paint, matrix)
            elif inner.tag not in _SILENT:
                self._refuse(inner)

    def _refuse(self, node: Node) -> None:
        """Say why, also of what a `defs` holds."""
        if node.tag == "defs":
            for inner in node.inner:
                if not inner.foreign:
                    self._refuse(inner)
        else:
            self.wrong(node, *_REFUSED.get(node.tag, ("is not drawn here.", "Take it out, or draw it as a path.")))

    def _painted(self, node: Node, above: Paint) -> Paint:
        """The paint of an element; every attribute is known, or said to be wrong."""
        properties = {}
        for name, text in node.attributes.items():
            space, _, bare = name.rpartition(" ")
            if bare == "href" or bare.lower().startswith("on"):
                what = "a link" if bare == "href" else "a script"
                self.wrong(node, f"holds {what}, {bare}.", "Take it out.")
            elif is_property(name):
                properties[name] = text.strip()
            elif not self._is_known(node, name, bool(space)):
                self.wrong(node, f"has an attribute “{bare[:40]}” that is not known.", "Take it out.")
        paint, faults = painted(above, properties | dict(declared(node.attributes.get("style", ""))))
        for problem, hint in faults:
            self.wrong(node, f"has a fault: {problem}", hint)
        return paint

    def _is_known(self, node: Node, name: str, foreign: bool) -> bool:
        return (
            foreign
            or name in ("style", "transform", *_PLAIN, *_OWN.get(node.tag, ()))
            or name.startswith(("aria-", "data-"))
        )

    def _turned(self, node: Node, matrix: Matrix) -> Matrix:
        try:
            return product(matrix, _matrix(node.attributes.get("transform", "")))
        except (ValueError, ArithmeticError) as problem:
            self.wrong(node, f"has a transform that {problem}.")
            return matrix

    def _draw(self, node: Node, paint: Paint, matrix: Matrix) -> None:
        try:
            found = segments(_data(node))
            self.count += len(found)
            if self.count > _MOST_SEGMENTS:
                raise ValueError(f"the drawing has more than {_MOST_SEGMENTS} lines and curves")
            path = _operators(found, matrix)
        except (ValueError, ArithmeticError) as problem:
            self.wrong(node, f"cannot be drawn: {problem}.")
            return
        if found and (paint.fill or paint.stroke):
            size = math.sqrt(abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]))
            width = min(round(paint.width * size, 2), _FARTHEST)
            stroke = paint.stroke if width > 0 else ""
            shape = Shape(path, paint.fill, stroke, width, paint.cap, paint.join, paint.even_odd)
            self.shapes.append(shape)


def _operators(found: Sequence[Segment], matrix: Matrix) -> str:
    """A path in PDF operators. Raises ValueError for what lies far outside."""
    a, b, c, d, e, f = matrix
    lines = []
    for letter, points in found:
        numbers = [(a * p.real + c * p.imag + e, b * p.real + d * p.imag + f) for p in points]
        flat = list(chain.from_iterable(numbers))
        if not all(abs(value) < _FARTHEST for value in flat):  # NaN is not less either
            raise ValueError("it lies far outside of the drawing")
        lines.append(" ".join([*(f"{value:.1f}".removesuffix(".0") for value in flat), letter]))
    return "\n".join(lines)


def _data(node: Node) -> str:
    """A shape as path data. Raises ValueError."""
    kind, attributes = node.tag, node.attributes
    if kind == "path":
        return attributes.get("d", "").removeprefix("none")
    if kind in ("polyline", "polygon"):
        points = attributes.get("points", "")
        if re.search(r"[^-+0-9.,eE\s]", points):
            raise ValueError("its points are not all numbers")
        return f"M{points}{'z' * (kind == 'polygon')}" if points.strip() else ""
    numbers = {name: _number(attributes, name) for name in _OWN[kind]}
    return "".join(_OUTLINE[kind](numbers))


def _number(attributes: Mapping[str, str], name: str) -> float:
    try:
        return number(attributes.get(name, "0"))
    except ValueError as problem:
        raise ValueError(f"{name} is “{attributes[name][:40]}”, which {problem}") from None


def _line(n: Mapping[str, float]) -> Iterator[str]:
    yield f"M{n['x1']!r} {n['y1']!r}L{n['x2']!r} {n['y2']!r}"


def _oval(x: float, y: float, rx: float, ry: float) -> Iterator[str]:
    if rx > 0 and ry > 0:
        yield f"M{x - rx!r} {y!r}a{rx!r} {ry!r} 0 1 1 {2 * rx!r} 0a{rx!r} {ry!r} 0 1 1 {-2 * rx!r} 0z"


def _rectangle(n: Mapping[str, float]) -> Iterator[str]:
    """Round corners where there are radii; one given alone stands for both."""
    wide, tall = n["width"], n["height"]
    rx, ry = min((n["rx"] or n["ry"]), wide / 2), min((n["ry"] or n["rx"]), tall / 2)
    if wide <= 0 or tall <= 0:
        return
    if rx <= 0 or ry <= 0:
        yield f"M{n['x']!r} {n['y']!r}h{wide!r}v{tall!r}h{-wide!r}z"
        return
    corner = f"a{rx!r} {ry!r} 0 0 1"
    yield f"M{n['x'] + rx!r} {n['y']!r}h{wide - 2 * rx!r}{corner} {rx!r} {ry!r}v{tall - 2 * ry!r}"
    yield f"{corner} {-rx!r} {ry!r}h{2 * rx - wide!r}{corner} {-rx!r} {-ry!r}v{2 * ry - tall!r}"
    yield f"{corner} {rx!r} {-ry!r}z"


def _circle(n: Mapping[str, float]) -> Iterator[str]:
    return _oval(n["cx"], n["cy"], n["r"], n["r"])


def _ellipse(n: Mapping[str, float]) -> Iterator[str]:
    return _oval(n["cx"], n["cy"], n["rx"], n["ry"])


_OUTLINE = {"line": _line, "rect": _rectangle, "circle": _circle, "ellipse": _ellipse}

_TRANSFORM = re.compile(r"\s*,?\s*([a-zA-Z]+)\s*\(([^()]*)\)\s*")


def _matrix(text: str) -> Matrix:
    """The matrix of a `transform`. Raises ValueError."""
    matrix, at = _SAME, 0
    while at < len(text.rstrip()):
        found = _TRANSFORM.match(text, at)
        if not found:
            raise ValueError("cannot be read")
        numbers = [number(part) for part in re.split(r"[\s,]+", found[2].strip())]
        matrix, at = product(matrix, _one(found[1], numbers)), found.end()
    return matrix


def _one(name: str, v: Sequence[float]) -> Matrix:
    """One part of a transform."""
    match name, len(v):
        case "matrix", 6:
            return (v[0], v[1], v[2], v[3], v[4], v[5])
        case "translate", (1 | 2):
            return (1, 0, 0, 1, v[0], v[1] if len(v) > 1 else 0)
        case "scale", (1 | 2):
            return (v[0], 0, 0, v[-1], 0, 0)
        case "skewX", 1:
            return (1, 0, math.tan(math.radians(v[0])), 1, 0, 0)
        case "skewY", 1:
            return (1, math.tan(math.radians(v[0])), 0, 1, 0, 0)
        case "rotate", (1 | 3):
            cos, sin = math.cos(math.radians(v[0])), math.sin(math.radians(v[0]))
            x, y = (v[1], v[2]) if len(v) > 1 else (0.0, 0.0)
            return (cos, sin, -sin, cos, x - x * cos + y * sin, y - x * sin - y * cos)
    raise ValueError(f"has a part {name[:20]} with {len(v)} numbers, which is not known")


def product(one: Matrix, other: Matrix) -> Matrix:
    """Both, the other one first."""
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return (a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * m + e, b * k + d * m + f)
