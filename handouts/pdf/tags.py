"""The logical structure: elements, and the roles of what is not content."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

Attributes = tuple[tuple[str, str], ...]  # keys and values in PDF syntax, such as ("O", "/Table")


@dataclass(frozen=True, eq=False)
class Element:
    """One element of the structure tree. It knows its parent; its place is where it is first painted.

    `alt` is the text for those who cannot see a figure.
    """

    tag: str
    parent: Element | None = None
    alt: str = ""
    attributes: Attributes = ()


class Artifact(Enum):
    """What a listener need not hear (ISO 32000-1, 14.8.2.2); the value is the property list."""

    LAYOUT = b"/Artifact <</Type/Layout>> BDC"
    HEADER = b"/Artifact <</Type/Pagination/Subtype/Header>> BDC"
    FOOTER = b"/Artifact <</Type/Pagination/Subtype/Footer>> BDC"


Owner = Element | Artifact


@lru_cache(maxsize=64)
def paragraphs(count: int) -> tuple[Element, ...]:
    """So many paragraphs of one block, each time the same: pages under other words then have one structure."""
    return tuple([Element("P") for _ in range(count)])


def header_cell(parent: Element, scope: str) -> Element:
    """A TH; scope is "Column" or "Row" (Matterhorn 15-003)."""
    return Element("TH", parent, attributes=(("O", "/Table"), ("Scope", f"/{scope}")))


def written_field(alt: str) -> Element:
    """A place to write by hand: a Form that is no field on a screen (ISO 32000-1, 14.8.5.6; Matterhorn 24-001)."""
    described = f"<feff{alt.encode('utf-16-be').hex()}>"
    return Element("Form", alt=alt, attributes=(("O", "/PrintField"), ("Role", "/tv"), ("Desc", described)))


def numbered_list(parent: Element | None) -> Element:
    """An L whose labels are numbers."""
    return Element("L", parent, attributes=(("O", "/List"), ("ListNumbering", "/Decimal")))


def bullet_list(parent: Element | None) -> Element:
    """An L whose labels are discs."""
    return Element("L", parent, attributes=(("O", "/List"), ("ListNumbering", "/Disc")))
