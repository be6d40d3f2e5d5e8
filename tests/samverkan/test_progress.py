"""What a person sees while a run goes on."""

import re
from collections.abc import Iterator
from math import inf
from pathlib import Path

import pytest

from samverkan import progress
from samverkan.progress import Progress, find_plain_interval
from tests.samverkan.program import GOOD_PAGE, run, run_on_terminal
from tests.spiders.crawling import site_row
from tests.spiders.small_web import Reply, link_page, serve_small_web

CONTACT = {"SAMVERKAN_CONTACT": "drift@example.org"}
ESCAPE = re.compile(r"\x1b\[[?\d;]*[A-Za-z]")


@pytest.fixture
def site_list(tmp_path: Path) -> Iterator[Path]:
    """A site with a page about collaboration, and one that wants to be left alone."""
    good = {"/": link_page("/samverkan", words="samverkan"), "/samverkan": GOOD_PAGE}
    closed = {"/robots.txt": Reply("User-agent: *\nDisallow: /\n", content_type="text/plain")}
    with serve_small_web(good) as ale, serve_small_web(closed, host="127.0.0.2") as lerum:
        path = tmp_path / "sites.toml"
        path.write_text(site_row("ale", ale.root) + site_row("lerum", lerum.root), encoding="utf-8")
        yield path


@pytest.mark.parametrize(("age", "seconds"), [(0, 10), (59, 10), (60, 60), (1799, 60), (1800, 600), (100_000, 600)])
def test_plain_lines_become_rarer(age: float, seconds: float) -> None:
    assert find_plain_interval(age) == seconds


def test_a_plain_line_holds_all(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(progress, "PLAIN_INTERVALS", ((inf, 0),))
    Progress("Crawling 9 sites").show("4 s", ["1 page", "2 requests"], ["1 site in trouble", "  ale: no answer in time"])
    assert capsys.readouterr().err == ("samverkan: Crawling 9 sites: 4 s; 1 page; 2 requests; 1 site in trouble; ale: no answer in time\n")


def test_a_short_crawl_in_a_pipe_leaves_one_line(site_list: Path, tmp_path: Path) -> None:
    done = run("crawl", "--sites", site_list, "--output", tmp_path / "out", env=CONTACT)
    assert (done.returncode, done.stderr) == (0, "samverkan: Crawling 2 sites ...\n")


def test_a_terminal_shows_figures_and_troubles_within_its_width(site_list: Path, tmp_path: Path) -> None:
    shown = run_on_terminal("crawl", "--sites", site_list, "--output", tmp_path / "out", columns=80, env=CONTACT)
    pictures = ESCAPE.sub("", shown).partition("Run ")[0]
    lines = [line for line in re.split(r"[\r\n]+", pictures) if line]
    assert max(map(len, lines)) <= 80
    assert any(line.startswith("Crawling 2 sites · ") for line in lines)
    assert any(re.match(r"1 page, \d\.\d a second, ", line) for line in lines)
    assert "stopping" not in pictures
    assert "  lerum: robots.txt forbids" in pictures
    assert lines[-1] == "Crawling 2 sites · putting the facts together"


def test_ctrl_c_leaves_a_clean_terminal(site_list: Path, tmp_path: Path) -> None:
    crawl = ("crawl", "--sites", site_list, "--output", tmp_path / "out")
    shown = run_on_terminal(*crawl, columns=80, env=CONTACT, stop_at=b"1 page")
    assert shown.rindex("\x1b[?25h") > shown.rindex("\x1b[?25l")  # the cursor is there
    assert ESCAPE.sub("", shown.splitlines()[-1]).startswith("samverkan: stopped by SIGINT")
    assert "Traceback" not in shown
