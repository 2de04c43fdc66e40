"""The body and its clothes as solids: trunk, arms, legs and feet of a skeleton.

Sections are ours, set by eye for the middle build, in metres. Clothes are the same shapes a little grown and cut
at their hems; each garment and each bare limb is a group of its own, so that nothing melts into its neighbour.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from handouts.figures import hands
from handouts.figures.hands import Shape
from handouts.figures.skeleton import SIDES, Skeleton, sign
from handouts.figures.solids import Pile, Plane, Skin, Solid, egg, tube
from handouts.figures.vectors import Vec, frame, turn_y, unit, vec

Widths = Sequence[float]


@dataclass(frozen=True)
class Clothes:
    """What a person wears: tones, how far sleeves and legs reach (0 to 1 of the limb), and shoes."""

    skin: str
    top: str
    bottom: str
    sleeve: float = 0.5  # of the upper arm; above 1 a long sleeve
    leg: float = 0.7  # of the thigh; above 1 long trousers
    shoes: bool = False


class Body:
    """One person's skeleton as solids."""

    def __init__(self, skeleton: Skeleton, clothes: Clothes, owner: int) -> None:
        self.skeleton, self.clothes, self.owner = skeleton, clothes, owner
        self.build = skeleton.build

    def skin(self, tone: str, part: str, bone: str) -> Skin:
        """A surface of this person."""
        return Skin(tone, part, bone, self.owner)

    def at(self, joint: str, bone: str, *offset: float) -> Vec:
        """A point at an offset from a joint, in the frame of a bone."""
        return self.skeleton.local(joint, bone, *offset)

    def girth(self, values: Widths, more: float = 0.0) -> list[float]:
        """Half-widths of this build, `more` metres of cloth on top."""
        factor = self.build.girth * self.build.scale
        return [value * factor + more for value in values]

    def trunk(self, pile: Pile) -> None:
        """Shirt and shorts (or trousers), and the neck."""
        pile.group(*self._shirt(), *self._sleeves())
        pile.group(*self._shorts())
        neck = self.skin(self.clothes.skin, "neck", "neck")
        bones = self.skeleton.bones
        front = bones["chest"][:, 0] + bones["head"][:, 0]
        pile.group(tube(neck, self.at("neck", "chest", 0, 0, -0.05), self.at("atlas", "head", -0.010, 0,
            0.03), front,
                        self.girth((0.060, 0.052, 0.048, 0.048)), self.girth((0.052, 0.048, 0.046, 0.045)),
                        self.girth((0.056, 0.052, 0.051, 0.052)), blend=0.025))  # fmt: skip

    def _pelvis(self, skin: Skin, cloth: float, cuts: tuple[Plane, ...]) -> Solid:
        hips, waist, belly = self.build.hips, self.build.waist, self.build.belly
        wide = (
            0.122 * hips,
            0.154 * hips,
            0.164 * hips,
            0.160 * hips,
            0.149,
            0.137 * waist,
            0.128 * waist,
            0.122 * waist,
        )
        deep = (0.075, 0.088, 0.096, 0.100, 0.101 + belly * 0.5, 0.100 + belly, 0.100 + belly, 0.099 + belly)
        back = (0.08, 0.105, 0.115, 0.11, 0.098, 0.086, 0.082, 0.080)
        return tube(skin, self.at("pelvis", "pelvis", 0, 0, -0.05), self.at("pelvis", "pelvis", 0, 0, 0.19),
                    self.skeleton.bones["pelvis"][:, 0], self.girth(wide, cloth), self.girth(deep, cloth),
                    self.girth(back, cloth), blend=0.05, caps=(0.05 + cloth, 0.06), cuts=cuts)  # fmt: skip

    def _shirt(self) -> Iterator[Solid]:
        bones, build = self.skeleton.bones, self.build
        pelvis, chest = bones["pelvis"], bones["chest"]
        loose = 0.006
        skin = self.skin(self.clothes.top, "torso", "waist")
        hem = (self.at("pelvis", "pelvis", 0, 0, 0.045), -pelvis[:, 2])
        yield self._pelvis(self.skin(self.clothes.top, "torso", "pelvis"), 0.015, (hem,))
        belly, waist = build.belly, build.waist
        yield tube(skin, self.at("pelvis", "pelvis", 0, 0, 0.10), self.at("thorax", "chest", 0, 0, 0.04),
                   (pelvis + chest)[:, 0], self.girth([value * waist for value in (0.138, 0.127, 0.121,
                       0.121, 0.127)], loose),
                   self.girth((0.100 + belly, 0.100 + belly, 0.098 + belly * 0.8, 0.100 + belly * 0.3,
                       0.104), loose),
                   self.girth((0.088, 0.082, 0.082, 0.088, 0.093), loose), blend=0.05, caps=(0.04,
                       0.04))  # fmt: skip
        ribs = self.skin(self.clothes.top, "torso", "chest")
        broad = build.shoulders
        yield tube(ribs, self.at("thorax", "chest", 0, 0, -0.02), self.at("thorax", "chest", -0.006, 0, 0.222),
                   chest[:, 0],
                   self.girth((0.124, 0.129, 0.134, 0.137 * broad, 0.134 * broad, 0.116 * broad, 0.086,
                       0.056), loose),
                   self.girth((0.102, 0.110, 0.115, 0.114, 0.103, 0.085, 0.064, 0.050), loose),
                   self.girth((0.090, 0.097, 0.103, 0.107, 0.103, 0.090, 0.073, 0.058), loose), blend=0.04,
                   caps=(0.04, 0.03))  # fmt: skip
        if build.bust:  # under a shirt, one soft form
            radii = self.girth((0.080, 0.062 + build.bust, 0.118))
            yield egg(ribs, self.at("thorax", "chest", 0.060, 0, 0.072), chest @ turn_y(10), radii, blend=0.06)
        for side in SIDES:
            yield self._collarbone(side, loose)

    def _collarbone(self, side: str, loose: float) -> Solid:
        """From the neck down to the shoulder: it makes shoulders slope."""
        skin = self.skin(self.clothes.top, "torso", f"collar_{side}")
        neck = self.at("neck", "chest", -0.012, sign(side) * 0.026, -0.024)
        shoulder = self.at(f"shoulder_{side}", "chest", 0, -sign(side) * 0.016, -0.006)
        return tube(skin, neck, shoulder, self.skeleton.bones["chest"][:, 0],
                    self.girth((0.033, 0.031, 0.032, 0.036), loose), self.girth((0.042, 0.046, 0.049, 0.047),
                        loose),
                    self.girth((0.048, 0.053, 0.053, 0.049), loose), blend=0.04)  # fmt: skip

    def _sleeves(self) -> Iterator[Solid]:
        for side in SIDES:
            yield from self._sleeve(side)

    def _sleeve(self, side: str) -> Iterator[Solid]:
        upper = self.skeleton.bones[f"upper_arm_{side}"]
        shoulder, elbow = self.skeleton.joints[f"shoulder_{side}"], self.skeleton.joints[f"elbow_{side}"]
        skin = self.skin(self.clothes.top, f"arm_{side}", f"upper_arm_{side}")
        yield egg(skin, shoulder - upper[:, 2] * 0.014, upper, self.girth((0.050, 0.053, 0.048)), blend=0.042)
        if self.clothes.sleeve > 1:
            yield tube(skin, shoulder, elbow, upper[:, 0], self.girth((0.046, 0.053, 0.053, 0.050, 0.047, 0.046)),
                       blend=0.004)  # fmt: skip
            return
        hem = (shoulder + (elbow - shoulder) * self.clothes.sleeve, unit(elbow - shoulder))
        yield tube(skin, shoulder, elbow, upper[:, 0],
                   self.girth((0.046, 0.053, 0.056, 0.058, 0.060, 0.061, 0.060, 0.058)),
                       blend=0.012, cuts=(hem,))  # fmt: skip

    def _shorts(self) -> Iterator[Solid]:
        bones = self.skeleton.bones
        pelvis = bones["pelvis"]
        seat = self.skin(self.clothes.bottom, "torso", "pelvis")
        waist = (self.at("pelvis", "pelvis", 0, 0, 0.155), pelvis[:, 2])
        yield self._pelvis(seat, 0.010, (waist,))
        for side in SIDES:
            radii = self.girth((0.094 * self.build.hips, 0.082, 0.088))
            middle = self.at("pelvis", "pelvis", -0.045, sign(side) * 0.072 * self.build.hips, -0.03)
            yield egg(seat, middle, pelvis, radii, blend=0.05, cuts=(waist,))
        for side in SIDES:
            yield from self._trouser(side)

    def _trouser(self, side: str) -> Iterator[Solid]:
        joints, bones, reach = self.skeleton.joints, self.skeleton.bones, self.clothes.leg
        hip, knee, ankle = joints[f"hip_{side}"], joints[f"knee_{side}"], joints[f"ankle_{side}"]
        skin = self.skin(self.clothes.bottom, f"leg_{side}", f"thigh_{side}")
        long = reach > 1
        hem = (hip + (knee - hip) * min(reach, 1), unit(knee - hip))
        yield tube(skin, hip, knee, bones[f"thigh_{side}"][:, 0],
                   self.girth((0.092, 0.096, 0.095, 0.091, 0.086, 0.080, 0.074, 0.068) if long
                              else (0.092, 0.096, 0.096, 0.094, 0.090, 0.087, 0.084, 0.082)),
                   self.girth((0.088, 0.095, 0.095, 0.092, 0.087, 0.080, 0.072, 0.066) if long
                              else (0.088, 0.095, 0.096, 0.095, 0.092, 0.089, 0.086, 0.084)),
                   self.girth((0.09, 0.092, 0.09, 0.087, 0.082, 0.075, 0.069, 0.064) if long
                              else (0.09, 0.092, 0.091, 0.088, 0.085, 0.081, 0.077, 0.074)),
                   blend=0.04, cuts=() if long else (hem,))  # fmt: skip
        if long:
            cuff = (knee + (ankle - knee) * 0.965, unit(ankle - knee))
            yield tube(self.skin(self.clothes.bottom, f"leg_{side}", f"shank_{side}"), knee, ankle,
                       bones[f"shank_{side}"][:, 0],
                       self.girth((0.068, 0.068, 0.066, 0.063, 0.060, 0.057, 0.056, 0.056)),
                       self.girth((0.066, 0.062, 0.058, 0.056, 0.055, 0.054, 0.054, 0.055)),
                       self.girth((0.062, 0.070, 0.076, 0.076, 0.070, 0.062, 0.057, 0.055)), blend=0.03,
                       cuts=(cuff,))  # fmt: skip

    def leg(self, pile: Pile, side: str) -> None:
        """A bare leg and its foot."""
        joints, bones, part = self.skeleton.joints, self.skeleton.bones, f"leg_{side}"
        thigh, shank = bones[f"thigh_{side}"], bones[f"shank_{side}"]
        hip, knee, ankle = joints[f"hip_{side}"], joints[f"knee_{side}"], joints[f"ankle_{side}"]
        tone, out = self.clothes.skin, sign(side)
        ahead = unit(thigh[:, 0] + shank[:, 0])
        solids = [
            tube(self.skin(tone, part, f"thigh_{side}"), hip, knee, thigh[:, 0],
                 self.girth((0.084, 0.087, 0.085, 0.08, 0.073, 0.065, 0.057, 0.053)),
                 self.girth((0.082, 0.088, 0.088, 0.084, 0.077, 0.069, 0.062, 0.057)),
                 self.girth((0.084, 0.085, 0.082, 0.077, 0.07, 0.063, 0.057, 0.053)), blend=0.025),
            egg(self.skin(tone, part, f"knee_{side}"), knee + ahead * 0.020,
                _axes(ahead, thigh[:, 2] + shank[:, 2]), self.girth((0.048, 0.042, 0.042)), blend=0.025),
            tube(self.skin(tone, part, f"shank_{side}"), knee, ankle, shank[:, 0],
                 self.girth((0.050, 0.052, 0.056, 0.055, 0.048, 0.039, 0.033, 0.032)),
                 self.girth((0.052, 0.047, 0.044, 0.041, 0.039, 0.036, 0.033, 0.033)),
                 self.girth((0.048, 0.058, 0.068, 0.068, 0.059, 0.047, 0.038, 0.037)), blend=0.025),
            # The calf is fuller and lower on the inner side: a leg seen from the front is no tube.
            egg(self.skin(tone, part, f"shank_{side}"), self.at(f"knee_{side}", f"shank_{side}", -0.018,
                -out * 0.018, -0.135),
                shank, self.girth((0.085, 0.044, 0.044)), blend=0.03),
            egg(self.skin(tone, part, f"shank_{side}"), self.at(f"knee_{side}", f"shank_{side}", -0.012,
                out * 0.020, -0.105),
                shank, self.girth((0.085, 0.040, 0.041)), blend=0.03),
        ]  # fmt: skip
        if self.clothes.leg > 1:  # under trousers only the ankle is seen, and nothing may poke through them
            low = knee + (ankle - knee) * 0.8
            solids = [tube(self.skin(tone, part, f"shank_{side}"), low, ankle, shank[:, 0],
                self.girth((0.037, 0.033)),
                           self.girth((0.035, 0.033)), self.girth((0.044, 0.037)), blend=0.025)]  # fmt: skip
        if self.clothes.shoes:
            pile.group(*solids)
            pile.group(*self._shoe(side))
        else:
            pile.group(*solids, *self._foot(side))

    def _foot(self, side: str) -> Iterator[Solid]:
        """Heel, ankle bones, arch, ball and five toes."""
        foot, out = self.skeleton.bones[f"foot_{side}"], sign(side)
        skin = self.skin(self.clothes.skin, f"leg_{side}", f"foot_{side}")
        ankle = f"ankle_{side}"
        up, scale = foot[:, 2], self.build.scale

        def at(*offset: float) -> Vec:
            return self.at(ankle, f"foot_{side}", *offset)

        def of(*values: float) -> list[float]:
            return [value * scale for value in values]

        yield egg(skin, at(-0.026, 0, -0.036), foot, of(0.030, 0.036, 0.030), blend=0.022)
        yield egg(skin, at(0, 0, -0.004), foot, of(0.034, 0.036, 0.033), blend=0.022)
        for across_, high in ((out * 0.026, -0.010), (-out * 0.026, -0.004)):  # the ankle bones
            yield egg(skin, at(0.0, across_, high), foot, of(0.014, 0.014, 0.012), blend=0.014)
        yield tube(skin, at(-0.01, 0, -0.036), at(0.122, -out * 0.003, -0.048), up, of(0.029, 0.030, 0.034,
            0.040, 0.043),
                   of(0.030, 0.037, 0.033, 0.026, 0.017), of(0.028, 0.022, 0.016, 0.017, 0.017), blend=0.022,
                   caps=(0.02, 0.02))  # fmt: skip
        bend = getattr(self.skeleton.pose, f"toes_{side}") or 0.0
        toes = foot @ turn_y(-bend)
        root = at(0.122, 0, -0.050)

        def toe(*offset: float) -> Vec:
            return root + toes @ (vec(*offset) * scale)

        tip = self.skin(self.clothes.skin, f"leg_{side}", f"toes_{side}")
        yield tube(tip, toe(-0.01, 0, 0), toe(0.024, 0, -0.001), toes[:, 2], of(0.043, 0.044, 0.043),
                   of(0.017, 0.015, 0.012), of(0.015, 0.013, 0.011), blend=0.012, caps=(0.01, 0.012))  # fmt: skip
        for aside, long, thick in TOES:
            yield tube(tip, toe(0.008, -out * aside, 0), toe(long, -out * aside * 0.93, -0.0035), toes[:, 2],
                       of(thick, thick, thick * 0.95), of(thick * 1.05, thick, thick * 0.9), of(thick, thick,
                           thick * 0.9),
                       blend=0.005, caps=(thick, thick))  # fmt: skip

    def _shoe(self, side: str) -> Iterator[Solid]:
        foot, out = self.skeleton.bones[f"foot_{side}"], sign(side)
        skin = self.skin("shoe", f"leg_{side}", f"foot_{side}")
        up, ankle, bone = foot[:, 2], f"ankle_{side}", f"foot_{side}"
        yield tube(skin, self.at(ankle, bone, -0.03, 0, -0.045), self.at(ankle, bone, 0.13, -out * 0.003,
            -0.048), up,
                   (0.037, 0.040, 0.043, 0.049), (0.052, 0.057, 0.047, 0.030), (0.021, 0.021, 0.02, 0.018),
                       blend=0.02,
                   caps=(0.036, 0.03))  # fmt: skip
        yield tube(skin, self.at(ankle, bone, 0.11, 0, -0.046), self.at(ankle, bone, 0.178, 0, -0.050), up,
                   (0.049, 0.048, 0.039), (0.031, 0.027, 0.019), (0.019, 0.016, 0.013), blend=0.02,
                       caps=(0.02, 0.03))  # fmt: skip

    def arm(self, pile: Pile, side: str, shape: Shape) -> None:
        """An arm and its hand."""
        joints, bones, part = self.skeleton.joints, self.skeleton.bones, f"arm_{side}"
        upper, hand = bones[f"upper_arm_{side}"], bones[f"hand_{side}"]
        shoulder, elbow, wrist = (joints[f"{name}_{side}"] for name in ("shoulder", "elbow", "wrist"))
        long = self.clothes.sleeve > 1
        tone = self.clothes.top if long else self.clothes.skin
        # The forearm flattens towards the wrist the way the palm faces.
        along = unit(wrist - elbow)
        flat = hand[:, 0] - float(hand[:, 0] @ along) * along
        if float(flat @ flat) < 0.09:
            flat = bones[f"forearm_{side}"][:, 0]
        cloth = 0.007 if long else 0.0
        arm = [
            tube(self.skin(tone, part, f"upper_arm_{side}"), shoulder + (elbow - shoulder) * 0.2, elbow,
                upper[:, 0],
                 self.girth((0.046, 0.046, 0.045, 0.043, 0.040, 0.037, 0.036, 0.037), cloth),
                 self.girth((0.048, 0.050, 0.050, 0.048, 0.044, 0.039, 0.036, 0.036), cloth),
                 self.girth((0.047, 0.049, 0.048, 0.045, 0.041, 0.038, 0.037, 0.036), cloth), blend=0.035,
                 caps=(0.02, 0.03)),
            tube(self.skin(tone, part, f"forearm_{side}"), elbow, wrist, flat,
                 self.girth((0.037, 0.043, 0.044, 0.042, 0.037, 0.033, 0.030, 0.029), cloth),
                 self.girth((0.036, 0.039, 0.039, 0.036, 0.031, 0.027, 0.023, 0.021), cloth),
                 self.girth((0.036, 0.038, 0.038, 0.035, 0.031, 0.027, 0.023, 0.021), cloth), blend=0.035,
                 cuts=((wrist - along * 0.012, along),) if long else ()),
        ]  # fmt: skip
        palm = list(hands.solids(self.skeleton, side, shape, self.skin(self.clothes.skin, part, f"hand_{side}")))
        if long:
            pile.group(*arm)
            pile.group(*palm)
        else:
            pile.group(*arm, *palm)


# Across the foot (from the middle to the inner edge is plus), length and thickness, from the big toe on.
TOES = (
    (0.031, 0.061, 0.0145), (0.008, 0.060, 0.0105), (-0.009, 0.055, 0.0100), (-0.024, 0.047, 0.0095),
    (-0.037, 0.037, 0.0090),
)  # fmt: skip


def _axes(front: Vec, up: Vec) -> Vec:
    return frame(-unit(up), front)
