"""Things: beds, chairs, towels and the rest, as solids with the places where bodies lie, sit and hold.

A thing stands at `at` on the floor plan, turned about the upright axis; sizes in metres are those of common
furniture: a seat at 0.46, a bed at 0.50, a counter at 0.92, a table at 0.74.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from handouts.figures.reach import Bar
from handouts.figures.solids import Pile, Skin, Solid, box, egg, ring, rod, tube
from handouts.figures.vectors import Mat, Vec, turn_y, turn_z, vec
from handouts.poses import Prop


@dataclass
class Things:
    """The things of a scene: solids, and by name their tops (height), bars, faces and points."""

    pile: Pile = field(default_factory=Pile)
    tops: dict[str, float] = field(default_factory=lambda: {"floor": 0.0})
    bars: dict[str, Bar] = field(default_factory=dict)
    faces: dict[str, tuple[Vec, Vec]] = field(default_factory=dict)  # a point and the outward direction
    points: dict[str, Vec] = field(default_factory=dict)
    owners: int = 10


class Thing:
    """One thing as it is built: its place and turn, its owner's numbers, and shorthands for its parts."""

    def __init__(self, prop: Prop, things: Things) -> None:
        self.prop, self.things, self.owner = prop, things, things.owners
        things.owners += 4
        self.axes: Mat = turn_z(prop.turn)
        at = prop.at
        under = things.tops[prop.rest] if prop.rest else 0.0
        self.foot = vec(at[0], at[1], at[2] if len(at) > 2 else under)
        self.name = prop.name or prop.kind

    def at(self, x: float, y: float, z: float) -> Vec:
        """A point of the thing."""
        point: Vec = self.foot + self.axes @ vec(x, y, z)
        return point

    def skin(self, tone: str, part: int = 0, name: str = "") -> Skin:
        """A surface: parts with other numbers are things of their own."""
        return Skin(tone, name, "", self.owner + part)

    def box(self, tone: str, middle: tuple[float, float, float], half: tuple[float, float, float],
            part: int = 0, edge: float = 0.006, axes: Mat | None = None) -> None:  # fmt: skip
        """A box that stands against the rest."""
        turned = self.axes if axes is None else axes
        self.things.pile.group(box(self.skin(tone, part), self.at(*middle), turned, half, edge))

    def rod(self, tone: str, a: tuple[float, float, float], b: tuple[float, float, float], radius: float,
            part: int = 0, edge: float = 0.003) -> None:  # fmt: skip
        """A rod that stands against the rest."""
        self.things.pile.group(rod(self.skin(tone, part), self.at(*a), self.at(*b), radius, edge))

    def top(self, height: float) -> None:
        """Something can rest on it at this height."""
        self.things.tops[self.name] = float(self.foot[2]) + height
        self.things.faces[self.name] = (self.at(0, 0, height), vec(0, 0, 1))

    def bar(self, name: str, a: tuple[float, float, float], b: tuple[float, float, float], radius: float,
            normal: tuple[float, float, float] = (0, 0, 1)) -> None:  # fmt: skip
        """A hand can hold it."""
        self.things.bars[f"{self.name}.{name}"] = Bar(self.at(*a), self.at(*b), radius, self.axes @ vec(*normal))


def _mat(thing: Thing) -> None:
    long, wide = thing.prop.size or (1.9, 0.65)
    thing.box("mat", (0, 0, 0.012), (long / 2, wide / 2, 0.012))
    thing.top(0.024)


def _bed(thing: Thing) -> None:
    long, wide = thing.prop.size or (2.0, 0.95)
    high, thick = thing.prop.height or 0.5, 0.17
    thing.box("bed", (0, 0, high - thick / 2), (long / 2, wide / 2, thick / 2), edge=0.03)
    thing.box("wood", (0, 0, high - thick - 0.045), (long / 2 - 0.02, wide / 2 - 0.02, 0.045), 1)
    leg = (high - thick - 0.09) / 2
    for x in (1, -1):
        for y in (1, -1):
            thing.box("wood", (x * (long / 2 - 0.07), y * (wide / 2 - 0.07), leg), (0.03, 0.03, leg), 1)
    thing.top(high)
    for name, y in (("edge_l", 1), ("edge_r", -1)):
        aside, low = y * (wide / 2 - 0.02), high - 0.02
        thing.bar(name, (-long / 2, aside, low), (long / 2, aside, low), 0.02)


def _pillow(thing: Thing) -> None:
    long, wide = thing.prop.size or (0.36, 0.5)
    high = thing.prop.height or 0.09
    skin = thing.skin("pillow")
    sides = [0.012, high * 0.80, high * 0.97, high * 0.90, high * 0.90, high * 0.97, high * 0.80, 0.012]  # dented
    widths = [long * share for share in (0.49, 0.485, 0.47, 0.465, 0.465, 0.47, 0.485, 0.49)]
    soft = tube(skin, thing.at(0, -wide / 2, 0.014), thing.at(0, wide / 2, 0.014), vec(0, 0, 1), widths, sides,
                [0.012] * 8, caps=(0.012, 0.012))  # fmt: skip
    flat = box(skin, thing.at(0, 0, high * 0.3), thing.axes, (long * 0.44, wide * 0.44, high * 0.3), high * 0.28)
    thing.things.pile.group(soft, replace(flat, blend=0.03))
    thing.top(high * 0.9)


def _chair(thing: Thing, arms: bool = False) -> None:
    high, half = thing.prop.height or 0.46, 0.21
    thing.box("seat", (0, 0, high - 0.02), (half, half, 0.02), edge=0.01)
    for x in (1, -1):
        for y in (1, -1):
            top = high - 0.04 if x > 0 else 0.93
            if x > 0 and arms:
                top = high + 0.20
            thing.box("wood", (x * (half - 0.02), y * (half - 0.02), top / 2), (0.016, 0.016, top / 2), 1, 0.004)
    thing.box("seat", (0.02 - half, 0, 0.84), (0.012, half - 0.02, 0.085), 1, 0.008)
    thing.box("wood", (0.02 - half, 0, 0.62), (0.010, half - 0.02, 0.03), 1)
    for x in (1, -1):
        thing.box("wood", (x * (half - 0.02), 0, 0.2), (0.010, half - 0.02, 0.012), 1, 0.004)
    for y in (1, -1):
        thing.box("wood", (0, y * (half - 0.02), 0.14), (half - 0.02, 0.010, 0.012), 1, 0.004)
    thing.top(high)
    thing.bar("top", (0.02 - half, 0.04 - half, 0.925), (0.02 - half, half - 0.04, 0.925), 0.014)
    for name, y in (("seat_l", 1), ("seat_r", -1)):
        thing.bar(name, (0.04 - half, y * half, high - 0.02), (half - 0.04, y * half, high - 0.02), 0.02)
    if arms:
        for name, y in (("arm_l", 1), ("arm_r", -1)):
            side = y * (half - 0.02)
            thing.box("wood", (0.0, side, high + 0.215), (half, 0.026, 0.014), 1, 0.01)
            thing.bar(name, (0.02 - half, side, high + 0.215), (half, side, high + 0.215), 0.014)


def _armchair(thing: Thing) -> None:
    _chair(thing, arms=True)


def _stool(thing: Thing) -> None:
    high = thing.prop.height or 0.46
    half = (thing.prop.size or (0.4, 0.4))[0] / 2
    thing.box("seat", (0, 0, high - 0.03), (half, half, 0.03), edge=0.015)
    for x in (1, -1):
        for y in (1, -1):
            thing.box(
                "wood",
                (x * (half - 0.04), y * (half - 0.04), (high - 0.06) / 2),
                (0.018, 0.018, (high - 0.06) / 2),
                1,
            )
    thing.top(high)


def _wheelchair(thing: Thing) -> None:
    high = 0.50
    thing.box("seat", (0, 0, high - 0.025), (0.21, 0.20, 0.025), edge=0.015)
    thing.box("seat", (-0.235, 0, 0.73), (0.018, 0.20, 0.19), edge=0.012, axes=thing.axes @ turn_y(-6))
    for y in (1, -1):
        _wheels(thing, y)
        _frame(thing, y)
    thing.top(high)
    for name, aside in (("arm_l", 0.215), ("arm_r", -0.215)):
        thing.bar(name, (-0.19, aside, 0.715), (0.16, aside, 0.715), 0.016)
    for name, aside in (("rim_l", 0.295), ("rim_r", -0.295)):
        thing.bar(name, (-0.30, aside, 0.55), (0.06, aside, 0.55), 0.01)
    for name, aside in (("rest_l", 0.10), ("rest_r", -0.10)):
        thing.things.points[f"{thing.name}.{name}"] = thing.at(0.49, aside, 0.138)
    thing.things.tops[f"{thing.name}-rest"] = float(thing.foot[2]) + 0.138


def _wheels(thing: Thing, y: int) -> None:
    side, pile = y * 0.265, thing.things.pile
    left = thing.axes[:, 1]
    pile.each(ring(thing.skin("wheel", 1), thing.at(-0.12, side, 0.31), left, 0.30, 0.014),
              ring(thing.skin("wheel", 1), thing.at(-0.12, side + y * 0.03, 0.31), left, 0.255, 0.007),
              ring(thing.skin("wheel", 1), thing.at(0.36, y * 0.2, 0.085), left, 0.065, 0.018))  # fmt: skip
    thing.rod("wheel", (-0.12, side - 0.03, 0.31), (-0.12, side + 0.03, 0.31), 0.03, 1)
    for spoke in range(8):
        angle = math.radians(45 * spoke + 10)
        rim = (-0.12 + 0.29 * math.cos(angle), side, 0.31 + 0.29 * math.sin(angle))
        thing.rod("wheel", (-0.12, side, 0.31), rim, 0.0035, 1, 0.001)


def _frame(thing: Thing, y: int) -> None:
    side = y * 0.215
    for a, b, radius in (
        ((-0.235, side, 0.44), (-0.27, side, 0.97), 0.012), ((-0.27, side, 0.96), (-0.40, side, 0.97), 0.015),
        ((-0.235, side, 0.46), (0.24, side, 0.46), 0.012), ((-0.25, side, 0.70), (0.13, side, 0.70), 0.012),
        ((0.13, side, 0.70), (0.15, side, 0.46), 0.012), ((0.24, side, 0.46), (0.44, y * 0.12, 0.16), 0.012),
        ((0.20, y * 0.2, 0.44), (0.33, y * 0.2, 0.16), 0.012),
    ):  # fmt: skip
        thing.rod("frame", a, b, radius, 2)
    thing.box("seat", (-0.01, side, 0.715), (0.18, 0.030, 0.016), 3, edge=0.013)
    thing.box("frame", (0.49, y * 0.10, 0.13), (0.085, 0.075, 0.008), 2, 0.005)


def _wall(thing: Thing) -> None:
    wide = (thing.prop.size or (0.9, 0.9))[1]
    high = thing.prop.height or 1.8
    thing.box("wall", (0.03, 0, high / 2), (0.03, wide / 2, high / 2), edge=0.002)
    thing.things.faces[thing.name] = (thing.at(0, 0, high / 2), -thing.axes[:, 0])


def _counter(thing: Thing) -> None:
    """A kitchen counter: `at` is the middle of its front edge, and it stands on the far side of it."""
    deep, wide = thing.prop.size or (0.45, 1.0)
    high = thing.prop.height or 0.92
    thing.box("counter", (deep / 2, 0, high - 0.02), (deep / 2, wide / 2, 0.02), edge=0.006)
    thing.box(
        "bed",
        (deep / 2 + 0.02, 0, (high - 0.04 + 0.09) / 2),
        (deep / 2 - 0.03, wide / 2 - 0.02, (high - 0.13) / 2),
        1,
    )
    thing.box("wood", (deep / 2 + 0.05, 0, 0.045), (deep / 2 - 0.06, wide / 2 - 0.04, 0.045), 2)
    thing.top(high)
    thing.bar("edge", (0.035, -wide / 2 + 0.05, high - 0.02), (0.035, wide / 2 - 0.05, high - 0.02), 0.02)


def _table(thing: Thing) -> None:
    """A table: `at` is the middle of its front edge."""
    deep, wide = thing.prop.size or (0.7, 1.0)
    high = thing.prop.height or 0.74
    thing.box("wood", (deep / 2, 0, high - 0.018), (deep / 2, wide / 2, 0.018), edge=0.006)
    for x in (0.05, deep - 0.05):
        for y in (1, -1):
            thing.box(
                "wood", (x, y * (wide / 2 - 0.05), (high - 0.036) / 2), (0.025, 0.025, (high - 0.036) / 2), 1
            )
    thing.top(high)


def _rolled_towel(thing: Thing) -> None:
    radius, wide = thing.prop.radius or 0.045, (thing.prop.size or (0.0, 0.34))[1]
    a, b = (0.0, -wide / 2, radius), (0.0, wide / 2, radius)
    thing.rod("roll", a, b, radius, edge=0.012)
    core = radius * 0.45  # its inner turn shows at the ends
    thing.rod("roll", (0.0, -wide / 2 - 0.004, radius), (0.0, wide / 2 + 0.004, radius), core, edge=0.002)
    thing.top(2 * radius)


def _half_roller(thing: Thing) -> None:
    radius, wide = thing.prop.radius or 0.06, (thing.prop.size or (0.0, 0.36))[1]
    floor = (thing.foot, vec(0, 0, -1.0))
    half = rod(thing.skin("roll"), thing.at(0, -wide / 2, 0), thing.at(0, wide / 2, 0), radius, 0.006, (floor,))
    thing.things.pile.group(half)
    thing.top(radius)


def _ball(thing: Thing) -> None:
    radius = thing.prop.radius or 0.035
    thing.things.pile.group(egg(thing.skin("ball"), thing.at(0, 0, radius), thing.axes, (radius, radius, radius)))
    thing.things.points[thing.name] = thing.at(0, 0, radius)
    thing.top(2 * radius)


BUILDERS: dict[str, Callable[[Thing], None]] = {
    "mat": _mat, "bed": _bed, "pillow": _pillow, "chair": _chair, "armchair": _armchair, "stool": _stool,
    "wheelchair": _wheelchair, "wall": _wall, "counter": _counter, "table": _table, "rolled-towel": _rolled_towel,
    "half-roller": _half_roller, "ball": _ball,
}  # fmt: skip


def furnish(props: tuple[Prop, ...]) -> Things:
    """All things that stand by themselves; towels and straps come when hands and feet have their place."""
    things = Things()
    for prop in props:
        if prop.kind in BUILDERS:
            BUILDERS[prop.kind](Thing(prop, things))
    return things


def band(skin: Skin, points: list[Vec], across: list[Vec], widths: list[float]) -> list[Solid]:
    """A towel or strap along points; `across` is the way its breadth runs at each piece, half-widths in metres."""
    pieces = []
    for a, b, wide, w0, w1 in zip(points[:-1], points[1:], across, widths[:-1], widths[1:], strict=True):
        pieces.append(
            tube(skin, a, b, _face(wide, b - a), (w0, w1), (0.005, 0.005), blend=0.012, caps=(0.006, 0.006))
        )
    return pieces


def _face(wide: Vec, along: Vec) -> Vec:
    """The way a band's flat side faces."""
    return vec(wide[1] * along[2] - wide[2] * along[1], wide[2] * along[0] - wide[0] * along[2],
               wide[0] * along[1] - wide[1] * along[0])  # fmt: skip
