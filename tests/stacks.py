"""Made-up orders, stacked for print: three editions, two papers, every form, two groups and some of no group."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from sheets import library

from handouts.batch.order import Order
from handouts.batch.stack import Laid, Stack, groups_of, laid, write_stack
from handouts.batch.ticket import Ticket
from handouts.layout.edition import Press
from handouts.request import Request

DAY = dt.date(2026, 11, 22)
DUPLEX = Press(two_sided=True)
SURNAMES = ("Łukasiewicz", "Ångström", "Nguyễn", "Þórsdóttir", "O’Connor", "Çelik")


def order(number: int, group: str = "", copies: int = 1, **asked: Any) -> Order:
    """An order for somebody with a surname of the list."""
    surname = SURNAMES[number % len(SURNAMES)]
    asked = {
        "date": "2026-11-20",
        "paper": "letter",
        "person": f"Zoë {surname}",
        "title": f"For {surname}",
    } | asked
    return Order(number + 2, f"R-{number:03}", Request(**asked), group, copies=copies)


ORDERS = (
    order(0, stretches=("hip-crossovers",), note="Ask Dr. Çelik."),
    order(1, "Ward 2", 2, stretches=("seated-foot-roll",), edition="large"),
    order(2, "Ward 2", stretches=("hip-crossovers", "heel-cord-stretch"), paper="a4"),
    order(3, "Ward 2", stretches=("hip-crossovers",), form="fridge"),
    order(4, "Neurology outpatients", routine="in-bed", form="log", edition="large", paper="a4"),
    order(5, "Neurology outpatients", stretches=("helper-calf",), form="helper", edition="giant"),
)


def made(orders: Iterable[Order], press: Press) -> list[tuple[Order, Laid]]:
    """The orders laid out, as they come from other processes."""
    return [(one, laid(one, library(), press)) for one in orders]


def stacked(
    folder: Path,
    orders: Sequence[Order] = ORDERS,
    press: Press = DUPLEX,
    *,
    separators: bool = False,
    chunk: int = 0,
) -> Ticket:
    """The orders as print files in a folder."""
    stack = Stack(folder / "print.pdf", DAY, press, chunk, separators)
    groups = groups_of(orders, library()) if separators else {}
    return write_stack(stack, made(orders, press), library(), groups)
