"""The edges of a crawl's process: signals while it starts, a lock that is held, no network, a full disk, a killed run."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipelines.lock import OutputLock
from schemas.manifest import read_manifest
from schemas.runs import list_runs
from schemas.tables import read_rows
from tests.samverkan.conftest import Demo
from tests.samverkan.program import GOOD_PAGE, PROGRAM, ROOT, SAMPLE_WEB, environment, make_warc, run

SITES = SAMPLE_WEB / "sites.toml"
NOWHERE = """
[[site]]
id = "ett"
owner = "Ett"
start_urls = ["http://127.0.0.2:9/"]
[[site]]
id = "två"
owner = "Två"
start_urls = ["http://127.0.0.3:9/"]
"""
"""Sites that refuse connections: nothing listens on port 9 (discard)."""


@pytest.fixture
def output(tmp_path: Path) -> Iterator[Path]:
    """Holds a published run "a", which `latest` points to in the end as in the beginning; the lock is free."""
    output = publish_first_run(tmp_path)
    yield output
    assert (output / "latest").readlink() == Path("runs/a")
    assert read_manifest(output / "latest").status == "published"
    free = OutputLock(output)
    free.acquire("test")
    free.release()


def publish_first_run(tmp_path: Path) -> Path:
    """The output folder of a run "a"."""
    archive = make_warc(tmp_path / "a.warc.gz", ("https://lillaedet.se/a", GOOD_PAGE))
    run("extract", archive, "--output", tmp_path / "out", "--run-id", "a", "-q")
    return tmp_path / "out"


def call_demo(output: Path) -> list[str]:
    return [*PROGRAM, "demo", "--output", str(output), "-q"]


def call_scrapy(output: Path, sites: Path = SITES) -> list[str]:
    settings = {"SAMVERKAN_OUTPUT": output, "SAMVERKAN_SITES": sites, "SAMVERKAN_RUN_ID": "b", "LOG_LEVEL": "ERROR"}
    quick = {"SAMVERKAN_ROBOTS_PATIENCE": 0.5, "SAMVERKAN_CONTACT": "drift@example.org"}
    words = (word for name, value in {**settings, **quick}.items() for word in ("-s", f"{name}={value}"))
    return [sys.executable, "-m", "scrapy", "crawl", "collaboration", *words]


def call(command: list[str]) -> tuple[int, str]:
    """Exit code and stderr."""
    done = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False, timeout=60)
    return done.returncode, done.stderr


def interrupt(command: list[str], number: signal.Signals, is_time: Callable[[], bool]) -> tuple[int, str, float]:
    """Exit code, stderr, and how many seconds it took to end after a signal that came when it was time."""
    process = subprocess.Popen(command, cwd=ROOT, env=environment(), stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 30
    while not is_time() and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.01)
    process.send_signal(number)
    sent = time.monotonic()
    _, errors = process.communicate(timeout=30)
    return process.returncode, errors, time.monotonic() - sent


def is_opening(output: Path) -> bool:
    """Whether a crawl has taken the lock, which lies beside "a": its engine does not run yet."""
    return (output / ".lock").read_text().startswith(("demo", "crawl"))


def last_run(output: Path) -> tuple[str, str | None]:
    manifest = list_runs(output)[-1]
    return manifest.status, manifest.reason


@pytest.mark.parametrize(
    ("make_command", "number", "line"),
    [(call_demo, signal.SIGTERM, "samverkan: stopped by SIGTERM.\n"), (call_scrapy, signal.SIGINT, "")],
)
def test_a_signal_before_the_engine_runs_is_heeded(
    output: Path, make_command: Callable[[Path], list[str]], number: signal.Signals, line: str
) -> None:
    code, errors, seconds = interrupt(make_command(output), number, lambda: is_opening(output))
    assert (code, errors) == (128 + number, line)
    assert last_run(output) == ("interrupted", "stopped by a signal")
    assert seconds < 10  # a second, on a machine that is not busy


def test_a_signal_while_the_program_loads_begins_no_run(output: Path) -> None:
    start = time.monotonic()
    code, errors, _ = interrupt(call_demo(output), signal.SIGTERM, lambda: time.monotonic() > start + 0.3)
    assert (code, errors) in [(143, "samverkan: stopped by SIGTERM.\n"), (-15, "")]  # -15: Python itself had not yet come to us
    assert [manifest.run_id for manifest in list_runs(output)] == ["a"]


@pytest.mark.parametrize(("make_command", "start"), [(call_demo, "samverkan: "), (call_scrapy, "")])
def test_a_second_run_in_one_folder_is_refused_in_one_line(output: Path, make_command: Callable[[Path], list[str]], start: str) -> None:
    lock = OutputLock(output)
    lock.acquire("crawl x")
    command = [word for word in make_command(output) if word != "-q"]
    code, errors = call(command)
    lock.release()
    assert code == 75
    assert errors.startswith(f"{start}another run holds the lock of {output}: crawl x, process ")
    assert errors.count("\n") == 1


def test_without_a_network_the_reason_is_told_in_one_line(output: Path, tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere.toml"
    nowhere.write_text(NOWHERE, encoding="utf-8")
    code, errors = call(call_scrapy(output, nowhere))
    reason = "ett: http://127.0.0.2:9/: robots.txt: the connection was refused"
    assert (code, errors) == (4, f"no readable page was found (2 sites unreachable); {reason}\n")
    coverage = read_rows(output / "runs" / "b" / "coverage.parquet")
    assert {row["site_id"]: row["outcome"] for row in coverage} == {"ett": "unreachable", "två": "unreachable"}


def test_an_output_that_is_no_folder_ends_scrapy_crawl_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    code, errors = call(call_scrapy(tmp_path / "out"))
    assert (code, errors) == (74, f"cannot write {tmp_path / 'out'}: a file stands where a folder is needed\n")


@pytest.mark.parametrize(("size", "failing"), [(512, "manifest.json"), (20_000, ".warc.gz"), (None, ".wacz")])
def test_a_full_disk_ends_a_crawl_in_one_line(output: Path, demo: Demo, size: int | None, failing: str) -> None:
    """No file may become larger than some bytes: too few for the manifest, for the WARC, for the WACZ that is to hold it."""
    size = size or next((demo.output / "archive").glob("*.wacz")).stat().st_size - 1000
    code, errors = call(["sh", "-c", f'ulimit -f {size // 512}; exec "$@"', "sh", *call_demo(output)])
    assert code == 74
    assert failing in errors
    assert errors.endswith(("File too large.\n", "the file size limit is reached.\n"))
    assert errors.count("\n") == 1


def test_a_killed_crawl_is_listed_and_its_archive_can_be_extracted(tmp_path: Path) -> None:
    output = publish_first_run(tmp_path)
    archive = output / "archive"
    code, _, _ = interrupt(call_demo(output), signal.SIGKILL, lambda: any(path.stat().st_size > 30_000 for path in archive.glob("*.gz")))
    assert code == -signal.SIGKILL
    assert (output / "latest").readlink() == Path("runs/a")

    assert run("extract", tmp_path / "a.warc.gz", "--output", output, "--run-id", "c", "-q").returncode == 0
    killed = next(manifest for manifest in list_runs(output) if manifest.kind == "demo")
    assert killed.status == "interrupted"
    assert read_manifest(output / "latest").run_id == "c"
    done = run("extract", archive / f"{killed.run_id}.warc.gz", "--sites", SITES, "--output", tmp_path / "again", "--run-id", "d", "-q")
    assert done.returncode == 0, done.stderr
    assert read_manifest(tmp_path / "again" / "latest").rows["pages"] > 0
