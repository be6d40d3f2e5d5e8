"""One screen: runs, troubles, what is under way, the disk."""

import json
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.lock import OutputLock
from pipelines.manifest import write_manifest
from pipelines.run import Run
from registry.sites import Site, SiteList
from samverkan.commands.status import shorten
from samverkan.site_history import find_troubles, find_unseen
from schemas.manifest import Manifest
from schemas.output import run_folder, warc_file
from schemas.visit import SiteVisit
from tests.pipelines.small_pages import GR, GR_TEXT, make_page, read_lines
from tests.samverkan.conftest import Demo
from tests.samverkan.program import ROOT, run, run_on_terminal

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
REASON = "no answer in time, however long it was waited for"
STYLE = re.compile(r"\x1b\[[0-9;]*m")
COUNTRY = SiteList(
    [Site("ale", "kommun:1440", ("https://ale.se/",), ("ale.se",))]
    + [Site(f"kommunalforbundet-{n:03}-i-ett-lan", "Ett", (f"https://k{n}.se/",), (f"k{n}.se",)) for n in range(389)]
)


def keep_run(output: Path, day: int, **outcomes: str) -> Manifest:
    """A crawl of 1 to 30 November that knows how its sites fared, and nothing else."""
    manifest = Manifest(f"run{day}", "crawl", "failed", f"2026-11-{day:02}T04:00:00Z", sites=outcomes, exit_code=4)
    run_folder(output, manifest.run_id).mkdir(parents=True)
    write_manifest(manifest, run_folder(output, manifest.run_id))
    return manifest


def crawl_country(output: Path, run_id: str, **outcomes: str) -> None:
    """A published crawl of 390 sites: ale gives a page, the others fare as told, else they are unreachable."""
    visits = {
        site.id: SiteVisit(
            site.id,
            outcomes.get(site.id, "unreachable"),
            first_error=f"https://{site.id}.se/: {REASON}",
        )
        for site in COUNTRY
    }
    visits["ale"] = SiteVisit("ale", pages_fetched=1)
    with Run.open(output, kind="crawl", run_id=run_id, sites=COUNTRY, read=read_lines) as opened:
        opened.add_page(make_page(GR, GR_TEXT))
        opened.finish(visits=visits)


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("country")
    for number in range(7):
        crawl_country(output, f"2026112{number}T040000Z")
    return output


def test_a_country_in_trouble_fits_one_screen(country: Path) -> None:
    lines = [STYLE.sub("", line).rstrip("\r") for line in run_on_terminal("status", "--output", country).splitlines()]
    assert len(lines) <= 40
    assert max(map(len, lines)) <= 100
    text = "\n".join(lines)
    assert "389 sites in trouble" in text
    assert "and 377 more; --json lists all" in text
    assert "Warning: 389 sites not seen in the last 30 days" in text
    assert re.search(r"Disk: .* used, .* of it archives; .* free", text)
    assert sum(line.startswith(" kommunalforbundet-") for line in lines) == 12
    assert sum("unreachable" in line and "no answer in time" in line for line in lines) == 12  # a line each, none broken in two


def test_all_of_it_is_there_as_json(country: Path) -> None:
    found = json.loads(run("status", "--output", country, "--json").stdout)
    assert len(found["troubles"]) == 389
    assert found["troubles"][0] | {"since": ""} == {
        "site_id": "kommunalforbundet-000-i-ett-lan",
        "outcome": "unreachable",
        "since": "",
        "runs": 7,
        "last_success_at": None,
        "first_error": f"https://kommunalforbundet-000-i-ett-lan.se/: {REASON}",
    }
    assert [told["run_id"] for told in found["runs"]] == [f"2026112{number}T040000Z" for number in range(7)]
    assert {told["exit_code"] for told in found["runs"]} == {0}
    assert (found["under_way"], found["unfinished"], found["unseen_days"]) == (None, None, 30)
    assert found["disk"]["used"] > found["disk"]["archives"] == 0
    assert found["disk"]["free"] > 0


def test_trouble_is_counted_back_to_the_last_good_run(tmp_path: Path) -> None:
    runs = [
        keep_run(tmp_path, 1, ale="failed", partille="unreachable", vara="facts"),
        keep_run(tmp_path, 2, ale="facts", partille="not_visited", vara="facts"),
        keep_run(tmp_path, 3, ale="denied", partille="unreachable", vara="no_facts"),
        keep_run(tmp_path, 4, ale="not_visited", partille="incomplete", vara="not_visited"),
    ]
    found = [(trouble.site_id, trouble.outcome, trouble.since[:10], trouble.runs) for trouble in find_troubles(tmp_path, runs)]
    assert found == [("partille", "incomplete", "2026-11-01", 3), ("ale", "denied", "2026-11-03", 1)]


def test_the_worst_comes_first(tmp_path: Path) -> None:
    outcomes = {"a": "incomplete", "b": "unreachable", "c": "denied", "d": "failed", "e": "unreachable"}
    assert [trouble.site_id for trouble in find_troubles(tmp_path, [keep_run(tmp_path, 1, **outcomes)])] == ["b", "e", "d", "c", "a"]


def test_a_site_is_unseen_after_so_many_days(tmp_path: Path) -> None:
    with Run.open(tmp_path, kind="crawl", run_id="a", sites=SiteList(list(COUNTRY)[:2]), read=read_lines) as opened:
        opened.add_page(make_page(GR, GR_TEXT))  # 21 November at noon
        manifest = opened.finish()
    never = "kommunalforbundet-000-i-ett-lan"
    assert [site.site_id for site in find_unseen(tmp_path, [manifest], NOW, 10)] == [never]
    assert [site.site_id for site in find_unseen(tmp_path, [manifest], NOW + timedelta(seconds=1), 10)] == [never, "ale"]


def test_the_days_may_be_chosen(country: Path) -> None:
    assert "not seen in the last 10000 days" in run("status", "--output", country, "--days", "10000").stdout.replace(",", "")


def test_a_run_under_way_is_named(country: Path) -> None:
    lock = OutputLock(country)
    lock.acquire("crawl 20261201T040000Z")
    first = run("status", "--output", country).stdout.splitlines()[0]
    lock.release()
    assert re.fullmatch(r"A run is under way: crawl 20261201T040000Z, process \d+\.", first)


def test_an_unfinished_crawl_is_named_with_what_goes_on_with_it(tmp_path: Path) -> None:
    manifest = Manifest("a", "crawl", "interrupted", "2026-11-21T04:00:00Z", exit_code=143)
    run_folder(tmp_path, "a").mkdir(parents=True)
    write_manifest(manifest, run_folder(tmp_path, "a"))
    warc_file(tmp_path, "a").parent.mkdir()
    warc_file(tmp_path, "a").touch()
    first, second = run("status", "--output", tmp_path).stdout.splitlines()[:2]
    assert first == "The crawl a is not finished;"
    assert second.endswith(f" crawl --resume --run-id a --output {tmp_path} goes on with it.")


def test_where_all_is_well_little_is_said(demo: Demo) -> None:
    lines = run("status", "--output", demo.output).stdout.splitlines()
    assert lines[1].split()[4] == "published"
    assert len(lines) <= 15


def test_no_run_yet_is_no_error(tmp_path: Path) -> None:
    done = run("status", "--output", tmp_path / "none")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("No run yet.\n\nNo site is in trouble.\n\nDisk: 0.0 MB used, ")
    assert not (tmp_path / "none").exists()


def test_a_reader_that_leaves_is_no_error(country: Path) -> None:
    command = f"{sys.executable} -m samverkan status --json --output {country} | head -1"
    done = subprocess.run(["sh", "-c", command], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stderr == ""


@given(st.text(), st.integers(1, 50))
def test_what_is_shortened_fits_and_begins_as_it_did(text: str, most: int) -> None:
    short = shorten(text, most)
    assert len(short) <= most
    assert text.startswith(short.removesuffix("…") if short != text else short)
