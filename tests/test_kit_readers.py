"""The three readers agree on a handmade tagged file, and none reads what is an artifact."""

from __future__ import annotations

from pathlib import Path

import pytest
from kit import readers, tools, validators
from kit.samples import Item, text_width, write

ITEMS = [
    Item("H1", ((60, 760, "Your stretches"),), size=24),
    # A space ends each line; the quotes and the text after the link are traps for parsers of printed trees.
    Item("P#1", ((60, 720, 'Go "slow" and stop '), (60, 700, "if it hurts. See "))),
    Item("P#1/Link", ((200, 700, "https://example.org"),)),
    Item("P#1", ((200 + text_width("https://example.org", 14), 700, ", or ask."),)),
    Item("Figure", before="1 w 400 500 100 80 re S", alt="A person lies on the back."),
    Item("L#1/LI#1/Lbl", ((60, 660, "1 "),)),
    Item("L#1/LI#1/LBody", ((90, 660, "Lie down. "),)),
    Item("L#1/LI#2/Lbl", ((60, 640, "2 "),)),
    Item("L#1/LI#2/LBody", ((90, 640, "Breathe "), (90, 620, "out. "))),
    Item("Table#1/TR#1/TH", ((60, 590, "Hold"),)),
    Item("Table#1/TR#1/TH", ((200, 590, "Repeat"),)),
    Item("Table#1/TR#2/TD", ((60, 570, "30 seconds"),)),
    Item("Table#1/TR#2/TD", ((200, 570, "3 times"),)),
    Item("P#2", ((60, 100, "A paragraph that goes "),)),
    Item("Artifact", ((60, 40, "Not medical advice."), (480, 40, "Page 1 of 2")), size=12),
    Item("P#2", ((60, 760, "on over the page-"), (60, 740, "break."),), page=2),
    Item("P", ((60, 700, "The end."),), page=2),
    Item("Artifact", ((60, 40, "Not medical advice."), (480, 40, "Page 2 of 2")), size=12, page=2),
]  # fmt: skip

BLOCKS = [
    ("H1", "Your stretches"),
    ("P", 'Go "slow" and stop if it hurts. See https://example.org, or ask.'),
    ("Lbl", "1"),
    ("LBody", "Lie down."),
    ("Lbl", "2"),
    ("LBody", "Breathe out."),
    ("TH", "Hold"),
    ("TH", "Repeat"),
    ("TD", "30 seconds"),
    ("TD", "3 times"),
    ("P", "A paragraph that goes on over the page-break."),
    ("P", "The end."),
]
# pdf.js makes its spaces from places on the page: a line end is always one.
SPACES_MADE_UP = {"pdf.js": ("page-break", "page- break")}


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tagged file that all tests here read."""
    return write(tmp_path_factory.mktemp("sample") / "sample.pdf", ITEMS)


@pytest.mark.parametrize("reader", readers.READERS)
def test_each_reader_gives_the_source_text_in_order(sample: Path, reader: str) -> None:
    glued, parted = SPACES_MADE_UP.get(reader, ("", ""))
    wanted = [(tag, text.replace(glued, parted) if glued else text) for tag, text in BLOCKS]
    assert readers.READERS[reader](sample) == wanted


@pytest.mark.parametrize("reader", readers.READERS)
def test_letters_are_alike_in_all_readers(sample: Path, reader: str) -> None:
    assert readers.letters(readers.READERS[reader](sample)) == readers.letters(BLOCKS)


@pytest.mark.parametrize("reader", ["poppler", "PDFium"])
def test_glued_words_at_a_line_end_are_seen(tmp_path: Path, reader: str) -> None:
    glued = write(tmp_path / "glued.pdf", [Item("P", ((60, 700, "started to"), (60, 680, "work")))])
    assert readers.words(readers.READERS[reader](glued)) == "started towork"


def test_words_part_blocks_but_not_inline_elements(sample: Path) -> None:
    words = readers.words(readers.poppler_text(sample))
    assert "https://example.org, or ask. 1 Lie down. 2" in words


def test_alternative_texts(sample: Path) -> None:
    assert readers.pdfium_alternatives(sample) == ["A person lies on the back."]
    assert readers.pdfjs_alternatives(sample) == ["A person lies on the back."]


def test_poppler_prints_no_alternative_texts(sample: Path) -> None:
    assert readers.poppler_alternatives(sample) == []


def test_artifacts_stand_apart(sample: Path) -> None:
    assert readers.artifacts(sample) == ["Not medical advice. Page 1 of 2", "Not medical advice. Page 2 of 2"]


def test_pdfjs_reads_many_files_in_one_process(sample: Path, tmp_path: Path) -> None:
    other = write(tmp_path / "other.pdf", [Item("P", ((60, 700, "Other"),))])
    found = readers.pdfjs_texts([sample, other])
    assert (len(found[sample]), found[other]) == (len(BLOCKS), [("P", "Other")])


def test_untagged_text_is_no_block(tmp_path: Path) -> None:
    path = write(tmp_path / "bare.pdf", [Item("Artifact", ((60, 700, "Nothing to read"),))])
    assert [reader(path) for reader in readers.READERS.values()] == [[], [], []]


@pytest.mark.parametrize("profile", ["ua1", "2a"])
def test_page_validation_names_failed_rules(sample: Path, profile: str) -> None:
    # The sample has neither XMP nor an output intent: that must be said.
    assert validators.page_failures(sample.read_bytes(), profile) != []


def test_verapdf_names_failed_rules_for_each_file(sample: Path) -> None:
    found = validators.verapdf_failures([sample], "ua1")[sample.resolve()]
    assert any("metadata" in line.casefold() for line in found)


def test_outloud_gives_counts_and_findings(sample: Path) -> None:
    report = validators.outloud_report(sample)
    assert report.errors > 0
    assert report.findings


def test_qpdf_finds_damage_only_where_it_is(sample: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(sample.read_bytes()[:-300])
    assert validators.qpdf_problems(sample) == []
    assert validators.qpdf_problems(broken) != []


@pytest.mark.parametrize(("required", "outcome"), [("", pytest.skip.Exception), ("1", pytest.fail.Exception)])
def test_an_absent_tool_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, required: str, outcome: type[BaseException]
) -> None:
    monkeypatch.setenv(tools.REQUIRE, required)
    monkeypatch.setenv(tools.VERAPDF, str(tmp_path / "no.jar"))
    with pytest.raises(outcome, match="veraPDF not installed"):
        tools.verapdf_jar()
