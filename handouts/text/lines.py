"""Line breaking: left aligned, no hyphens, a number stays with its unit and a name with its surname."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from handouts.text.faces import Weight
from handouts.text.shaping import Run, shape, space


class Span(NamedTuple):
    """A stretch of text in one manner. `keep`: not broken over lines unless it is longer than a line."""

    text: str
    weight: Weight = Weight.REGULAR
    colour: str = "#000000"
    link: str = ""  # web address, "" when the text is no link
    keep: bool = False


class Piece(NamedTuple):
    """A part of a word in one manner."""

    runs: tuple[Run, ...]
    span: Span

    @property
    def text(self) -> str:
        """What a reader gets."""
        return "".join(run.text for run in self.runs)


class Word(NamedTuple):
    """Pieces between two spaces: `width` in thousandths of an em, without the space after, and number of letters.

    A `tied` word stays on the line of the word before; after a `cut` one no space follows, since the next line
    goes on with the same word.
    """

    pieces: tuple[Piece, ...]
    width: int
    chars: int
    tied: bool
    cut: bool


def _word(pieces: Sequence[Piece], tied: bool = False, cut: bool = False) -> Word:
    runs = [run for piece in pieces for run in piece.runs]
    return Word(tuple(pieces), sum([run.width for run in runs]), sum([len(run.text) for run in runs]), tied, cut)


Line = tuple[Word, ...]

_LONE = 8  # characters


@lru_cache(maxsize=512)
def words(spans: tuple[Span, ...]) -> tuple[Word, ...]:
    """Spans cut at their spaces; a word may run over several spans ("**Stop**.")."""
    found: list[Word] = []
    pieces: list[Piece] = []
    tied = tied_next = False
    for span in spans:
        for index, part in enumerate(span.text.split(" ")):
            if index and pieces:
                found.append(_word(pieces, tied))
                tied_next = span.keep or "".join([piece.text for piece in pieces]).isdecimal()
                pieces = []
            if part:
                tied = tied if pieces else tied_next
                pieces.append(Piece(shape(part, span.weight), span))
    if pieces:
        found.append(_word(pieces, tied))
    return tuple(found)


def line_width(line: Iterable[Word]) -> int:
    """Width of a line with the spaces between its words, in thousandths of an em."""
    line = list(line)
    return sum([word.width for word in line]) + sum([gap(word).width for word in line[:-1]])


def gap(word: Word) -> Run:
    """The space after a word, of the face that ends the word."""
    return space(word.pieces[-1].runs[-1].face)


def break_lines(spans: tuple[Span, ...], measure: float, most: int) -> tuple[Line, ...]:
    """Lines no wider than `measure` (thousandths of an em) and no longer than `most` characters (rule L4)."""
    lines: list[Line] = []
    line: list[Word] = []
    width = chars = 0
    for group in _groups(words(spans), measure, most):
        wide, long = line_width(group), sum(word.chars for word in group) + len(group) - 1
        more = gap(line[-1]).width if line else 0
        if line and (width + more + wide > measure or chars + 1 + long > most):
            lines.append(tuple(line))
            line, width, chars, more = [], 0, 0, 0
        width += more + wide
        chars += long + bool(line)
        line += group
    return tuple(_no_lone_word([*lines, tuple(line)] if line else lines, measure, most))


def _no_lone_word(lines: list[Line], measure: float, most: int) -> list[Line]:
    """A short word alone on the last line gets company from the line before."""
    if len(lines) < 2 or len(lines[-1]) > 1 or len(lines[-2]) < 4 or lines[-1][0].chars > _LONE:
        return lines
    above, mover = lines[-2][:-1], lines[-2][-1]
    if mover.tied or mover.cut or not _fits((mover, *lines[-1]), measure, most):
        return lines
    return [*lines[:-2], above, (mover, *lines[-1])]


def one_line(spans: tuple[Span, ...], measure: float, most: int) -> bool:
    """Does all of it fit one line?"""
    width, chars = extent(spans)
    return width <= measure and chars <= most


@lru_cache(maxsize=4096)
def extent(spans: tuple[Span, ...]) -> tuple[int, int]:
    """Width on one line, in thousandths of an em, and number of characters."""
    found = words(spans)
    return line_width(found), sum(word.chars for word in found) + len(found) - 1


def least_width(spans: tuple[Span, ...]) -> int:
    """Width of the longest part that is not to be broken, in thousandths of an em."""
    return max((line_width(group) for group in _tied(words(spans))), default=0)


def _fits(line: Sequence[Word], measure: float, most: int) -> bool:
    chars = sum(word.chars for word in line) + len(line) - 1
    return line_width(line) <= measure and chars <= most


def _groups(found: Sequence[Word], measure: float, most: int) -> Iterator[list[Word]]:
    """Tied words together; what is longer than a whole line by itself is taken apart."""
    for group in _tied(found):
        yield from _whole_or_apart(group, measure, most)


def _tied(found: Sequence[Word]) -> Iterator[list[Word]]:
    group: list[Word] = []
    for word in found:
        if group and not word.tied:
            yield group
            group = []
        group.append(word)
    if group:
        yield group


def _whole_or_apart(group: list[Word], measure: float, most: int) -> Iterator[list[Word]]:
    if _fits(group, measure, most):
        yield group
        return
    for word in group:
        yield from ([part] for part in _cut(word, measure, most))


def _cut(word: Word, measure: float, most: int) -> Iterator[Word]:
    """A word too long for any line, cut where it must be (after a slash or a point in an address)."""
    while not _fits([word], measure, most):
        head, tail = _split_word(word, measure, most)
        yield head
        word = tail
    yield word


_BREAK_AFTER = "/-.@_?=&"


def _split_word(word: Word, measure: float, most: int) -> tuple[Word, Word]:
    """The longest head that fits a line (at least a letter), and the rest."""
    letters = [(char, piece.span) for piece in word.pieces for char in piece.text]
    advances = [a for piece in word.pieces for run in piece.runs for a in run.advances]
    fits, width = 0, 0
    while fits < len(letters) - 1 and fits < most and width + advances[fits] <= measure:
        width += advances[fits]
        fits += 1
    while fits > 1 and not _fits([_word(_pieces(letters[:fits]))], measure, most):
        fits -= 1  # the last letter is wider without its neighbour's kern
    fits = max(fits, 1)
    good = [i for i in range(fits, fits // 2, -1) if letters[i - 1][0] in _BREAK_AFTER]
    at = good[0] if good else fits
    return _word(_pieces(letters[:at]), cut=True), _word(_pieces(letters[at:]), cut=word.cut)


def _pieces(letters: Sequence[tuple[str, Span]]) -> tuple[Piece, ...]:
    """Letters of one manner in a row, joined and shaped again."""
    runs = itertools.groupby(letters, key=lambda letter: letter[1])
    return tuple(Piece(shape("".join(char for char, _ in group), span.weight), span) for span, group in runs)
