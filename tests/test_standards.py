"""Every sheet against validators that no one here wrote."""

from __future__ import annotations

import re

import pytest
from kit.validators import broken_streams, outloud_report, page_failures, qpdf_problems, verapdf_failures
from sheets import SHEETS, Sheet, made

# Captions of three pictures may stand at one height on three pages, which makes them look like a running foot.
CAPTION = re.compile(r"PAG-001 warning .* \[(Start|Then|Stretch|Move|Roll|Stay): step \d\]")
each_sheet = pytest.mark.parametrize("sheet", SHEETS, ids=str)


@each_sheet
@pytest.mark.parametrize("profile", ["ua1", "2a"])
def test_page_validation(sheet: Sheet, profile: str) -> None:
    assert page_failures(made(sheet).read_bytes(), profile) == []


@each_sheet
def test_outloud_hears_nothing_wrong(sheet: Sheet) -> None:
    report = outloud_report(made(sheet))
    found = [finding for finding in report.findings if not CAPTION.fullmatch(finding)]
    assert (found, report.errors, report.warnings) == ([], 0, len(report.findings))


@each_sheet
def test_every_page_is_sound_syntax(sheet: Sheet) -> None:
    assert broken_streams(made(sheet)) == []


@each_sheet
def test_qpdf(sheet: Sheet) -> None:
    assert qpdf_problems(made(sheet)) == []


@pytest.mark.parametrize("flavour", ["ua1", "2a"])
def test_verapdf(flavour: str) -> None:
    found = verapdf_failures([made(sheet) for sheet in SHEETS], flavour)
    assert len(found) == len(SHEETS)
    assert {path.name: failures for path, failures in found.items() if failures} == {}
