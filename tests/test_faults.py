"""Disks, devices, signals and closed pipes: a plain line, no half file, and what was there stays."""

from __future__ import annotations

import os
import resource
import signal
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from handouts.cli.app import app
from handouts.errors import ContentError
from handouts.files import write_whole

ROOT = os.geteuid() == 0
PROGRAM = [sys.executable, "-m", "handouts"]
MAKE = ["make", "foot-roll", "--for", "Quirina Zett", "-o"]


def run(*arguments: object) -> Result:
    """The command line in this process; what is no plain exit is raised."""
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def fails(output: Path, words: str) -> None:
    """`make` into `output` ends with one line that names the file and says `words`."""
    result = run(*MAKE, output)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"handouts: {output}: ") and words in result.stderr
    assert result.stderr.count("\n") == 1 and "Zett" not in result.stderr


def is_pdf(path: Path) -> bool:
    """Does a file hold a whole PDF?"""
    data = path.read_bytes()
    return data.startswith(b"%PDF-1.7") and data.rstrip().endswith(b"%%EOF")


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A file that is there already, alone in its folder."""
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "out.pdf").write_bytes(b"old")
    return folder / "out.pdf"


@pytest.fixture
def mounted(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """Mounts a small file system with some options; skipped where that is not allowed."""
    folder = tmp_path / "mounted"
    folder.mkdir()

    def mount(options: str) -> Path:
        try:
            command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
            subprocess.run(command, check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError):
            pytest.skip("mounting a file system needs root")
        return folder

    yield mount
    if folder.is_mount():
        subprocess.run(["umount", "-l", str(folder)], check=True)


def unchanged(path: Path) -> bool:
    """Is the old file as it was, and nothing left beside it?"""
    return path.read_bytes() == b"old" and [p.name for p in path.parent.iterdir()] == [path.name]


def test_places_that_cannot_hold_a_file(tmp_path: Path, old: Path) -> None:
    for output, words in {
        tmp_path / "nowhere" / "out.pdf": f"the folder {tmp_path / 'nowhere'} does not exist. Make it first.",
        old / "out.pdf": f"the folder {old} does not exist.",
        tmp_path: "is a folder. Give a file name, such as handout.pdf.",
        Path(): "is a folder.",
        tmp_path / ("n" * 300): "cannot be written: File name too long.",
        Path("/proc/out.pdf"): "cannot be written: ",
        Path("/dev/null/out.pdf"): "the folder /dev/null does not exist.",
    }.items():
        fails(output, words)
    assert unchanged(old) and [path.name for path in tmp_path.iterdir()] == ["folder"]


def test_a_zero_byte_in_a_name_is_no_crash(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="cannot be written"):
        write_whole(tmp_path / "a\0b.pdf", b"new")
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(ROOT, reason="no folder is closed to root")
def test_a_closed_folder(old: Path) -> None:
    old.parent.chmod(0o500)
    fails(old, "cannot be written: Permission denied.")
    assert old.read_bytes() == b"old"


def test_a_read_only_file_system(mounted: Callable[[str], Path]) -> None:
    fails(mounted("ro,size=64k") / "out.pdf", "cannot be written: Read-only file system.")


def test_a_full_disk_keeps_the_old_file(mounted: Callable[[str], Path]) -> None:
    output = mounted("size=16k") / "out.pdf"
    output.write_bytes(b"old")
    fails(output, "cannot be written: No space left on device. Free some space.")
    assert unchanged(output)


def _small_files_only() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))


def test_a_limit_on_file_size_keeps_the_old_file(old: Path) -> None:
    done = subprocess.run([*PROGRAM, *MAKE, old], capture_output=True, text=True, preexec_fn=_small_files_only)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"handouts: {old}: cannot be written: File too large.\n" and unchanged(old)


def test_a_full_device_stays_a_device(tmp_path: Path) -> None:
    # Root could replace the machine's own /dev/full, so a device of the same kind stands in for it.
    full = tmp_path / "full" if ROOT else Path("/dev/full")
    if ROOT:
        os.mknod(full, stat.S_IFCHR | 0o666, Path("/dev/full").stat().st_rdev)
    fails(full, "cannot be written: ")
    assert stat.S_ISCHR(full.stat().st_mode)


def test_a_pipe_gets_the_file_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_whole(pipe, b"new")
        assert os.read(reader, 100) == b"new" and stat.S_ISFIFO(pipe.stat().st_mode)
    finally:
        os.close(reader)


def test_a_link_stays_a_link(old: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.pdf"
    link.symlink_to(old)
    assert run(*MAKE, link).exit_code == 0
    assert link.is_symlink() and is_pdf(old)


@pytest.mark.parametrize("mode", [0o600, 0o644, 0o640])
def test_a_replaced_file_keeps_its_permissions(old: Path, mode: int) -> None:
    old.chmod(mode)
    assert run(*MAKE, old).exit_code == 0
    assert is_pdf(old) and stat.S_IMODE(old.stat().st_mode) == mode


@pytest.mark.parametrize("mask", [0o022, 0o077])
def test_a_new_file_follows_the_umask(tmp_path: Path, mask: int) -> None:
    before = os.umask(mask)
    try:
        write_whole(tmp_path / "new.pdf", b"new")
        assert os.umask(mask) == mask
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "new.pdf").stat().st_mode) == 0o666 & ~mask


# Where a run can end between the first byte and the last step.
STEPS = ["os.fsync", "os.replace", "pathlib.Path.chmod"]


@pytest.mark.parametrize("step", STEPS)
def test_a_process_killed_half_way_leaves_the_old_file(old: Path, step: str) -> None:
    module, name = step.split(".", 1)
    code = (
        f"import os, {module}, signal, sys; from handouts.cli import main\n"
        f"{module}.{name} = lambda *a, **k: os.kill(os.getpid(), signal.SIGKILL)\n"
        "main()"
    )
    done = subprocess.run([sys.executable, "-c", code, *MAKE, old], capture_output=True)
    assert done.returncode == -signal.SIGKILL and old.read_bytes() == b"old"
    (left,) = (path for path in old.parent.iterdir() if path != old)
    assert left.name.startswith(".handouts-") and is_pdf(left)
    assert run(*MAKE, old).exit_code == 0 and is_pdf(old)


@pytest.mark.parametrize("step", STEPS)
def test_an_interrupted_run_leaves_nothing(old: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(step, interrupt)
    result = CliRunner().invoke(app, [*MAKE, str(old)])
    assert result.exit_code != 0 and result.stdout == "" and unchanged(old)


@pytest.mark.parametrize("step", STEPS)
def test_a_step_that_fails_leaves_nothing(old: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    def fail(*_: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(step, fail)
    fails(old, "cannot be written: Input/output error.")
    assert unchanged(old)


def test_an_interrupt_while_starting_has_no_traceback() -> None:
    code = (
        "import sys; sys.argv = ['handouts', 'list']; from handouts import cli\n"
        "def stop(): raise KeyboardInterrupt\n"
        "cli._run = stop; cli.main()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True)
    assert (done.returncode, done.stderr) == (130, b"")


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["list"], ["show", "foot-roll"]])
def test_a_reader_that_has_gone_is_no_traceback(arguments: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run([*PROGRAM, *arguments], stdout=writing, stderr=subprocess.PIPE)
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (1, b"")


@pytest.mark.parametrize("arguments", [["--version"], ["list"]])
def test_output_that_cannot_be_written_is_one_line(arguments: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([*PROGRAM, *arguments], stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 1
    assert done.stderr == b"handouts: cannot go on: No space left on device.\n"


def test_a_folder_that_was_removed_under_us(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    command = ["sh", "-c", 'rmdir "$PWD" && exec "$@"', "sh", *PROGRAM, "make", "foot-roll"]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[1])}
    done = subprocess.run(command, cwd=gone, env=environment, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.startswith("handouts: ") and len(done.stderr.splitlines()) == 1
