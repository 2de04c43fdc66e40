"""Whatever stops a batch, the next run goes on: no half file, no lost row, no row twice, and the same bytes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from batches import DAY, LONGEST, ROWS, batch, changed, events, files, hearing, lines, naming, settled, table

from handouts.batch import workers
from handouts.batch.manifest import Manifest
from handouts.errors import ContentError

REFS = [row["ref"] for row in ROWS]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What a batch that nobody disturbs makes."""
    folder = tmp_path_factory.mktemp("undisturbed")
    assert batch(table(folder / "patients.csv"), "-o", folder / "out", "--date", DAY).returncode == 0
    return settled(folder / "out")


@pytest.fixture
def call(tmp_path: Path) -> tuple[object, ...]:
    return (table(tmp_path / "patients.csv"), "-o", tmp_path / "out", "--date", DAY, "--json", "--jobs", 1)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def _resumed(call: tuple[object, ...], out: Path, undisturbed: dict[str, bytes]) -> list[object]:
    """The refs that the next run had to make; after it all is as if nothing had been."""
    done = batch(*call)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert settled(out) == undisturbed
    return [event["ref"] for event in events(done, "made")]


def test_killed_between_two_rows(call: tuple[object, ...], out: Path, undisturbed: dict[str, bytes]) -> None:
    killed = batch(*call, program=hearing("made", 3, "os.kill(os.getpid(), signal.SIGKILL)"))
    assert killed.returncode == -9
    assert _resumed(call, out, undisturbed) == REFS[3:]
    assert [line["ref"] for line in lines(out)] == REFS


def test_killed_with_a_file_half_written(
    call: tuple[object, ...], out: Path, tmp_path: Path, undisturbed: dict[str, bytes]
) -> None:
    kill = "os.kill(os.getppid(), signal.SIGKILL); os.kill(os.getpid(), signal.SIGKILL)"
    killed = batch(*call, "--jobs", 2, more=naming(tmp_path / "hurt", "A4.pdf", kill))
    assert killed.returncode == -9
    assert len(list(out.glob(".handouts-*.part"))) >= 1
    assert "A4.pdf" not in files(out)
    assert "A4" in _resumed(call, out, undisturbed)


def test_a_run_waits_for_the_last_file_of_one_that_was_killed(
    call: tuple[object, ...], out: Path, tmp_path: Path, undisturbed: dict[str, bytes]
) -> None:
    """Else what the old table said of A4 could come to stand over what the new one says."""
    go = tmp_path / "go"
    os.mkfifo(go)
    kill = f"os.kill(os.getppid(), signal.SIGKILL); open({str(go)!r}).read()"
    hurt = os.environ | naming(tmp_path / "hurt", "A4.pdf", kill)
    command = [sys.executable, "-m", "handouts", "batch", *map(str, call)]
    assert (
        subprocess.run(command, env=hurt, stdout=subprocess.DEVNULL, timeout=LONGEST, check=False).returncode == -9
    )
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as after:
        assert after.stdout
        assert json.loads(after.stdout.readline())["event"] == "checked"
        go.write_text("")  # only now the worker that was left behind ends its file
        assert json.loads(after.stdout.readline())["event"] == "begun"
        assert len(after.stdout.readlines()) == len(REFS) + 1
    assert after.returncode == 0
    assert settled(out) == undisturbed


@pytest.mark.parametrize(("signal", "code"), [("SIGINT", 130), ("SIGTERM", 143)])
def test_asked_to_stop(
    call: tuple[object, ...], out: Path, undisturbed: dict[str, bytes], signal: str, code: int
) -> None:
    stopped = batch(*call, "--jobs", 2, program=hearing("made", 1, f"os.killpg(0, signal.{signal})"), group=True)
    assert stopped.returncode == code
    assert stopped.stderr == "handouts: stopped. Run the same command again to go on.\n"
    assert events(stopped, "done")[0]["stopped"] is True
    made = [event["ref"] for event in events(stopped, "made")]
    assert len(made) < len(REFS) + 1
    assert settled(out) == {f"{ref}.pdf": undisturbed[f"{ref}.pdf"] for ref in made}
    assert _resumed(call, out, undisturbed) == REFS[len(made) :]
    assert [line["ref"] for line in lines(out)] == REFS


def test_asked_to_stop_while_the_table_is_checked(call: tuple[object, ...], out: Path) -> None:
    table(Path(str(call[0])), [{**ROWS[0], "stretches": "foot-rol"}, *ROWS[1:]])
    stopped = batch(*call, program=hearing("bad-row", 1, "os.kill(os.getpid(), signal.SIGINT)"))
    assert stopped.returncode == 130
    assert stopped.stderr == "handouts: stopped. Run the same command again to go on.\n"
    assert not out.exists()


def test_a_worker_that_dies_costs_nothing(
    call: tuple[object, ...], out: Path, tmp_path: Path, undisturbed: dict[str, bytes]
) -> None:
    hurt = naming(tmp_path / "hurt", "A3.pdf", "os.kill(os.getpid(), signal.SIGKILL)")
    done = batch(*call, "--jobs", 2, more=hurt)
    assert (done.returncode, done.stderr) == (0, "")
    assert files(out) == undisturbed
    assert [event["ref"] for event in events(done, "made")] == REFS
    assert _resumed(call, out, undisturbed) == []


def test_a_row_that_kills_its_workers_is_the_only_one_that_fails(
    call: tuple[object, ...], out: Path, tmp_path: Path, undisturbed: dict[str, bytes]
) -> None:
    hurt = naming(tmp_path / "hurt", "A3.pdf", "os.kill(os.getpid(), signal.SIGKILL)", always=True)
    done = batch(*call, "--jobs", 2, more=hurt)
    assert done.returncode == 1
    assert [(event["row"], event["ref"]) for event in events(done, "failed")] == [(4, "A3")]
    assert "its process ended twice (the last time with signal 9)" in str(events(done, "failed")[0]["error"])
    assert files(out) == {name: data for name, data in undisturbed.items() if name != "A3.pdf"}
    assert _resumed(call, out, undisturbed) == ["A3"]


def test_a_machine_on_which_no_worker_lives_says_so_once(
    call: tuple[object, ...], out: Path, tmp_path: Path, undisturbed: dict[str, bytes]
) -> None:
    done = batch(
        *call, more=naming(tmp_path / "hurt", ".pdf", "os.kill(os.getpid(), signal.SIGKILL)", always=True)
    )
    assert done.returncode == 1
    assert done.stderr.startswith(
        "handouts: the processes that make the handouts keep ending. Is there memory left?"
    )
    assert done.stderr.count("\n") == 1
    assert _resumed(call, out, undisturbed) == REFS


def test_a_limit_on_files_is_said_once(call: tuple[object, ...], out: Path, undisturbed: dict[str, bytes]) -> None:
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))"
    done = batch(*call, program=hearing("begun", 1, limit))
    _full(done, "File too large")
    assert _resumed(call, out, undisturbed) == REFS


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk on which a few handouts have room."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = shutil.which("mount")
    if os.name != "posix" or os.geteuid() or not mount:
        pytest.skip("mounting a small disk needs root")
    done = subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=112k", "tmpfs", disk], capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip("no small disk can be mounted here")
    yield disk
    subprocess.run(["umount", disk], check=True)


def test_a_full_disk_is_said_once(
    call: tuple[object, ...], small_disk: Path, undisturbed: dict[str, bytes]
) -> None:
    out = small_disk / "out"
    call = tuple(out if word == call[2] else word for word in call)
    done = batch(*call)
    _full(done)
    made = [str(event["ref"]) for event in events(done, "made")]
    assert 0 < len(made) < len(REFS)
    for name, data in files(out).items():
        assert data == undisturbed[name]
    subprocess.run(["mount", "-o", "remount,size=2m", str(small_disk)], check=True)
    again = _resumed(call, out, undisturbed)
    assert not set(again) & set(made)


def _full(done: subprocess.CompletedProcess[str], why: str = "Free some space") -> None:
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert why in done.stderr
    assert "un the same command again." in done.stderr


def test_a_manifest_that_was_cut_off_is_mended(
    call: tuple[object, ...], out: Path, undisturbed: dict[str, bytes]
) -> None:
    batch(*call)
    manifest = out / "manifest.jsonl"
    manifest.write_bytes(manifest.read_bytes()[:-40])
    assert _resumed_with_cut(call, out, undisturbed) == REFS[-1:]
    assert _resumed_with_cut(call, out, undisturbed) == []
    manifest.write_bytes(manifest.read_bytes() + b'{"row": 9')
    assert _resumed_with_cut(call, out, undisturbed) == []


def _resumed_with_cut(call: tuple[object, ...], out: Path, undisturbed: dict[str, bytes]) -> list[object]:
    done = batch(*call)
    assert (done.returncode, events(done, "advice")) == (0, [])
    assert files(out) == undisturbed
    return [event["ref"] for event in events(done, "made")]


def test_a_line_that_is_damaged_in_the_middle_is_said(call: tuple[object, ...], out: Path) -> None:
    batch(*call)
    manifest = out / "manifest.jsonl"
    told = manifest.read_text().splitlines()
    manifest.write_text("\n".join([*told[:2], told[2][:50], *told[3:], ""]))
    done = batch(*call)
    assert [event["text"] for event in events(done, "advice")] == [
        f"{manifest}:3 cannot be read. What it told is looked at anew."
    ]
    assert [event["ref"] for event in events(done, "made")] == ["A2"]


@pytest.mark.parametrize("broken", [None, b"short"])
def test_a_lost_key_means_that_all_is_made_again(
    call: tuple[object, ...], out: Path, undisturbed: dict[str, bytes], broken: bytes | None
) -> None:
    batch(*call)
    key = out / ".handouts-key"
    key.unlink() if broken is None else key.write_bytes(broken)
    done = batch(*call)
    assert "was lost or broken. Every handout is made again." in str(events(done, "advice")[0]["text"])
    assert [event["ref"] for event in events(done, "made")] == REFS
    assert (len(key.read_bytes()), key.stat().st_mode & 0o777) == (32, 0o600)
    assert _resumed(call, out, undisturbed) == []


def test_a_change_of_the_content_makes_all_again(call: tuple[object, ...], out: Path, tmp_path: Path) -> None:
    clinic = tmp_path / "clinic"
    clinic.mkdir()
    (clinic / "handouts.yaml").write_text("clinic: Riverside MS Clinic\n")
    call = (*call, "--stretches", clinic)
    assert [event["ref"] for event in events(batch(*call), "made")] == REFS
    assert events(batch(*call), "made") == []
    (clinic / "handouts.yaml").write_text("clinic: Hillside MS Clinic\n")
    assert [event["ref"] for event in events(batch(*call), "made")] == REFS


def test_two_at_once_do_not_mix(call: tuple[object, ...], out: Path, undisturbed: dict[str, bytes]) -> None:
    again = "subprocess.run([sys.executable, '-m', 'handouts', *sys.argv[1:]], stdout=-3)"
    second = f"print({again}.returncode, file=sys.stderr, flush=True)"
    done = batch(*call, program=hearing("made", 1, second))
    assert done.returncode == 0
    assert done.stderr.splitlines() == [
        f"handouts: {out}: another batch is at work in this folder. "
        "Wait until it is done, or stop it, or use another folder.",
        "1",
    ]
    assert settled(out) == undisturbed


def test_the_lock_ends_with_its_holder(tmp_path: Path) -> None:
    with Manifest(tmp_path), pytest.raises(ContentError, match="another batch is at work"):
        Manifest(tmp_path)
    with Manifest(tmp_path):
        pass


def test_what_stands_in_a_rows_way_fails_that_row(
    call: tuple[object, ...], out: Path, undisturbed: dict[str, bytes]
) -> None:
    (out / "A2.pdf").mkdir(parents=True)
    os.mkfifo(out / "A5.pdf")
    done = batch(*call)
    assert done.returncode == 1
    failed = {event["ref"]: str(event["error"]) for event in events(done, "failed")}
    assert list(failed) == ["A2", "A5"]
    assert all("stands in the way: it is no plain file." in error for error in failed.values())
    (out / "A2.pdf").rmdir()
    (out / "A5.pdf").unlink()
    assert _resumed(call, out, undisturbed) == ["A2", "A5"]


def test_a_failed_row_warns_of_the_handout_before(call: tuple[object, ...], out: Path, tmp_path: Path) -> None:
    batch(*call)
    table(Path(str(call[0])), changed("A3", note="Twice a day only."))
    hurt = naming(tmp_path / "hurt", "A3.pdf", "raise OSError(5, 'Input/output error')", always=True)
    done = batch(*call, more=hurt)
    assert done.returncode == 1
    assert "Input/output error. The handout of an earlier batch still stands there: do not" in str(
        events(done, "failed")[0]["error"]
    )


def test_the_pool_replaces_who_dies(tmp_path: Path) -> None:
    results = list(workers.mapped(_dies_once, [tmp_path / "a", tmp_path / "b"], 1))
    assert results == [2, 2]


def _dies_once(mark: Path) -> int:
    if not mark.exists():
        mark.touch()
        os._exit(1)
    return 2
