"""The print file: many people's handouts in one tagged file, and no two of them on a sheet of paper."""

from __future__ import annotations

import errno
import json
import os
import pickle
import stat
import tempfile
import tracemalloc
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pikepdf
import pytest
from kit.checklist import EDITIONS, RULES, Expected
from kit.glyphs import Document, read
from kit.readers import READERS, collapsed, letters, words
from kit.structure import read_structure
from kit.validators import broken_streams, outloud_report, page_failures, qpdf_problems, verapdf_failures
from sheets import library, script
from stacks import DAY, DUPLEX, ORDERS, SURNAMES, made, order, stacked

from handouts.batch import stack as stack_module
from handouts.batch.order import NO_LOCALE, Order
from handouts.batch.separator import Group, section, separator
from handouts.batch.stack import Laid, Stack, groups_of, laid, write_stack
from handouts.batch.ticket import Printed, Stacked, Ticket, as_text
from handouts.errors import ContentError, Finding, FullError
from handouts.handout import resolve
from handouts.layout.edition import Press
from handouts.pdf.metadata import Metadata
from handouts.pdf.writer import File
from handouts.render import fonts
from handouts.request import plan_of

PRESSES = {
    "duplex": DUPLEX,
    "duplex-bound": Press(two_sided=True, bound=True),
    "one-sided-bound": Press(two_sided=False, bound=True),
}


@dataclass(frozen=True)
class Job:
    """A finished job: its ticket, its folder, and how it was printed."""

    ticket: Ticket
    folder: Path
    press: Press

    @property
    def paths(self) -> list[Path]:
        return [self.folder / file.name for file in self.ticket.files]

    def files(self) -> Iterator[tuple[Path, Printed]]:
        return zip(self.paths, self.ticket.files, strict=True)


@cache
def finished(press: Press) -> Job:
    """All orders, with separator sheets; made once a process."""
    folder = Path(tempfile.mkdtemp(prefix="handouts-tests-"))
    return Job(stacked(folder, press=press, separators=True), folder, press)


@cache
def cut() -> Job:
    """Six orders of one paper, one of them with two copies, in files of eight sheets at most."""
    folder = Path(tempfile.mkdtemp(prefix="handouts-tests-"))
    orders = [order(n, f"Ward {n // 3}", 2 if n == 4 else 1, stretches=("hip-crossovers",)) for n in range(6)]
    return Job(stacked(folder, orders, separators=True, chunk=8), folder, DUPLEX)


@pytest.fixture(params=PRESSES)
def job(request: pytest.FixtureRequest) -> Job:
    """All orders, printed in each way."""
    return finished(PRESSES[request.param])


def orders_of(file: Printed) -> list[tuple[Order, Stacked]]:
    """The orders of a file, with where they stand."""
    by_ref = {one.ref: one for one in ORDERS}
    return [(by_ref[place.ref], place) for place in file.orders]


def groups_in(file: Printed) -> dict[int, Group]:
    """The groups that have a separator sheet, by their first number."""
    return {group.first: group for group in groups_of(ORDERS, library())[file.paper] if group.name}


def heard(file: Printed) -> str:
    """What a listener should hear, from the content and not from the file."""
    groups, parts = groups_in(file), list[str]()
    for one, place in orders_of(file):
        if place.number in groups:
            parts += section(groups[place.number], library().printing, "en").script()
        parts += [script(plan_of(one.request, NO_LOCALE, library()))] * one.copies
    return collapsed(" ".join(parts))


def parts_of(path: Path) -> list[set[int]]:
    """For each page, which of the parts of the document (counted from 0) are painted on it."""
    with pikepdf.open(path) as pdf:
        structure, count = read_structure(pdf), len(pdf.pages)
    parts = [element.index for element in structure.children(0)]
    assert {structure.elements[part].tag for part in parts} == {"Part"}
    pages: list[set[int]] = [set() for _ in range(count)]
    for (page, _), owner in structure.owners.items():
        pages[page - 1].add(parts.index(structure.within(owner, "Part")))
    return pages


# --- standards and readers ---


@pytest.mark.parametrize("flavour", ["ua1", "2a"])
def test_verapdf(flavour: str) -> None:
    jobs = [*map(finished, PRESSES.values()), cut()]
    found = verapdf_failures([path for job in jobs for path in job.paths], flavour)
    assert found == {path: [] for job in jobs for path in job.paths}


def test_the_other_validators(job: Job) -> None:
    for path in job.paths:
        assert [page_failures(path.read_bytes(), profile) for profile in ("ua1", "2a")] == [[], []]
        assert qpdf_problems(path) == []
        assert broken_streams(path) == []
        report = outloud_report(path)
        # What everybody's sheet says looks like a running head to it.
        assert [found for found in report.findings if not found.startswith("PAG-001 warning")] == []


@pytest.mark.parametrize("reader", READERS)
def test_the_words_are_those_of_the_handouts_in_order(job: Job, reader: str) -> None:
    for path, file in job.files():
        found, wanted = READERS[reader](path), heard(file)
        if reader == "pdf.js":  # it makes a space of every line end
            assert letters(found) == wanted.replace(" ", "")
        else:
            assert words(found) == wanted


def test_the_bookmarks_are_the_refs(job: Job) -> None:
    for path, file in job.files():
        assert read(path).outline == tuple((0, place.ref) for place in file.orders)
        with pikepdf.open(path) as pdf, pdf.open_outline() as outline:
            numbers = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
            opened = [numbers[item.destination[0].objgen] for item in outline.root]  # type: ignore[index]
        assert opened == [place.first_page for place in file.orders]


def test_fonts_and_pictures_stand_in_the_file_once(job: Job) -> None:
    for path in job.paths:
        with pikepdf.open(path) as pdf:
            streams = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Stream)]
            pictures = Counter(bytes(s.read_raw_bytes()) for s in streams if s.get("/Subtype") == "/Form")
            names = Counter(str(f.FontName).partition("+")[2] for f in _of_type(pdf, "/FontDescriptor"))
        assert set(pictures.values()) == {1}
        assert set(names.values()) == {1}


def _of_type(pdf: pikepdf.Pdf, kind: str) -> list[pikepdf.Dictionary]:
    return [thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == kind]


# --- paper ---


def test_no_two_handouts_share_a_sheet(job: Job) -> None:
    for path in job.paths:
        pages = parts_of(path)
        each = 2 if job.press.two_sided else 1
        sheets = [set().union(*pages[at : at + each]) for at in range(0, len(pages), each)]
        assert [sheet for sheet in sheets if len(sheet) != 1] == []
        assert len(pages) % each == 0


def test_the_ticket_says_where_each_one_stands(job: Job) -> None:
    for path, file in job.files():
        pages = parts_of(path)
        separated, part = groups_in(file), 0
        for one, place in orders_of(file):
            if place.number in separated:
                part += 1
            painted = [
                number for number, found in enumerate(pages, 1) if found & {*range(part, part + one.copies)}
            ]
            part += one.copies
            assert (place.first_page, place.last_page) == (painted[0], painted[-1])
            sheets = [(page + 1) // 2 if job.press.two_sided else page for page in (painted[0], painted[-1])]
            assert [place.first_sheet, place.last_sheet] == sheets
            assert place.first_page % 2 == 1 or not job.press.two_sided
        assert (part, file.pages) == (max(max(found, default=0) for found in pages) + 1, len(pages))
        assert file.separators == len(separated)


def test_a_page_that_fills_a_sheet_is_empty(job: Job) -> None:
    for path in job.paths:
        document, pages = read(path), parts_of(path)
        for number, _ in ((number, found) for number, found in enumerate(pages, 1) if not found):
            assert number % 2 == 0 and job.press.two_sided
            assert [line for line in document.lines if line.page == number] == []
            assert document.page_shapes[number - 1] == ()


def test_each_handout_keeps_the_print_rules(job: Job, tmp_path: Path) -> None:
    """The pages are those of a file of its own, on which the rules can tell what is whose."""
    whole = {path: _contents(path) for path in job.paths}
    for path, file in job.files():
        for one, place in orders_of(file):
            alone, expected = _alone(one, job.press, tmp_path)
            pages = _contents(alone)
            assert whole[path][place.first_page - 1 :][: len(pages)] == pages
            document = read(alone)
            rules = RULES.values()
            found = [finding for rule in rules for finding in rule(document, EDITIONS[expected.edition], expected)]
            assert found == [], one.ref


def _contents(path: Path) -> list[bytes]:
    with pikepdf.open(path) as pdf:
        return [page.Contents.read_bytes() if "/Contents" in page else b"" for page in pdf.pages]


def _alone(one: Order, press: Press, folder: Path) -> tuple[Path, Expected]:
    """A handout as it is printed, in a file of its own, and what is known of it."""
    handout, made_ = resolve(plan_of(one.request, NO_LOCALE, library()), library()), laid(one, library(), press)
    path = folder / f"{one.ref}.pdf"
    with path.open("wb") as sink:
        file = File(sink, Metadata(library().printing.title["en"], "en-US", DAY))
        file.part(made_.handout.branches, bookmark="")
        file.close(fonts(made_.handout.shown))
    return path, Expected(
        stretches=tuple(item.stretch.name["en"] for item in handout.items),
        title=handout.title,
        date="November 20, 2026",
        version=library().about.version,
        person=handout.person,
        edition=handout.edition,
        form=handout.form,
        paper={"a4": "A4", "letter": "Letter"}[handout.paper],
        lang="en-US",
        duplex=press.two_sided,
        bound=press.bound,
    )


@pytest.mark.parametrize("edition", EDITIONS)
def test_two_sided_paper_changes_no_page(edition: str) -> None:
    """What fits a plain handout fits the print file, and both have the same page numbers."""
    one = order(0, stretches=("hip-crossovers", "heel-cord-stretch"), edition=edition)
    assert laid(one, library(), DUPLEX).handout.pages == laid(one, library(), Press()).handout.pages


# --- separator sheets ---


@pytest.mark.parametrize(
    "name", ["7", "Ward 2", "Neurology outpatients, second floor", "W" * 60, "Ward and " * 30]
)
@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_a_separator_sheet_holds_its_group_whole(tmp_path: Path, name: str, paper: str) -> None:
    document = _separator(tmp_path, Group(name.strip(), 14, 120, 131), paper)
    page, said = document.pages[0], collapsed(" ".join(line.text for line in document.lines))
    assert said.replace(" ", "") == f"{name}12 handoutsNumbers 120 to 13114 copies in all".replace(" ", "")
    assert len(document.pages) == 1
    margin = EDITIONS["giant"].margin_mm / 25.4 * 72
    assert min(line.y for line in document.lines) > 20
    assert max(line.x1 for line in document.lines) <= page.width - margin + 1
    assert min(line.size for line in document.lines) >= 24


def test_a_separator_sheet_is_read_across_the_room(tmp_path: Path) -> None:
    document = _separator(tmp_path, Group("Ward 2", 12, 1, 12), "letter")
    assert document.lines[0].size > 80
    assert [line.tag for line in document.lines] == ["H1", "P", "P"]


def _separator(folder: Path, group: Group, paper: str) -> Document:
    sheet = separator(group, library().printing, paper, DUPLEX, "en")
    with (folder / "separator.pdf").open("wb") as sink:
        file = File(sink, Metadata("Separator", "en-US", DAY))
        file.part(sheet.branches)
        file.close(fonts(sheet.shown))
    return read(folder / "separator.pdf")


def test_a_handout_that_is_missing_where_groups_were_counted_is_told(tmp_path: Path) -> None:
    stack = Stack(tmp_path / "print.pdf", DAY, separators=True)
    letter = [one for one in ORDERS if one.request.paper == "letter"]
    for gone in range(len(letter)):
        there = [*letter[:gone], *letter[gone + 1 :]]
        with pytest.raises(ContentError, match="a handout is missing that was counted"):
            write_stack(stack, made(there, DUPLEX), library(), groups_of(letter, library()))
        assert list(tmp_path.iterdir()) == []
    with pytest.raises(ContentError, match="a handout is missing that was counted"):
        write_stack(stack, made(letter, DUPLEX), library(), groups_of(ORDERS, library()))
    assert list(tmp_path.iterdir()) == []


# --- files ---


def test_files_are_cut_between_handouts() -> None:
    files = cut().ticket.files
    assert [file.name for file in files] == [f"print-{n:03}.pdf" for n in range(1, 5)]
    # Of three sheets each: a separator and two; one, a separator and one; two copies; one.
    assert [[place.ref for place in file.orders] for file in files] == [
        ["R-000", "R-001"],
        ["R-002", "R-003"],
        ["R-004"],
        ["R-005"],
    ]
    assert [(file.sheets, file.separators) for file in files] == [(7, 1), (7, 1), (6, 0), (3, 0)]
    for path, file in cut().files():
        with pikepdf.open(path) as pdf:
            assert len(pdf.pages) == file.pages == 2 * file.sheets


def test_a_handout_longer_than_a_file_has_one_of_its_own(tmp_path: Path) -> None:
    orders = [order(n, stretches=("hip-crossovers",)) for n in range(3)]
    assert [len(file.orders) for file in stacked(tmp_path, orders, chunk=1).files] == [1, 1, 1]


def test_files_of_an_earlier_job_are_taken_away_and_no_others(tmp_path: Path) -> None:
    orders = [order(n, stretches=("hip-crossovers",)) for n in range(2)]
    stacked(tmp_path, orders, chunk=3)
    mine = {"print-003.pdf", "notes.txt", "R-000.pdf"}
    for name in mine:
        (tmp_path / name).write_bytes(b"mine")
    stacked(tmp_path, orders)
    assert {path.name for path in tmp_path.iterdir()} == {"print.pdf", "print.txt", "print.json", *mine}


@pytest.mark.parametrize("held", ["{}", "[]", "no ticket"])
def test_a_file_that_is_no_ticket_is_left_alone(tmp_path: Path, held: str) -> None:
    (tmp_path / "print.json").write_text(held, "utf-8")
    with pytest.raises(ContentError, match="stands where the ticket goes, and is none"):
        stacked(tmp_path, ORDERS[:1])
    assert [(path.name, path.read_text("utf-8")) for path in tmp_path.iterdir()] == [("print.json", held)]


def test_a_ticket_names_no_files_but_ours(tmp_path: Path) -> None:
    (tmp_path / "print.json").write_text('{"files": [{"name": "../mine.pdf"}, {"name": 1}]}', "utf-8")
    (tmp_path.parent / "mine.pdf").write_bytes(b"mine")
    assert stacked(tmp_path, ORDERS[:1]).files[0].name == "print.pdf"
    assert (tmp_path.parent / "mine.pdf").exists()


def test_no_old_print_file_outlives_the_ticket_that_knows_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stacked(tmp_path, chunk=3)
    old = {path.name for path in tmp_path.glob("print-*.pdf")}

    def full(path: Path, data: bytes, **more: object) -> None:
        raise FullError(Finding("no room.", str(path)))

    monkeypatch.setattr(stack_module, "write_whole", full)
    with pytest.raises(FullError):
        stacked(tmp_path, ORDERS[:1])
    assert [name for name in old if (tmp_path / name).exists()] == []


def test_only_the_owner_can_open_them(job: Job) -> None:
    found = {path.name: stat.S_IMODE(path.stat().st_mode) for path in job.folder.iterdir()}
    assert found == dict.fromkeys(("print-letter.pdf", "print-a4.pdf", "print.txt", "print.json"), 0o600)


def test_trouble_on_the_way_leaves_what_was_there(tmp_path: Path) -> None:
    stacked(tmp_path, ORDERS[:1])
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    def broken() -> Iterator[tuple[Order, object]]:
        yield from made(ORDERS[:3], DUPLEX)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_stack(Stack(tmp_path / "print.pdf", DAY), broken(), library())  # type: ignore[arg-type]
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_full_disk_is_told_and_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(FullError, match=r"print\.pdf: cannot be written: No space left on device\. Free some"):
        stacked(tmp_path, ORDERS[:1])
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_the_way_is_told(tmp_path: Path) -> None:
    (tmp_path / "print.pdf").mkdir()
    with pytest.raises(ContentError, match=r"print\.pdf: cannot be written: Is a directory\."):
        stacked(tmp_path, ORDERS[:1])
    assert [path.name for path in tmp_path.iterdir()] == ["print.pdf"]


def test_trouble_in_the_making_is_told_as_it_is(tmp_path: Path) -> None:
    def lost() -> Iterator[tuple[Order, Laid]]:
        yield from made(ORDERS[:1], DUPLEX)
        raise OSError(errno.EPIPE, "Broken pipe")

    with pytest.raises(BrokenPipeError):
        write_stack(Stack(tmp_path / "print.pdf", DAY), lost(), library())
    assert list(tmp_path.iterdir()) == []


def test_nothing_to_print_makes_no_print_file(tmp_path: Path) -> None:
    assert stacked(tmp_path, []).files == ()
    assert not (tmp_path / "print.pdf").exists()


# --- the same bytes, no names, little memory ---


def test_the_same_bytes_whoever_lays_them_out_and_when(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    stacked(tmp_path / "one", separators=True)
    late = {one.ref: pickle.dumps(laid(one, library(), DUPLEX)) for one in reversed(ORDERS)}
    results = ((one, pickle.loads(late[one.ref])) for one in ORDERS)
    stack = Stack(tmp_path / "two" / "print.pdf", DAY, separators=True)
    write_stack(stack, results, library(), groups_of(ORDERS, library()))
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes(), path.name


def test_names_stand_on_the_pages_alone(job: Job) -> None:
    for path in job.paths:
        document = read(path)
        told = f"{document.info} {document.xmp} {document.outline}"
        assert [name for name in (*SURNAMES, "Zoë", "For ") if name in told] == []
        assert document.info["Title"] == "Handouts to print"
        assert any(name in line.text for line in document.lines for name in SURNAMES)
    tickets = (job.folder / "print.txt").read_text("utf-8") + (job.folder / "print.json").read_text("utf-8")
    assert [name for name in (*SURNAMES, "Zoë") if name in tickets] == []


def test_memory_does_not_grow_with_the_handouts(tmp_path: Path) -> None:
    one = ORDERS[1]
    made_ = laid(one, library(), DUPLEX)

    def peak(count: int) -> int:
        """The most memory in use while handouts are added, in bytes."""
        results = ((replace(one, ref=f"R-{number}"), made_) for number in range(count))
        tracemalloc.start()
        write_stack(Stack(tmp_path / "print.pdf", DAY), _measured(results), library())
        tracemalloc.stop()
        return seen[-1]

    def _measured(results: Iterator[tuple[Order, Laid]]) -> Iterator[tuple[Order, Laid]]:
        yield from results
        seen.append(tracemalloc.get_traced_memory()[1])

    seen: list[int] = []
    peak(20)  # what is made once a process
    few, many = peak(20), peak(120)
    grown = (many - few) / 100 / one.copies
    assert grown < len(pickle.dumps(made_)) / 8  # a place in the file for each object, and a line of the ticket


# --- the ticket ---


def test_the_ticket_for_a_person() -> None:
    orders = (
        Stacked(1, "R-001", "Ward 2", 1, 3, 5, 2, 3),
        Stacked(2, "R-002", "Ward 2", 2, 7, 9, 4, 5),
        Stacked(3, "R-003", "", 3, 11, 27, 6, 14),
    )
    ticket = Ticket((Printed("print.pdf", "letter", 28, 14, 1, orders),), PRESSES["duplex-bound"])
    assert as_text(ticket, library().printing, "en").decode() == (
        "Ticket for the print job\n"
        "\n"
        "- Print on both sides. Flip on the long edge.\n"
        "- Print at “Actual size”. Do not shrink to fit.\n"
        "- Use matte paper, white or cream. Do not use glossy paper.\n"
        "- Staple each handout by itself. Two people never share a sheet.\n"
        "- Punch or bind each handout at the left edge of its first page.\n"
        "\n"
        "Handouts: 3\n"
        "Copies in all: 6\n"
        "Sheets of US Letter paper: 14\n"
        "Separator sheets: 1\n"
        "Staples: 4\n"
        "\n"
        "File: print.pdf\n"
        "Paper: US Letter\n"
        "\n"
        "No.  Handout  Group   Copies  Sheets\n"
        "1    R-001    Ward 2  1       2 to 3\n"
        "2    R-002    Ward 2  2       4 to 5\n"
        "3    R-003            3       6 to 14\n"
    )


def test_the_ticket_for_a_program(job: Job) -> None:
    told = json.loads((job.folder / "print.json").read_text("utf-8"))
    assert told["sides"] == ("two" if job.press.two_sided else "one")
    assert told["bound"] == job.press.bound
    assert [file["name"] for file in told["files"]] == [path.name for path in job.paths]
    assert [place["ref"] for file in told["files"] for place in file["orders"]] == [
        place.ref for place in job.ticket.orders
    ]
    for path, file in zip(job.paths, told["files"], strict=True):
        with pikepdf.open(path) as pdf:
            pages = len(pdf.pages)
        assert (file["pages"], file["sheets"]) == (pages, pages // 2 if job.press.two_sided else pages)
    assert told["totals"]["sheets"] == {file["paper"]: file["sheets"] for file in told["files"]}
    assert (told["totals"]["handouts"], told["totals"]["copies"]) == (6, 7)
