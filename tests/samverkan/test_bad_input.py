"""Bad input: one clear line, the contract's exit code, no traceback, and the good pages of a half-broken archive extracted."""

import random
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from pipelines.lock import OutputLock
from pipelines.publish import prepare_output
from schemas.manifest import read_manifest
from tests.samverkan.program import GOOD_PAGE, make_warc, run

URL = "https://lillaedet.se"
GOOD = (f"{URL}/samverkan", GOOD_PAGE)
RANDOM = (f"{URL}/slump", random.Random(1).randbytes(100_000))
HUGE = (f"{URL}/stor", "<p>" + "Samverkan med Ale kommun. " * 2_000_000)
DEEP = (f"{URL}/djup", "<div>" * 200_000 + "Samverkan med Ale kommun")
IMAGE = (f"{URL}/bild.png", b"\x89PNG\r\n" + bytes(range(256)), "image/png")

Maker = Callable[[Path], Path]


def write(content: bytes) -> Maker:
    """Makes a file of these bytes."""

    def make(path: Path) -> Path:
        path.write_bytes(content)
        return path

    return make


def cut_short(path: Path) -> Path:
    """A WARC that ends within its only page."""
    whole = make_warc(path.with_name("whole.warc.gz"), GOOD).read_bytes()
    path.write_bytes(whole[:500])
    return path


UNREADABLE: dict[str, Maker] = {
    "missing": lambda path: path,
    "folder": lambda path: path.parent,
    "empty": write(b""),
    "no archive": write(b"<html><p>Samverkan"),
}
HOLDING_NOTHING: dict[str, Maker] = {
    "without pages": lambda path: make_warc(path),
    "images": lambda path: make_warc(path, IMAGE),
    "random bytes": lambda path: make_warc(path, RANDOM),
    "50 MB": lambda path: make_warc(path, HUGE),
    "nested": lambda path: make_warc(path, DEEP),
    "truncated": cut_short,
}


@pytest.mark.parametrize("make", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_an_unreadable_archive_is_refused_before_anything_is_written(tmp_path: Path, make: Maker) -> None:
    archive = make(tmp_path / "x.warc.gz")
    done = run("extract", archive, "--output", tmp_path / "out")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("samverkan: ")
    assert str(archive) in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("make", HOLDING_NOTHING.values(), ids=HOLDING_NOTHING.keys())
def test_without_a_readable_page_nothing_is_published(tmp_path: Path, make: Maker) -> None:
    done = run("extract", make(tmp_path / "x.warc.gz"), "--output", tmp_path / "out", "--run-id", "a", "--quiet")
    assert (done.returncode, done.stdout) == (4, "")
    assert done.stderr == "samverkan: no readable page was found; the issues of the run say why.\n"
    assert not (tmp_path / "out" / "latest").exists()
    assert read_manifest(tmp_path / "out" / "runs" / "a").status == "failed"


def test_the_good_pages_of_a_bad_archive_are_extracted_and_the_bad_ones_listed(tmp_path: Path) -> None:
    archive = make_warc(tmp_path / "x.warc.gz", RANDOM, HUGE, GOOD, DEEP, IMAGE)
    with archive.open("ab") as end:
        end.write(archive.read_bytes()[:100])
    done = run("extract", archive, "--output", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert pd.read_parquet(tmp_path / "out/latest/members.parquet").member_name.size == 4
    issues = pd.read_parquet(tmp_path / "out/latest/issues.parquet")
    assert {"page_too_large", "page_unreadable", "not_html", "archive_truncated"} <= set(issues.code)
    assert issues.code.tolist().count("page_unreadable") == 2


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('[[site]]\nid = "ale"\nowner = "kommun:1440"\nstart_url = ["https://ale.se/"]\n', "did you mean start_urls?"),
        ("[[site]\n", "is not valid TOML"),
        ('[[site]]\nid = "ale"\nowner = "kommun:9999"\nstart_urls = ["https://ale.se/"]\n', '"kommun:9999" is not in the registry'),
    ],
)
def test_a_site_list_with_a_mistake_is_told_with_its_place(tmp_path: Path, text: str, line: str) -> None:
    sites = tmp_path / "list.toml"
    sites.write_text(text)
    for arguments in (["extract", make_warc(tmp_path / "x.warc.gz", GOOD), "--sites", sites], ["sites", "--sites", sites]):
        done = run(*arguments, cwd=tmp_path)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith(f"samverkan: {sites}: ")
        assert line in done.stderr
        assert done.stderr.count("\n") == 1
        (tmp_path / "x.warc.gz").unlink(missing_ok=True)
    assert not (tmp_path / "output").exists()


def test_an_output_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").touch()  # a folder's permissions would not keep out a test that runs as root
    done = run("extract", make_warc(tmp_path / "x.warc.gz", GOOD), "--output", tmp_path / "file" / "out")
    assert (done.returncode, done.stdout) == (74, "")
    assert done.stderr == f"samverkan: cannot write {tmp_path}/file/out: a file stands where a folder is needed.\n"


def test_a_run_id_is_used_once(tmp_path: Path) -> None:
    archive = make_warc(tmp_path / "x.warc.gz", GOOD)
    arguments = ["extract", archive, "--output", tmp_path / "out", "--run-id", "a", "--quiet"]
    assert run(*arguments).returncode == 0
    before = read_manifest(tmp_path / "out" / "latest")
    done = run(*arguments)
    assert (done.returncode, done.stderr) == (2, f"samverkan: the run a exists already in {tmp_path}/out.\n")
    assert read_manifest(tmp_path / "out" / "latest") == before


def test_one_run_at_a_time(tmp_path: Path) -> None:
    lock = OutputLock(prepare_output(tmp_path / "out"))
    lock.acquire("crawl")
    done = run("extract", make_warc(tmp_path / "x.warc.gz", GOOD), "--output", tmp_path / "out", "-q")
    assert (done.returncode, done.stdout) == (75, "")
    assert done.stderr.startswith(f"samverkan: another run holds the lock of {tmp_path}/out: crawl")
    lock.release()


def test_an_error_of_ours_is_one_line_and_verbose_shows_where(tmp_path: Path) -> None:
    (tmp_path / "latest").mkdir()
    (tmp_path / "latest" / "manifest.json").write_text("{}")
    (tmp_path / "latest" / "pages.parquet").write_text("no Parquet")
    done = run("show", "ale.se", "--output", tmp_path)
    assert done.returncode == 70
    assert done.stderr.startswith("samverkan: an error of ours, ")
    assert done.stderr.count("\n") == 1
    verbose = run("show", "ale.se", "--output", tmp_path, "--verbose")
    assert verbose.returncode == 70
    assert "Traceback" in verbose.stderr
    assert verbose.stderr.splitlines()[-1] == done.stderr.strip()
