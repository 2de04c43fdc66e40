"""Questions in a terminal: one at a time, plain lines that a screen reader can follow, numbers for answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import typer

from handouts.errors import Finding, RequestError

Words = tuple[str, ...]


class Left(Exception):
    """The person wants to stop here."""


@dataclass(frozen=True)
class Question:
    """What is asked; each answer with the words that it stands for. `usual` are the numbers that Enter means."""

    text: str
    answers: tuple[tuple[str, Words], ...]
    usual: tuple[int, ...] = ()
    usual_words: str = ""  # what Enter means where that is no answer of the list
    many: bool = True

    @property
    def prompt(self) -> str:
        """How to answer."""
        how = "Type one or more numbers with spaces between them" if self.many else "Type a number"
        enter = self.usual_words or ", ".join(self.answers[n - 1][0] for n in self.usual)
        return f"{how}, or press Enter for: {enter}."

    def lines(self) -> Iterator[str]:
        """The question as it is shown."""
        yield from ("", self.text)
        yield from (f"  {number}. {label}" for number, (label, _) in enumerate(self.answers, 1))
        yield self.prompt

    def meant(self, reply: str) -> Words | None:
        """The words that a reply stands for; None where it means nothing here."""
        if not reply.strip():
            numbers = list(self.usual)
        else:
            numbers = [self._number(part) for part in re.split(r"[\s,]+", reply.strip(" \t,."))]
        if 0 in numbers or (not self.many and len(numbers) > 1):
            return None
        return tuple(dict.fromkeys(word for number in numbers for word in self.answers[number - 1][1]))

    def _number(self, part: str) -> int:
        """A number of the list, or the beginning of one answer; 0 for anything else."""
        if part.isascii() and part.isdigit():
            return int(part) if len(part) < 4 and int(part) <= len(self.answers) else 0
        begun = [n for n, (label, _) in enumerate(self.answers, 1) if label.casefold().startswith(part.casefold())]
        return begun[0] if len(begun) == 1 else 0


def ask(question: Question) -> Words:
    """Ask until the answer is clear. Raises Left for `q`, RequestError where nobody answers."""
    typer.echo("\n".join(question.lines()))
    while True:
        reply = _reply()
        if reply.strip().casefold() in ("q", "quit"):
            raise Left
        words = question.meant(reply)
        if words is not None:
            return words
        many = ", or several with spaces between them" if question.many else ""
        typer.echo(f"Sorry, please type a number from 1 to {len(question.answers)}{many}. Type q to leave.")


def _reply() -> str:
    try:
        return input("Your answer: ")
    except EOFError:
        typer.echo("")
        hint = "Run it in a terminal, or say what you want with `handouts make` and its options."
        raise RequestError(Finding("there was no answer.", "handouts choose", hint)) from None
