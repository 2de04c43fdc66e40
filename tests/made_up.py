"""A library of made-up stretches: of every position and level, some of them variants of each other."""

from __future__ import annotations

import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from handouts.library import SHIPPED, Folder, Library

SHEET = Path(__file__).resolve().parent.parent / "stretches" / "sheet"


def record(id: str, **other: Any) -> dict[str, Any]:
    """A whole stretch; what is named replaces what it would have."""
    words = {
        "name": id.replace("-", " ").capitalize(),
        "purpose": "For trying out.",
        "feel": "You should feel a pull.",
    }
    first, *further = other.get("positions", ["sitting-chair"])
    whole = {
        "id": id, "version": 1, "status": "draft", "kind": "static-stretch",
        "body_area": ["calf"], "muscles": [], "positions": [first, *further], "level": "sits-supported",
        "equipment": [], "side": "together",
        "hold": {"min": 10, "max": 60, "default": 30}, "repeats": {"min": 1, "max": 4, "default": 2},
        "steps": {"en": ["Sit tall in a steady chair.", "Lean on.", "Hold still for {hold}."]},
        "start": {at: {"en": f"Begin anew, as in {at}."} for at in further},
        "cautions": {"en": ["Go slowly."]}, "flags": [],
        "sources": [{"key": "S01", "supports": ["steps"], "seen": "whole"}],
        "evidence": {"steps": "seen", "hold": "seen", "best_tier": "B", "ms_source": False},
    } | {key: {"en": text} for key, text in words.items()}  # fmt: skip
    if other.get("level") == "needs-helper":
        whole["hands"] = {"en": "One hand above, one below."}
    return whole | other


def _variants(**relations: str) -> list[dict[str, str]]:
    return [
        {"id": id.replace("_", "-"), "relation": relation.replace("_", "-")} for id, relation in relations.items()
    ]


MS = {"steps": "seen", "hold": "seen", "best_tier": "A", "ms_source": True}
WHEELED = ["sitting-chair", "wheelchair-sitting"]
RECORDS = (
    record("m-roll", positions=["hook-lying"], level="lies-turns-alone", body_area=["hip", "trunk"],
           equipment=["bed"], flags=["hip-replacement"], evidence=MS,
           variants=_variants(m_twist="seated", m_roll_one="easier")),
    record("m-roll-one", positions=["hook-lying"], level="lies-turns-alone", body_area=["hip"], equipment=["bed"]),
    record("m-twist", positions=WHEELED, level="sits-alone", body_area=["trunk"], equipment=["chair-with-arms"]),
    record("m-thigh", positions=["prone"], level="lies-turns-alone", body_area=["thigh-front"],
           equipment=["bed", "strap-or-towel"], evidence=MS),
    record("m-side", positions=["side-lying"], level="lies-turns-alone", body_area=["thigh-front"],
           equipment=["bed", "strap-or-towel"], repeats={"min": 1, "max": 9, "default": 9}),
    record("m-long", positions=["long-sitting"], level="sits-alone", body_area=["thigh-back", "calf"],
           equipment=["bed"]),
    record("m-neck", positions=[*WHEELED, "supine"], body_area=["neck"], equipment=["chair-with-back"],
           flags=["neck-problem"]),
    record("m-arms", positions=["supine", *WHEELED], body_area=["shoulder", "elbow"], evidence=MS),
    record("m-table", positions=WHEELED, body_area=["hand", "fingers"], equipment=["table"]),
    record("m-knees", positions=["sitting-chair", "sitting-edge-of-bed", "wheelchair-sitting"],
           body_area=["inner-thigh"], equipment=["chair-with-back"], hold={"min": 10, "max": 600, "default": 300}),
    record("m-calf", positions=WHEELED, equipment=["chair-with-back", "strap-or-towel"], flags=["dvt-suspected"],
           evidence=MS),
    record("m-wall", positions=["standing-supported"], level="stands-supported", equipment=["wall"],
           flags=["fall-risk", "dvt-suspected"], evidence=MS,
           variants=_variants(m_step="harder", m_calf="seated", m_calf_helped="helper")),
    record("m-step", positions=["standing-supported"], level="stands-supported",
           equipment=["counter", "rolled-towel"], flags=["dvt-suspected"], variants=_variants(m_wall="easier")),
    record("m-calf-helped", positions=["supine"], level="needs-helper", equipment=["bed", "helper"],
           helpers_needed=1),
    record("m-hand-helped", positions=["sitting-chair", "wheelchair-sitting", "supine"], level="needs-helper",
           body_area=["hand"], equipment=["helper", "pillow"], helpers_needed=1),
    record("m-old", positions=WHEELED, status="retired", body_area=["toes"]),
)  # fmt: skip
ROUTINES = {
    "m-mixed": {
        "name": {"en": "Mixed"},
        "for_whom": {"en": "For tests."},
        "note": {"en": "Keep calm. “{m-wall}” needs a wall. Or “{m-thigh}” in the evening."},
        "stretches": [{"stretch": "m-wall", "repeats": 3}, {"stretch": "m-thigh"}, {"stretch": "m-neck"}],
    }
}


def folder(path: Path) -> Path:
    """The folder, written: the shared words are ours, the stretches and the routine are not."""
    shutil.copytree(SHEET, path / "sheet")
    for one in RECORDS:
        (path / f"{one['id']}.yaml").write_text(yaml.safe_dump(one, sort_keys=False), "utf-8")
    (path / "sheet" / "routines.yaml").write_text(yaml.safe_dump(ROUTINES, sort_keys=False), "utf-8")
    return path


@cache
def made_up() -> Library:
    """The made-up stretches alone."""
    return Library((Folder(folder(Path(tempfile.mkdtemp(prefix="handouts-tests-")) / "own"), SHIPPED),))
