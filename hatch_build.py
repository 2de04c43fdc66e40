"""Puts our content into the wheel as it was read and checked: see `handouts/ready.py`."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Prepare(BuildHookInterface):  # type: ignore[type-arg]
    """Reads all content, and stops the build where something is wrong in it."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """An editable install is for those who change content: it reads the YAML."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        from handouts.library import prepared

        self.folder = TemporaryDirectory()
        path = Path(self.folder.name, "ready.json")
        path.write_bytes(prepared())
        build_data["force_include"][str(path)] = "handouts/stretches/ready.json"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """The wheel has its copy."""
        if version != "editable":
            self.folder.cleanup()
