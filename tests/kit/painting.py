"""Content streams read operator by operator: every glyph and painted path with place, size and colour."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from math import hypot
from typing import Any

import pikepdf

from . import geometry
from .fonts import Code, Font
from .geometry import Box, Matrix, Path, Point
from .painted import ARTIFACT, BLACK, WHITE, Color, Glyph, Mark, Shape, blended, rgb
from .structure import Structure


@dataclass(frozen=True)
class _State:
    """The graphics state (ISO 32000-1, 8.4 and 9.3); a colour of None is a pattern."""

    ctm: Matrix
    clip: Box = geometry.EVERYWHERE
    fill: Color | None = BLACK
    stroke: Color | None = BLACK
    fill_alpha: float = 1.0
    stroke_alpha: float = 1.0
    line_width: float = 1.0
    dashed: bool = False
    font: Font | None = None
    size: float = 0.0
    tracking: float = 0.0
    word_space: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    mode: int = 0


Operands = list[Any]


class Painter:
    """Runs the content of one page; glyphs and shapes hold what was painted."""

    def __init__(self, number: int, page: pikepdf.Page, structure: Structure, fonts: dict[Any, Font]) -> None:
        box = [float(edge) for edge in page.cropbox]
        self.number, self.structure, self.fonts = number, structure, fonts
        self.glyphs: list[Glyph] = []
        self.shapes: list[Shape] = []
        self.state = _State((1.0, 0.0, 0.0, 1.0, -box[0], -box[1]))
        self._stack: list[_State] = []
        self._marks: list[Mark] = [Mark()]
        self._sequences = self._order = 0
        self._line = self._text = geometry.IDENTITY
        self._path: list[list[Point]] = []
        self._clipping = False
        self._resources: Any = page.obj.get("/Resources", pikepdf.Dictionary())
        self._run(page.obj)

    def _run(self, content: Any) -> None:
        """Every operator of a page or form."""
        for instruction in pikepdf.parse_content_stream(content):
            action = OPERATORS.get(str(instruction.operator))
            if action is not None:
                action(self, list(instruction.operands))

    def _set(self, **changes: Any) -> None:
        """A graphics state with some values changed."""
        self.state = replace(self.state, **changes)

    # Graphics state

    def save(self, _: Operands) -> None:
        """q"""
        self._stack.append(self.state)

    def restore(self, _: Operands) -> None:
        """Q"""
        if self._stack:
            self.state = self._stack.pop()

    def concatenate(self, operands: Operands) -> None:
        """cm"""
        self._set(ctm=geometry.multiply(_matrix(operands), self.state.ctm))

    def dash(self, operands: Operands) -> None:
        """d"""
        self._set(dashed=len(operands[0]) > 0)

    def external_state(self, operands: Operands) -> None:
        """gs: line width, font and opacity are what this kit needs of it."""
        found: Any = self._resources.get("/ExtGState", {}).get(str(operands[0]), {})
        names = {"/LW": "line_width", "/ca": "fill_alpha", "/CA": "stroke_alpha"}
        self._set(**{name: float(found[key]) for key, name in names.items() if key in found})
        if "/Font" in found:
            self._set(font=self._font(found["/Font"][0]), size=float(found["/Font"][1]))

    def _font(self, resource: Any) -> Font:
        """A font, read once a file."""
        key = resource.objgen if resource.is_indirect else resource.unparse()
        if key not in self.fonts:
            self.fonts[key] = Font(resource)
        return self.fonts[key]

    # Paths

    def move(self, operands: Operands) -> None:
        """m"""
        self._path.append([self._point(operands)])

    def line(self, operands: Operands) -> None:
        """l"""
        self._path[-1].append(self._point(operands))

    def bend(self, operands: Operands) -> None:
        """c"""
        self._bend(self._path[-1][-1], operands)

    def bend_from_here(self, operands: Operands) -> None:
        """v: the first control point is where the pen is."""
        start = self._path[-1][-1]
        self._path[-1] += geometry.curve(start, start, self._point(operands), self._point(operands[2:]))

    def bend_to_end(self, operands: Operands) -> None:
        """y: the second control point is the end."""
        self._bend(self._path[-1][-1], [*operands, *operands[2:]])

    def _bend(self, start: Point, operands: Operands) -> None:
        """A curve by two control points and its end."""
        one, two, end = (self._point(operands[at:]) for at in (0, 2, 4))
        self._path[-1] += geometry.curve(start, one, two, end)

    def close(self, _: Operands) -> None:
        """h: back to the start of the subpath."""
        if self._path:
            self._path[-1].append(self._path[-1][0])

    def rectangle(self, operands: Operands) -> None:
        """re"""
        x, y, width, height = map(float, operands)
        corners = ((x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y))
        self._path.append([geometry.apply(self.state.ctm, corner) for corner in corners])

    def _point(self, operands: Operands) -> Point:
        """The first two operands on the page."""
        return geometry.apply(self.state.ctm, (float(operands[0]), float(operands[1])))

    def clip(self, _: Operands) -> None:
        """W, W*"""
        self._clipping = True

    def paint(self, fill: bool, stroke: bool, close: bool) -> None:
        """Any painting operator, or n: the path is used up."""
        if close:
            self.close([])
        path = tuple(tuple(points) for points in self._path if points)
        if path and fill:
            kind = "pattern" if self.state.fill is None else "fill"
            self._shape(kind, path, blended(self.state.fill or BLACK, self.state.fill_alpha))
        if path and stroke:
            self._shape("stroke", path, blended(self.state.stroke or BLACK, self.state.stroke_alpha))
        if path and self._clipping:
            box = geometry.bounds(point for points in path for point in points)
            self._set(clip=geometry.meet(self.state.clip, box))
        self._path, self._clipping = [], False

    def _shape(self, kind: str, path: Path, color: Color, columns: int = 0) -> None:
        """Note a painted thing, cut to the clip; nothing when the clip hides it."""
        box = geometry.meet(geometry.bounds(point for points in path for point in points), self.state.clip)
        if box[2] < box[0] or box[3] < box[1]:
            return
        mark, width = self._marks[-1], self.state.line_width * geometry.mean_scale(self.state.ctm)
        self._order += 1
        self.shapes.append(
            Shape(kind, self.number, box, color, width if kind == "stroke" else 0.0, mark.tag, mark.element,
                  mark.sequence, self._order, path, self.state.dashed, columns)
        )  # fmt: skip

    def shading(self, _: Operands) -> None:
        """sh: fills the clip."""
        left, bottom, right, top = self.state.clip
        self._shape("shading", (((left, bottom), (right, top)),), WHITE)

    def inline_image(self, _: Operands) -> None:
        """BI ... EI"""
        self._image()

    def _image(self, columns: int = 0) -> None:
        """An image fills the unit square."""
        corners = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
        self._shape(
            "image", (tuple(geometry.apply(self.state.ctm, corner) for corner in corners),), WHITE, columns
        )

    def external_object(self, operands: Operands) -> None:
        """Do: an image, or a form with its own resources."""
        found: Any = self._resources.get("/XObject", {})[str(operands[0])]
        if str(found.get("/Subtype")) == "/Image":
            self._image(int(found["/Width"]))
        elif str(found.get("/Subtype")) == "/Form":
            self._form(found)

    def _form(self, form: Any) -> None:
        """A form in its matrix and box, inside the marks round it."""
        state, stack, resources = self.state, self._stack, self._resources
        self._stack, self._resources = [], form.get("/Resources", resources)
        self.concatenate(list(form.get("/Matrix", geometry.IDENTITY)))
        if "/BBox" in form:
            left, bottom, right, top = map(float, form["/BBox"])
            self.rectangle([left, bottom, right - left, top - bottom])
            self.clip([])
            self.paint(False, False, False)
        self._run(form)
        self.state, self._stack, self._resources = state, stack, resources

    # Colour

    def fill_color(self, operands: Operands) -> None:
        """g, rg, k, sc, scn"""
        self._set(fill=rgb([float(part) for part in operands if not isinstance(part, pikepdf.Name)]))

    def stroke_color(self, operands: Operands) -> None:
        """G, RG, K, SC, SCN"""
        self._set(stroke=rgb([float(part) for part in operands if not isinstance(part, pikepdf.Name)]))

    # Marked content

    def begin_mark(self, operands: Operands) -> None:
        """BMC, BDC: an artifact or a sequence with an id starts; any other takes over the mark round it."""
        mark, tag = self._marks[-1], str(operands[0]).lstrip("/")
        mcid = self._properties(operands).get("/MCID")
        self._sequences += 1
        if tag == ARTIFACT:
            mark = Mark(ARTIFACT, -1, self._sequences)
        elif mcid is not None:
            owner = self.structure.owners.get((self.number, int(mcid)), -1)
            tag = self.structure.elements[owner].tag if owner >= 0 else ""
            mark = Mark(tag, owner, self._sequences)
        self._marks.append(mark)

    def _properties(self, operands: Operands) -> Any:
        """The property list, given in place or by name."""
        given = operands[1] if len(operands) > 1 else {}
        if isinstance(given, pikepdf.Name):
            return self._resources.get("/Properties", {}).get(str(given), {})
        return given

    def end_mark(self, _: Operands) -> None:
        """EMC"""
        if len(self._marks) > 1:
            self._marks.pop()

    # Text

    def begin_text(self, _: Operands) -> None:
        """BT"""
        self._line = self._text = geometry.IDENTITY

    def select_font(self, operands: Operands) -> None:
        """Tf"""
        resource = self._resources["/Font"][str(operands[0])]
        self._set(font=self._font(resource), size=float(operands[1]))

    def text_matrix(self, operands: Operands) -> None:
        """Tm"""
        self._line = self._text = _matrix(operands)

    def next_line(self, operands: Operands) -> None:
        """Td"""
        offset = (1.0, 0.0, 0.0, 1.0, float(operands[0]), float(operands[1]))
        self._line = self._text = geometry.multiply(offset, self._line)

    def next_line_leading(self, operands: Operands) -> None:
        """TD"""
        self._set(leading=-float(operands[1]))
        self.next_line(operands)

    def new_line(self, _: Operands) -> None:
        """T*"""
        self.next_line([0, -self.state.leading])

    def show(self, operands: Operands) -> None:
        """Tj"""
        self._show(bytes(operands[0]))

    def show_spaced(self, operands: Operands) -> None:
        """TJ: numbers move back by thousandths of an em."""
        for part in operands[0]:
            if isinstance(part, pikepdf.String):
                self._show(bytes(part))
            else:
                self._advance(-float(part) / 1000 * self.state.size * self.state.stretch)

    def show_next_line(self, operands: Operands) -> None:
        """'"""
        self.new_line([])
        self.show(operands)

    def show_next_line_spaced(self, operands: Operands) -> None:
        '''"'''
        self._set(word_space=float(operands[0]), tracking=float(operands[1]))
        self.show_next_line(operands[2:])

    def _advance(self, distance: float) -> None:
        """Move the text position along the line."""
        self._text = geometry.multiply((1.0, 0.0, 0.0, 1.0, distance, 0.0), self._text)

    def _show(self, data: bytes) -> None:
        """Every code of a string."""
        font, state = self.state.font, self.state
        for code in font.codes(data) if font is not None else []:
            self._glyph(code)
            spacing = state.tracking + (state.word_space if code.word_space else 0.0)
            self._advance((code.advance * state.size + spacing) * state.stretch)

    def _glyph(self, code: Code) -> None:
        """Note one glyph where the pen stands."""
        state, mark, face = self.state, self._marks[-1], self.state.font
        assert face is not None
        space = geometry.multiply(self._text, state.ctm)
        across, up = hypot(space[0], space[1]), hypot(space[2], space[3])
        x, y = geometry.apply(space, (0.0, state.rise))
        inked = state.stroke if state.mode % 4 == 1 else state.fill
        alpha = state.stroke_alpha if state.mode % 4 == 1 else state.fill_alpha
        self._order += 1
        self.glyphs.append(
            Glyph(
                code.text, self.number, x, y, state.size * up, face.name, face.weight,
                blended(inked or BLACK, alpha), code.advance * state.size * state.stretch * across,
                mark.tag, mark.element, mark.sequence, self._order, code.value, face,
                italic=face.italic or geometry.skewed(space),
                stretch=state.stretch * (across / up if up else 1.0),
                tracking=state.tracking / state.size if state.size else 0.0,
                word_space=state.word_space if code.word_space else 0.0,
                scale=geometry.mean_scale(state.ctm),
                upright=abs(space[1]) < 0.01 * across and space[0] > 0,
                visible=state.mode % 4 != 3,
            )
        )  # fmt: skip


def _matrix(operands: Operands) -> Matrix:
    """Six operands as a matrix."""
    a, b, c, d, e, f = map(float, operands)
    return (a, b, c, d, e, f)


def _number(name: str, factor: float = 1.0) -> Callable[[Painter, Operands], None]:
    """An operator that sets one number of the state."""
    return lambda painter, operands: painter._set(**{name: float(operands[0]) * factor})


def _mode(painter: Painter, operands: Operands) -> None:
    """Tr"""
    painter._set(mode=int(operands[0]))


def _painting(fill: bool, stroke: bool, close: bool = False) -> Callable[[Painter, Operands], None]:
    """A path painting operator."""
    return lambda painter, _: painter.paint(fill, stroke, close)


def _space(name: str) -> Callable[[Painter, Operands], None]:
    """cs, CS: a new colour space starts black, a pattern space without colour."""
    return lambda painter, operands: painter._set(**{name: None if str(operands[0]) == "/Pattern" else BLACK})


STATE = {
    "q": Painter.save, "Q": Painter.restore, "cm": Painter.concatenate, "gs": Painter.external_state,
    "w": _number("line_width"), "d": Painter.dash,
}  # fmt: skip
PATHS = {
    "m": Painter.move, "l": Painter.line, "c": Painter.bend, "v": Painter.bend_from_here,
    "y": Painter.bend_to_end, "h": Painter.close, "re": Painter.rectangle,
    "W": Painter.clip, "W*": Painter.clip,
}  # fmt: skip
PAINTING = {
    "n": _painting(False, False), "S": _painting(False, True), "s": _painting(False, True, True),
    "f": _painting(True, False), "F": _painting(True, False), "f*": _painting(True, False),
    "B": _painting(True, True), "B*": _painting(True, True), "b": _painting(True, True, True),
    "b*": _painting(True, True, True), "sh": Painter.shading, "Do": Painter.external_object,
    "INLINE IMAGE": Painter.inline_image,
}  # fmt: skip
COLORS = {
    **dict.fromkeys(("g", "rg", "k", "sc", "scn"), Painter.fill_color), "cs": _space("fill"),
    **dict.fromkeys(("G", "RG", "K", "SC", "SCN"), Painter.stroke_color), "CS": _space("stroke"),
}  # fmt: skip
TEXT = {
    "BT": Painter.begin_text, "Tf": Painter.select_font, "Td": Painter.next_line,
    "TD": Painter.next_line_leading, "Tm": Painter.text_matrix, "T*": Painter.new_line,
    "Tj": Painter.show, "TJ": Painter.show_spaced, "'": Painter.show_next_line,
    '"': Painter.show_next_line_spaced, "Tc": _number("tracking"), "Tw": _number("word_space"),
    "Tz": _number("stretch", 0.01), "TL": _number("leading"), "Ts": _number("rise"), "Tr": _mode,
}  # fmt: skip
MARKS = {"BMC": Painter.begin_mark, "BDC": Painter.begin_mark, "EMC": Painter.end_mark}
OPERATORS: Mapping[str, Callable[[Painter, Operands], None]] = {
    **STATE, **PATHS, **PAINTING, **COLORS, **TEXT, **MARKS
}  # fmt: skip
