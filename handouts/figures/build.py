"""The measures of a body: how long each segment is for a stature, and how a build differs from the middle one.

Segment lengths as fractions of stature are those of Drillis and Contini (1966) as body-segment tables give them;
half-widths and depths in `body.py` are ours, set by eye for the middle build.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

MIDDLE = 1.70  # metres: the stature for which joints and sections are given


@dataclass(frozen=True)
class Build:
    """A build: stature in metres, and factors for girth, shoulders, hips and waist; belly and bust in metres."""

    stature: float = MIDDLE
    girth: float = 1.0
    shoulders: float = 1.0
    hips: float = 1.0
    waist: float = 1.0
    belly: float = 0.0
    bust: float = 0.0

    @cached_property
    def scale(self) -> float:
        """Against the middle stature."""
        return self.stature / MIDDLE

    @cached_property
    def thigh(self) -> float:
        """Hip to knee, metres."""
        return 0.245 * self.stature

    @cached_property
    def shank(self) -> float:
        """Knee to ankle, metres."""
        return 0.246 * self.stature

    @cached_property
    def upper_arm(self) -> float:
        """Shoulder to elbow, metres."""
        return 0.186 * self.stature

    @cached_property
    def forearm(self) -> float:
        """Elbow to wrist, metres."""
        return 0.146 * self.stature
