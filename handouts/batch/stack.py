"""Orders to the print file: one tagged file of many handouts, laid out for the press and never stitched.

No two people share a sheet of paper: on two-sided paper every handout begins on a right-hand page. A print file
holds one paper; where it grows longer than asked, it goes on in another.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from handouts import render
from handouts.batch.order import NO_LOCALE, Order
from handouts.batch.separator import Group, grouped, separator
from handouts.batch.ticket import ENDINGS, Printed, Stacked, Ticket, as_json, as_text
from handouts.batch.volume import Volume
from handouts.errors import ContentError, Finding, unwritable
from handouts.files import PRIVATE, write_whole
from handouts.handout import resolve
from handouts.layout.edition import Press
from handouts.library import Library
from handouts.model import Language
from handouts.pdf.metadata import Metadata
from handouts.pipeline import LANGUAGE_TAGS, laid_out
from handouts.plan import PAPER_NAMES
from handouts.request import plan_of

_MOST_SHEETS = 60_000  # of a file: PDF/A-2 (6.1.13) allows 8,388,607 objects, and a sheet has 130 at most
_DUPLEX = Press(two_sided=True)
_MISCOUNTED = Finding(
    "a handout is missing that was counted for the separator sheets.",
    "--separators",
    "Run it again, or print without them.",
)
_NONE: Mapping[str, Sequence[Group]] = MappingProxyType({})


@dataclass(frozen=True)
class Stack:
    """What is printed in one go: where, how, on which day, and with which words for those who print.

    `chunk_sheets`: a file that a handout would make longer than that ends before it; 0 for one file a paper, as
    long as PDF/A allows.
    """

    path: Path
    day: dt.date
    press: Press = _DUPLEX
    chunk_sheets: int = 0
    separators: bool = False
    language: Language = "en"


@dataclass(frozen=True)
class Laid:
    """A handout ready for the print file, and the paper it is for."""

    paper: str
    handout: render.Laid


def laid(order: Order, library: Library, press: Press) -> Laid:
    """An order laid out: the work of a process of its own. Raises HandoutError."""
    handout = resolve(plan_of(order.request, NO_LOCALE, library), library)
    return Laid(handout.paper, laid_out(handout, library, press))


def groups_of(orders: Iterable[Order], library: Library) -> dict[str, list[Group]]:
    """The groups of each paper, for separator sheets, from all orders in print order."""
    return grouped((_paper(order, library), order.group, order.copies) for order in orders)


def _paper(order: Order, library: Library) -> str:
    return plan_of(order.request, NO_LOCALE, library).paper


def write_stack(
    stack: Stack,
    handouts: Iterable[tuple[Order, Laid]],
    library: Library,
    groups: Mapping[str, Sequence[Group]] = _NONE,
) -> Ticket:
    """Write the print files and their ticket, all or none. The ticket says where each order stands.

    `handouts` come in print order; one that cannot be had should raise, else the stack is without it. With the
    `groups` of `groups_of` there are separator sheets. Raises ContentError, and what `handouts` raises.
    """
    _refuse_what_is_no_ticket(stack.path)
    stacking = _Stacking(stack, library, groups)
    try:
        for order, made in handouts:
            with _told(stack.path):
                stacking.add(order, made)
        with _told(stack.path):
            stacking.close()
            printed = stacking.publish()
    finally:
        stacking.discard()
    ticket = Ticket(tuple(printed), stack.press)
    _write_ticket(stack, ticket, library)
    return ticket


@dataclass
class _Pile:
    """What is printed on one paper: its files, how many handouts, and the groups that are still to come."""

    groups: deque[Group]
    volumes: list[Volume] = field(default_factory=list)
    number: int = 0
    group: Group | None = None

    def count(self, order: Order) -> Group | None:
        """Give an order its number; the result is the group that begins with it. Raises ContentError."""
        self.number += 1
        begins = bool(self.groups) and self.groups[0].first == self.number
        if begins:
            self.group = self.groups.popleft()
        if self.group and (self.group.name != order.group or self.number > self.group.last):
            raise ContentError(_MISCOUNTED)
        return self.group if begins else None


@dataclass
class _Stacking:
    """A stack while it grows."""

    stack: Stack
    library: Library
    groups: Mapping[str, Sequence[Group]]
    piles: dict[str, _Pile] = field(default_factory=dict)

    def add(self, order: Order, made: Laid) -> None:
        """An order with all its copies, after the separator sheet of its group."""
        press = self.stack.press
        pile = self.piles.setdefault(made.paper, _Pile(deque(self.groups.get(made.paper, ()))))
        begins = pile.count(order)
        apart = begins if begins and begins.name else None  # those of no group have no sheet before them
        pages = made.handout.pages
        volume = self._volume(pile, made.paper, press.sheets(pages) * order.copies + bool(apart))
        if apart:
            volume.add(separator(apart, self.library.printing, made.paper, press, self.stack.language))
            volume.separators += 1
        page, sheet = volume.pages + 1, volume.sheets + 1
        for copy in range(order.copies):
            volume.add(made.handout, "" if copy else order.ref)
        last = volume.pages - (press.two_sided and pages % 2)
        place = (page, last, sheet, volume.sheets)
        volume.orders.append(Stacked(pile.number, order.ref, order.group, order.copies, *place))

    def close(self) -> None:
        """Finish the files that are not full. Raises ContentError where a handout is missing at the end."""
        for paper, groups in self.groups.items():
            if paper not in self.piles or self.piles[paper].number != groups[-1].last:
                raise ContentError(_MISCOUNTED)
        for pile in self.piles.values():
            pile.volumes[-1].close()

    def publish(self) -> list[Printed]:
        """Give every file its name, now that all are whole."""
        return [volume.publish(path) for path, volume in self._named()]

    def discard(self) -> None:
        """Leave nothing that has no name."""
        for pile in self.piles.values():
            for volume in pile.volumes:
                volume.discard()

    def _volume(self, pile: _Pile, paper: str, sheets: int) -> Volume:
        """The file that the next sheets go into: a new one where the last would grow too long."""
        most = self.stack.chunk_sheets or _MOST_SHEETS
        if pile.volumes and pile.volumes[-1].sheets + sheets <= most:
            return pile.volumes[-1]
        if pile.volumes:
            pile.volumes[-1].close()
        language = self.stack.language
        meta = Metadata(self.library.printing.title[language], LANGUAGE_TAGS[language], self.stack.day)
        pile.volumes.append(Volume(self.stack.path.parent, paper, self.stack.press, meta))
        return pile.volumes[-1]

    def _named(self) -> Iterator[tuple[Path, Volume]]:
        """Files with their names: the paper is named where there are two, the number where files are cut."""
        path = self.stack.path
        for paper in (name for name in PAPER_NAMES if name in self.piles):
            named = f"-{paper}" if len(self.piles) > 1 else ""
            volumes = self.piles[paper].volumes
            for number, volume in enumerate(volumes, 1):
                numbered = f"-{number:03}" if self.stack.chunk_sheets or len(volumes) > 1 else ""
                yield path.with_name(f"{path.stem}{named}{numbered}{path.suffix}"), volume


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Trouble with the disk in the user's words."""
    try:
        yield
    except OSError as problem:
        raise unwritable(problem, path) from None


def _write_ticket(stack: Stack, ticket: Ticket, library: Library) -> None:
    """The ticket in both forms; files of an earlier one are taken away, so that nobody prints them again."""
    before, now = _files_of(stack.path) or set(), {file.name for file in ticket.files}
    with _told(stack.path):
        for name in before - now:  # first: once there is a new ticket, nothing knows of them
            stack.path.with_name(name).unlink(missing_ok=True)
    write_whole(stack.path.with_suffix(".json"), as_json(ticket), mode=PRIVATE)  # by which we know the other
    write_whole(stack.path.with_suffix(".txt"), as_text(ticket, library.printing, stack.language), mode=PRIVATE)


def _refuse_what_is_no_ticket(path: Path) -> None:
    """Raise ContentError for somebody's own file where the ticket goes."""
    for place in (path.with_suffix(ending) for ending in ENDINGS):
        if place.exists() and _files_of(path) is None:
            hint = "Move it, or give the print file another name."
            raise ContentError(Finding("stands where the ticket goes, and is none.", str(place), hint))


def _files_of(path: Path) -> set[str] | None:
    """The names of the print files in the ticket of an earlier stack; None where there is no such ticket."""
    try:
        files = json.loads(path.with_suffix(".json").read_bytes())["files"]
        names = {str(file["name"]) for file in files}
    except (OSError, ValueError, KeyError, TypeError):
        return None
    papers = "|".join(PAPER_NAMES)
    ours = re.compile(rf"{re.escape(path.stem)}(-({papers}))?(-\d{{3,}})?{re.escape(path.suffix)}")
    return {name for name in names if ours.fullmatch(name)}
