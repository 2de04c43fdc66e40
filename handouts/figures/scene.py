"""A panel as a scene: people in their poses among things, every hand where it belongs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from handouts.figures import bands, folds, grasp, hands, props, reach
from handouts.figures.body import Body
from handouts.figures.cast import Person as Cast
from handouts.figures.cast import helper_for, person_for
from handouts.figures.contact import gaps, surface
from handouts.figures.hands import Shape, Stroke3
from handouts.figures.head import Head
from handouts.figures.reach import Place
from handouts.figures.skeleton import SIDES, Skeleton, sign, solve
from handouts.figures.solids import Pile, Skin, Solid, table
from handouts.figures.vectors import Vec, length, unit, vec
from handouts.poses import Figures, Hand, Panel, Person, Pose, Prop

OWNERS = {"person": 1, "helper": 2}
_WHOLE = ("hand_l", "hand_r", "foot_l", "foot_r", "at")  # said anew, these replace what was said before
_ARMS = {"upper-arm", "elbow", "forearm", "wrist", "hand", "fingers"}  # held by a hand that must wait for them


@dataclass
class Scene:
    """Solids and lines, who is where, and what does not reach."""

    figures: Figures
    panel: Panel
    things: props.Things
    people: dict[str, Skeleton] = field(default_factory=dict)
    bodies: dict[str, Body] = field(default_factory=dict)
    shapes: dict[tuple[str, str], Shape] = field(default_factory=dict)
    pile: Pile = field(default_factory=Pile)
    strokes: list[Stroke3] = field(default_factory=list)

    @property
    def short(self) -> list[str]:
        """What does not reach its place."""
        return [f"{name}: {text}" for name, skeleton in self.people.items() for text in skeleton.short]

    @property
    def solids(self) -> list[Solid]:
        """Everything there is."""
        return self.pile.solids

    def anchor(self, name: str) -> Vec:
        """A named point: a joint or place of a body (`helper.wrist_l`), or of a thing (`ball`)."""
        whose, _, what = name.rpartition(".")
        if whose in self.people or (not whose and name not in self.things.points):
            return body_point(self.people[whose or "person"], what)
        return self.things.points[name]


_PLACES: dict[str, tuple[str, str, tuple[float, float, float]]] = {
    "foot": ("ankle", "foot", (0.05, 0, -0.03)), "toe": ("ankle", "foot", (0.18, 0, -0.05)),
    "heel": ("ankle", "foot", (-0.05, 0, -0.06)), "sole": ("ankle", "foot", (0.05, 0, -0.066)),
    "kneetop": ("knee", "thigh", (0.075, 0, 0.05)), "shin": ("knee", "shank", (0.05, 0, -0.2)),
    "calf": ("knee", "shank", (-0.05, 0, -0.16)), "thigh": ("knee", "thigh", (0.0, 0, 0.2)),
    "hand": ("wrist", "hand", (0.005, 0, -0.075)), "fingertip": ("wrist", "hand", (0.01, 0, -0.17)),
}  # fmt: skip
_TRUNK = {"head": ("atlas", "head", (0.01, 0, 0.09)), "crown": ("atlas", "head", (0.01, 0, 0.19)),
          "chin": ("atlas", "head", (0.07, 0, -0.04)), "breast": ("thorax", "chest", (0.1, 0, 0.1))}  # fmt: skip


def body_point(skeleton: Skeleton, name: str) -> Vec:
    """A joint (`knee_l`), or a place on the body (`toe_r`, `crown`)."""
    if name in skeleton.joints:
        return skeleton.joints[name]
    if name in _TRUNK:
        joint, bone, offset = _TRUNK[name]
        return skeleton.local(joint, bone, *offset)
    place, _, side = name.rpartition("_")
    joint, bone, offset = _PLACES[place]  # type: ignore[assignment]
    return skeleton.local(f"{joint}_{side}", f"{bone}_{side}", *offset)


def merged(base: Person, change: Pose) -> Person:
    """A person of the scene with what differs in a panel."""
    if change.base is not None:
        kept = base.model_dump(include={"rest", "who", "shoes"})
        return Person.model_validate({**kept, **_said(change)})
    return Person.model_validate(_over(_said(base), _said(change)))


def _said(pose: Pose) -> dict[str, Any]:
    return pose.model_dump(exclude_unset=True)


def _over(base: Mapping[str, Any], change: Mapping[str, Any]) -> dict[str, Any]:
    result = dict(base)
    for key, value in change.items():
        deeper = isinstance(value, dict) and isinstance(base.get(key), dict) and key not in _WHOLE
        result[key] = _over(base[key], value) if deeper else value
    return result


def compose(stretch: str, figures: Figures, panel: Panel) -> Scene:
    """The scene of a panel."""
    things = props.furnish((*figures.props, *panel.props))
    scene = Scene(figures, panel, things)
    who = {"person": (figures.person, panel.person, person_for(stretch, figures.person.who))}
    if figures.helper:
        who["helper"] = (figures.helper, panel.helper, helper_for(stretch, figures.helper.who))
    for name, (base, change, cast) in who.items():
        _appear(scene, name, merged(base, change), cast)
    for name, side, hand in _in_order(scene):
        _use(scene, name, side, hand)
    scene.pile = Pile(list(things.pile.solids), things.pile.groups)
    for name, (_, _, cast) in who.items():
        _dress(scene, name, cast)
    _bands(scene, (*figures.props, *panel.props))
    _finish(scene)
    return scene


def _appear(scene: Scene, name: str, pose: Person, cast: Cast) -> None:
    """A body without its hands in place: something for hands to find."""
    tops = scene.things.tops
    under = {side: _foot_surface(pose, side, tops) for side in SIDES}
    skeleton = solve(pose, cast.build, tops[pose.rest], under)
    clothes = replace(cast.clothes, shoes=cast.clothes.shoes or pose.shoes)
    body = Body(skeleton, clothes, OWNERS[name])
    scene.people[name], scene.bodies[name] = skeleton, body
    body.trunk(scene.pile)
    for side in SIDES:
        body.leg(scene.pile, side)
    Head(skeleton, cast.face, OWNERS[name]).build(scene.pile)


def _dress(scene: Scene, name: str, cast: Cast) -> None:
    """The whole body, now that the arms are where they stay: sleeves follow them."""
    body, skeleton = scene.bodies[name], scene.people[name]
    body.trunk(scene.pile)
    head = Head(skeleton, cast.face, OWNERS[name])
    head.build(scene.pile)
    scene.strokes += head.strokes()
    scene.strokes += folds.strokes(body)
    for side in SIDES:
        body.leg(scene.pile, side)
        fingers = scene.shapes[name, side]
        body.arm(scene.pile, side, fingers)
        scene.strokes += hands.strokes(skeleton, side, fingers, OWNERS[name])


def _foot_surface(pose: Person, side: str, tops: Mapping[str, float]) -> float:
    foot = getattr(pose, f"foot_{side}")
    return tops[foot.rest] if foot and foot.rest else 0.0


def _in_order(scene: Scene) -> list[tuple[str, str, Hand | None]]:
    """All hands, those that hold an arm after those that are held."""
    every = [(name, side, getattr(skeleton.pose, f"hand_{side}"))
             for name, skeleton in scene.people.items() for side in SIDES]  # fmt: skip
    return sorted(every, key=lambda entry: entry[2] is not None and entry[2].hold in _ARMS)


def _use(scene: Scene, name: str, side: str, hand: Hand | None) -> None:
    """Bring a hand to what it does, and draw its arm."""
    skeleton, body = scene.people[name], scene.bodies[name]
    fingers = hands.SHAPES[getattr(skeleton.pose, f"shape_{side}") or "relaxed"]
    if hand is not None:
        acted = _act(scene, name, side, hand)
        fingers = hands.SHAPES[hand.shape] if hand.shape else acted
    scene.shapes[name, side] = fingers
    body.arm(scene.pile, side, fingers)


def _act(scene: Scene, name: str, side: str, hand: Hand) -> Shape:
    skeleton = scene.people[name]
    if hand.grip in ("towel", "strap"):
        reach.free(skeleton, side, _gripping(skeleton, hand), _pulled(scene, hand.grip))
        return hands.SHAPES["fist"]
    if not (hand.hold or hand.grip or hand.lay):
        reach.free(skeleton, side, hand)
        return hands.SHAPES["relaxed"]
    if hand.grip:
        reach.free(skeleton, side, _gripping(skeleton, hand))
        return _take_ball(scene, skeleton, side)
    place, owner = _place(scene, name, side, hand)
    every = [*scene.solids, *scene.things.pile.solids]  # things join the pile later
    rows = table([solid for solid in every if not _own_arm(solid, OWNERS[name], side)])
    room = reach.Room(_touched(scene, owner), lambda points: gaps(rows, points))
    reach.reach(skeleton, side, place, hand, room)
    return grasp.closed(skeleton, side, room.gap, hand.lay is None)


def _take_ball(scene: Scene, skeleton: Skeleton, side: str) -> Shape:
    """The ball goes into the palm, and the fingers around it."""
    index, ball = next((i, solid) for i, solid in enumerate(scene.things.pile.solids) if solid.skin.tone == "ball")
    radius = float(ball.widths[0])
    middle = skeleton.local(f"wrist_{side}", f"hand_{side}", 0.012 + radius, 0, -0.092)
    scene.things.pile.solids[index] = replace(ball, a=middle)
    scene.things.points["ball"] = middle
    rows = table([scene.things.pile.solids[index]])
    return grasp.closed(skeleton, side, lambda points: gaps(rows, points), True)


def _gripping(skeleton: Skeleton, hand: Hand) -> Hand:
    """A fist that pulls: palms face each other unless it is said otherwise."""
    return hand if hand.palm else hand.model_copy(update={"palm": "in"})


def _own_arm(solid: Solid, owner: int, side: str) -> bool:
    return solid.skin.owner == owner and (solid.skin.part, solid.skin.bone) in (
        (f"arm_{side}", f"upper_arm_{side}"), ("torso", f"collar_{side}"))  # fmt: skip


def _pulled(scene: Scene, grip: str) -> Vec | None:
    """The foot or other place that a towel or strap goes around."""
    around = [prop.around or "foot_r" for prop in (*scene.figures.props, *scene.panel.props) if prop.kind == grip]
    return scene.anchor(around[0]) if around else None


# Where one holds the own leg to pull it up, on one's back.
_PULLED_UP = {"thigh": "behind the thigh", "knee": "below the knee"}


def _place(scene: Scene, name: str, side: str, hand: Hand) -> tuple[Place, int]:
    """Where a hand lies or holds, and whose surface that is (0: no search for it)."""
    skeleton = scene.people[name]
    what: str = hand.hold or hand.lay or ""
    shoulder = skeleton.joints[f"shoulder_{side}"]
    if what in reach.LIMBS:
        whose = hand.of or name
        if hand.hold and whose == name and skeleton.pose.base == "supine":
            what = _PULLED_UP.get(what, what)
        usual = side if whose == name and what not in _ARMS else ("l" if side == "r" else "r")
        place = reach.on_body(what, scene.people[whose], hand.side or usual, side, shoulder)
        return place, OWNERS[whose]
    at = None if hand.at is None else vec(*hand.at[:2], hand.at[2] if len(hand.at) > 2 else shoulder[2])
    if what == "armrest":
        return reach.on_end(_bar(scene, what, shoulder if at is None else at), at), 0
    if hand.hold:
        return reach.on_bar(_bar(scene, what, shoulder if at is None else at), shoulder, at), 0
    return _on_face(scene, what, side, skeleton, at), 0


_BARS = {"chair-top": "top", "chair-seat": "seat_", "bed-edge": "edge_", "counter-edge": "edge", "armrest": "arm_",
         "rim": "rim_"}  # fmt: skip


def _bar(scene: Scene, what: str, near: Vec) -> reach.Bar:
    """The nearest bar of a kind; that there is one was checked when the pose was read."""
    wanted = [bar for key, bar in scene.things.bars.items() if key.partition(".")[2].startswith(_BARS[what])]
    return min(wanted, key=lambda bar: length(reach.beside(bar, near) - near))


def _on_face(scene: Scene, what: str, side: str, skeleton: Skeleton, at: Vec | None) -> Place:
    """On a flat top or a wall: where `at` says, or by the person's side."""
    key = what.replace("-seat", "")
    faces = {**scene.things.faces, "floor": (vec(0, 0, 0), vec(0, 0, 1))}
    point, normal = next(face for name, face in faces.items() if name == key or name.endswith(key))
    if at is None:
        chest = skeleton.bones["chest"]
        wall = abs(normal[2]) < 0.5
        ahead = chest[:, 0] * 0.4 if wall else -chest[:, 2] * 0.49 + chest[:, 1] * (sign(side) * 0.10)
        at = skeleton.joints[f"shoulder_{side}"] + ahead
        if what in ("table", "counter"):  # a hand's length and a little behind its front edge
            forward = unit(vec(chest[0, 0], chest[1, 0], 0))
            at = at + forward * (float((point - at) @ forward) + 0.16)
        if what == "pillow":
            at = point + chest[:, 1] * (sign(side) * 0.13)
    onto = at - normal * float((at - point) @ normal)
    if abs(normal[2]) < 0.5:
        return Place(onto, normal, ahead=vec(0, 0, 1), free=36.0)
    return Place(onto, normal, free=72.0)


def _touched(scene: Scene, owner: int) -> reach.Touch:
    """Finds the surface of a body, or of things (0), at a point, along its outward direction."""
    among = [solid for solid in scene.solids if solid.skin.owner == owner] if owner else scene.things.pile.solids
    rows = table(among)
    return lambda point, normal: surface(rows, point, normal)


def _bands(scene: Scene, every: tuple[Prop, ...]) -> None:
    """Towels and straps, from hand to hand around what they go around."""
    for prop in every:
        if prop.kind in ("towel", "strap"):
            skin = Skin("towel", "", "", scene.things.owners)
            scene.things.owners += 4
            whose, _, what = (prop.around or "foot_r").rpartition(".")
            whose = whose or "person"
            body = table([solid for solid in scene.solids if solid.skin.owner == OWNERS[whose]])
            groups, strokes = bands.around(scene.people[whose], what, prop, skin, body)
            for group in groups:
                scene.pile.group(*group)
            scene.strokes += strokes


def _finish(scene: Scene) -> None:
    """Every line brought to the surface it lies on."""
    shapes: dict[tuple[int, str], NDArray[np.float64]] = {}
    for index, stroke in enumerate(scene.strokes):
        if stroke.laid:
            continue
        key = (stroke.owner, stroke.onto)
        if key not in shapes:
            shapes[key] = table([solid for solid in scene.solids if _carries(solid, *key)])
        scene.strokes[index] = _settled(shapes[key], stroke)


def _carries(solid: Solid, owner: int, onto: str) -> bool:
    return solid.skin.owner == owner and (not onto or solid.skin.part == onto)


def _settled(rows: NDArray[np.float64], stroke: Stroke3) -> Stroke3:
    return replace(stroke, points=tuple(surface(rows, point, stroke.outward) for point in stroke.points))
