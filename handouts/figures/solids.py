"""The solid shapes that bodies and things are built of: soft tubes, eggs, boxes, rings and rods.

Shapes of one group melt into each other over their `blend`; between groups the nearer surface wins. Metres.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from handouts.figures.vectors import Mat, Vec, across, length, spread, unit

SAMPLES = 8  # of a tube's section along its axis
TUBE, EGG, BOX, RING, ROD = range(5)

# The columns of a row: what the ray caster reads.
KIND, GROUP, BLEND, A, B, FRONT_AXIS, CAP_A, CAP_B, CUTS = 0, 1, 2, 3, 6, 9, 12, 13, 14
CUT_1, CUT_2, WIDTHS, FRONTS, BACKS = 15, 21, 27, 27 + SAMPLES, 27 + 2 * SAMPLES
SPHERE = 27 + 3 * SAMPLES  # centre and radius of a ball that holds the shape
COLUMNS = SPHERE + 4

Plane = tuple[Vec, Vec]  # a point, and the side that is cut away


@dataclass(frozen=True)
class Skin:
    """What a surface is: its tone, the part of the body and the bone it belongs to, and whose it is."""

    tone: str
    part: str = ""
    bone: str = ""
    owner: int = 0  # 1 the person, 2 the helper, from 10 on things


@dataclass(frozen=True)
class Solid:
    """One shape. `a` to `b` is a tube's or rod's axis; an egg, box or ring has its centre at `a`."""

    kind: int
    skin: Skin
    a: Vec
    b: Vec
    front: Vec
    widths: Vec
    fronts: Vec
    backs: Vec
    blend: float = 0.0
    caps: tuple[float, float] = (0.0, 0.0)
    cuts: tuple[Plane, ...] = ()
    group: int = 0

    def sphere(self) -> tuple[Vec, float]:
        """A ball around the shape."""
        if self.kind in (TUBE, ROD):
            half = length(self.b - self.a) / 2
            wide = max(self.widths.max(), self.fronts.max(), self.backs.max())
            return (self.a + self.b) / 2, float(np.hypot(half, wide) + max(self.caps))
        if self.kind == RING:
            return self.a, float(self.widths[0] + self.widths[1])
        return self.a, length(self.widths[:3]) if self.kind == BOX else float(self.widths[:3].max())


_NOTHING = np.zeros(SAMPLES)


def tube(
    skin: Skin, a: Vec, b: Vec, front: Vec, widths: Sequence[float], fronts: Sequence[float] | None = None,
    backs: Sequence[float] | None = None, *, blend: float = 0.0, caps: tuple[float, float] | None = None,
    cuts: tuple[Plane, ...] = (), grow: float = 0.0,
) -> Solid:  # fmt: skip
    """A tube of elliptic sections: half-widths, and depths to the front and to the back, from `a` to `b`."""
    fronts = widths if fronts is None else fronts
    wide, fore = spread(widths, SAMPLES) + grow, spread(fronts, SAMPLES) + grow
    aft = spread(fronts if backs is None else backs, SAMPLES) + grow
    ends = caps or (float(wide[0] + fore[0]) / 2, float(wide[-1] + fore[-1]) / 2)
    ahead = unit(across(front, unit(b - a)))
    return Solid(TUBE, skin, a, b, ahead, wide, fore, aft, blend, ends, cuts)


def egg(
    skin: Skin, centre: Vec, axes: Mat, radii: Sequence[float], *, blend: float = 0.0, cuts: tuple[Plane, ...] = ()
) -> Solid:
    """An ellipsoid with radii along the up, front and left axes of a frame."""
    return Solid(
        EGG, skin, centre, axes[:, 2], axes[:, 0], spread_out(radii), _NOTHING, _NOTHING, blend, cuts=cuts
    )


def box(skin: Skin, centre: Vec, axes: Mat, half: Sequence[float], round_edge: float = 0.006) -> Solid:
    """A box with half-sizes along the front, left and up axes of a frame, its edges rounded."""
    sizes = spread_out((*half, round_edge))
    return Solid(BOX, skin, centre, axes[:, 0], axes[:, 1], sizes, _NOTHING, _NOTHING)


def ring(skin: Skin, centre: Vec, axis: Vec, radius: float, thickness: float) -> Solid:
    """A wheel's rim around an axis."""
    return Solid(RING, skin, centre, centre, unit(axis), spread_out((radius, thickness)), _NOTHING, _NOTHING)


def rod(
    skin: Skin, a: Vec, b: Vec, radius: float, round_edge: float = 0.003, cuts: tuple[Plane, ...] = ()
) -> Solid:
    """A straight rod with flat ends."""
    return Solid(ROD, skin, a, b, unit(b - a), spread_out((radius, round_edge)), _NOTHING, _NOTHING, cuts=cuts)


def spread_out(values: Sequence[float]) -> Vec:
    """Values at the head of a row of samples."""
    return np.array([*values, *[0.0] * (SAMPLES - len(values))])


@dataclass
class Pile:
    """Solids in groups, as a scene is built."""

    solids: list[Solid] = field(default_factory=list)
    groups: int = 0

    def group(self, *solids: Solid) -> None:
        """Add shapes that melt into each other."""
        self.groups += 1
        self.solids += [replace(solid, group=self.groups) for solid in solids]

    def each(self, *solids: Solid) -> None:
        """Add shapes that stand against each other."""
        for solid in solids:
            self.group(solid)


def table(solids: Sequence[Solid]) -> NDArray[np.float64]:
    """The shapes as rows for the ray caster, in order of their groups."""
    return np.array([_row(solid) for solid in solids]).reshape(len(solids), COLUMNS)


def _row(solid: Solid) -> Vec:
    row = np.zeros(COLUMNS)
    row[KIND], row[GROUP], row[BLEND], row[CUTS] = solid.kind, solid.group, solid.blend, len(solid.cuts)
    row[A : A + 3], row[B : B + 3], row[FRONT_AXIS : FRONT_AXIS + 3] = solid.a, solid.b, solid.front
    row[CAP_A], row[CAP_B] = solid.caps
    for start, (point, away) in zip((CUT_1, CUT_2), solid.cuts, strict=False):
        row[start : start + 6] = (*point, *away)
    for start, values in ((WIDTHS, solid.widths), (FRONTS, solid.fronts), (BACKS, solid.backs)):
        row[start : start + SAMPLES] = values
    centre, radius = solid.sphere()
    row[SPHERE : SPHERE + 4] = (*centre, radius)
    return row
