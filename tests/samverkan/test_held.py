"""A crawl that its checks hold: what is printed, what runs, status and the monitor tell, and how it is published in the end."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from registry.registry import load_registry
from schemas.manifest import read_manifest
from schemas.tables import read_rows
from tests.pipelines.prometheus_text import read_metrics
from tests.samverkan.monitor import Monitor, serve_monitor
from tests.samverkan.program import ROOT, environment, make_warc, run
from tests.spiders.crawling import site_row
from tests.spiders.small_web import Reply, serve_small_web

CONTACT = {"SAMVERKAN_CONTACT": "drift@example.org"}
MUNICIPALITIES = [organisation.name for organisation in load_registry().organisations.values() if organisation.id.startswith("kommun:")]
REASON = "members: 5 rows on the pages of both runs, 60 in first: 8% (expected: at least 50%)"


def make_page(members: int) -> str:
    """A page on which a company names its owners."""
    owners = "".join(f"<li>{name}</li>" for name in MUNICIPALITIES[:members])
    return (
        '<html lang="sv"><head><meta charset="utf-8"><title>Samverkan</title></head><body><main><h1>Samverkan</h1>'
        f"<p>SOLTAK AB ägs av följande kommuner:</p><ul>{owners}</ul></main></body></html>"
    )


class Held(NamedTuple):
    """An output with a published crawl "first", and two after it that are held: one of Scrapy's own command, one of ours."""

    output: Path
    scrapy: subprocess.CompletedProcess[str]
    ours: subprocess.CompletedProcess[str]
    monitor: Monitor


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Held:
    folder = tmp_path_factory.mktemp("held")
    output, sites = folder / "output", folder / "sites.toml"
    with serve_small_web({"/": make_page(60), "/robots.txt": Reply("", 404)}) as web, serve_monitor() as monitor:
        sites.write_text(site_row("prov", web.root), encoding="utf-8")
        options = ("--sites", sites, "--output", output, "--run-id")
        first = run("crawl", *options, "first", "-q", env=CONTACT)
        assert first.returncode == 0, first.stderr
        web.replies = {**web.replies, "/": make_page(5)}
        scrapy = crawl_with_scrapy(output, sites)
        ours = run("crawl", *options, "third", "--healthcheck", monitor.url, env=CONTACT)
    return Held(output, scrapy, ours, monitor)


def crawl_with_scrapy(output: Path, sites: Path) -> subprocess.CompletedProcess[str]:
    settings = {"SAMVERKAN_OUTPUT": output, "SAMVERKAN_SITES": sites, "SAMVERKAN_RUN_ID": "second", "LOG_LEVEL": "ERROR", **CONTACT}
    words = (word for name, value in settings.items() for word in ("-s", f"{name}={value}"))
    command = [sys.executable, "-m", "scrapy", "crawl", "collaboration", *words]
    return subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False, timeout=60)


def test_a_held_crawl_tells_why_and_what_to_do(held: Held) -> None:
    assert held.ours.returncode == 3
    lines = held.ours.stdout.splitlines()
    assert lines[0] == "Run third is held: it is kept, and latest stays."
    assert f"  {REASON}" in lines
    assert f"  {held.output}/runs/third/" in lines
    commands = [line.partition(" -m samverkan ")[2] for line in lines if " -m samverkan " in line]
    assert commands == [f"diff first third --output {held.output}", f"accept third --output {held.output}"]


def test_the_error_is_one_line_with_reason_and_remedy(held: Held) -> None:
    [line] = [line for line in held.ours.stderr.splitlines() if "held" in line]
    assert line.startswith("samverkan: the run third is held: ")
    assert REASON in line
    assert line.endswith(f" accept third --output {held.output} publishes it after you looked.")


def test_scrapy_crawl_passes_the_same_checks(held: Held) -> None:
    assert held.scrapy.returncode == 3
    [line] = held.scrapy.stderr.splitlines()
    assert line.startswith("the run second is held: ")
    assert REASON in line
    assert read_manifest(held.output / "runs" / "second").status == "held"


def test_a_held_run_keeps_its_archive_and_latest_stays(held: Held) -> None:
    assert (held.output / "latest").resolve().name == "first"
    assert sorted(path.name for path in (held.output / "archive").iterdir()) == ["first.wacz", "second.wacz", "third.wacz"]
    archives = {row["archive_file"] for row in read_rows(held.output / "runs" / "third" / "pages.parquet")}
    assert archives == {"third.wacz"}


def test_the_monitor_hears_of_a_failure(held: Held) -> None:
    assert held.monitor.events == ["start", "fail"]
    assert held.monitor.pings[1].body.startswith("exit code 3: the run third is held: ")


def test_held_runs_are_listed_with_their_reasons(held: Held) -> None:
    lines = run("runs", "--output", held.output).stdout.splitlines()
    assert [line.split()[:3] for line in lines[1:4]] == [
        ["first", "crawl", "published"],
        ["second", "crawl", "held"],
        ["third", "crawl", "held"],
    ]
    assert "changes" in lines[0].split()
    assert REASON in lines[-1]


def test_status_tells_of_those_that_wait_and_since_when(held: Held) -> None:
    told = run("status", "--output", held.output).stdout
    assert re.search(r"^The run third is held since \d{4}-\d\d-\d\d \d\d:\d\d: ", told, re.M)
    assert f" accept third --output {held.output} publishes it after you looked." in told
    found = json.loads(run("status", "--output", held.output, "--json").stdout)
    assert [waiting["run_id"] for waiting in found["held"]] == ["second", "third"]
    assert found["unfinished"] is None


def test_the_metrics_tell_of_the_checks(held: Held) -> None:
    metrics = read_metrics((held.output / "metrics.prom").read_text("utf-8"))
    assert metrics["samverkan_run_exit_code"][()] == 3
    assert metrics["samverkan_run_checks"][("severity", "hold"),] >= 1


def test_a_run_is_accepted_and_nothing_waits_any_more(held: Held, tmp_path: Path) -> None:
    output = shutil.copytree(held.output, tmp_path / "output", symlinks=True)
    done = run("accept", "third", "--output", output)
    assert (done.returncode, done.stderr) == (0, "")
    first, *waived = done.stdout.splitlines()
    assert re.fullmatch(r"Run third is published, although \d checks? had held it:", first)
    assert f"  {REASON}" in waived
    assert (output / "latest").resolve().name == "third"
    assert "is held since" not in run("status", "--output", output).stdout

    late = run("accept", "second", "--output", output)
    assert late.returncode == 2
    assert late.stderr.startswith("samverkan: The run second cannot be accepted: the run third was published since")
    assert late.stderr.count("\n") == 1


def test_a_held_extract_says_how_to_accept_it_in_its_own_folder(tmp_path: Path) -> None:
    for number, members in (("1", 60), ("2", 5)):
        archive = make_warc(tmp_path / f"{number}.warc.gz", ("https://soltak.se/agare", make_page(members)))
        done = run("extract", archive, "--run-id", number, cwd=tmp_path)
    assert done.returncode == 3
    assert " accept 2 --output output/extract\n" in done.stdout
    assert run("accept", "2", "--output", "output/extract", "-q", cwd=tmp_path).stdout == ""
    assert read_manifest(tmp_path / "output" / "extract" / "latest").run_id == "2"


def test_a_run_after_another_tells_what_changed_and_what_was_warned_of(tmp_path: Path) -> None:
    for number, members in (("1", 60), ("2", 45)):
        archive = make_warc(tmp_path / f"{number}.warc.gz", ("https://soltak.se/agare", make_page(members)))
        done = run("extract", archive, "--run-id", number, "--output", tmp_path / "out")
        assert done.returncode == 0, done.stderr
        assert ("Changes since" in done.stdout) == (number == "2")
    assert re.search(r"^Changes since 1: .+$", done.stdout, re.M)
    assert "What needs a person\n  members: 45 rows on the pages of both runs, 60 in 1: 75% (expected: at least 80%)\n" in done.stdout
