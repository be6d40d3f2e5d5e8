"""Who is told how to go on with a crawl."""

import errno
import os
import signal
from pathlib import Path

import pytest

from pipelines.manifest import write_manifest
from pipelines.stopping import Stopped
from samverkan.program import describe_error
from samverkan.resuming import pointing_to_resume
from schemas.disk import writing
from schemas.errors import LockHeld, NothingReadable, OutputUnwritable
from schemas.manifest import Manifest
from schemas.output import run_folder, warc_file


def end(output: Path, error: BaseException) -> str:
    """What is said of a crawl into `output` that ends with an error."""
    with pytest.raises(type(error)) as raised, pointing_to_resume(output):
        raise error
    return describe_error(raised.value)


def unwritable(number: int) -> OutputUnwritable:
    """What a disk that refuses becomes."""
    with pytest.raises(OutputUnwritable) as raised, writing(Path("a")):
        raise OSError(number, os.strerror(number))
    return raised.value


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """An output folder with the archive of a crawl that was cut short."""
    warc_file(tmp_path, "a").parent.mkdir()
    warc_file(tmp_path, "a").touch()
    run_folder(tmp_path, "a").mkdir(parents=True)
    write_manifest(Manifest("a", "crawl", "interrupted", "2026-11-21T04:00:00Z"), run_folder(tmp_path, "a"))
    return tmp_path


@pytest.mark.parametrize(
    ("error", "words"),
    [(Stopped(signal.SIGTERM), "stopped by SIGTERM; "), (unwritable(errno.ENOSPC), "cannot write a: the disk is full; ")],
    ids=["signal", "full disk"],
)
def test_what_ends_at_the_next_attempt_is_told_how_to_go_on(error: BaseException, words: str, output: Path) -> None:
    line = end(output, error)
    assert line.startswith(words)
    assert line.endswith(f"crawl --resume --run-id a --output {output} goes on with it.")


@pytest.mark.parametrize(
    "error",
    [NothingReadable("no readable page was found"), LockHeld("another run holds the lock"), KeyError("x")],
    ids=["nothing readable", "lock", "ours"],
)
def test_what_would_end_so_again_is_not(error: BaseException, output: Path) -> None:
    assert "--resume" not in end(output, error)


def test_without_an_archive_there_is_nothing_to_go_on_with(tmp_path: Path) -> None:
    assert end(tmp_path, Stopped(signal.SIGINT)) == "stopped by SIGINT."


def test_an_earlier_crawls_archive_is_not_meant(output: Path) -> None:
    os.utime(output / "archive" / "a.warc.gz", (0, 0))
    assert end(output, Stopped(signal.SIGINT)) == "stopped by SIGINT."


def test_the_usual_output_folder_need_not_be_named(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (output / "output").symlink_to(output)
    monkeypatch.chdir(output)
    assert end(Path("output").absolute(), Stopped(signal.SIGINT)).endswith("crawl --resume --run-id a goes on with it.")
