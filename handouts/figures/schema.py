"""The schema that an editor checks a stretch's file with while it is written."""

from __future__ import annotations

from typing import Any

from handouts.model import Stretch


def of_stretch() -> dict[str, Any]:
    """A JSON schema (draft 2020-12) of a stretch and its pictures."""
    schema = Stretch.model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
