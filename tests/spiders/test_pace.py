"""Retry-After, read and heeded."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders.pace import read_retry_after
from tests.spiders.crawling import crawl, site_row
from tests.spiders.small_web import Replies, Reply, link_page, serve_small_web

NOW = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (b"120", 120.0),
        (b" 0 ", 0.0),
        (b"Sat, 21 Nov 2026 04:02:00 GMT", 120.0),
        (b"Sat, 21 Nov 2026 03:00:00 GMT", 0.0),
        (b"soon", None),
        (b"-5", None),
        (b"1.5", None),
        (b"Sat, 21 Nov 2026 99999999999999999999:00:00 GMT", None),
        (b"", None),
        (None, None),
    ],
)
def test_retry_after_is_seconds_or_a_date(value: bytes | None, seconds: float | None) -> None:
    assert read_retry_after(value, NOW) == seconds


@given(st.binary())
def test_any_retry_after_is_read_without_an_error(value: bytes) -> None:
    seconds = read_retry_after(value, NOW)
    assert seconds is None or seconds >= 0


def test_a_busy_host_is_asked_again_when_it_says(tmp_path: Path) -> None:
    busy = Reply("vänta", 503, (("Retry-After", "1"),))
    with serve_small_web({"/": [busy, Reply("<p>hej")]}) as web:
        result = crawl(tmp_path, site_row("prov", web.root))
    times = [time for time, path in web.log if path == "/"]
    assert [page.status for page in result.pages] == [200]
    assert times[1] - times[0] >= 1


def test_a_host_that_wants_more_patience_than_we_have_is_left_alone(tmp_path: Path) -> None:
    replies: Replies = {
        "/": link_page("/samverkan", "/natverk"),
        "/samverkan": Reply("", 429, (("Retry-After", "4000"),)),
        "/natverk": "<p>x",
    }
    with serve_small_web(replies) as web:
        result = crawl(tmp_path, site_row("prov", web.root))
    assert web.paths.count("/samverkan") == 1
    assert "/natverk" not in web.paths
    assert result.visits["prov"].pages_failed == 2


def test_nobody_waits_beyond_the_end_of_the_crawl(tmp_path: Path) -> None:
    with serve_small_web({"/": Reply("", 503, (("Retry-After", "60"),))}) as web:
        result = crawl(tmp_path, site_row("prov", web.root), SAMVERKAN_MAX_TIME=2)
    assert web.paths.count("/") == 1
    assert result.stats["elapsed_time_seconds"] < 2
    assert (result.visits["prov"].outcome, result.visits["prov"].pages_failed) == ("incomplete", 0)


def test_an_empty_answer_is_asked_for_again(tmp_path: Path) -> None:
    with serve_small_web({"/": [Reply(""), Reply("<p>hej")]}) as web:
        result = crawl(tmp_path, site_row("prov", web.root))
    assert [page.body for page in result.pages] == [b"<p>hej"]


def test_a_page_that_stays_broken_is_given_up_and_handed_on(tmp_path: Path) -> None:
    with serve_small_web({"/": Reply("trasig", 500)}) as web:
        result = crawl(tmp_path, site_row("prov", web.root))
    assert web.paths.count("/") == 3
    assert [page.status for page in result.pages] == [500]
    assert result.visits["prov"].outcome == "failed"
    assert result.visits["prov"].first_error == f"HTTP 500 for {web.root}"
