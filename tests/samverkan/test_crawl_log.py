"""The log of live crawls: begin, sites, end, warnings; never what a page says."""

import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from samverkan.crawl_log import LONGEST, LogFile, describe_end, describe_visit
from schemas.manifest import Manifest
from schemas.visit import SiteVisit
from tests.pipelines.small_pages import make_page
from tests.samverkan.program import GOOD_PAGE, run
from tests.spiders.crawling import site_row
from tests.spiders.small_web import Reply, serve_small_web

CONTACT = {"SAMVERKAN_CONTACT": "drift@example.org"}
LINE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ (?P<run>\S+) (?P<level>[A-Z]+) (?P<name>[\w.]+): (?P<message>.+)")


@pytest.fixture
def log_file(tmp_path: Path) -> Iterator[LogFile]:
    handler = LogFile(tmp_path / "logs" / "crawl.log", "a", most_bytes=2000, files=2)
    logging.getLogger().addHandler(handler)
    yield handler
    logging.getLogger().removeHandler(handler)
    handler.close()


def read_log(output: Path) -> list[re.Match[str]]:
    """Its lines, each as it must be."""
    lines = [LINE.fullmatch(line) for line in (output / "logs" / "crawl.log").read_text("utf-8").splitlines()]
    assert all(lines)
    return [line for line in lines if line]


def test_a_crawl_is_told_from_its_begin_to_its_end(tmp_path: Path) -> None:
    sites = tmp_path / "sites.toml"
    with serve_small_web({"/": GOOD_PAGE, "/robots.txt": Reply("", 404)}) as web:
        sites.write_text(site_row("bra", web.root) + site_row("borta", "http://127.0.0.9:9/"), encoding="utf-8")
        for run_id in ("a", "b"):
            done = run("crawl", "bra", "borta", "--sites", sites, "--output", tmp_path, "--run-id", run_id, "--quiet", env=CONTACT)
            assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    lines = read_log(tmp_path)
    assert [line["run"] for line in lines] == ["a"] * (len(lines) // 2) + ["b"] * (len(lines) // 2)
    first = [line["message"] for line in lines if line["run"] == "a"]
    assert first[0] == "the run begins, 2 sites chosen"
    assert first[-1].startswith("the run ends: published, exit code 0, 1 pages, ")
    ends = sorted(message for message in first if message.startswith("site "))
    assert len(ends) == 2
    assert ends[0].startswith("site borta ends: unreachable, 0 pages, 0 unchanged, 1 failed, ")
    assert re.match(r"site bra ends: done, 1 pages, 0 unchanged, \d+ failed, \d+ requests, \d+ s", ends[1])
    (warning,) = [line for line in lines if line["run"] == "a" and line["level"] == "WARNING"]
    assert warning["name"] == "spiders.robots"  # silent on stderr, heard here
    assert "SOLTAK" not in (tmp_path / "logs" / "crawl.log").read_text()


def test_a_crawl_without_a_page_tells_why(tmp_path: Path) -> None:
    (tmp_path / "sites.toml").write_text(site_row("borta", "http://127.0.0.9:9/"), encoding="utf-8")
    run("crawl", "--sites", tmp_path / "sites.toml", "--output", tmp_path, "-q", env=CONTACT)
    assert read_log(tmp_path)[-1]["message"].startswith("the run ends: failed, exit code 4, ")
    assert "no readable page was found" in read_log(tmp_path)[-1]["message"]


def test_a_log_that_cannot_be_opened_is_a_warning(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("")
    with serve_small_web({"/": GOOD_PAGE}) as web:
        (tmp_path / "sites.toml").write_text(site_row("bra", web.root), encoding="utf-8")
        done = run("crawl", "--sites", tmp_path / "sites.toml", "--output", tmp_path, env=CONTACT)
    assert done.returncode == 0
    assert "samverkan: warning: there is no log of this crawl: " in done.stderr


def test_a_demo_has_no_log(tmp_path: Path) -> None:
    assert run("demo", "--output", tmp_path, "-q").returncode == 0
    assert not (tmp_path / "logs").exists()


def test_warnings_of_all_packages_are_written_and_nothing_less(tmp_path: Path, log_file: LogFile) -> None:
    logging.getLogger("scrapy.core").warning("of Scrapy")
    logging.getLogger("parsers.page").error("of ours")
    logging.getLogger("scrapy.core").info("by the way")
    assert [(line["run"], line["level"], line["message"]) for line in read_log(tmp_path)] == [
        ("a", "WARNING", "of Scrapy"),
        ("a", "ERROR", "of ours"),
    ]


def test_an_exception_is_told_by_its_place_and_not_by_what_it_says(tmp_path: Path, log_file: LogFile) -> None:
    try:
        int("Eva Ek, 070-123 45 67")
    except ValueError:
        logging.getLogger("pipelines.run").exception("the run could not be assembled")
    (line,) = read_log(tmp_path)
    assert re.fullmatch(r"the run could not be assembled \[ValueError: test_crawl_log\.py:\d+\]", line["message"])


def test_a_page_that_is_logged_does_not_show_what_it_says(tmp_path: Path, log_file: LogFile) -> None:
    page = make_page("https://ale.se/kontakt", "Eva Ek")
    logging.getLogger("scrapy.core.scraper").error("Error processing %(item)s", {"item": page})
    (line,) = read_log(tmp_path)
    assert "https://ale.se/kontakt" in line["message"]
    assert "Eva" not in line["message"]


def test_a_message_is_one_line_of_bounded_length(tmp_path: Path, log_file: LogFile) -> None:
    logging.getLogger("x").warning("first\nsecond")
    logging.getLogger("x").warning("y" * 9000)
    logging.getLogger("x").warning("")
    texts = (tmp_path / "logs" / "crawl.log").read_text().splitlines()
    assert [text.partition("x: ")[2] for text in texts] == ["first", "y" * LONGEST, ""]


def test_the_log_rotates_within_its_bounds(tmp_path: Path, log_file: LogFile) -> None:
    for number in range(200):
        logging.getLogger("x").warning("number %d", number)
    files = sorted((tmp_path / "logs").iterdir())
    assert [file.name for file in files] == ["crawl.log", "crawl.log.1", "crawl.log.2"]
    assert all(file.stat().st_size <= 2000 for file in files)
    assert "number 199" in files[0].read_text()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a system without a disk that is always full")
def test_a_line_that_the_disk_refuses_is_lost_in_silence(capsys: pytest.CaptureFixture[str]) -> None:
    full = LogFile(Path("/dev/full"), "a", most_bytes=2000, files=2)
    full.handle(logging.LogRecord("x", logging.WARNING, "x.py", 1, "lost", None, None))
    full.close()
    assert capsys.readouterr().err == ""


def test_ends_in_words() -> None:
    visit = SiteVisit("ale", "failed", pages_failed=1, requests=3, seconds=30.4, first_error="https://ale.se/: HTTP 500")
    assert describe_visit(visit) == "site ale ends: failed, 0 pages, 0 unchanged, 1 failed, 3 requests, 30 s: https://ale.se/: HTTP 500"
    assert describe_end(None) == "the run ends: nothing of it could be kept"
    stopped = Manifest("a", "crawl", "interrupted", "2026-11-21T04:00:00Z", duration=9.7, reason="stopped by a signal", exit_code=143)
    assert describe_end(stopped) == "the run ends: interrupted, exit code 143, 10 s: stopped by a signal"
