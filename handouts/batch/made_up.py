"""Names and notes of people who do not exist, always the same for the same seed."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import TypeVar

T = TypeVar("T")

# Letters of many languages, so that what prints these prints most names.
GIVEN = (
    "Ana", "Łucja", "Zoë", "Þóra", "Ștefan", "Nguyệt", "Ayşe", "Šárka", "Ġorġ", "Siân", "Xiǎolíng", "Kāwika",
    "Bjørn", "Małgorzata", "Õnne", "Ilūta", "Žiga", "Inês", "Çağla", "Đức", "Ọlá", "Chloé", "Jürgen", "Mårten",
    "Sofía", "Tomáš", "Ingūna", "Ħelena", "Noor", "Kwame", "Yūko", "Sām",
)  # fmt: skip
FAMILY = (
    "Bramblewick", "Wójtasiński", "Ñandúez", "Sigrúnardal", "Țurcălan", "Trầnhoa", "Yıldızcan", "Dvořáčkyn",
    "Borġatti", "Llŷnwen", "Lǐhuá", "Keahimoku", "Ødegrensen", "Żółkwin", "Õunapoeg", "Bērziņal", "Škofjan",
    "Gonçalvim", "Çelikten", "Đặngvy", "Adébọlá", "Lefèvrine", "Müßigbrod", "Ångstedt", "Ibarrueta", "Kůrková",
    "Liepiņel", "Ħamruni", "Vandermolen", "Asantewo", "Ōkitani", "O’Tulavin",
)  # fmt: skip
TITLES = ("My plan", "Own plan", "A plan")
NOTES = ("Mornings, after a warm shower.", "Rest between the stretches.", "Bring this sheet next time.")
_WORDS = (
    ("a", "o"), ("so", "we", "it"), ("and", "one", "day"), ("slow", "calm", "warm"), ("quiet", "still", "green"),
    ("garden", "window", "summer"),
)  # fmt: skip # by length


def picked(things: Sequence[T], *seed: object) -> T:
    """One of these, by the seed alone."""
    digest = blake2b("/".join(map(str, seed)).encode(), digest_size=8).digest()
    return things[int.from_bytes(digest, "big") % len(things)]


def name(*seed: object) -> str:
    """A made-up name."""
    return f"{picked(GIVEN, 'given', *seed)} {picked(FAMILY, 'family', *seed)}"


def words_like(text: str, *seed: object) -> str:
    """Made-up words for those of a text, in as many lines, none longer than its own: they fit where it fits."""
    lines = text.split("\n")
    return "\n".join(
        " ".join(_word(len(w), *seed, at, i) for i, w in enumerate(line.split())) for at, line in enumerate(lines)
    )


def _word(length: int, *seed: object) -> str:
    return picked(_WORDS[min(length, len(_WORDS)) - 1], *seed)
