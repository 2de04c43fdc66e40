"""Which characters can be printed rightly, and the plain refusal of the others."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from handouts.errors import ContentError, Finding
from handouts.text.faces import CHAIN, Weight

# Left-to-right scripts in which one character is one glyph once the text is NFC. The shipped fonts also
# have Devanagari letters, but Devanagari needs clusters, which this layer does not set yet.
_SETTABLE = (
    (0x0020, 0x024F),  # Latin
    (0x0250, 0x02FF),  # phonetic letters, modifier letters
    (0x0370, 0x052F),  # Greek, Cyrillic
    (0x1C80, 0x1C8F),  # Cyrillic
    (0x1D00, 0x1DBF),  # phonetic letters
    (0x1E00, 0x1FFF),  # Latin (Vietnamese), Greek
    (0x2010, 0x2027),  # dashes, quotes, dots
    (0x2030, 0x205E),  # per mille to dots
    (0x2070, 0x22FF),  # superscripts, currencies, letterlike, fractions, arrows, mathematics
    (0x25A0, 0x25FF),  # shapes
    (0x2C60, 0x2C7F),  # Latin
    (0xA720, 0xA7FF),  # Latin
    (0xFB00, 0xFB06),  # Latin ligatures
)
_NAMELESS = {"Cc": "a control character", "Co": "for private use", "Cs": "half a character"}


class UnprintableError(ContentError):
    """Text holds a character or cluster that cannot be printed rightly."""

    def __init__(self, char: str) -> None:
        super().__init__(Finding(f"{describe(char)} cannot be printed by the fonts we ship."))


def describe(cluster: str) -> str:
    """The character, its number and its Unicode name, e.g. "“≠” (U+2260, NOT EQUAL TO)"."""
    numbers = " ".join(f"U+{ord(c):04X}" for c in cluster)
    names = " + ".join(unicodedata.name(c, _NAMELESS.get(unicodedata.category(c), "no name")) for c in cluster)
    shown = f"“{cluster}” " if cluster.isprintable() else ""
    return f"{shown}({numbers}, {names})"


def first_unprintable(text: str) -> str:
    """The first character, or base and marks, of NFC text that cannot be printed; "" when all can."""
    for index, char in enumerate(text):
        if not _printable(char):
            # A mark that NFC leaves alone needs its base to be named.
            is_mark = unicodedata.category(char).startswith("M")
            return text[max(index - 1, 0) : index + 1] if is_mark else char
    return ""


@lru_cache(maxsize=4096)
def _printable(char: str) -> bool:
    code = ord(char)
    in_script = any(first <= code <= last for first, last in _SETTABLE)
    # C: no letter to print. M: a mark needs a place over its base, which this layer does not give yet.
    if not in_script or unicodedata.category(char)[0] in "CM":
        return False
    return all(any(face.glyph(char) for face in CHAIN[weight]) for weight in Weight)
