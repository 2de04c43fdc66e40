"""Checklist part E: lines to write on, and the page that hangs."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from .glyphs import Document
from .limits import MM, Expected, Limits
from .roles import Stretch, shown, stretches

LEAST_LINES = 3


def f3(doc: Document, limits: Limits, expected: Expected) -> list[str]:
    """Three lines or more to write on, far enough apart and below their question; a listener is told of them."""
    return [
        f"F3 page {page}: {fault}" for field in _fields(doc) for page, fault in _field_faults(doc, limits, field)
    ]


def _fields(doc: Document) -> list[int]:
    """The places to write."""
    return [element.index for element in doc.structure.elements if element.tag == "Form"]


def _field_faults(doc: Document, limits: Limits, field: int) -> Iterator[tuple[int, str]]:
    """Pages, and what is wrong there with one place to write."""
    lines = [s for s in doc.shapes if s.element == field and s.kind == "stroke" and s.height < 1]
    page = lines[0].page if lines else 0
    question = doc.blocks.get(field - 1, ())
    element = doc.structure.elements[field]
    if not element.alt or element.attributes.get("Role") != "tv":
        yield page, "nobody hears of the lines"
    if len({line.page for line in lines}) != 1 or len(lines) < LEAST_LINES:
        yield page, f"{len(lines)} lines to write on, at least {LEAST_LINES} on one page"
    if not question or question[-1].tag != "P" or question[-1].page != page:
        yield page, "no question above the lines"
    heights = [line.y for line in question[-1:]] + [line.box[1] for line in lines]
    pitch = min((upper - lower for upper, lower in itertools.pairwise(heights)), default=0.0) / MM
    if pitch < limits.writing_mm - 0.1:
        yield page, f"{pitch:.1f} mm from line to line, at least {limits.writing_mm:g}"


def f7(doc: Document, limits: Limits, expected: Expected) -> list[str]:
    """A page that hangs: stop words, names, doses and pictures on page 1, all else behind it."""
    if expected.form != "fridge":
        return []
    found = [fault for stretch in stretches(doc, expected) for fault in _card_faults(doc, limits, stretch)]
    front = " ".join(line.text for line in doc.lines if line.page == 1 and line.element >= 0)
    if expected.stop_words not in " ".join(front.split()):
        found.append(f"F7: no {shown(expected.stop_words)} on page 1")
    about = [lines[0].page for element, lines in doc.blocks.items() if doc.text(element) == expected.about]
    if about != [2]:
        found.append(f"F7: {shown(expected.about)} begins on page {about}, not on page 2")
    return found


def _card_faults(doc: Document, limits: Limits, stretch: Stretch) -> Iterator[str]:
    """What is wrong with one stretch of such a page."""
    if stretch.pages != (1,):
        yield f"F7: {shown(stretch.name)} on pages {stretch.pages}"
    figures = [e for e in doc.structure.elements if e.tag == "Figure" and stretch.holds(e.index)]
    boxes = [tuple(map(float, figure.attributes.get("BBox", "").split())) for figure in figures]
    if [len(box) for box in boxes] != [4]:
        yield f"F7: {shown(stretch.name)} has {len(boxes)} pictures, one with its box wanted"
        return
    left, bottom, right, top = boxes[0]
    side, least = max(right - left, top - bottom) / MM, limits.small_picture_mm
    if side < least - 0.5:
        yield f"F7: the picture of {shown(stretch.name)} is {side:.0f} mm, at least {least:g}"
    if top > doc.blocks[stretch.heading][0].box[3] + limits.h2_pt:
        yield f"F7: the picture of {shown(stretch.name)} begins above its name"
