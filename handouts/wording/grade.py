"""Flesch-Kincaid grade by rules of our own: no word list with a licence of its own is needed."""

from __future__ import annotations

import re

_SENTENCE = re.compile(r"[.!?:;]+[”\")]*(?:\s|$)")
_WORD = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*")
_VOWELS = re.compile(r"[aeiouy]+")


def sentences(text: str) -> list[str]:
    """Sentences, and the parts of one that a colon or semicolon ends."""
    return [part for part in _SENTENCE.split(text) if _WORD.search(part)]


def words(text: str) -> list[str]:
    """Words; digits do not count."""
    return _WORD.findall(text)


def syllables(word: str) -> int:
    """Vowel groups, less a silent last e and the -ed and -es that are not spoken."""
    word = re.sub(r"[^a-z]", "", word.casefold())
    trimmed = re.sub(r"(?<=[^aeioutdl])(?:ed|es|e)$|(?<=[tdl])e$", "", word) if len(word) > 3 else word
    if re.search(r"[^aeiou]le$", word):
        trimmed = word
    return max(1, len(_VOWELS.findall(trimmed)))


def grade(text: str) -> float:
    """Flesch-Kincaid grade (Kincaid and others 1975): 0.39 words a sentence + 11.8 syllables a word - 15.59."""
    found = words(text)
    rate = sum(map(syllables, found)) / len(found)
    return 0.39 * len(found) / len(sentences(text)) + 11.8 * rate - 15.59
