"""The numbers of the print checklist for each edition, and what a test knows about the handout it made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

MM = 72 / 25.4


@dataclass(frozen=True)
class Limits:
    """One column of print-standards.md section 6; points, millimetres, em or lines as the name says."""

    edition: str
    body_pt: float
    x_height_mm: float
    smallest_pt: float
    h1_pt: float
    h2_pt: float
    pitch_em: float
    line_chars: int
    line_mm: float
    paragraph_gap_lines: float
    margin_mm: float
    stretches_a_page: int
    tick_mm: float
    stroke_pt: float
    writing_mm: float
    small_picture_mm: float
    h1_ratio: float = 1.2
    h2_ratio: float = 1.1
    pitch_floor_em: float = 1.25
    pitch_ceiling_em: float = 1.5
    capitals_in_a_row: int = 1
    safe_edge_mm: float = 6.0
    bound_mm: float = 12.7
    holes_mm: float = 20.0
    contrast: float = 7.0
    line_contrast: float = 7.0
    bullet_em: float = 0.3
    figure_to_step_mm: float = 60.0
    steps_each_side: int = 2
    families: tuple[str, ...] = ("AtkinsonHyperlegible", "NotoSans")


EDITIONS: Mapping[str, Limits] = {
    "standard": Limits("standard", 14, 2.3, 12, 18, 16, 1.3, 75, 160, 0.75, 20, 2, 7, 1.0, 10, 27),
    "large": Limits("large", 18, 3.175, 18, 22, 20.1, 1.4, 55, 152, 1.0, 25.4, 1, 9, 1.5, 12, 31),
    "giant": Limits("giant", 24, 4.23, 24, 29.2, 27, 1.3, 44, 160, 1.0, 25.4, 1, 11, 2.0, 14, 36),
}

# Width and height in points.
PAPERS: Mapping[str, tuple[float, float]] = {"A4": (595.276, 841.89), "Letter": (612.0, 792.0)}


@dataclass(frozen=True)
class Expected:
    """What the handout says; a field left empty is not looked for. The words are English unless given."""

    stretches: tuple[str, ...] = ()
    title: str = ""
    originator: str = ""
    date: str = ""
    version: str = ""
    person: str = ""
    edition: str = "standard"
    form: str = "sheet"
    paper: str = "A4"
    lang: str = ""
    duplex: bool = False
    bound: bool = False
    page_line: str = "Page {page} of {pages}"
    continued: str = "continued"
    tick_text: str = "Tick when done"
    stop_words: str = "Stop if it hurts."
    about: str = "About this sheet"
    print_note: tuple[str, ...] = ("Actual size", "100%")
    # Words that carry a hyphen of their own and may end a line at it.
    compounds: tuple[str, ...] = (
        "self-care",
        "follow-up",
        "check-up",
        "warm-up",
        "side-to-side",
        "well-being",
    )
    # Short forms read letter by letter, which may stand in capitals.
    short_forms: tuple[str, ...] = ("MS", "NHS", "GP", "PT", "OT", "UK", "US", "USA", "QR", "PDF", "RNIB")
    units: tuple[str, ...] = (
        "second", "seconds", "minute", "minutes", "hour", "hours", "day", "days", "week", "weeks",
        "month", "months", "time", "times", "repeats", "mm", "cm", "m", "kg", "pt", "%",
    )  # fmt: skip
    # (phrase, language) of what is not in the document's language.
    foreign: tuple[tuple[str, str], ...] = ()
