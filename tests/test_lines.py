"""Line breaking."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.layout.ink import show
from handouts.text.coverage import first_unprintable
from handouts.text.faces import Weight
from handouts.text.lines import Line, Span, break_lines, line_width
from handouts.text.shaping import shape


def _texts(lines: Iterable[Line]) -> list[str]:
    return [" ".join("".join(p.text for p in word.pieces) for word in line) for line in lines]


def test_a_number_stays_with_its_unit() -> None:
    for measure in range(6000, 14000, 250):
        for line in _texts(break_lines((Span("Hold it for 30 seconds and then rest"),), measure, 75)):
            assert not line.endswith(" 30")


def test_a_kept_name_is_not_parted() -> None:
    lines = _texts(
        break_lines(
            (
                Span("Good morning "),
                Span("María López", keep=True),
            ),
            8000,
            75,
        )
    )
    assert lines == ["Good morning", "María López"]


def test_a_kept_name_longer_than_a_line_is_parted() -> None:
    lines = _texts(break_lines((Span("Anna Maria Theresia Josepha", keep=True),), 6000, 75))
    assert " ".join(lines) == "Anna Maria Theresia Josepha"
    assert len(lines) > 1


def test_an_address_is_cut_after_a_slash() -> None:
    lines = break_lines((Span("https://example.org/stretches/for-tired-legs/page"),), 12000, 75)
    assert all(line[-1].cut for line in lines[:-1])
    assert all(text[-1] in "/-." for text in _texts(lines)[:-1])


def test_no_lone_short_word_on_the_last_line() -> None:
    measure = line_width(break_lines((Span("One two three four five six"),), 99999, 99)[0])
    lines = _texts(break_lines((Span("One two three four five six ten"),), measure, 75))
    assert lines[-1] == "six ten"


@settings(max_examples=200, deadline=None, derandomize=True)
@given(
    st.text(alphabet="abcdefg 12/éŁжΩ.", max_size=200),
    st.integers(2500, 30000),
    st.integers(10, 75),
    st.booleans(),
)
def test_lines_fit_and_lose_nothing(text: str, measure: int, most: int, keep: bool) -> None:
    lines = break_lines((Span(text, keep=keep),), measure, most)
    said = "".join(
        "".join(p.text for p in word.pieces) + ("" if word.cut else " ") for line in lines for word in line
    )
    assert said.split() == text.split()
    for line in lines:
        assert line_width(line) <= measure
        assert len(" ".join(_texts([line]))) <= most


def test_a_word_is_set_in_one_face() -> None:
    assert [run.face.name for run in shape("Nguyễn", Weight.REGULAR)] == ["NotoSans-Regular"]
    assert [run.face.name for run in shape("Anna", Weight.REGULAR)] == ["AtkinsonHyperlegibleNext-Regular"]


def test_every_letter_survives_its_escapes_and_kerns() -> None:
    letters = [char for char in map(chr, range(0x21, 0x2FFF)) if not first_unprintable(char)]
    words = [char + after for char in letters for after in ("", "O", "T", "y")]
    for runs in (shape(word, weight) for word in words for weight in Weight):
        assert _shown(show(runs)) == [glyph for run in runs for glyph in run.glyphs]


def _shown(operator: str) -> list[int]:
    """The glyphs in a TJ operator, its strings read as ISO 32000-1, 7.3.4.2 says."""
    codes: list[str] = []
    inside = escaped = False
    for char in operator.removesuffix("TJ"):
        if escaped:
            codes.append("\r" if char == "r" else char)
            escaped = False
        elif not inside:
            inside = char == "("
        elif char == "\\":
            escaped = True
        elif char == ")":
            inside = False
        else:
            codes.append(char)
    data = "".join(codes).encode("latin-1")
    return [int.from_bytes(data[i : i + 2], "big") for i in range(0, len(data), 2)]
