"""The print checklist (print-standards.md, section 6) as one table of rules over a finished PDF."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from . import glyphs, rules_colour, rules_figures, rules_file, rules_forms, rules_lines, rules_page, rules_type
from .glyphs import Document
from .limits import EDITIONS, Expected, Limits

__all__ = ["EDITIONS", "RULES", "Document", "Expected", "Limits", "Rule", "findings"]

Rule = Callable[[Document, Limits, Expected], list[str]]

# Part of the checklist to its rules; each is a function of that name in small letters.
PARTS = {
    rules_type: "T1 T2 T3 T4 T5 T6 T7 T8 T9 T10 T11",
    rules_lines: "L1 L2 L4 L5 L6 L7 L9 L10 L11 L12 L13",
    rules_page: "P1 P2 P3 P4 P5 P6 P7 P8 P9 P12 P13 P16",
    rules_colour: "C1 C2 C3 C6 C8",
    rules_figures: "C4 C9 C11 C12 C13 C14 D5",
    rules_forms: "F3 F7",
    rules_file: "F1 F5 F6 D6 D8",
}
RULES: Mapping[str, Rule] = {
    name: getattr(part, name.casefold()) for part, names in PARTS.items() for name in names.split()
}


def findings(path: Path, expected: Expected) -> list[str]:
    """Every finding of every rule on one file, in the checklist's order."""
    doc, limits = glyphs.read(path), EDITIONS[expected.edition]
    return [finding for rule in RULES.values() for finding in rule(doc, limits, expected)]
