"""The crawl as a program: `scrapy` from the repository root, and signals."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from archive.reader import read_archive
from tests.spiders.crawling import site_row
from tests.spiders.small_web import Replies, Reply, link_page, serve_small_web

ROOT = Path(__file__).parents[2]
ENDLESS: Replies = {
    "/": link_page(*(f"/samverkan/{n}" for n in range(50))),
    **{f"/samverkan/{n}": Reply("<p>x", wait=0.2) for n in range(50)},
}
PROGRAM = """
import sys
from spiders.runner import run_crawl
outcome = run_crawl({"SAMVERKAN_SITES": sys.argv[1], "SAMVERKAN_OUTPUT": sys.argv[2], "SAMVERKAN_RUN_ID": "r",
    "DOWNLOAD_DELAY": 0, "SAMVERKAN_CONTACT": "drift@example.org", "ITEM_PIPELINES": {}})
print(outcome.reason, outcome.signal, outcome.visits["prov"].outcome)
"""


def test_scrapy_lists_the_spider() -> None:
    listed = subprocess.run([sys.executable, "-m", "scrapy", "list"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert listed.stdout.split() == ["collaboration"]


def test_scrapy_crawl_without_a_contact_asks_for_nothing(tmp_path: Path) -> None:
    with serve_small_web({"/": "<p>x"}) as web:
        sites = tmp_path / "sites.toml"
        sites.write_text(site_row("prov", web.root))
        arguments = ["crawl", "collaboration", "-s", f"SAMVERKAN_SITES={sites}", "-s", f"SAMVERKAN_OUTPUT={tmp_path}"]
        environment = {name: value for name, value in os.environ.items() if name != "SAMVERKAN_CONTACT"}
        done = subprocess.run(
            [sys.executable, "-m", "scrapy", *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
        )
        assert web.log == []
    assert done.returncode == 2
    assert done.stderr.strip().splitlines()[-1].startswith("A live crawl needs a contact address")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_crawl_cleanly(tmp_path: Path, number: signal.Signals) -> None:
    with serve_small_web(ENDLESS) as web:
        sites = tmp_path / "sites.toml"
        sites.write_text(site_row("prov", web.root))
        program = subprocess.Popen([sys.executable, "-c", PROGRAM, str(sites), str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        web.wait_for("/samverkan/1")
        program.send_signal(number)
        output, _ = program.communicate(timeout=10)
    assert output.split() == ["shutdown", str(int(number)), "incomplete"]
    assert len(list(read_archive(tmp_path / "archive" / "r.warc.gz"))) == len(web.log)


def test_a_crawl_delay_of_an_hour_does_not_hold_up_a_signal(tmp_path: Path) -> None:
    with serve_small_web({"/robots.txt": "User-agent: *\nCrawl-delay: 3600"}) as web:
        sites = tmp_path / "sites.toml"
        sites.write_text(site_row("prov", web.root))
        program = subprocess.Popen([sys.executable, "-c", PROGRAM, str(sites), str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        web.wait_for("/robots.txt")
        program.send_signal(signal.SIGTERM)
        output, _ = program.communicate(timeout=10)
    assert output.split()[:2] == ["shutdown", "15"]
