"""Every sheet against the print checklist, read back from the finished file."""

from __future__ import annotations

import pytest
from kit.checklist import EDITIONS, RULES
from kit.glyphs import Document, read
from kit.roles import stretches
from sheets import SHEETS, Sheet, made


@pytest.mark.parametrize("sheet", SHEETS, ids=str)
def test_every_rule_holds(sheet: Sheet) -> None:
    document, limits = read(made(sheet)), EDITIONS[sheet.edition]
    found = [finding for rule in RULES.values() for finding in rule(document, limits, sheet.expected)]
    assert [*found, *_bookmarks(document, sheet), *_empty(document), *_split(document, sheet)] == []


def _bookmarks(document: Document, sheet: Sheet) -> list[str]:
    """Each stretch has one, in order; a log has none of them."""
    titles = [title for _, title in document.outline]
    stretches = [f"{number} {name}" for number, name in enumerate(sheet.expected.stretches, 1)]
    good = titles[: len(stretches)] == stretches if sheet.form != "log" else not set(titles) & set(stretches)
    return [] if good else [f"bookmarks {titles}"]


def _empty(document: Document) -> list[str]:
    """Pages that are all but empty."""
    lines = dict.fromkeys(range(1, len(document.pages) + 1), 0)
    for line in document.lines:
        lines[line.page] += line.tag != "Artifact"
    return [f"page {page} has {count} lines" for page, count in lines.items() if count < 3]


def _split(document: Document, sheet: Sheet) -> list[str]:
    """In standard print a stretch is one page."""
    if (sheet.edition, sheet.form) != ("standard", "sheet"):
        return []
    return [f"{s.name} on {s.pages}" for s in stretches(document, sheet.expected) if len(s.pages) > 1]


def test_web_addresses_are_links_and_printed() -> None:
    document = read(made(SHEETS[0]))
    assert document.links
    for link in document.links:
        assert link.uri.startswith("https://")
        assert link.contents in link.uri  # the words on the page are the site it opens
