"""A sheet before each group, to part the stack by hand: the group in very large type, how many, which numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from handouts import blocks as b
from handouts.layout.edition import BOUND, EDITIONS, PAPERS, Geometry, Press
from handouts.layout.flow import section_rows
from handouts.layout.ink import text_width
from handouts.layout.pages import BOTTOM
from handouts.layout.rows import Row, abreast, column, height
from handouts.model import Language
from handouts.pdf.leaf import leaf
from handouts.pdf.page import Page
from handouts.pdf.structure import branches
from handouts.phrasing import Printing
from handouts.render import Laid
from handouts.text.faces import Weight

_SHARES = (4.0, 3.0, 2.5, 2.0, 1.7, 1.4, 1.2)  # times giant print


@dataclass(frozen=True)
class Group:
    """Orders that follow each other on one paper: their name, how many copies, the first number and the last."""

    name: str
    copies: int
    first: int
    last: int

    @property
    def handouts(self) -> int:
        """How many handouts, copies not counted."""
        return self.last - self.first + 1


def grouped(orders: Iterable[tuple[str, str, int]]) -> dict[str, list[Group]]:
    """For each paper its groups in print order, from (paper, group, copies) of each order."""
    found: dict[str, list[Group]] = {}
    for paper, name, copies in orders:
        groups = found.setdefault(paper, [])
        last = groups[-1] if groups else Group("", 0, 1, 0)
        if groups and last.name == name:
            groups[-1] = Group(name, last.copies + copies, last.first, last.last + 1)
        else:
            groups.append(Group(name, copies, last.last + 1, last.last + 1))
    return found


def separator(group: Group, words: Printing, paper: str, press: Press, language: Language) -> Laid:
    """The sheet's page. It has no foot: it is nobody's handout."""
    room = Geometry(EDITIONS["giant"], PAPERS[paper], BOUND if press.bound else 0)
    ink = abreast(column(_largest(section(group, words, language), room), room.left, room.top), 0).ink
    marks = tuple((0, mark.placed(0, 0)) for mark in ink.marks)
    page = leaf(Page(room.paper.width, room.paper.height, marks))
    return Laid(tuple(branches([(0, page)])), ink.glyphs)


def section(group: Group, words: Printing, language: Language) -> b.Section:
    """The words of the sheet."""
    return b.Section((b.Title(group.name, tuple(b.plain(line) for line in _lines(group, words, language))),))


def _lines(group: Group, words: Printing, language: Language) -> Iterator[str]:
    one = group.handouts == 1
    count, numbers, copies = words.handouts[language], words.numbers[language], words.copies[language]
    yield (count.one if one else count.other).format(n=group.handouts)
    yield (numbers.one if one else numbers.other).format(first=group.first, last=group.last)
    if group.copies != group.handouts:
        yield (copies.one if group.copies == 1 else copies.other).format(n=group.copies)


def _largest(said: b.Section, room: Geometry) -> tuple[Row, ...]:
    """Its rows in the largest type in which the page holds them, each number on one line and no word cut."""
    space = room.top - BOTTOM
    for share in _SHARES:
        rows = section_rows(replace(said, enlarged=share), room, space).rows
        if height(rows) <= space and _widest(said, room.enlarged(share)) <= room.width:
            return rows
    return section_rows(said, room, space).rows


def _widest(said: b.Section, room: Geometry) -> float:
    name, *lines = said.script()
    words = (text_width(word, Weight.BOLD, room.edition.h1) for word in name.split())
    return max(*words, *(text_width(line, Weight.REGULAR, room.edition.small) for line in lines))
