"""Checklist part C: the page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .geometry import Box
from .glyphs import Document, Line
from .limits import MM, PAPERS, Expected, Limits
from .roles import Stretch, head_text, inked, is_step, plain_name, shown, stretches

# Half a point: rounding in the file, and the side bearing of a letter.
SLACK = 0.5
# The page number ends within this part of the page's width from the outer edge.
CORNER = 1 / 6


def p1(doc: Document, limits: Limits, expected: Expected) -> list[str]:
    """The paper asked for, upright or turned, on every page."""
    sides = sorted(PAPERS[expected.paper])
    return [
        f"P1 page {number}: {page.width:.2f} x {page.height:.2f} pt is not {expected.paper}"
        for number, page in enumerate(doc.pages, 1)
        if any(abs(a - b) > SLACK for a, b in zip(sorted((page.width, page.height)), sides, strict=True))
    ]


def p2(doc: Document, limits: Limits, expected: Expected) -> list[str]:
    """Margins at the top, left and right for all that is painted; the nearest thing is named."""
    margin = limits.margin_mm * MM - SLACK
    return [
        f"P2 page {page}: {what} {distance / MM:.1f} mm from the {side} edge, at least {limits.margin_mm:g}"
        for (page, side), (distance, what) in sorted(_nearest(doc, half_lines=False).items())
        if side != "bottom" and distance < margin
    ]


def p3(doc: Document, limits: Limits, expected: Expected) -> list[str]:
    """More margin at the bound edge, for all that is painted."""
    return _too_near_the_binding("P3", doc, limits.margin_mm + limits.bound_mm, expected)


def p4(doc: Document, limits: Limits, expected: Expected) -> list[str]:
    """Nothing near holes and staples."""
    return _too_near_the_binding("P4", doc, limits.holes_mm, expected)


def _too_near_the_binding(rule: str, doc: Document, least: float, expected: Expected) -> list[str]:
    """What is nearer to the bound edge, in mm: the left one, and the right one of an even page in duplex."""
    if not expected.bound:
        return []
    edges = ("right", "left") if expected.duplex else ("left", "left")
    return [
        f"{rule} page {page}: {what} {distance / MM:.1f} mm from the bound edge, at least {least:g}"
        for (page, side), (distance, what) in sorted(_nearest(doc, half_lines=False).items())
        if side == edges[page % 2] and distance < least * MM - SLACK
    ]


def p5(doc: Document, limits: Limits, expected: Expected) -> list[str]:
    """Nothing at all near an edge, line widths included."""
    least = limits.safe_edge_mm
    return [
        f"P5 page {page}: {what} {distance / MM:.1f} mm from the {side} edge, at least {least:g}"
        for (page, side), (distance, what) in sorted(_nearest(doc, half_lines=True).items())
        if distance < least * MM - 0.01
    ]


def _nearest(doc: Document, half_lines: bool) -> dict[tuple[int, str], tuple[float, str]]:
    """(page, edge) to the distance of the nearest painted thing and what it is."""
    found: dict[tuple[int, str], tuple[float, str]] = {}
    for page, what, (x0, y0, x1, y1) in _painted(doc, half_lines):
        size = doc.pages[page - 1]
        distances = {"left": x0, "bottom": y0, "right": size.width - x1, "top": size.height - y1}
        for side, distance in distances.items():
            found[page, side] = min(found.get((page, side), (distance, what)), (distance, what))
    return found


def _painted(doc: Document, half_lines: bool) -> Iterator[tuple[int, str, Box]]:
    """Page, name and box of each line of text and each shape, half the line width round it if asked."""
    yield from ((line.page, shown(line.text), line.box) for line in doc.lines if line.inked)
    for shape in doc.shapes:
        x0, y0, x1, y1 = shape.box
        half = shape.line_width / 2 if half_lines else 0.0
        yield shape.page, shape.kind, (x0 - half, y0 - half, x1 + half, y1 + half)


def p6(doc: Document, limits: Limits, expected: Expected) -> list[str]:
    """ "Page x of y" on each page: lower right (outer in duplex), bold, large enough, in one place."""
    found: list[str] = []
    places = set[tuple[bool, int, int]]()
    for number in range(1, len(doc.pages) + 1):
        wanted = expected.page_line.format(page=number, pages=len(doc.pages))
        lines = [line for line in doc.artifact_lines(number) if line.text.strip() == wanted]
        if len(lines) != 1:
            found.append(f"P6 page {number}: {len(lines)} artifacts {shown(wanted)}, one wanted")
            continue
        left = expected.duplex and number % 2 == 0
        outer = lines[0].x0 if left else doc.pages[number - 1].width - lines[0].x1
        places.add((left, round(outer), round(lines[0].y)))
        found += [f"P6 page {number}: {fault}" for fault in _number_faults(doc, lines[0], outer, limits)]
    # In duplex a left and a right page have each their place, at the same distance.
    moved = len({place[1:] for place in places}) > 1
    return [*found, f"P6: the page number moves: {sorted(places)}"] if moved else found


def _number_faults(doc: Document, line: Line, outer: float, limits: Limits) -> Iterator[str]:
    """What is wrong with one page number."""
    page = doc.pages[line.page - 1]
    if outer > CORNER * page.width or line.y > page.height / 6:
        yield f"not in the lower outer corner but at ({line.x0:.0f}, {line.y:.0f})"
    if min(glyph.weight for glyph in line.inked) < 600:
        yield "not bold"
    if line.size < limits.smallest_pt - 0.011:
        yield f"{line.size:.4g} pt, at least {limits.smallest_pt:g}"


def p7(doc: Document, limits: Limits, expected: Expected) -> list[str]:
    """Stretches a page; each stretch asked for is there."""
    found = stretches(doc, expected)
    # A log has no headings for stretches, only their names.
    names = [stretch.name for stretch in found] if expected.form != "log" else _named(doc, expected)
    missing = [f"P7: no H2 for {shown(name)}" for name in expected.stretches if name not in names]
    if expected.form == "fridge":
        return missing  # F7 asks for all on one page
    counts = {n: sum(n in stretch.pages for stretch in found) for n in range(1, len(doc.pages) + 1)}
    most = limits.stretches_a_page
    return missing + [
        f"P7 page {n}: {count} stretches, at most {most}" for n, count in counts.items() if count > most
    ]


def _named(doc: Document, expected: Expected) -> list[str]:
    """The stretches whose names are words of their own anywhere."""
    texts = {plain_name(doc.text(element)) for element in doc.blocks}
    return [name for name in expected.stretches if plain_name(name) in texts]


def p8(doc: Document, limits: Limits, expected: Expected) -> list[str]:
    """A stretch that would fit on one page is on one page (two lines are allowed for its frames)."""
    found = []
    for stretch in stretches(doc, expected):
        height = sum(top - bottom for bottom, top in (_extent(doc, stretch, page) for page in stretch.pages))
        room = _room(doc, stretch.pages[0], limits) if stretch.pages else 0.0
        if len(stretch.pages) > 1 and height + 2 * limits.pitch_em * limits.body_pt <= room:
            found.append(
                f"P8: {shown(stretch.name)} on pages {stretch.pages}: {height / MM:.0f} of {room / MM:.0f} mm"
            )
    return found


def _extent(doc: Document, stretch: Stretch, page: int) -> tuple[float, float]:
    """Lowest and highest point of a stretch on a page."""
    boxes = [line.box for line in doc.lines if line.page == page and stretch.holds(line.element)]
    boxes += [shape.box for shape in doc.page_shapes[page - 1] if stretch.holds(shape.element)]
    return min(box[1] for box in boxes), max(box[3] for box in boxes)


def _room(doc: Document, page: int, limits: Limits) -> float:
    """Height between the top margin and the foot, a line kept free above the foot."""
    size = doc.pages[page - 1]
    foot = [line.box[3] for line in doc.artifact_lines(page) if line.y < size.height / 4]
    bottom = max(foot, default=limits.margin_mm * MM)
    return size.height - limits.margin_mm * MM - bottom - limits.pitch_em * limits.body_pt


def p9(doc: Document, limits: Limits, expected: Expected) -> list[str]:
    """A stretch over pages breaks between steps, two on each side, with its title repeated.

    Pages before the first step may hold none (docs/decisions/0006): head, warnings, picture and two steps are
    together longer than a page of large or giant print. The picture then stands with the steps. What follows the
    steps may have a page of its own where a picture stands above the last two.
    """
    split = [stretch for stretch in stretches(doc, expected) if len(stretch.pages) > 1]
    faults = [(stretch, fault) for stretch in split for fault in _split_faults(doc, stretch, limits, expected)]
    return [f"P9 {shown(stretch.name)}: {fault}" for stretch, fault in faults]


def _split_faults(doc: Document, stretch: Stretch, limits: Limits, expected: Expected) -> Iterator[str]:
    """What is wrong with the way a stretch goes over pages."""
    blocks = {element: lines for element, lines in doc.blocks.items() if stretch.holds(element)}
    labels = {b: lines[0].page for b, lines in blocks.items() if lines[0].tag == "Lbl" and is_step(doc, b)}
    first = min(labels.values(), default=0)
    for lines in blocks.values():
        warning = lines[0].tag == "P" and lines[0].page < first
        if lines[0].page != lines[-1].page and not warning:
            yield f"{shown(lines[0].text)} goes over the page"
    figures = {
        shape.page for shape in doc.shapes if stretch.holds(shape.element) and doc.tag(shape.element) == "Figure"
    }
    last = max(labels.values(), default=0)
    for page in stretch.pages:
        steps = list(labels.values()).count(page)
        after = page > last and last in figures
        if page >= first and not after and steps < limits.steps_each_side:
            yield f"{steps} steps on page {page}, at least {limits.steps_each_side}"
    yield from (f"the picture on page {page}, the first step on {first}" for page in figures if page < first)
    for page in stretch.pages[1:]:
        # In giant print the repeated name runs over two lines.
        artifacts = plain_name(" ".join(line.text for line in doc.artifact_lines(page)))
        if not re.search(rf"{re.escape(plain_name(stretch.name))}\W*{expected.continued.casefold()}", artifacts):
            yield f"no {shown(stretch.name + ' (' + expected.continued + ')')} on page {page}"


def p12(doc: Document, limits: Limits, expected: Expected) -> list[str]:
    """One orientation in a file."""
    turned = {page.width > page.height for page in doc.pages}
    return ["P12: upright and landscape pages in one file"] if len(turned) > 1 else []


def p13(doc: Document, limits: Limits, expected: Expected) -> list[str]:
    """Type is set at its size, never scaled with the page; the printing note is there."""
    scaled = {g.page: g for g in inked(doc) if abs(g.scale - 1) > 0.001 and g.tag != "Figure"}
    text = " ".join(" ".join(line.text for line in doc.lines).split()).casefold()
    missing = [note for note in expected.print_note if note.casefold() not in text]
    found = [f"P13 page {page}: text scaled by {glyph.scale:.3f}" for page, glyph in scaled.items()]
    return found + [f"P13: the printing note lacks {shown(note)}" for note in missing]


def p16(doc: Document, limits: Limits, expected: Expected) -> list[str]:
    """Title (the H1), originator, date and version before the first H2, on page 1."""
    head = head_text(doc)
    wanted = {field: str(getattr(expected, field)) for field in ("title", "originator", "date", "version")}
    found = [
        f"P16: {field} {shown(text)} is not in the head"
        for field, text in wanted.items()
        if text and not re.search(rf"(?<!\w){re.escape(text)}(?!\w)", head)
    ]
    titles = [(doc.text(element), lines[0].page) for element, lines in doc.blocks.items() if lines[0].tag == "H1"]
    if [page for _, page in titles] != [1] or (expected.title and titles[0][0] != expected.title):
        found.append(f"P16: one H1 with the title on page 1 wanted, found {titles}")
    return found
