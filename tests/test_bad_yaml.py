"""Files that a stranger may send: every fault at its file, line and column; no crash, no hang, no PDF."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from typer.testing import CliRunner, Result

from handouts.cli.app import app

GOOD = """\
id: wall-push
version: 1
status: draft
kind: static-stretch
name: {en: Wall push}
purpose: {en: For tight calves.}
body_area: [calf]
muscles: [soleus]
positions: [standing-supported]
level: stands-supported
equipment: [wall]
hold: {min: 10, max: 30, default: 20}
repeats: {min: 1, max: 4, default: 2}
side: each
steps:
  en:
    - Stand near a wall.
    - "Bend {one knee|your left knee|your right knee} a little."
    - Push the wall and breathe.
one_side: {en: "Bend your {one|left|right} knee only."}
change_sides: {en: Do the same with the other leg.}
feel: {en: "You should feel a mild pull in your {calf|left calf|right calf}."}
cautions:
  en:
    - Go slowly.
flags: [fall-risk]
easier: {en: "Do “{seated-calf-towel}” instead."}
sources:
  - {key: S01, supports: [steps], seen: whole}
evidence: {steps: seen, hold: seen, best_tier: B, ms_source: true}
"""
TOGETHER = (
    GOOD.replace("side: each", "side: together")
    .replace('one_side: {en: "Bend your {one|left|right} knee only."}\n', "")
    .replace("change_sides: {en: Do the same with the other leg.}\n", "")
    .replace("{calf|left calf|right calf}", "calf")
    .replace("{one knee|your left knee|your right knee}", "one knee")
)
ROUTINE = """\
our-start:
  name: {en: Our start}
  for_whom: {en: "For all who stand safely."}
  note: {en: "See “{wall-push}”."}
  stretches:
    - {stretch: wall-push, hold: 20}
    - {stretch: heel-cord-stretch}
"""
FLAG = 'our-flag:\n  severity: stop\n  words: {en: "you feel unwell"}\n  sources: [S01]\n'
SOURCE = "Z1: {title: A, publisher: B, url: 'https://b.org', tier: A}\n"
STEPS = '    - "Bend {one knee|your left knee|your right knee} a little."\n    - Push the wall and breathe.\n'

Clinic = Callable[..., Path]


@pytest.fixture
def clinic(tmp_path: Path) -> Clinic:
    """Makes a clinic's folder: file names without .yaml to text or bytes."""

    def make(files: dict[str, str | bytes]) -> Path:
        for name, content in files.items():
            path = tmp_path / "clinic" / f"{name}.yaml"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
        (tmp_path / "clinic").mkdir(exist_ok=True)
        return tmp_path / "clinic"

    return make


def run(*arguments: object) -> Result:
    """The command line in this process; what is no plain exit is raised."""
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def refused(folder: Path, *more: object) -> str:
    """What `make` says of a folder with a wrong file; it makes nothing and leaves what is there."""
    output = folder.parent / "out.pdf"
    output.write_bytes(b"old")
    result = run("make", *(more or ["wall-push"]), "--stretches", folder, "-o", output, "--for", "Quirina Zett")
    assert (result.exit_code, result.stdout, output.read_bytes()) == (1, "", b"old")
    assert all(line.startswith("handouts: ") for line in result.stderr.splitlines())
    assert "Traceback" not in result.stderr and "Quirina" not in result.stderr
    return result.stderr.replace(f"{folder}{os.sep}", "").replace("handouts: ", "")


def place(text: str, needle: str) -> str:
    """Line and column of the first occurrence, counted from 1."""
    before = text[: text.index(needle)]
    return f"{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"


# What is replaced, by what, at which text the finding stands, words of the finding.
WRONG = {
    "misspelt key": ("positions: [", "postions: [", "postions", "Did you mean positions?"),
    "missing key": ("level: stands-supported\n", "", "id:", "level: is missing."),
    "duplicate key": ("kind: static", "level: x\nkind: static", "level: stands", "`level` stands twice."),
    "duplicate by other quotes": ("{en: Wall", '{"en": x, en: Wall', "en: Wall", "`en` stands twice."),
    "text for a number": ("min: 10", "min: ten", "ten,", "hold.min: should be a whole number."),
    "quoted number": ("min: 10", 'min: "10"', '"10"', "hold.min: should be a whole number."),
    "number for text": ("Wall push", "42", "42", 'name.en: should be text. Put it in quotes ("...")'),
    "date in a text": ("Wall push", "2026-11-22", "2026-11-22", "name.en: should be text."),
    "truth for text": ("Wall push", "true", "true}", "name.en: should be text."),
    "text for a list": ("[calf]", "calf", "calf\n", "body_area: should be a list."),
    "list for a mapping": ("{min: 10, max: 30, default: 20}", "[10]", "[10]", "should hold keys with values."),
    "text for texts": ("{en: Wall push}", "Wall push", "Wall push", "should hold one text a language"),
    "enum": ("kind: static-", "kind: statick-", "statick", "Did you mean static-stretch?"),
    "enum in a list": ("[calf]", "[calf, anckle]", "anckle", "Did you mean ankle?"),
    "enum left empty": ("level: stands-supported", "level:", "\nversion", "level: nothing is not one of:"),
    "min over max": ("min: 10, max: 30", "min: 40, max: 30", "{min: 40", "hold: should be min <= default <= max"),
    "below zero": ("min: 10", "min: -10", "-10", "hold.min: should be 1 or more."),
    "too long a hold": ("max: 30", "max: 9999", "9999", "hold.max: should be 1200 or less."),
    "25 times a day": ("side: each", "per_day: {min: 1, max: 25, default: 7}\nside: each", "id:", "at most 24"),
    "endless rest": ("side: each", "rest: " + "9" * 400 + "\nside: each", "9999", "rest: should be 600 or less."),
    "key no": ("kind: static", "no: 1\nkind: static", "no: 1", "no: is not a key we know."),
    "sexagesimal": ("default: 20", "default: 1:30", "1:30", "hold.default: should be a whole number."),
    "octal": ("min: 10", "min: 010", "010", "should be a whole number."),
    "hexadecimal": ("min: 10", "min: 0x0a", "0x0a", "should be a whole number."),
    "underscore": ("min: 10", "min: 1_0", "1_0", "should be a whole number."),
    "fraction": ("min: 10", "min: 10.0", "10.0", "should be a whole number."),
    "yes": ("ms_source: true", "ms_source: yes", "yes}", "should be true or false."),
    "number of 5000 digits": ("min: 10", "min: " + "9" * 5000, "9999", "should be a whole number."),
    "40th of a month": ("kind: static", "reviewed_on: 2026-13-40\nkind: static", "2026", "a date like 2026-"),
    "no language": ("{en: Wall push}", "{}", "{}", "name: should hold a text for `en`."),
    "unknown language": ("{en: Wall push}", "{en: Wall push, de: Wand}", "de: W", "“de” is not one of: en."),
    "empty text": ("Wall push", '""', '""', "name.en: is empty."),
    "blank text": ("Wall push", '" "', '" "', "name.en: is empty."),
    "long text": ("Wall push", "W" * 161, "WWW", "is too long, at most 160 characters fit."),
    "one step": (STEPS, "", "- Stand", "should hold 2 or more, it holds 1."),
    "nine steps": ("    - Stand near", "    - Wait.\n" * 6 + "    - Stand near", "- Wait", "8 or fewer"),
    "capital in an id": ("id: wall-push", "id: Wall-push", "Wall-push", "small letters and digits"),
    "id is not the file": ("id: wall-push", "id: wall-pull", "wall-pull", "Name the file wall-pull.yaml"),
    "sides without words": ("change_sides: {en: Do the same with the other leg.}\n", "", "id:", "needs both"),
    "merge key": ("kind: static", "<<: {a: b}\nkind: static", "<<", "is not a key we know."),
    "alias": ("[soleus]", "[&a soleus, *a]", "*a", "the alias `*a` is not allowed. Write the text out."),
    "python tag": ("Wall push", "!!python/object/apply:os.abort []", "!!py", "`!!python/object/apply:os.abort`"),
    "own tag": ("Wall push", "!ours x", "!ours", "the tag `!ours` is not allowed."),
    "broken bool": ("ms_source: true", "ms_source: !!bool maybe", "!!bool", "the tag `!!bool` is not allowed."),
    "empty int": ("min: 10", 'min: !!int ""', "!!int", "the tag `!!int` is not allowed."),
    "second document": ("status: draft", "---\nstatus: draft", "---", "a second document after `---`."),
    "list as a key": ("kind: static", "? [a, b]\n: c\nkind: static", "[a, b]", "the key is not text."),
    "mapping as a key": ("kind: static", "? {a: b}\n: c\nkind: static", "{a: b}", "the key is not text."),
    "number as a key": ("kind: static", "3: c\nkind: static", "3: c", "the key `3` is not text."),
    "truth as a key": ("kind: static", "true: c\nkind: static", "true: c", "the key `true` is not text."),
    "tab": ("  en:\n    - Stand", "\ten:\n    - Stand", "\ten", "(spaces, no tabs)"),
    "deep nesting": ("[soleus]", "[" * 40 + "]" * 40, "[" * 29 + "]", "is nested too deeply."),
    "very deep nesting": ("[soleus]", "[" * 90_000, "[[[", "is nested too deeply."),
    "control character": ("Wall push", "Wall\x07push", "\x07", "(U+0007, a control character)"),
    "zero byte": ("Wall push", "Wall\x00push", "\x00", "(U+0000, a control character)"),
    "hidden escape": ("Wall push", '"Wall\\e[2Jpush"', '"Wall', "(U+001B, a control character)"),
    "emoji in a step": ("the wall and", "the wall 😀 and", "😀", "“😀” (U+1F600, GRINNING FACE)"),
    "emoji in a folded step": ("Push the wall", ">-\n      Push\n      the 😀 wall", "😀", "GRINNING FACE"),
    "invisible character": ("Stand near", "Stand\u200bnear", "\u200b", "ZERO WIDTH SPACE"),
    "soft hyphen": ("Stand near", "Stand\u00adnear", "\u00ad", "SOFT HYPHEN"),
    "Hindi": ("Stand near", "खड़े near", "ख", "DEVANAGARI LETTER KHA"),
    "unknown flag": ("[fall-risk]", "[fall-risk, fall-rsk]", "fall-rsk", "Did you mean fall-risk?"),
    "flag like another word": ("[fall-risk]", "[fall-risk, calf]", "calf]\neasier", "there is no flag “calf”."),
    "unknown source": ("key: S01", "key: S", "S, supports", "there is no source “S”."),
    "unknown reference": ("{seated-calf-towel}", "{seated-calf-towl}", '"Do “', "Did you mean seated-calf-towel?"),
    "brace left over": ("near a wall.", "near a {wall.", "Stand", "a brace, { or }, has no meaning."),
    "choice of two": ("{calf|left calf|right calf}", "{calf|left}", '"You should', "part of {both|left|right}."),
    "choice in a name": ("Wall push", '"Wall {a|b|c}"', '"Wall', "has no meaning. Take it out."),
    "reference in feel": ("{calf|left calf|right calf}", "{foot-roll}", '"You should', "a brace, { or }"),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_each_fault_is_named_at_its_place(clinic: Clinic, case: str) -> None:
    old, new, needle, words = WRONG[case]
    assert GOOD.count(old) == 1
    text = GOOD.replace(old, new)
    said = refused(clinic({"wall-push": text}))
    line, column = place(text, needle).split(":")
    if needle == "[" * 29 + "]":  # the thirteenth of forty brackets, and the mapping around them
        column = str(text.splitlines()[int(line) - 1].index("[") + 12)
    if needle == "[[[":
        column = str(int(column) + 11)
    if needle == "\nversion":  # an empty value has no place of its own but the end of its key
        line, column = place(text, "level:").split(":")[0], str(len("level:") + 1)
    assert f"wall-push.yaml:{line}:{column}: " in said and words in said


# Whole files that are no record; words of the finding, which begins with the file's name.
NO_RECORD: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "wall-push.yaml:1:1: should hold keys with values"),
    "comment": (b"# soon\n", "wall-push.yaml:1:1: should hold keys with values"),
    "list": (b"- a\n", "wall-push.yaml:1:1: should hold keys with values"),
    "text": (b"hello", "wall-push.yaml:1:1: should hold keys with values"),
    "unclosed": (b"id: [", "wall-push.yaml:2:1: is not valid YAML"),
    "latin-1": (GOOD.replace("“", "").replace("”", "").replace("push}", "puésh}").encode("latin-1"),
                f"wall-push.yaml:{place(GOOD, 'sh}')}: is not text in UTF-8. Save it as UTF-8."),
    "utf-16": (GOOD.encode("utf-16"), "wall-push.yaml:1:1: is not text in UTF-8."),
    "utf-16 without a mark": (GOOD.encode("utf-16-le"), "wall-push.yaml:1:2: holds a character that YAML forbids"),
    "cut in a letter": (b"id: caf\xc3", "wall-push.yaml:1:8: is not text in UTF-8."),
    "billion laughs": (b"a: &a [x,x,x,x,x,x,x,x,x]\n" + b"".join(
        f"{b}: &{b} [{','.join([f'*{a}'] * 9)}]\n".encode() for a, b in zip("abcdefghi", "bcdefghij", strict=True)
    ), "wall-push.yaml:2:8: the alias `*a` is not allowed."),
}  # fmt: skip


@pytest.mark.parametrize("case", NO_RECORD)
def test_a_file_that_is_no_record_is_refused(clinic: Clinic, case: str) -> None:
    content, words = NO_RECORD[case]
    assert words in refused(clinic({"wall-push": content}))


@pytest.mark.parametrize(
    "content",
    [
        GOOD.encode("utf-8-sig"),
        GOOD.replace("\n", "\r\n").encode(),
        GOOD.replace("\n", "\r").encode(),
        f"---\n{GOOD}...\n".encode(),
        GOOD.replace("Wall push", "no").encode(),
        GOOD.replace("Wall push", "Caf\u0065\u0301 push").encode(),
        GOOD.replace("in your {calf|left calf|right calf}", "in  {|your left|your right} calf").encode(),
        TOGETHER.encode(),
    ],
    ids=["byte order mark", "CRLF", "CR", "document marks", "no as a name", "decomposed", "choice", "together"],
)
def test_what_is_only_unusual_works(clinic: Clinic, content: bytes) -> None:
    folder = clinic({"wall-push": content})
    assert run("check", folder).stdout.startswith("1 stretches checked")
    assert run("make", "wall-push", "--stretches", folder, "-o", folder / "x.pdf").exit_code == 0


def test_a_choice_by_side_needs_sides(clinic: Clinic) -> None:
    text = TOGETHER.replace("near a wall.", "near {a wall|a|b}.")
    assert "part of {stretch-id} or {hold}." in refused(clinic({"wall-push": text}))


def test_a_huge_file_is_refused_unread(clinic: Clinic) -> None:
    folder = clinic({})
    with (folder / "wall-push.yaml").open("wb") as file:
        file.truncate(50_000_000)
    assert "wall-push.yaml: is larger than 1 MB." in refused(folder)


def test_a_file_of_nothing_but_faults_is_answered_briefly(clinic: Clinic) -> None:
    said = refused(clinic({"wall-push": GOOD + "".join(f"k{n}: 1\n" for n in range(60_000))}))
    assert "is not a key we know." in said and len(said.splitlines()) <= 50


def _loop(path: Path) -> None:
    path.symlink_to(path)


NO_FILE: dict[str, Callable[[Path], object]] = {
    "symlink loop": _loop,
    "dangling link": lambda path: path.symlink_to(path.with_name("nowhere")),
    "folder": Path.mkdir,
    "pipe": os.mkfifo,
    "endless device": lambda path: path.symlink_to("/dev/zero"),
}


@pytest.mark.parametrize("kind", NO_FILE)
def test_what_is_no_file_is_refused_and_never_waited_for(clinic: Clinic, kind: str) -> None:
    folder = clinic({})
    NO_FILE[kind](folder / "wall-push.yaml")
    assert "wall-push.yaml: is not a file that can be read." in refused(folder)
    assert run("check", folder).exit_code == 1


@pytest.mark.parametrize("kind", NO_FILE)
def test_a_broken_shared_file_is_not_passed_over(clinic: Clinic, kind: str) -> None:
    folder = clinic({"wall-push": GOOD, "sheet/sources": "{}"})
    NO_FILE[kind](folder / "sheet" / "flags.yaml")
    assert "sheet/flags.yaml: is not a file that can be read." in refused(folder)


@pytest.mark.parametrize("command", ["list", "routines", "check"])
def test_a_folder_that_gives_nothing_is_refused_by_every_command(tmp_path: Path, command: str) -> None:
    option = [] if command == "check" else ["--stretches"]
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("x")
    _loop(tmp_path / "loop")
    (tmp_path / "yml").mkdir()
    (tmp_path / "yml" / "wall-push.yml").write_text(GOOD)
    said = {
        "missing": "No such file or directory",
        "empty": "holds no stretches.",
        "file": "Not a directory",
        "loop": "Too many levels of symbolic links",
        "yml": "End its name in .yaml.",
    }
    for name, words in said.items():
        result = run(command, *option, tmp_path / name)
        assert (result.exit_code, result.stdout) == (1, "")
        assert f"handouts: {tmp_path / name}" in result.stderr and words in result.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="no folder is closed to root")
def test_a_closed_folder_is_an_error(clinic: Clinic) -> None:
    folder = clinic({"wall-push": GOOD})
    folder.chmod(0)
    try:
        result = run("check", folder)
    finally:
        folder.chmod(0o700)
    assert result.exit_code == 1 and "Permission denied" in result.stderr


def test_hidden_files_are_not_ours(clinic: Clinic) -> None:
    # A Mac leaves such a file beside each one on a stick.
    folder = clinic({"wall-push": GOOD, "._wall-push": b"\x00\x05\x16\x07"})
    assert run("check", folder).stdout.startswith("1 stretches checked")


def test_a_shipped_id_cannot_be_taken(clinic: Clinic) -> None:
    folder = clinic({"foot-roll": GOOD.replace("wall-push", "foot-roll")})
    assert "foot-roll.yaml: “foot-roll” stands in stretches/foot-roll.yaml too." in refused(folder, "foot-roll")


SHARED = {
    "routine, unknown stretch": ("routines", ROUTINE, "stretch: wall-push", "stretch: wal-push", "wal-push",
                                 "Did you mean wall-push?"),
    "routine, twice": ("routines", ROUTINE, "heel-cord-stretch", "wall-push", "name:", "each stretch once."),
    "routine, unknown in the note": ("routines", ROUTINE, "{wall-push}", "{wal-push}", '"See', "no stretch “wal-"),
    "routine, brace": ("routines", ROUTINE, "all who", "{all|one|two} who", '"For {', "a brace, { or }"),
    "routine, escape in its id": ("routines", ROUTINE, "our-start:", '"\\e[2J":', '"', "\ufffd[2J: should be"),
    "routine, shipped id": ("routines", ROUTINE, "our-start", "five-to-start", "name:", "Give yours another id."),
    "routine, negative": ("routines", ROUTINE, "hold: 20", "hold: -20", "-20", "should be 1 or more."),
    "flag, unknown source": ("flags", FLAG, "S01", "S01, X99", "X99", "there is no source “X99”."),
    "flag, brace": ("flags", FLAG, "unwell", "{unwell", '"you feel', "a brace, { or }"),
    "source, address": ("sources", SOURCE, "https:", "http:", "'http", "begins with https://."),
    "source, key": ("sources", SOURCE, "Z1", '"Z 1"', '"Z', "letters and digits"),
}  # fmt: skip


@pytest.mark.parametrize("case", SHARED)
def test_faults_of_shared_files_have_their_place(clinic: Clinic, case: str) -> None:
    name, good, old, new, needle, words = SHARED[case]
    folder = clinic({"wall-push": GOOD, f"sheet/{name}": good})
    assert run("check", folder).exit_code == 0
    assert good.count(old) == 1
    text = good.replace(old, new)
    said = refused(clinic({f"sheet/{name}": text}), *(["--routine", "our-start"] if name == "routines" else []))
    assert f"sheet/{name}.yaml:{place(text, needle)}: " in said and words in said
    assert len(set(said.splitlines())) == len(said.splitlines())


def test_check_tells_of_doses_and_files_that_only_it_can_see(clinic: Clinic) -> None:
    far = ROUTINE.replace("hold: 20", "hold: 31")
    result = run("check", clinic({"wall-push": GOOD, "sheet/routines": far}))
    assert result.exit_code == 1
    assert "routine our-start, wall-push: hold=31 is outside its range, 10 to 30 seconds." in result.stderr
    result = run("check", clinic({"sheet/routines": ROUTINE, "sheet/guidance": "x", "sheet/flgs": FLAG}))
    assert "sheet/guidance.yaml: is not read. Yours can be routines, flags, sources, phrases." in result.stderr
    assert "sheet/flgs.yaml: is not read. Did you mean flags?" in result.stderr


def test_check_tells_everything_at_once_and_each_thing_once(clinic: Clinic) -> None:
    two = GOOD.replace("kind: static", "kidn: static").replace("level: stands", "level: stnds")
    clash = GOOD.replace("wall-push", "foot-roll").replace("min: 10", "min: ten")
    folder = clinic(
        {
            "wall-push": GOOD.replace("fall-risk", "fall-rsk").replace("S01", "S99"),
            "two": two.replace("wall-push", "two"),
            "three": "id: [",
            "foot-roll": clash,
            "sheet/sources": "Z1: 3\n",
            "sheet/routines": ROUTINE.replace("our-start", "Our"),
        }
    )
    result = run("check", folder)
    lines = result.stderr.replace(f"{folder}{os.sep}", "").splitlines()
    assert result.exit_code == 1 and len(lines) == len(set(lines))
    for words in (
        "two.yaml:1:1: kind: is missing.",
        "two.yaml:4:1: kidn: is not a key we know.",
        "two.yaml:10:8: level: ",
        "three.yaml:2:1: is not valid YAML",
        "foot-roll.yaml: “foot-roll” stands in stretches/foot-roll.yaml too.",
        "foot-roll.yaml:12:13: hold.min: should be a whole number.",
        "sheet/sources.yaml:1:5: Z1: should hold keys with values.",
        "sheet/routines.yaml:1:1: Our: should be small letters",
    ):
        assert sum(line.startswith(f"handouts: {words}") for line in lines) == 1, words


def test_a_good_clinic_folder_works_everywhere(clinic: Clinic, tmp_path: Path) -> None:
    own = GOOD.replace("[fall-risk]", "[our-flag, fall-risk]").replace("key: S01", "key: Z1")
    folder = clinic(
        {
            "wall-push": own,
            "sheet/routines": ROUTINE,
            "sheet/flags": FLAG,
            "sheet/sources": "Z1: {title: Our leaflet, publisher: Riverside Clinic, tier: B}\n",
        }
    )
    assert run("check", folder).stdout == f"1 stretches checked in {folder}. All is well.\n"
    assert "wall-push" in run("list", "--stretches", folder).stdout
    assert "our-start  Our start." in run("routines", "--stretches", folder).stdout
    shown = run("show", "wall-push", "--stretches", folder).stdout
    assert "2. Bend one knee a little." in shown and "Z1: Riverside Clinic, Our leaflet." in shown
    output = tmp_path / "out.pdf"
    assert run("make", "--routine", "our-start", "--stretches", folder, "-o", output).exit_code == 0
    with pypdfium2.PdfDocument(output) as document:
        printed = " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in document)
    for words in ("Wall push", "Ankle stretch with a towel", "Our leaflet", "you feel unwell", "“Wall push”"):
        assert words in printed
