"""Heads: skull and face, hair or a scarf, glasses and the lines of a face.

Offsets are in the frame of the head, from the joint under the skull, in metres of the middle stature.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from handouts.figures.hands import Stroke3
from handouts.figures.skeleton import Skeleton
from handouts.figures.solids import Pile, Plane, Skin, Solid, egg, tube
from handouts.figures.vectors import Mat, Vec, turn_x, turn_y, unit, vec


@dataclass(frozen=True)
class Face:
    """What a head looks like: tone of skin and hair, form of the hair, age, beard and glasses.

    `jaw` is how broad the lower face is, against the middle; `fine` brows are thin, over eyes with lashes and a
    fuller lip.
    """

    skin: str
    hair: str
    style: str
    older: bool = False
    beard: bool = False
    glasses: bool = False
    jaw: float = 1.0
    fine: bool = False


class Head:
    """One head on its skeleton."""

    def __init__(self, skeleton: Skeleton, face: Face, owner: int) -> None:
        self.origin, self.axes = skeleton.joints["atlas"], skeleton.bones["head"]
        self.skeleton, self.face, self.owner, self.scale = skeleton, face, owner, skeleton.build.scale

    def at(self, x: float, y: float, z: float) -> Vec:
        """A point of the head."""
        point: Vec = self.origin + self.axes @ (vec(x, y, z) * self.scale)
        return point

    def way(self, x: float, y: float, z: float) -> Vec:
        """A direction of the head."""
        return unit(self.axes @ vec(x, y, z))

    def of(self, *values: float) -> tuple[float, ...]:
        """Sizes of this head."""
        return tuple(value * self.scale for value in values)

    def skin(self, bone: str = "head") -> Skin:
        """Bare skin."""
        return Skin(self.face.skin, "head", bone, self.owner)

    def hair(self, tone: str | None = None) -> Skin:
        """Hair, or what is worn over it."""
        return Skin(tone or self.face.hair, "hair", "hair", self.owner)

    def egg(self, skin: Skin, middle: tuple[float, float, float], radii: tuple[float, float, float],
        blend: float = 0.02,
            cuts: tuple[Plane, ...] = (), axes: Mat | None = None) -> Solid:  # fmt: skip
        """An egg; radii up, front and left."""
        turned = self.axes if axes is None else self.axes @ axes
        return egg(skin, self.at(*middle), turned, self.of(*radii), blend=blend, cuts=cuts)

    def plane(self, point: tuple[float, float, float], away: tuple[float, float, float]) -> Plane:
        """A cut."""
        return self.at(*point), self.way(*away)

    def build(self, pile: Pile) -> None:
        """All of it."""
        pile.group(*self._skull())
        for side in (1, -1):
            if self.face.style != "scarf":
                pile.group(self.egg(self.skin("ear"), (-0.006, side * 0.0745, 0.045), (0.028, 0.016, 0.008), 0,
                                    axes=turn_x(side * 6) @ turn_y(-12)))  # fmt: skip
        for group in STYLES[self.face.style](self):
            pile.group(*group)
        if self.face.beard:
            pile.group(*self._beard())

    def _skull(self) -> Iterator[Solid]:
        skin, ahead, jaw = self.skin(), self.axes[:, 0], self.face.jaw
        yield self.egg(skin, (-0.002, 0, 0.096), (0.086, 0.097, 0.075), 0.035)
        yield tube(skin, self.at(0.022, 0, 0.090), self.at(0.049, 0, -0.022), ahead,
                   self.of(0.068, 0.067, 0.064, 0.061 * jaw, 0.054 * jaw, 0.040 * jaw),
                   self.of(0.062, 0.061, 0.055, 0.050, 0.044, 0.034),
                   self.of(0.05, 0.06, 0.062, 0.06, 0.052, 0.036), blend=0.035, caps=(0.05, 0.022))  # fmt: skip
        yield tube(skin, self.at(0.082, 0, 0.070), self.at(0.103, 0, 0.027), ahead, self.of(0.008, 0.0085, 0.012),
                   self.of(0.006, 0.008, 0.009), self.of(0.02, 0.022, 0.018), blend=0.016,
                       caps=(0.01, 0.008))  # fmt: skip
        for side in (1, -1):  # wings of the nose, cheeks
            yield self.egg(skin, (0.093, side * 0.012, 0.024), (0.008, 0.010, 0.007), 0.010)
            yield self.egg(skin, (0.060, side * 0.036 * jaw, 0.028), (0.028, 0.022, 0.022), 0.030)
        yield self.egg(skin, (0.079, 0, 0.001), (0.008, 0.016, 0.021), 0.012)
        yield self.egg(skin, (0.077, 0, -0.012), (0.008, 0.015, 0.019), 0.012)
        yield self.egg(skin, (0.069, 0, -0.033), (0.014, 0.016, 0.019 * jaw), 0.016)

    def _beard(self) -> Iterator[Solid]:
        """Close round the jaw, from ear to ear, and over the lip."""
        hair, ahead, jaw = self.hair(), self.axes[:, 0], self.face.jaw
        over = self.plane((0.090, 0, -0.0065), (0.60, 0, 0.80))
        yield tube(hair, self.at(0.024, 0, 0.060), self.at(0.051, 0, -0.026), ahead,
                   self.of(0.069, 0.066, 0.063 * jaw, 0.058 * jaw, 0.046 * jaw), self.of(0.055, 0.056, 0.056,
                       0.053, 0.044),
                   self.of(0.040, 0.050, 0.052, 0.048, 0.036), blend=0.02, cuts=(over,),
                       caps=(0.01, 0.030))  # fmt: skip
        yield self.egg(hair, (0.083, 0, -0.0105), (0.0165, 0.0215, 0.028), 0.015)  # over the lips too
        for side in (1, -1):
            yield self.egg(
                hair, (0.089, side * 0.015, 0.0060), (0.0055, 0.013, 0.0195), 0.010, axes=turn_x(-side * 22)
            )

    def strokes(self) -> Iterator[Stroke3]:
        """Eyes, brows, nose, mouth and ears, and what age and glasses add."""
        yield from self._eyes()
        yield self._line("face", (1, 0, -0.3), (0.102, 0.013, 0.021), (0.109, 0.006, 0.0165), (0.110, -0.004,
            0.0165),
                         (0.105, -0.009, 0.0185))  # fmt: skip
        yield from self._mouth()
        for side in (1, -1):
            if self.face.style not in COVERED:
                yield self._line("face", (0.1, side, 0.1), (0.006, side * 0.083, 0.056), (-0.006,
                    side * 0.085, 0.061),
                                 (-0.012, side * 0.084, 0.049), (-0.006, side * 0.083, 0.036))  # fmt: skip
            if self.face.older:
                yield from self._age(side)
        if self.face.glasses:
            yield from self._glasses()
        yield from STRANDS.get(self.face.style, _no_strands)(self)

    def _mouth(self) -> Iterator[Stroke3]:
        """At rest, its corners a little up, and the shade under the lip."""
        lips = self._line("crease", (1, 0, 0), (0.085, 0.0245, -0.0015), (0.091, 0.018, -0.0046), (0.098, 0,
            -0.0066),
                         (0.091, -0.018, -0.0046), (0.085, -0.0245, -0.0015))  # fmt: skip
        yield replace(lips, onto="hair") if self.face.beard else lips
        if not self.face.beard:
            wide, low = (0.010, -0.0175) if self.face.fine else (0.008, -0.0165)
            yield self._line("face", (1, 0, -0.1), (0.094, wide, low + 0.0015), (0.096, 0, low),
                             (0.094, -wide, low + 0.0015))  # fmt: skip

    def _age(self, side: int) -> Iterator[Stroke3]:
        """From the nose towards the mouth's corner, and beside the eye."""
        yield self._line("face", (0.8, side * 0.5, 0), (0.088, side * 0.022, 0.018), (0.085, side * 0.030, 0.008),
                         (0.079, side * 0.034, -0.003))  # fmt: skip
        yield self._line("face", (0.6, side * 0.75, 0), (0.074, side * 0.050, 0.061), (0.068, side * 0.057, 0.056))

    def _eyes(self) -> Iterator[Stroke3]:
        fine = self.face.fine
        for side in (1, -1):
            out = (0.9, side * 0.42, 0.0)
            last = (0.078, side * 0.0455, 0.0615) if fine else (0.082, side * 0.0425, 0.0590)
            yield self._line("crease", out, (0.090, side * 0.0195, 0.0585), (0.0905, side * 0.0265, 0.0640),
                             (0.087, side * 0.0345, 0.0645), last)  # fmt: skip
            yield self._line("outline", out, (0.0915, side * 0.0300, 0.0612), (0.0912, side * 0.0303, 0.0578))
            yield self._line("face" if fine else "crease", out, (0.095, side * 0.0175, 0.0790),
                             (0.0935, side * 0.030, 0.0845), (0.086, side * 0.044, 0.0800))  # fmt: skip

    def _glasses(self) -> Iterator[Stroke3]:
        """Two rims before the eyes, a bridge, and arms to the ears: they stand off the face."""
        for side in (1, -1):
            turns = [k / 10 * 2 * np.pi for k in range(11)]
            rim = [(0.104 - 0.30 * (0.019 + 0.019 * np.cos(t)), side * (0.0315 + 0.0195 * np.cos(t)),
                    0.059 + 0.016 * np.sin(t)) for t in turns]  # fmt: skip
            yield self._free((0.9, side * 0.42, 0), *rim)
            yield self._free((0.25, side, 0), (0.0915, side * 0.051, 0.063), (0.055, side * 0.072, 0.063),
                             (0.004, side * 0.080, 0.058))  # fmt: skip
        yield self._free((1, 0, 0), (0.104, 0.012, 0.063), (0.107, 0, 0.066), (0.104, -0.012, 0.063))

    def _free(self, outward: tuple[float, float, float], *points: tuple[float, float, float]) -> Stroke3:
        """A line that lies on nothing."""
        return replace(self._line("face", outward, *points), onto="glasses")

    def _line(
        self, name: str, outward: tuple[float, float, float], *points: tuple[float, float, float]
    ) -> Stroke3:
        return Stroke3(tuple(self.at(*point) for point in points), self.way(*outward), name, self.owner, "head")


Group = list[Solid]
COVERED = ("scarf", "bob")  # no ears to be seen


def _cap(head: Head, wide: float = 0.080, high: float = 0.094, low: float = 0.0) -> Group:
    """Hair on the skull. It dives under the skin where the hairline runs: brow, temples and nape."""
    hair = head.hair()
    temples = [
        head.egg(hair, (-0.004, side * (wide - 0.020), 0.098), (0.058, 0.050 + low, 0.0205), 0.022)
        for side in (1, -1)
    ]
    return [
        head.egg(hair, (-0.014, 0, 0.109 - low), (high, 0.095 + low, wide), 0.02),
        head.egg(hair, (-0.036, 0, 0.058), (0.058, 0.069, wide - 0.008), 0.03),
        *temples,
    ]


def _sideburns(head: Head) -> Iterator[Solid]:
    for side in (1, -1):
        yield head.egg(
            head.hair(), (0.023, side * 0.062, 0.070), (0.030, 0.010, 0.0085), 0.014, axes=turn_x(side * 3)
        )


def _short(head: Head) -> Iterator[Group]:
    """Parted at the side, fuller over the brow."""
    hair = head.hair()
    brush = head.egg(hair, (0.006, -0.010, 0.160), (0.036, 0.066, 0.058), 0.03, axes=turn_x(-9) @ turn_y(-10))
    yield [*_cap(head, 0.0785), brush, *_sideburns(head)]


def _cropped(head: Head) -> Iterator[Group]:
    yield [*_cap(head, 0.0775, 0.088), *_sideburns(head)]


def _receding(head: Head) -> Iterator[Group]:
    """Round the sides and the back; the crown is bare."""
    hair = head.hair()
    yield [head.egg(hair, (-0.032, 0, 0.072), (0.066, 0.077, 0.0790), 0.02),
           head.egg(hair, (-0.040, 0, 0.050), (0.052, 0.066, 0.072), 0.03), *_sideburns(head)]  # fmt: skip


def _bob(head: Head) -> Iterator[Group]:
    """To the jaw, parted at the side."""
    hair, ahead = head.hair(), head.axes[:, 0]
    low = [
        tube(hair, head.at(-0.014, side * 0.050, 0.140), head.at(-0.014, side * 0.060, -0.006), ahead,
             head.of(0.022, 0.029, 0.031, 0.030, 0.022), head.of(0.050, 0.050, 0.046, 0.050, 0.048),
             head.of(0.066, 0.074, 0.076, 0.070, 0.055), blend=0.03, caps=(0.03, 0.026))
        for side in (1, -1)
    ]  # fmt: skip
    back = head.egg(
        hair, (-0.050, 0, 0.050), (0.075, 0.062, 0.080), 0.03, (head.plane((0, 0, -0.022), (0, 0, -1)),)
    )
    fringe = head.egg(hair, (0.036, -0.026, 0.146), (0.026, 0.046, 0.050), 0.03, axes=turn_x(-24) @ turn_y(18))
    yield [*_cap(head, 0.082, 0.093, 0.002), *low, back, fringe]


def _bun(head: Head) -> Iterator[Group]:
    """Drawn up to a knot high at the back, where it is free of a pillow."""
    yield _cap(head, 0.0785, 0.092, 0.001)
    yield [head.egg(head.hair(), (-0.062, 0, 0.196), (0.030, 0.034, 0.036), 0.01, axes=turn_y(-30))]


def _tail(head: Head) -> Iterator[Group]:
    """Tied at the back, and hanging as weight has it; on a pillow it lies beyond the crown."""
    yield _cap(head, 0.0785, 0.092, 0.001)
    hair, down = head.hair(), head.axes.T @ vec(0, 0, -1)
    on_back = down[0] < -0.5
    root = vec(-0.088, 0, 0.140) if on_back else vec(-0.104, 0, 0.122)
    way = unit(vec(-0.15, 0.35, 1.0) if on_back else vec(-0.35, 0, -0.25) + down * vec(0.2, 0.8, 1.0))
    bend = root + way * 0.045
    end = bend + unit(way + (vec(0, 0, 0) if on_back else vec(0.18, 0, -0.55))) * 0.125
    places = [head.at(*point) for point in (root, bend, end)]
    front = head.axes[:, 0] if abs(way[0]) < 0.8 else head.axes[:, 2]
    yield [tube(hair, places[0], places[1], front, head.of(0.015, 0.025), head.of(0.014, 0.020), blend=0.02),
           tube(hair, places[1], places[2], front, head.of(0.025, 0.031, 0.029, 0.021, 0.005),
                head.of(0.020, 0.022, 0.020, 0.015, 0.005), blend=0.02, caps=(0.02, 0.012))]  # fmt: skip


def _curls(head: Head) -> Iterator[Group]:
    """A round head of curls."""
    hair, bumps = head.hair(), []
    for k in range(46):  # evenly over a ball, by the golden angle
        z = 1 - (k + 0.5) * 2 / 46
        ring_, angle = np.sqrt(1 - z * z), k * 2.399963
        x, y = ring_ * np.cos(angle), ring_ * np.sin(angle)
        middle = (-0.018 + x * 0.088, y * 0.078, 0.106 + z * 0.088)
        # None on the face: before the ears, only above the hairline.
        if middle[2] < 0.035 or (middle[0] > 0.012 and middle[2] < 0.115 + middle[0] * 0.8):
            continue
        bumps.append(head.egg(hair, middle, (0.029, 0.029, 0.029), 0.006))
    yield [*_cap(head, 0.083, 0.097), *bumps]


def _scarf(head: Head) -> Iterator[Group]:
    """A head covering: an oval round the face, close under the chin, and falling over shoulders and breast."""
    cloth = head.hair("scarf")
    face = head.plane((0.058, 0, 0.05), (1, 0, -0.16))
    chest = head.skeleton.bones["chest"]
    ahead = chest[:, 0] + head.axes[:, 0]

    def on_chest(*offset: float) -> Vec:
        return head.skeleton.local("neck", "chest", *offset)

    yield [
        head.egg(cloth, (-0.008, 0, 0.098), (0.097, 0.112, 0.086), 0.03, (face,)),
        head.egg(cloth, (0.006, 0, 0.026), (0.078, 0.074, 0.076), 0.03, (face,)),
        tube(cloth, head.at(0.020, 0, -0.020), on_chest(0.012, 0, -0.050), ahead, head.of(0.060, 0.060,
            0.074, 0.108),
             head.of(0.052, 0.058, 0.066, 0.082), head.of(0.084, 0.088, 0.092, 0.096), blend=0.04,
                 caps=(0.02, 0.01)),
        egg(cloth, on_chest(0.004, 0, -0.066), chest, head.of(0.062, 0.126, 0.146), blend=0.05),
    ]  # fmt: skip


STYLES: dict[str, Callable[[Head], Iterator[Group]]] = {
    "short": _short, "cropped": _cropped, "receding": _receding, "bob": _bob, "bun": _bun, "tail": _tail,
    "curls": _curls, "scarf": _scarf,
}  # fmt: skip

Points = tuple[tuple[float, float, float], ...]


def _no_strands(_: Head) -> Iterator[Stroke3]:
    yield from ()


def _strand(head: Head, outward: tuple[float, float, float], points: Points) -> Stroke3:
    """A line in the hair: light on dark hair."""
    name = "strand" if head.face.hair in ("hair-black", "hair-brown") else "face"
    return replace(head._line(name, outward, *points), onto="hair")


def _parted(head: Head) -> Iterator[Stroke3]:
    """The parting, and how the hair is combed over from it."""
    yield _strand(head, (0.4, 0.45, 0.8), ((0.062, 0.036, 0.160), (0.030, 0.040, 0.182), (-0.012, 0.040, 0.195)))
    yield _strand(head, (0.5, -0.5, 0.7), ((0.060, 0.000, 0.172), (0.048, -0.034, 0.170), (0.022, -0.060, 0.158)))


def _falling(head: Head) -> Iterator[Stroke3]:
    """From the parting over the brow, and down the sides of long hair."""
    yield _strand(head, (0.4, 0.45, 0.8), ((0.066, 0.030, 0.160), (0.030, 0.036, 0.185), (-0.020, 0.034, 0.198)))
    yield _strand(head, (0.7, -0.4, 0.5), ((0.074, 0.012, 0.158), (0.066, -0.026, 0.152), (0.044, -0.058, 0.132)))
    for side in (1, -1):
        for fore, high in ((0.0, 0.130), (-0.045, 0.090)):
            low = (
                (fore + 0.004, side * 0.080, high),
                (fore - 0.008, side * 0.092, 0.060),
                (fore - 0.002, side * 0.090, 0.008),
            )
            yield _strand(head, (-0.1, side, 0.1), low)


def _drawn_back(head: Head) -> Iterator[Stroke3]:
    """From the temples to where the hair is tied."""
    for side in (1, -1):
        high = ((0.028, side * 0.058, 0.150), (-0.010, side * 0.062, 0.165), (-0.050, side * 0.045, 0.172))
        low = ((0.006, side * 0.078, 0.105), (-0.035, side * 0.076, 0.125), (-0.075, side * 0.050, 0.145))
        yield _strand(head, (0.1, side, 0.5), high)
        yield _strand(head, (-0.2, side, 0.2), low)


def _folds(head: Head) -> Iterator[Stroke3]:
    """How the cloth of a scarf falls: from under the chin to one shoulder, and round the head."""
    for side in (1, -1):
        high = ((0.012, side * 0.090, 0.120), (-0.030, side * 0.085, 0.092), (-0.048, side * 0.080, 0.045))
        yield replace(head._line("face", (-0.2, side, 0.2), *high), onto="hair")
    wrap = ((0.062, 0.030, -0.050), (0.075, 0.000, -0.078), (0.075, -0.040, -0.108), (0.060, -0.085, -0.130))
    yield replace(head._line("crease", (0.9, -0.35, 0.2), *wrap), onto="hair")
    under = ((0.066, 0.020, -0.085), (0.072, 0.052, -0.112), (0.060, 0.080, -0.130))
    yield replace(head._line("face", (0.8, 0.5, 0.2), *under), onto="hair")


STRANDS: dict[str, Callable[[Head], Iterator[Stroke3]]] = {
    "short": _parted, "bob": _falling, "bun": _drawn_back, "tail": _drawn_back, "scarf": _folds,
}  # fmt: skip
