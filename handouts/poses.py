"""The words in which a picture is described: who is where, and what each joint, hand and foot does.

Metres and degrees. A person faces along x, y is to the left, z is up. Angles are those of a clinic, zero in the
upright stance with the arms hanging. Joint limits are a little wider than the normal ranges of motion that
clinics measure against, and never allow what no body does: they are there to catch a slip of the pen.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from handouts.errors import one_of


class Strict(BaseModel):
    """Strict and frozen: no other keys, no quiet conversions."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, defer_build=True)


def _limit(what: str, least: int, most: int) -> AfterValidator:
    """Degrees that the joint can reach."""

    def check(value: float) -> float:
        if not least <= value <= most:
            raise ValueError(f"{what}: {value:g} degrees, allowed {least} to {most}")
        return value

    return AfterValidator(check)


Metres = Annotated[float, Field(ge=-5, le=5)]
Spot = Annotated[tuple[Metres, ...], Field(min_length=2, max_length=3)]  # x, y and, unless it is solved, z
Point = tuple[Metres, Metres, Metres]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]*$", max_length=30)]

Base = Literal["standing", "sitting", "long-sitting", "supine", "prone", "side-lying-left", "side-lying-right"]
PropKind = Literal[
    "bed", "mat", "pillow", "chair", "armchair", "wheelchair", "stool", "towel", "strap", "rolled-towel",
    "half-roller", "ball", "wall", "counter", "table",
]  # fmt: skip
Muscle = Literal[
    "neck", "chest", "shoulder", "biceps", "triceps", "forearm-front", "forearm-back", "palm", "side-trunk",
    "upper-back", "low-back", "hip-flexor", "outer-hip", "buttock", "inner-thigh", "quadriceps", "hamstring",
    "calf", "achilles", "sole",
]  # fmt: skip


def _muscle(text: str) -> str:
    """A muscle and the person's own side: `calf_r`."""
    name, _, side = text.rpartition("_")
    if side not in ("l", "r") or name not in get_args(Muscle):
        (near, *_) = (*difflib.get_close_matches(name or text, get_args(Muscle), n=1), "calf")
        raise ValueError(f"should be a muscle and a side, such as {near}_r")
    return text


_POINTS = r"pelvis|waist|thorax|neck|atlas|head|crown|chin|breast"
_SIDED = r"hip|knee|ankle|shoulder|elbow|wrist|foot|toe|heel|sole|kneetop|shin|calf|thigh|hand|fingertip"
Highlight = Annotated[str, AfterValidator(_muscle)]
# A place of the person, of the helper (`helper.wrist_l`), or of a thing (`ball`, `wheelchair.rest_l`).
_BODY = re.compile(rf"^((helper|person)\.)?({_POINTS}|({_SIDED})_[lr])$")
_PLACE = rf"{_BODY.pattern}|^[a-z][a-z0-9-]*(\.[a-z]+_[lr])?$"
Anchor = Annotated[str, StringConstraints(pattern=_PLACE, max_length=60)]

# What a hand does, by name: the engine knows where palm and fingers go.
Hold = Literal[
    "thigh", "knee", "shin", "ankle", "heel", "foot", "calf", "upper-arm", "elbow", "forearm", "wrist", "hand",
    "fingers", "shoulder", "head", "chair-top", "chair-seat", "bed-edge", "counter-edge", "armrest", "rim",
]  # fmt: skip
Grip = Literal["towel", "strap", "ball"]
Lay = Literal[
    "thigh", "knee", "belly", "chest", "hip", "low-back", "bed", "mat", "pillow", "table", "counter", "armrest",
    "chair-seat", "wall", "floor",
]  # fmt: skip
Shape = Literal["relaxed", "flat", "cup", "hook", "fist", "thumb-out", "open", "spread"]
Way = Literal["up", "down", "forward", "back", "out", "in"]


class Flexion(Strict):
    """Hip: flexed forward, abducted outward, rotated outward."""

    flex: Annotated[float, _limit("hip bends", -35, 135)] = 0.0
    abd: Annotated[float, _limit("hip spreads", -35, 75)] = 0.0
    rot: Annotated[float, _limit("hip turns", -50, 75)] = 0.0


class Shoulder(Strict):
    """Shoulder: raised forward, raised outward, turned outward; `shrug` and `reach` move the joint (0 to 1)."""

    flex: Annotated[float, _limit("arm lifts", -60, 185)] = 0.0
    abd: Annotated[float, _limit("arm spreads", -45, 185)] = 6.0
    rot: Annotated[float, _limit("arm turns", -95, 95)] = 0.0
    shrug: Annotated[float, Field(ge=0, le=1)] = 0.0
    reach: Annotated[float, Field(ge=-1, le=1)] = 0.0


class Spine(Strict):
    """Spine: bent forward, bent to the own left, turned to the own left."""

    flex: Annotated[float, _limit("spine bends", -45, 90)] = 0.0
    side: Annotated[float, _limit("spine bends sideways", -40, 40)] = 0.0
    twist: Annotated[float, _limit("spine twists", -55, 55)] = 0.0


class Neck(Strict):
    """Neck: bent forward, bent to the own left, turned to the own left; `glide` leans it under a level head."""

    flex: Annotated[float, _limit("neck bends", -60, 60)] = 0.0
    side: Annotated[float, _limit("neck bends sideways", -45, 45)] = 0.0
    twist: Annotated[float, _limit("neck turns", -80, 80)] = 0.0
    glide: Annotated[float, _limit("neck glides", -25, 25)] = 0.0


class Lean(Strict):
    """The pelvis: leant forward, turned about the long axis of the body, leant to the own left."""

    forward: Annotated[float, Field(ge=-60, le=100)] = 0.0
    roll: Annotated[float, Field(ge=-100, le=100)] = 0.0
    side: Annotated[float, Field(ge=-40, le=40)] = 0.0


class Foot(Strict):
    """A foot that stands or lies somewhere; hip and knee follow. Without `rest` its z is given or the floor's."""

    at: Spot
    rest: Name | None = None
    point: Literal["sole", "heel", "ball", "ankle"] = "sole"
    pitch: Annotated[float, Field(ge=-90, le=120)] = 0.0  # toes up
    turn: Annotated[float, Field(ge=-180, le=180)] | None = None  # toes to the own left
    tilt: Annotated[float, Field(ge=-95, le=95)] = 0.0  # onto the outer edge
    knee: Way | Point | None = None  # where the knee points


class Hand(Strict):
    """What a hand does: exactly one of hold, grip, lay, or a reach to a point.

    `of` and `side` say whose limb is held; `at` says where on a prop (metres, world), or whither a free hand
    reaches. `elbow` is the way the elbow points.
    """

    hold: Hold | None = None
    grip: Grip | None = None
    lay: Lay | None = None
    at: Spot | None = None
    of: Literal["person", "helper"] | None = None
    side: Literal["l", "r"] | None = None
    shape: Shape | None = None
    palm: Way | None = None  # of a free hand: where the palm faces
    point: Way | None = None  # of a free hand: where the fingers point
    elbow: Way | None = None
    turn: Annotated[float, Field(ge=-180, le=180)] = 0.0  # about the palm's own axis

    @model_validator(mode="after")
    def _one_act(self) -> Hand:
        acts = [name for name in ("hold", "grip", "lay") if getattr(self, name)]
        if len(acts) > 1:
            raise ValueError(f"a hand does one thing: `{acts[0]}` or `{acts[1]}`, not both")
        if not acts and self.at is None:
            raise ValueError("should say what the hand does: `hold`, `grip`, `lay` or `at`")
        return self


class Pose(Strict):
    """Joints, feet and hands. What is not said keeps the value of the base, or of the whole scene.

    A panel that names a base starts anew from it: nothing of the scene's pose is kept.
    """

    base: Base | None = None
    rest: Name | None = None
    at: Spot | None = None
    facing: Annotated[float, Field(ge=-180, le=180)] | None = None
    lean: Lean | None = None
    crouch: Annotated[float, Field(ge=0, le=0.6)] | None = None
    spine: Spine | None = None
    neck: Neck | None = None
    hip_l: Flexion | None = None
    hip_r: Flexion | None = None
    knee_l: Annotated[float, _limit("knee bends", 0, 150)] | None = None
    knee_r: Annotated[float, _limit("knee bends", 0, 150)] | None = None
    ankle_l: Annotated[float, _limit("ankle bends up", -60, 35)] | None = None
    ankle_r: Annotated[float, _limit("ankle bends up", -60, 35)] | None = None
    toes_l: Annotated[float, _limit("toes bend up", -45, 80)] | None = None
    toes_r: Annotated[float, _limit("toes bend up", -45, 80)] | None = None
    shoulder_l: Shoulder | None = None
    shoulder_r: Shoulder | None = None
    elbow_l: Annotated[float, _limit("elbow bends", 0, 150)] | None = None
    elbow_r: Annotated[float, _limit("elbow bends", 0, 150)] | None = None
    forearm_l: Annotated[float, _limit("forearm turns palm down", -90, 180)] | None = None  # 0: palm ahead; 90: in
    forearm_r: Annotated[float, _limit("forearm turns palm down", -90, 180)] | None = None
    wrist_l: Annotated[float, _limit("wrist bends back", -85, 85)] | None = None
    wrist_r: Annotated[float, _limit("wrist bends back", -85, 85)] | None = None
    foot_l: Foot | None = None
    foot_r: Foot | None = None
    hand_l: Hand | None = None
    hand_r: Hand | None = None
    shape_l: Shape | None = None
    shape_r: Shape | None = None


class Person(Pose):
    """A whole person: the base the pose starts from, and what carries them."""

    base: Base
    rest: Name = "floor"
    who: Name | None = None  # of the cast; by rule unless given
    shoes: bool = False


class Prop(Strict):
    """A thing in the picture. `at` is its middle on the floor plan, and its foot in height."""

    kind: PropKind
    name: Name | None = None
    at: Spot = (0.0, 0.0)
    rest: Name | None = None  # stands on this prop
    turn: Annotated[float, Field(ge=-180, le=180)] = 0.0
    size: tuple[Metres, Metres] | None = None  # length, width
    height: Annotated[float, Field(gt=0, le=2.5)] | None = None
    radius: Annotated[float, Field(gt=0, le=0.5)] | None = None
    around: Anchor | None = None  # a towel or strap: the foot, thigh or hand it goes around
    hands: Literal["lr", "l", "r"] = "lr"  # the hands that hold it


class Arrow(Strict):
    """The way something moves: after an anchor of the person, or from a point by a distance."""

    follow: Anchor | None = None
    start: Anchor | Point | None = None
    by: Point | None = None
    offset: Metres = 0.0  # to the left of the way, in the plane of the picture
    shift: tuple[Metres, Metres] = (0.0, 0.0)  # right and up, in the plane of the picture
    bend: Annotated[float, Field(ge=-2, le=2)] = 0.0
    both: bool = False  # a head at each end
    inset: bool = False  # in the round enlargement

    @model_validator(mode="after")
    def _way(self) -> Arrow:
        if (self.follow is None) == (self.start is None or self.by is None):
            raise ValueError("an arrow has `follow`, or `start` and `by`")
        return self


class View(Strict):
    """Where the camera stands: degrees round the person (0 in front, 90 at the left), degrees above the floor."""

    round: Annotated[float, Field(ge=-180, le=180)] = -70.0
    above: Annotated[float, Field(ge=0, le=89)] = 8.0


class Close(Strict):
    """A round part of the scene, `radius` metres about an anchor; as an inset it is drawn `times` as large."""

    about: Anchor
    radius: Annotated[float, Field(ge=0.04, le=0.6)]
    times: Annotated[float, Field(ge=1, le=6)] = 2.5
    place: Literal["top-left", "top-right", "bottom-left", "bottom-right"] = "top-right"
    view: View | None = None


Alt = Annotated[str, StringConstraints(min_length=1, max_length=400, pattern=r"\S")]  # 150 once a side is chosen


class Panel(Strict):
    """One picture of the row: what differs from the first, what is shown, and the words that tell it."""

    alt: dict[Literal["en"], Alt]
    step: Annotated[int, Field(ge=1, le=8)]  # the step that this panel shows
    person: Pose = Pose.model_construct()
    helper: Pose = Pose.model_construct()
    props: tuple[Prop, ...] = ()
    highlight: Annotated[tuple[Highlight, ...], Field(max_length=4)] = ()
    arrows: Annotated[tuple[Arrow, ...], Field(max_length=3)] = ()
    close: Close | None = None  # the whole panel is a close view
    inset: Close | None = None


class Figures(Strict):
    """The pictures of a stretch: one scene, one to three panels. Drawn for one side; the other is its mirror."""

    side: Literal["left", "right", "none"] = "right"  # the side that the drawing works
    view: View = View.model_construct()
    props: tuple[Prop, ...] = ()
    person: Person
    helper: Person | None = None
    panels: Annotated[tuple[Panel, ...], Field(min_length=1, max_length=3)]

    @model_validator(mode="after")
    def _things(self) -> Figures:
        for panel in self.panels:
            known = {"floor"}
            for prop in (*self.props, *panel.props):  # a thing stands on what was named before it
                _carried(prop.rest, known)
                known |= _tops(prop)
            for rest in _rests(self, panel):
                _carried(rest, known)
        return self

    @model_validator(mode="after")
    def _places(self) -> Figures:
        for panel in self.panels:
            props = (*self.props, *panel.props)
            points = {prop.name or prop.kind for prop in props if prop.kind == "ball"}
            points |= {f"{name}.rest_{q}" for prop in props for name in _tops(prop) for q in "lr"}
            for anchor in _anchors(panel, props):
                if anchor.startswith("helper.") and self.helper is None:
                    raise ValueError(f"`{anchor}` is of the helper, but there is no helper in the picture")
                if not _BODY.match(anchor) and anchor not in points:
                    raise ValueError(f"`{anchor}` names no place of a body, and nothing in the picture")
        return self

    @model_validator(mode="after")
    def _hands(self) -> Figures:
        for panel in self.panels:
            kinds = {prop.kind for prop in (*self.props, *panel.props)}
            for hand in _hands_of(self, panel):
                held = hand.hold or hand.grip or hand.lay or ""
                if held in _HELD and not kinds & _HELD[held]:
                    raise ValueError(f"a hand holds or lies on `{held}`, but nothing in the picture has one")
                if hand.of == "helper" and self.helper is None:
                    raise ValueError("a hand holds the helper, but there is no helper in the picture")
        return self


def _tops(prop: Prop) -> set[str]:
    """What of a thing can carry something."""
    name = prop.name or prop.kind
    if prop.kind in ("wall", "towel", "strap"):
        return set()
    return {name, f"{name}-rest"} if prop.kind == "wheelchair" else {name}


def _carried(rest: str | None, known: set[str]) -> None:
    if rest and rest not in known:
        hint = one_of(sorted(known)).rstrip(".")
        raise ValueError(f"`rest: {rest}` names nothing in the picture that can carry. {hint}")


def _rests(figures: Figures, panel: Panel) -> Iterator[str]:
    """All that is named as carrying a person or a foot."""
    for pose in (figures.person, figures.helper, panel.person, panel.helper):
        if pose and pose.rest:
            yield pose.rest
        yield from (foot.rest for foot in (pose.foot_l, pose.foot_r) if foot and foot.rest) if pose else ()


_BANDED = ("foot", "ankle", "thigh", "calf", "wrist", "hand")  # what a towel or strap can go around


def _anchors(panel: Panel, props: tuple[Prop, ...]) -> Iterator[str]:
    """All places that arrows, close views, towels and straps name."""
    for arrow in panel.arrows:
        yield from (place for place in (arrow.follow, arrow.start) if isinstance(place, str))
    yield from (close.about for close in (panel.close, panel.inset) if close)
    for prop in props:
        if prop.kind in ("towel", "strap") and prop.around:
            if prop.around.rpartition(".")[2][:-2] not in _BANDED:
                raise ValueError(f"a {prop.kind} goes around a {', '.join(_BANDED[:-1])} or {_BANDED[-1]}")
            yield prop.around


# What hands hold or lie on, and the things that have it.
_HELD: dict[str, set[str]] = {
    "chair-top": {"chair", "armchair"},
    "chair-seat": {"chair", "armchair"},
    "bed-edge": {"bed"},
    "counter-edge": {"counter"},
    "armrest": {"armchair", "wheelchair"},
    "rim": {"wheelchair"},
    **{kind: {kind} for kind in ("towel", "strap", "ball", "bed", "mat", "pillow", "table", "counter", "wall")},
}


def _hands_of(figures: Figures, panel: Panel) -> Iterator[Hand]:
    """All hands that are told to do something."""
    for pose in (figures.person, figures.helper, panel.person, panel.helper):
        yield from (hand for hand in (pose.hand_l, pose.hand_r) if hand) if pose else ()
