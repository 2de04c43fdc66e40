"""Every sheet against the print checklist, read back from the finished file."""

from __future__ import annotations

import pytest
from kit.checklist import EDITIONS, RULES
from kit.glyphs import read
from kit.roles import stretches
from sheets import SHEETS, Sheet, made


@pytest.mark.parametrize("sheet", SHEETS, ids=str)
def test_every_rule_holds(sheet: Sheet) -> None:
    document, limits = read(made(sheet)), EDITIONS[sheet.edition]
    found = [finding for rule in RULES.values() for finding in rule(document, limits, sheet.expected)]
    assert found == []


@pytest.mark.parametrize("sheet", SHEETS, ids=str)
def test_bookmarks_name_every_stretch(sheet: Sheet) -> None:
    titles = [title for _, title in read(made(sheet)).outline]
    stretches = [f"{number} {name}" for number, name in enumerate(sheet.expected.stretches, 1)]
    assert titles[: len(stretches)] == stretches if sheet.form != "log" else not set(titles) & set(stretches)


@pytest.mark.parametrize("sheet", SHEETS, ids=str)
def test_no_page_is_all_but_empty(sheet: Sheet) -> None:
    document = read(made(sheet))
    lines = dict.fromkeys(range(1, len(document.pages) + 1), 0)
    for line in document.lines:
        lines[line.page] += line.tag != "Artifact"
    assert [page for page, count in lines.items() if count < 3] == []


@pytest.mark.parametrize("sheet", [s for s in SHEETS if (s.edition, s.form) == ("standard", "sheet")], ids=str)
def test_a_stretch_in_standard_print_is_one_sheet(sheet: Sheet) -> None:
    split = [found.name for found in stretches(read(made(sheet)), sheet.expected) if len(found.pages) > 1]
    assert split == []


def test_web_addresses_are_links_and_printed() -> None:
    document = read(made(SHEETS[0]))
    assert document.links
    for link in document.links:
        assert link.uri.startswith("https://")
        assert link.contents in link.uri  # the words on the page are the site it opens
