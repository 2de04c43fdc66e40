"""What a user types is printed and read back letter by letter, or refused by the character's name."""

from __future__ import annotations

import datetime as dt
import io
import unicodedata
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from functools import cache
from typing import Any

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts import HandoutError, Library, Plan, compose, open_library
from handouts.errors import RequestError
from handouts.layout.edition import EDITIONS, PAPERS, Geometry
from handouts.plan import clean
from handouts.text.coverage import first_unprintable

FIELDS = {"person": "--for", "clinic": "--from", "title": "--title", "note": "--note"}
SLACK = 2.0  # points: how far a j of giant reaches to the left of its place


@cache
def library() -> Library:
    """The shipped content, read once."""
    return open_library()


def make(**asked: Any) -> bytes:
    """A small sheet."""
    return compose(Plan(**{"stretches": ("foot-roll",), "date": dt.date(2026, 11, 22), **asked}), library())


def pages(data: bytes) -> list[str]:
    """The words of each page: NFC, spaces collapsed."""
    with pypdfium2.PdfDocument(data) as document:
        texts = [page.get_textpage().get_text_range() for page in document]
    return [unicodedata.normalize("NFC", " ".join(text.split())) for text in texts]


def read_back(data: bytes) -> str:
    """All the words of a file."""
    return " ".join(pages(data))


def strings(thing: Any, seen: set[tuple[int, int]]) -> Iterator[str]:
    """Every text string below a PDF object, page content and fonts left out."""
    if isinstance(thing, pikepdf.Object) and thing.is_indirect:
        if thing.objgen in seen:
            return
        seen.add(thing.objgen)
    if isinstance(thing, pikepdf.String):
        yield str(thing)
    elif isinstance(thing, pikepdf.Array):
        for item in thing:
            yield from strings(item, seen)
    elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        for key in thing.keys():  # noqa: SIM118 - a stream is no mapping
            yield from strings(thing[key], seen)


def metadata(data: bytes) -> tuple[str, str, list[str]]:
    """The title in XMP, the whole XMP packet, and all strings of the file's objects."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        packet = pdf.Root.Metadata.read_bytes().decode("utf-8")
        texts = list(strings(pdf.trailer, set()))
    names = {"dc": "http://purl.org/dc/elements/1.1/", "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#"}
    title = ET.fromstring(packet).find(".//dc:title/rdf:Alt/rdf:li", names)
    assert title is not None
    return title.text or "", packet, texts


CLEANED = {
    "  Ana   María\t López ": "Ana María López",
    "Jose\u0301": "José",
    "Nguye\u0302\u0303n": "Nguyễn",
    "a\u00a0b\u2009\u202fc\u3000d": "a b c d",
    "one\ntwo": "one two",
    "one\r\ntwo": "one two",
    " \t \n ": "",
    "": "",
}


@pytest.mark.parametrize("text", CLEANED)
def test_text_is_trimmed_collapsed_and_composed(text: str) -> None:
    assert clean(text, "--for") == CLEANED[text]


def test_line_ends_make_paragraphs_in_notes_only() -> None:
    assert clean(" a \n\n\r\n b  c \n", "--note", paragraphs=True) == "a\nb c"
    data = make(note="Every morning.\n\nThen rest.", person="Ana\nLópez")
    with pikepdf.open(io.BytesIO(data)) as pdf:
        paragraphs = [e for e in pdf.objects if isinstance(e, pikepdf.Dictionary) and e.get("/S") == "/P"]
    with pikepdf.open(io.BytesIO(make(note="Every morning. Then rest.", person="Ana López"))) as pdf:
        fewer = [e for e in pdf.objects if isinstance(e, pikepdf.Dictionary) and e.get("/S") == "/P"]
    assert len(paragraphs) == len(fewer) + 1
    assert "Ana López" in read_back(data) and "Every morning. Then rest." in read_back(data)


REFUSED = {
    "a\x00b": "(U+0000, a control character)",
    "\x1b[31m": "(U+001B, a control character)",
    "\x1c": "(U+001C, a control character)",
    "a\x7f": "(U+007F, a control character)",
    "a\r": "(U+000D, a control character)",
    "a\x85": "(U+0085, a control character)",
    "\u2028a": "(U+2028, LINE SEPARATOR)",
    "a\u2029": "(U+2029, PARAGRAPH SEPARATOR)",
    "a\u200bb": "(U+200B, ZERO WIDTH SPACE)",
    "a\u200d": "(U+200D, ZERO WIDTH JOINER)",
    "\u202ea": "(U+202E, RIGHT-TO-LEFT OVERRIDE)",
    "\u2066a": "(U+2066, LEFT-TO-RIGHT ISOLATE)",
    "a\u00adb": "(U+00AD, SOFT HYPHEN)",
    "\ufeffa": "(U+FEFF, ZERO WIDTH NO-BREAK SPACE)",
    "\ue000": "(U+E000, for private use)",
    "\udcff": "(U+DCFF, half a character)",
    "😀": "“😀” (U+1F600, GRINNING FACE)",
    "👩\u200d⚕️": "“👩” (U+1F469, WOMAN)",
    "محمد": "“م” (U+0645, ARABIC LETTER MEEM)",
    "שלום": "“ש” (U+05E9, HEBREW LETTER SHIN)",
    "प्रिया": "“प” (U+092A, DEVANAGARI LETTER PA)",
    "王伟": "“王” (U+738B, CJK UNIFIED IDEOGRAPH-738B)",
    "สมชาย": "“ส” (U+0E2A, THAI CHARACTER SO SUA)",
    "김": "“김” (U+AE40, HANGUL SYLLABLE GIM)",
    "Zx\u030c": "“x\u030c” (U+0078 U+030C, LATIN SMALL LETTER X + COMBINING CARON)",
}


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("text", REFUSED)
def test_what_cannot_be_printed_is_refused_by_name(text: str, field: str) -> None:
    with pytest.raises(RequestError) as caught:
        make(**{field: f"Quirina {text}"})
    (finding,) = caught.value.findings
    assert finding.place == FIELDS[field] and REFUSED[text] in finding.problem
    assert "Quirina" not in str(caught.value)


NAMES = [
    "Nguyễn Thị Hồng Nhung", "Trần Đặng Ưu Ỷ Lệ", "Łukasz Żółć-Gęś", "Şükrü Çağlı İlhan", "Þórður Ægisson",
    "Zdeňka Říhová", "Ġużè Ċaruana", "Γιώργος Παπαδόπουλος", "Ἀχιλλεύς", "Фёдор Щукин", "Мар’яна Їжакевич",
    "Мар'яна", "O’Brien", "D'Angelo", "María José Ñíguez", "Weiß", "Jr. “Bo” – 3¼ & Söhne",
]  # fmt: skip
MARKUP = [
    ")", "(((", "\\", "\\)", "\\n", "<b>", "</b>", "%PDF-1.7", "%%EOF", "endstream", "endobj", "{x}", "{page}",
    "{}", "%s", "**bold**", "</rdf:li>", "&amp;", "&lt;", '<?xpacket end="w"?>', "]]>", "<!--", "BT /F1 Tf ET",
    "{foot-roll}", "{a|b|c}", "/URI", "<FEFF>",
]  # fmt: skip


@pytest.mark.parametrize("text", [*NAMES, *MARKUP])
def test_text_reads_back_to_the_letter(text: str) -> None:
    data = make(title=f"t{text}t", person=f"p{text}p", clinic=f"c{text}c", note=f"n{text}n")
    words = read_back(data)
    for mark in "tpcn":
        assert f"{mark}{text}{mark}" in words
    title, packet, texts = metadata(data)
    assert title == f"t{text}t" and texts.count(f"t{text}t") >= 1
    for mark in "pcn":
        assert f"{mark}{text}{mark}" not in packet
        assert not any(f"{mark}{text}{mark}" in one for one in texts)


def test_a_name_alone_is_in_the_print_and_nowhere_else() -> None:
    data = make(person="Quirina Zett", clinic="Riverside", routine="five-to-start")
    _, packet, texts = metadata(data)
    assert "Quirina Zett" in read_back(data) and "Quirina" not in packet
    assert not any("Quirina" in text or "Zett" in text for text in texts)
    assert b"Quirina" not in data and b"Q\0u\0i\0r" not in data
    bookmarks = [item.get_title() for item in pypdfium2.PdfDocument(data).get_toc()]
    assert any("Foot roll" in mark for mark in bookmarks) and not any("Zett" in mark for mark in bookmarks)


LONG = {
    "word": "W" * 300,
    "narrow word": "i" * 300,
    "words": "Wm " * 100,
    "address": "https://example.org/" + "a1-" * 93,
    "Cyrillic": "Щ" * 300,
    "brackets": "(\\" * 150,
}
ROOMS = [("standard", "letter"), ("large", "a4"), ("giant", "letter")]


def boxes(data: bytes) -> Iterator[list[tuple[str, tuple[float, float, float, float]]]]:
    """For each page its letters and their boxes: left, bottom, right, top in points."""
    with pypdfium2.PdfDocument(data) as document:
        for page in document:
            words = page.get_textpage()
            found = [(words.get_text_range(i, 1), words.get_charbox(i)) for i in range(words.count_chars())]
            yield [(letter, box) for letter, box in found if not letter.isspace() and box[0] < box[2]]


def assert_in_frame(data: bytes, room: Geometry) -> str:
    """All letters stand in the frame, and nothing but the foot where the foot is. The letters of all pages."""
    short = library().about.short["en"].replace(" ", "")
    letters = ""
    for number, page in enumerate(boxes(data), 1):
        text = "".join(letter for letter, _ in page)
        foot = page[text.rindex(short) :]
        edge = max(box[3] for _, box in foot)
        assert "".join(letter for letter, _ in foot).startswith(f"{short}Page{number}of")
        for letter, (left, bottom, right, top) in page:
            assert left >= room.left - SLACK and right <= room.left + room.width + SLACK, (number, letter)
            assert bottom >= 0 and top <= room.paper.height - room.edition.margin / 2, (number, letter)
        assert sum(box[1] < edge for _, box in page) <= len(foot), f"page {number}: text over its foot"
        letters += text[: -len(foot)]
    return letters


@pytest.mark.parametrize(("edition", "paper"), ROOMS)
@pytest.mark.parametrize("kind", LONG)
def test_long_text_wraps_and_never_leaves_the_frame(kind: str, edition: str, paper: str) -> None:
    text = LONG[kind].strip()
    for field in FIELDS:
        most = 60 if field == "title" else 300
        data = make(edition=edition, paper=paper, **{field: text[:most]})
        found = assert_in_frame(data, Geometry(EDITIONS[edition], PAPERS[paper]))
        assert text[:most].replace(" ", "") in found.replace("\ufffe", "-")


@pytest.mark.parametrize("edition", ["standard", "large", "giant"])
@pytest.mark.parametrize("fields", [("title",), tuple(FIELDS)], ids=["title", "all"])
def test_300_wide_letters_everywhere_stay_in_the_frame(edition: str, fields: tuple[str, ...]) -> None:
    data = make(edition=edition, **dict.fromkeys(fields, "W" * 300))
    found = assert_in_frame(data, Geometry(EDITIONS[edition], PAPERS["letter"]))
    assert found.count("W") >= 300 * len(fields)


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_note_of_2000_characters_is_printed_whole(edition: str) -> None:
    note = "\n".join(f"Line{number}x" for number in range(190))
    words = read_back(make(edition=edition, note=note)).split()
    assert [word for word in words if word.startswith("Line")] == note.split("\n")


@cache
def letters() -> str:
    """Letters that the fonts print and that no reader takes apart (a ligature becomes two letters)."""
    every = map(chr, range(0x41, 0x1FFF))
    return "".join(
        c for c in every if c.isalpha() and unicodedata.normalize("NFKC", c) == c and not first_unprintable(c)
    )


WORDS = st.lists(st.text(st.sampled_from(letters()), min_size=1, max_size=12), min_size=1, max_size=4)


@settings(max_examples=25, deadline=None, derandomize=True, database=None)
@given(person=WORDS, clinic=WORDS, note=WORDS, title=WORDS, edition=st.sampled_from(list(EDITIONS)))
def test_random_words_read_back(
    person: list[str], clinic: list[str], note: list[str], title: list[str], edition: str
) -> None:
    asked = {"person": person, "clinic": clinic, "note": note, "title": title}
    data = make(edition=edition, **{field: " ".join(words) for field, words in asked.items()})
    found = read_back(data)
    for words in asked.values():
        assert unicodedata.normalize("NFC", " ".join(words)) in found
    assert metadata(data)[0] == unicodedata.normalize("NFC", " ".join(title))


@settings(max_examples=30, deadline=None, derandomize=True, database=None)
@given(text=st.text(max_size=40), field=st.sampled_from(list(FIELDS)))
def test_any_text_is_printed_or_refused(text: str, field: str) -> None:
    try:
        data = make(**{field: text})
    except HandoutError as problem:
        assert isinstance(problem, RequestError) and problem.findings[0].place == FIELDS[field]
    else:
        assert data.startswith(b"%PDF-1.7")


@settings(max_examples=30, deadline=None, derandomize=True, database=None)
@given(text=st.text(st.characters(max_codepoint=0x2300), max_size=30))
def test_what_clean_lets_through_is_clean(text: str) -> None:
    try:
        cleaned = clean(text, "--for")
    except RequestError:
        return
    assert clean(cleaned, "--for") == cleaned == cleaned.strip() == unicodedata.normalize("NFC", cleaned)
    assert "  " not in cleaned and cleaned.isprintable() and not first_unprintable(cleaned)
