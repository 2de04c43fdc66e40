"""Made-up pictures: a mark of every kind, in panels of any size."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from handouts.picture import CLASSES, Panel, Picture, Stroke

# Width and height in millimetres of the scene, and the step that is shown.
Sizes = Iterable[tuple[int, int, int]]


def panel(width: int, height: int) -> Panel:
    """A frame, a tinted box, a patch, an arrow, a curve, and a line of each class."""
    box = f"l{width - 40} 0l0 {height - 40}l{40 - width} 0z"
    lines = [Stroke("line", name, f"M60 {80 + 20 * n}l{width // 2} 0") for n, name in enumerate(CLASSES)]
    return Panel(
        width,
        height,
        1000,
        (
            Stroke("fill", "skin-tan.far.shade", f"M60 60l{width // 4} 0l0 {height // 4}z"),
            Stroke("fill", "hair-black", "M60 60c10 20 30 40 50 20l5-9z"),
            Stroke("patch", "", "M100 100l120 0l0 120l-120 0z"),
            Stroke("line", "outline", f"M20 20{box}"),
            *lines,
            Stroke("arrow", "", "M200 60l40 20l-40 20l0-10l-90 0l0-20l90 0z"),
        ),
    )


def picture(sizes: Sizes) -> Picture:
    """Panels of these sizes."""
    return Picture("test", "0", tuple(panel(width, height) for width, height, _ in sizes))


def figures(sizes: Sizes) -> dict[str, Any]:
    """The words of such a picture, as a stretch has them."""
    panels = [
        {"step": step, "alt": {"en": "A person pulls the {one|left|right} foot, picture " + f"{step}."}}
        for _, _, step in sizes
    ]
    return {"side": "right", "person": {"base": "sitting"}, "panels": panels}
