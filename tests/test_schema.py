"""The schemas for editors: in step with the records, every key explained, and true to what is read."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from pydantic import TypeAdapter
from typer.testing import CliRunner

from handouts.cli.app import app
from handouts.model import Flag, OwnPicture, Portion, Record, Routine, Source, Stretch
from handouts.planfile import PlanFile
from handouts.practice import Logo, OwnPhrases, Practice, Review
from handouts.schema import DESCRIPTIONS, KINDS, schema
from handouts.yamlread import read

ROOT = Path(__file__).resolve().parent.parent
run = CliRunner()


@pytest.mark.parametrize("name", KINDS)
def test_the_shipped_schemas_are_in_step(name: str) -> None:
    """After a change of the records: `handouts check --schemas stretches`."""
    held = json.loads((ROOT / "stretches" / f"{name}.schema.json").read_text("utf-8"))
    assert held == schema(name)


@pytest.mark.parametrize(
    "record", [Stretch, Routine, Portion, Flag, Source, OwnPicture, Practice, Logo, Review, OwnPhrases, PlanFile]
)
def test_every_key_of_a_record_is_explained(record: type[Record]) -> None:
    keys = [field.alias or name for name, field in record.model_fields.items()]
    assert [key for key in keys if f"{record.__name__}.{key}" not in DESCRIPTIONS] == []


def test_no_explanation_is_of_a_key_that_is_gone() -> None:
    text = json.dumps([schema(name) for name in KINDS], ensure_ascii=False)
    assert [key for key, words in DESCRIPTIONS.items() if json.dumps(words, ensure_ascii=False) not in text] == []


def test_a_schema_knows_no_other_keys_and_the_words_of_each() -> None:
    practice = schema("handouts")
    assert practice["additionalProperties"] is False
    assert practice["properties"]["phone"]["description"] == "Its number, for questions."
    (kind,) = schema("sheet/routines")["patternProperties"].values()
    assert kind == {"$ref": "#/$defs/Routine"}
    assert schema("sheet/routines")["$defs"]["Routine"]["properties"]["name"]["description"]


def test_the_command_writes_them_beside_a_clinics_files(tmp_path: Path) -> None:
    own = Path(shutil.copytree(ROOT / "docs" / "clinic", tmp_path / "own"))
    done = run.invoke(app, ["check", str(own), "--schemas", str(own)])
    assert done.exit_code == 0 and done.output.count("Wrote ") == len(KINDS)
    assert sorted(str(path.relative_to(own)) for path in own.rglob("*.json")) == sorted(
        f"{name}.schema.json" for name in KINDS
    )
    assert json.loads((own / "handouts.schema.json").read_text("utf-8")) == schema("handouts")
    gone = run.invoke(app, ["check", "--schemas", str(tmp_path / "gone")])
    assert gone.exit_code == 1 and "is not a folder. Make it first." in gone.output


def test_the_page_for_clinics_is_in_step(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "clinic.md").read_text("utf-8")
    (listed,) = re.findall(r"can change these.*?: (.*?)\. What warns", page)
    assert re.findall(r"`(\w+)`", listed) == list(OwnPhrases.model_fields)
    practice, pictures = re.findall(r"```yaml\n([a-z].*?)```", page, re.S)
    (tmp_path / "handouts.yaml").write_text(practice, "utf-8")
    found = read(tmp_path / "handouts.yaml", TypeAdapter(Practice), "handouts.yaml")
    assert all(getattr(found, key) for key in Practice.model_fields) and found.reviews["foot-roll"].due
    assert set(re.findall(r"(\w+): ", pictures.replace("{en: ", ""))) == set(OwnPicture.model_fields)
