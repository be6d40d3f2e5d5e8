"""`samverkan crawl --resume`: what was interrupted goes on to the same end; what cannot be gone on with is refused, or begun anew."""

import os
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from pipelines.manifest import format_instant, write_manifest
from samverkan.crawl_task import CrawlTask, resume_task
from schemas.manifest import Manifest, read_manifest
from schemas.output import failures_file, run_folder, warc_file
from schemas.runs import list_runs
from tests.kills.judging import compare_archives, compare_datasets, find_leftovers
from tests.kills.measure import measure_kills
from tests.samverkan.program import GOOD_PAGE, ROOT, environment
from tests.spiders.crawling import site_row
from tests.spiders.small_web import Replies, Reply, SmallWeb, link_page, serve_small_web

PAGES = tuple(f"/samverkan/{number}" for number in range(8))
HELD = "/samverkan/6"
"""The web holds this one back, so that the crawl is in its midst while a test looks at it."""
PROGRAM = (sys.executable, "-m", "tests.kills.program")


def make_replies(wait: float) -> Replies:
    """Pages, one of which comes after a while, and one that never comes."""
    replies: Replies = {
        "/": link_page(*PAGES, "/trasig/samverkan"),
        **dict.fromkeys(PAGES, GOOD_PAGE),
        "/trasig/samverkan": Reply(status=0),
    }
    return {**replies, HELD: Reply(GOOD_PAGE, wait=wait)}


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, SmallWeb]:
    """The output and the run of a crawl that ran to its end, and the web as it was asked then."""
    output = tmp_path_factory.mktemp("undisturbed")
    with serve_small_web(make_replies(0)) as web:
        assert call(output, web)[0] == 0
    return output, newest(output).run_id, web


@pytest.fixture
def web(undisturbed: tuple[Path, str, SmallWeb]) -> Iterator[SmallWeb]:
    """The same web at the same address, asked for nothing yet; one page comes late."""
    with serve_small_web(make_replies(1.5), port=undisturbed[2].port) as web:
        yield web


def make_command(output: Path, web: SmallWeb, *more: str) -> list[str]:
    sites = output.with_name(f"{output.name}-sites.toml")
    sites.write_text(site_row("prov", web.root), encoding="utf-8")
    return [*PROGRAM, "crawl", "--sites", str(sites), "--output", str(output), "--quiet", *more]


def call(output: Path, web: SmallWeb, *more: str, blocks: int | None = None) -> tuple[int, str]:
    """Exit code and stderr of a crawl; no file grows beyond so many blocks of 512 bytes."""
    command = make_command(output, web, *more)
    limited = command if blocks is None else ["sh", "-c", f'ulimit -f {blocks}; exec "$@"', "sh", *command]
    done = subprocess.run(limited, cwd=ROOT, env=contact(), capture_output=True, text=True, check=False, timeout=60)
    return done.returncode, done.stderr


def contact() -> dict[str, str]:
    return environment(SAMVERKAN_CONTACT="drift@example.org")


def begin(output: Path, web: SmallWeb) -> subprocess.Popen[str]:
    """A crawl that waits for the page that comes late."""
    process = subprocess.Popen(make_command(output, web), cwd=ROOT, env=contact(), stderr=subprocess.PIPE, text=True)
    web.wait_for(HELD, patience=30)
    return process


def interrupt(output: Path, web: SmallWeb, number: signal.Signals = signal.SIGKILL) -> Manifest:
    """The run of a crawl that a signal ended in its midst."""
    process = begin(output, web)
    process.send_signal(number)
    process.communicate(timeout=30)
    return newest(output)


def newest(output: Path) -> Manifest:
    return list_runs(output)[-1]


def complaints(output: Path, run_id: str, undisturbed: tuple[Path, str, SmallWeb]) -> list[str]:
    """What the run has against it, beside the one that nothing disturbed."""
    other, other_id, _ = undisturbed
    found = [compare_datasets(output, run_id, other, other_id), compare_archives(output, run_id, other, other_id), find_leftovers(output)]
    return [complaint for each in found for complaint in each]


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_an_interrupted_crawl_ends_as_if_it_had_never_stopped(
    tmp_path: Path, undisturbed: tuple[Path, str, SmallWeb], web: SmallWeb, number: signal.Signals
) -> None:
    run = interrupt(tmp_path, web, number)
    assert call(tmp_path, web, "--resume") == (0, "")
    assert complaints(tmp_path, run.run_id, undisturbed) == []
    resent = Counter(web.paths) - Counter(undisturbed[2].paths)
    assert resent == (Counter([HELD]) if number == signal.SIGKILL else Counter())
    assert len(read_manifest(tmp_path / "latest").resumed_at) == 1


def test_after_a_full_disk_it_goes_on_and_may_fill_it_again(tmp_path: Path, undisturbed: tuple[Path, str, SmallWeb], web: SmallWeb) -> None:
    blocks = 14  # of 512 bytes: enough for the manifest, too few for all answers
    code, line = call(tmp_path, web, blocks=blocks)
    run_id = newest(tmp_path).run_id
    assert (code, line.count("\n")) == (74, 1)
    assert f"--resume --run-id {run_id}" in line
    asked = Counter(web.paths)
    code, line = call(tmp_path, web, "--resume", blocks=blocks)
    assert (code, line.count("\n")) == (74, 1)
    assert sum((Counter(web.paths) - asked).values()) == 1  # the answer that did not fit
    assert call(tmp_path, web, "--resume") == (0, "")
    assert complaints(tmp_path, run_id, undisturbed) == []


def keep_run(output: Path, web: SmallWeb, run_id: str, **changes: Any) -> None:
    """A run of that web that was interrupted, or is as the changes say; its archive is empty."""
    options = {"sites": str(output.with_name(f"{output.name}-sites.toml"))}
    manifest = Manifest(run_id, "crawl", "interrupted", format_instant(datetime.now(UTC)), options=options)
    (folder := run_folder(output, run_id)).mkdir(parents=True)
    write_manifest(replace(manifest, **changes), folder)
    warc_file(output, run_id).parent.mkdir(exist_ok=True)
    warc_file(output, run_id).touch()


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"status": "published"}, "it is published"),
        ({"status": "failed", "exit_code": 4}, "it is failed"),
        ({"kind": "extract"}, "it is no crawl but a extract"),
        ({"previous_run_id": "other"}, "another run was published since it began"),
    ],
    ids=["published", "failed", "of another kind", "outdated"],
)
def test_a_run_that_cannot_be_gone_on_with_is_refused_in_one_line(
    tmp_path: Path, web: SmallWeb, changes: dict[str, object], reason: str
) -> None:
    keep_run(tmp_path, web, "a", **changes)
    assert call(tmp_path, web, "--resume", "--run-id", "a") == (2, f"samverkan: The run a cannot be gone on with: {reason}.\n")
    assert web.paths == []


def test_an_unknown_run_is_refused_in_one_line(tmp_path: Path, web: SmallWeb) -> None:
    assert call(tmp_path, web, "--resume", "--run-id", "b") == (2, f"samverkan: There is no run b in {tmp_path} to go on with.\n")


def test_the_archive_of_another_run_is_left_as_it_is(tmp_path: Path, web: SmallWeb) -> None:
    run = interrupt(tmp_path, web)
    keep_run(tmp_path, web, "a")
    warc = Path(shutil.copy(warc_file(tmp_path, run.run_id), warc_file(tmp_path, "a")))
    before = warc.read_bytes()
    code, line = call(tmp_path, web, "--resume", "--run-id", "a")
    assert (code, line) == (2, f"samverkan: The run a cannot be gone on with: {warc} is the archive of another run.\n")
    assert warc.read_bytes() == before


def test_where_nothing_is_unfinished_a_new_crawl_begins_and_says_so(tmp_path: Path, web: SmallWeb) -> None:
    code, log = call(tmp_path, web, "--resume", "--verbose")
    assert code == 0
    assert "no crawl of these sites is unfinished; a new one begins" in log
    assert newest(tmp_path).resumed_at == []


@pytest.mark.parametrize(
    "changes",
    [
        {"options": {"sites": "others.toml"}},
        {"started_at": format_instant(datetime.now(UTC) - timedelta(days=2, minutes=1))},
        {"previous_run_id": "other"},
        {"status": "failed", "exit_code": 70},
    ],
    ids=["other sites", "too old", "outdated", "failed"],
)
def test_what_is_no_part_of_this_crawl_is_not_gone_on_with(tmp_path: Path, web: SmallWeb, changes: dict[str, object]) -> None:
    keep_run(tmp_path, web, "a", **changes)
    task = CrawlTask(sites=tmp_path.with_name(f"{tmp_path.name}-sites.toml"))
    assert resume_task(tmp_path, task) == task
    keep_run(tmp_path, web, "b")
    assert resume_task(tmp_path, task) == replace(task, run_id="b", is_resumed=True)


def test_an_old_crawl_is_gone_on_with_where_it_is_named(tmp_path: Path, undisturbed: tuple[Path, str, SmallWeb], web: SmallWeb) -> None:
    make_command(tmp_path, web)  # writes the site list
    keep_run(tmp_path, web, "a", started_at=format_instant(datetime.now(UTC) - timedelta(days=9)))
    assert call(tmp_path, web, "--resume", "--run-id", "a") == (0, "")
    assert complaints(tmp_path, "a", undisturbed) == []


@pytest.mark.parametrize("more", [(), ("--resume",)])
def test_a_second_one_at_the_same_time_leaves_the_first_alone(tmp_path: Path, web: SmallWeb, more: tuple[str, ...]) -> None:
    first = begin(tmp_path, web)
    run_id = newest(tmp_path).run_id
    first.send_signal(signal.SIGSTOP)  # so that it is under way for as long as the second one needs
    code, line = call(tmp_path, web, *more)
    first.send_signal(signal.SIGCONT)
    assert (code, line.count("\n")) == (75, 1)
    assert first.wait(timeout=30) == 0
    run = read_manifest(tmp_path / "latest")
    assert (run.run_id, run.resumed_at, run.rows["pages"]) == (run_id, [], len(PAGES) + 1)


@pytest.mark.parametrize(
    "tear",
    [
        lambda output, run_id: failures_file(output, run_id).write_bytes(bytes(512)),
        lambda output, run_id: os.truncate(warc_file(output, run_id), 100),
    ],
    ids=["failures zeroed", "archive torn in its head"],
)
def test_what_a_power_cut_tore_is_asked_for_again(
    tmp_path: Path, undisturbed: tuple[Path, str, SmallWeb], web: SmallWeb, tear: Callable[[Path, str], object]
) -> None:
    run = interrupt(tmp_path, web)
    tear(tmp_path, run.run_id)
    assert call(tmp_path, web, "--resume") == (0, "")
    assert complaints(tmp_path, run.run_id, undisturbed) == []


def test_an_archive_that_cannot_be_written_to_is_told_and_kept(
    tmp_path: Path, undisturbed: tuple[Path, str, SmallWeb], web: SmallWeb
) -> None:
    run = interrupt(tmp_path, web)
    failures = failures_file(tmp_path, run.run_id)
    failures.unlink(missing_ok=True)
    failures.mkdir()  # root may write to a file that is read-only, but nobody to a folder
    kept = warc_file(tmp_path, run.run_id).read_bytes()
    code, line = call(tmp_path, web, "--resume")
    assert (code, line.count("\n")) == (74, 1)
    assert line == f"samverkan: The list {failures} cannot be resumed: Is a directory.\n"
    assert warc_file(tmp_path, run.run_id).read_bytes() == kept
    failures.rmdir()
    assert call(tmp_path, web, "--resume") == (0, "")
    assert complaints(tmp_path, run.run_id, undisturbed) == []


def test_killed_at_random_moments_it_ends_as_if_nothing_had_happened(tmp_path: Path) -> None:
    assert [killed.complaints for killed in measure_kills(tmp_path, 2, sites=1, seed=1)] == [[], []]


@pytest.mark.soak
def test_killed_twenty_times_it_ends_twenty_times_as_if_nothing_had_happened(tmp_path: Path) -> None:
    assert [killed.complaints for killed in measure_kills(tmp_path, 20, sites=4, seed=2)] == [[]] * 20
