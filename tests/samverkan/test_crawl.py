"""`samverkan crawl` over HTTP on loopback, its archive extracted again, and what happens when a signal stops the program."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from samverkan.commands.crawl import read_duration
from samverkan.display import show_path
from schemas.errors import UsageError
from schemas.manifest import read_manifest
from tests.samverkan.program import GOOD_PAGE, PROGRAM, environment, make_warc, run
from tests.web.build import load_web
from tests.web.server import ServedWeb, serve

CONTACT = {"SAMVERKAN_CONTACT": "drift@example.org"}
FACTS = ("pages", "organisations", "mentions", "members", "relations", "member_counts", "contacts", "dates")


@pytest.fixture(scope="module")
def web() -> Iterator[ServedWeb]:
    with serve(load_web()) as served:
        yield served


def test_a_live_crawl_and_its_own_archive_give_the_same_facts(web: ServedWeb, tmp_path: Path) -> None:
    sites = web.site_list_toml(tmp_path / "sites.toml")
    live = tmp_path / "live"
    done = run("crawl", "finsammittskane", "kfkl", "--sites", sites, "--output", live, env=CONTACT)
    assert done.returncode == 0, done.stderr
    assert "1  a robots.txt that was read forbids: kfkl" in done.stdout
    assert web.user_agents == {"samverkan/0.1 (+drift@example.org)"}

    crawled = read_manifest(live / "latest")
    assert crawled.kind == "crawl"
    assert crawled.options["names"] == "finsammittskane kfkl"
    archive = live / "archive" / f"{crawled.run_id}.wacz"
    assert run("extract", archive, "--sites", sites, "--output", tmp_path / "again", "-q").returncode == 0
    again = read_manifest(tmp_path / "again" / "latest")
    hashes = [{name: run.datasets[name].content_sha256 for name in FACTS} for run in (crawled, again)]
    assert hashes[0] == hashes[1]
    assert crawled.rows["members"] > 0


def test_the_budget_of_pages_is_kept(web: ServedWeb, tmp_path: Path) -> None:
    sites = web.site_list_toml(tmp_path / "sites.toml")
    run("crawl", "hoglandet", "--sites", sites, "--output", tmp_path / "out", "--max-pages", "2", "--max-time", "1m", "-q", env=CONTACT)
    manifest = read_manifest(tmp_path / "out" / "latest")
    assert manifest.rows["pages"] == 2
    assert manifest.sites["hoglandet"] == "incomplete"


@pytest.mark.parametrize(
    ("contact", "line"),
    [
        ({}, "A live crawl needs a contact address: set SAMVERKAN_CONTACT to an e-mail address or a URL."),
        ({"SAMVERKAN_CONTACT": "me"}, "SAMVERKAN_CONTACT is neither an e-mail address nor a URL: 'me'."),
    ],
)
def test_without_a_contact_nothing_is_asked_for(web: ServedWeb, tmp_path: Path, contact: dict[str, str], line: str) -> None:
    sites = web.site_list_toml(tmp_path / "sites.toml")
    before = len(web.log)
    done = run("crawl", "rvn", "--sites", sites, "--output", tmp_path / "out", env=contact)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"samverkan: {line}\n")
    assert len(web.log) == before
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(("name", "hint"), [("lilaedet", "Did you mean lillaedet"), ("qqqqq", "samverkan sites lists the known ones.")])
def test_an_unknown_site_is_told_with_those_that_may_be_meant(tmp_path: Path, name: str, hint: str) -> None:
    done = run("crawl", "ale", name, cwd=tmp_path, env=CONTACT)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"samverkan: There is no site {name}. {hint}")
    assert not (tmp_path / "output").exists()


def test_where_no_site_answers_nothing_is_published(web: ServedWeb, tmp_path: Path) -> None:
    sites = web.site_list_toml(tmp_path / "sites.toml")
    done = run("crawl", "kfkl", "--sites", sites, "--output", tmp_path / "out", "--run-id", "a", "-q", env=CONTACT)
    assert (done.returncode, done.stdout) == (4, "")
    reason = f"kfkl: robots.txt forbids {web.url('kfkl.se')}"
    assert done.stderr == f"samverkan: no readable page was found (1 site denied); {reason}.\n"
    assert not (tmp_path / "out" / "latest").exists()
    assert read_manifest(tmp_path / "out" / "runs" / "a").sites["kfkl"] == "denied"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_a_crawl_and_leaves_latest_as_it_was(web: ServedWeb, tmp_path: Path, number: signal.Signals) -> None:
    sites, output = web.site_list_toml(tmp_path / "sites.toml"), tmp_path / "out"
    before = publish_something(tmp_path, output)
    asked = len(web.log)
    crawl = ["crawl", "rvn", "mellerud", "--sites", sites, "--output", output, "--run-id", "b", "-q"]
    code, errors = stop(crawl, number, lambda: len(web.log) > asked + 3)
    how = f"samverkan crawl --resume --run-id b --output {output} goes on with it"
    assert (code, errors) == (128 + number, f"samverkan: stopped by {number.name}; {show_path(Path(sys.executable))} -m {how}.\n")
    assert (output / "latest").readlink() == before
    kept = read_manifest(output / "runs" / "b")
    assert (kept.status, kept.exit_code) == ("interrupted", code)
    assert (output / "archive" / "b.warc.gz").is_file()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_an_extract_and_leaves_latest_as_it_was(tmp_path: Path, number: signal.Signals) -> None:
    output = tmp_path / "out"
    before = publish_something(tmp_path, output)
    long_page = GOOD_PAGE.replace("</main>", "<p>Tjörns kommun samverkar med Kungälvs kommun.</p>" * 500 + "</main>")
    archive = make_warc(tmp_path / "many.warc.gz", *((f"https://lillaedet.se/{index}", long_page) for index in range(300)))
    extract = ["extract", archive, "--output", output, "--run-id", "b", "-q"]
    code, errors = stop(extract, number, (output / "runs" / ".b.partial" / "manifest.json").exists)
    assert (code, errors) == (128 + number, f"samverkan: stopped by {number.name}.\n")
    assert (output / "latest").readlink() == before
    kept = read_manifest(output / "runs" / "b")
    assert (kept.status, kept.reason) == ("interrupted", f"stopped by {number.name}")


def publish_something(tmp_path: Path, output: Path) -> Path:
    """Where `latest` points to once a first run is published."""
    run("extract", make_warc(tmp_path / "first.warc.gz", ("https://lillaedet.se/a", GOOD_PAGE)), "--output", output, "--run-id", "a", "-q")
    return (output / "latest").readlink()


def stop(arguments: list[object], number: signal.Signals, is_time: Callable[[], bool]) -> tuple[int, str]:
    """Exit code and stderr of a call that gets a signal when the time has come."""
    process = subprocess.Popen([*PROGRAM, *map(str, arguments)], env=environment(**CONTACT), stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 30
    while not is_time() and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(number)
    _, errors = process.communicate(timeout=30)
    return process.returncode, errors


@pytest.mark.parametrize(("text", "seconds"), [("90s", 90), ("30m", 1800), ("2h", 7200), ("1h30m", 5400), ("600", 600)])
def test_a_duration_is_read(text: str, seconds: int) -> None:
    assert read_duration(text) == seconds


@pytest.mark.parametrize("text", ["", "m", "30 minutes", "-5m", "0s", "1m2h"])
def test_what_is_no_duration_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        read_duration(text)


def test_the_same_archive_twice_gives_identical_rows(tmp_path: Path) -> None:
    pages = [(f"https://lillaedet.se/{index}", GOOD_PAGE) for index in range(5)]
    archive = make_warc(tmp_path / "pages.warc.gz", *pages)
    for run_id in ("a", "b"):
        run("extract", archive, "--output", tmp_path / "out", "--run-id", run_id, "-q")
    first, second = (json.loads((tmp_path / "out" / "runs" / run_id / "manifest.json").read_text()) for run_id in ("a", "b"))
    assert {name: entry["content_sha256"] for name, entry in first["datasets"].items()} == {
        name: entry["content_sha256"] for name, entry in second["datasets"].items()
    }
