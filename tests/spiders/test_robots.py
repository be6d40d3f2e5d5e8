"""robots.txt as RFC 9309 wants it, against real servers."""

from itertools import pairwise
from pathlib import Path

import pytest

from spiders.robots_rules import LARGEST, DeniedError, read_robots
from tests.spiders.crawling import crawl, site_row
from tests.spiders.small_web import Replies, Reply, link_page, serve_small_web

PAGES = {"/": link_page("/samverkan", "/natverk"), "/samverkan": "<p>s", "/natverk": "<p>n"}
FORBID_ALL = "User-agent: *\nDisallow: /\n"


def test_six_start_pages_wait_for_one_robots_txt_and_none_is_asked_for(tmp_path: Path) -> None:
    with serve_small_web({"/robots.txt": Reply(FORBID_ALL, wait=0.3)}) as web:
        rows = "".join(site_row(f"prov{n}", f"{web.root}del{n}/", scope=[f"{web.root}del{n}/"]) for n in range(6))
        result = crawl(tmp_path, rows)
    assert web.paths == ["/robots.txt"]
    assert {visit.outcome for visit in result.visits.values()} == {"denied"}


def test_several_start_pages_of_one_site_too(tmp_path: Path) -> None:
    with serve_small_web({"/robots.txt": FORBID_ALL}) as web:
        result = crawl(tmp_path, site_row("prov", *(f"{web.root}{n}" for n in range(6))))
    assert web.paths == ["/robots.txt"]
    assert result.visits["prov"].pages_failed == 0
    assert "robots.txt forbids" in str(result.visits["prov"].first_error)


@pytest.mark.parametrize("status", [404, 403, 401, 410])
def test_no_robots_txt_allows_everything(tmp_path: Path, status: int) -> None:
    with serve_small_web({**PAGES, "/robots.txt": Reply("", status)}) as web:
        result = crawl(tmp_path, site_row("prov", web.root))
    assert len(result.pages) == 3
    assert result.visits["prov"].outcome is None


@pytest.mark.parametrize(
    "reply",
    [Reply("", 500), Reply("", 429), Reply("", 503, (("Retry-After", "60"),)), Reply("", 0), Reply("", wait=10)],
    ids=["500", "429", "503", "dropped", "slow"],
)
def test_a_robots_txt_that_fails_forbids_everything(tmp_path: Path, reply: Reply) -> None:
    with serve_small_web({**PAGES, "/robots.txt": reply}) as web:
        result = crawl(tmp_path, site_row("prov", web.root))
    assert set(web.paths) == {"/robots.txt"}
    assert result.visits["prov"].outcome == "unreachable"
    assert result.pages == []


def test_a_robots_txt_that_fails_once_is_asked_again(tmp_path: Path) -> None:
    with serve_small_web({**PAGES, "/robots.txt": [Reply("", 503), Reply("User-agent: *\nDisallow: /natverk")]}) as web:
        crawl(tmp_path, site_row("prov", web.root))
    assert web.paths[:2] == ["/robots.txt", "/robots.txt"]
    assert "/samverkan" in web.paths
    assert "/natverk" not in web.paths


def test_a_page_that_robots_txt_forbids_is_no_failure_of_the_site(tmp_path: Path) -> None:
    with serve_small_web({**PAGES, "/robots.txt": "User-agent: *\nDisallow: /natverk"}) as web:
        visit = crawl(tmp_path, site_row("prov", web.root)).visits["prov"]
    assert (visit.outcome, visit.pages_fetched, visit.pages_failed, visit.first_error) == (None, 2, 0, None)


def test_what_robots_txt_forbids_costs_no_budget(tmp_path: Path) -> None:
    with serve_small_web({**PAGES, "/robots.txt": "User-agent: *\nDisallow: /samverkan"}) as web:
        result = crawl(tmp_path, site_row("prov", web.root, max_pages=2))
    assert result.urls == [web.root, f"{web.root}natverk"]


def test_a_host_that_is_not_there_is_unreachable(tmp_path: Path) -> None:
    result = crawl(tmp_path, site_row("prov", "http://127.0.0.99:9/"))
    assert result.visits["prov"].outcome == "unreachable"
    assert "refused" in str(result.visits["prov"].first_error)


def test_a_redirected_robots_txt_counts_for_the_host_first_asked(tmp_path: Path) -> None:
    hop = Reply("", 301, (("Location", "/annan/robots.txt"),))
    with serve_small_web({**PAGES, "/robots.txt": hop, "/annan/robots.txt": "User-agent: samverkan\nDisallow: /natverk"}) as web:
        crawl(tmp_path, site_row("prov", web.root))
    assert "/samverkan" in web.paths
    assert "/natverk" not in web.paths


def test_more_than_five_redirects_are_no_robots_txt(tmp_path: Path) -> None:
    with serve_small_web({**PAGES, "/robots.txt": Reply("", 302, (("Location", "/robots.txt"),))}) as web:
        result = crawl(tmp_path, site_row("prov", web.root))
    assert web.paths.count("/robots.txt") == 6
    assert len(result.pages) == 3


def test_the_crawl_delay_lies_between_all_requests(tmp_path: Path) -> None:
    with serve_small_web({**PAGES, "/robots.txt": "User-agent: *\nCrawl-delay: 0.4"}) as web:
        crawl(tmp_path, site_row("prov", web.root))
    times = [time for time, _ in web.log]
    assert len(times) == 5
    assert min(later - earlier for earlier, later in pairwise(times)) >= 0.39


def test_a_crawl_delay_of_more_than_an_hour_leaves_the_site_and_names_it(tmp_path: Path) -> None:
    with serve_small_web({**PAGES, "/robots.txt": "User-agent: *\nCrawl-delay: 7200"}) as web:
        result = crawl(tmp_path, site_row("prov", web.root))
    assert web.paths == ["/robots.txt"]
    assert result.visits["prov"].outcome == "denied"
    assert "7200 s" in str(result.visits["prov"].first_error)


def test_our_own_group_goes_before_the_one_for_all() -> None:
    robots = read_robots(b"\xef\xbb\xbfUser-agent: *\nDisallow: /\n\nUser-agent: Samverkan\nDisallow: /intern\nSitemap: /s.xml\n")
    robots.check("https://ale.se/samverkan")
    with pytest.raises(DeniedError):
        robots.check("https://ale.se/intern/x")
    assert robots.sitemaps == ["/s.xml"]


def test_wildcards_and_the_longest_rule_hold() -> None:
    robots = read_robots(b"User-agent: *\nDisallow: /*?sv\nDisallow: /om\nAllow: /om-oss$\n")
    robots.check("https://ale.se/om-oss")
    for path in ("om-oss/x", "samverkan?sv.state=1"):
        with pytest.raises(DeniedError):
            robots.check(f"https://ale.se/{path}")


def test_beyond_500_kib_nothing_is_read_and_no_rule_is_cut() -> None:
    filler = b"User-agent: *\n" + b"# fyllning\n" * (LARGEST // 11 - 2)
    body = filler + b"Disallow: /bara-denna-sida-och-ingen-annan-alls\nDisallow: /sist\n"
    read_robots(body).check("https://ale.se/bara")
    read_robots(body).check("https://ale.se/sist")


def test_a_robots_txt_that_leads_to_a_file_of_this_machine_is_not_followed(tmp_path: Path) -> None:
    rules = tmp_path / "robots.txt"
    rules.write_text("User-agent: *\nAllow: /", encoding="utf-8")
    replies: Replies = {"/robots.txt": Reply(status=301, headers=(("Location", f"file://127.0.1.1{rules}"),)), "/": "<p>Start"}
    with serve_small_web(replies, host="127.0.1.1") as web:
        result = crawl(tmp_path, site_row("one", web.root))
    assert (result.urls, result.visits["one"].outcome) == ([], "unreachable")


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"], ids=["lf", "crlf", "cr"])
def test_a_large_file_is_read_whatever_ends_its_lines(end: bytes) -> None:
    body = end.join([b"User-agent: *", b"Disallow: /hemligt", *[b"# fyllning"] * (LARGEST // 5)])
    with pytest.raises(DeniedError):
        read_robots(body).check("https://ale.se/hemligt")


@pytest.mark.parametrize("path", ["n%C3%A4t", "n%E4t"])
def test_a_rule_in_latin_1_forbids_both_ways_to_write_its_address(path: str) -> None:
    robots = read_robots(b"User-agent: *\nDisallow: /n\xe4t\n")
    with pytest.raises(DeniedError):
        robots.check(f"https://ale.se/{path}")
    robots.check("https://ale.se/nit")


@pytest.mark.parametrize("name", ["samverkan", "Samverkan/0.1", "samverkan/0.1 # vi", "SAMVERKAN/2"])
def test_our_name_may_come_with_a_version(name: str) -> None:
    with pytest.raises(DeniedError):
        read_robots(f"User-agent: {name}\nDisallow: /\n".encode()).check("https://ale.se/")


@pytest.mark.parametrize("name", ["samverkan-bot", "samverkan-bot/1", "samverkan2/1"])
def test_a_group_for_another_name_is_none_of_ours(name: str) -> None:
    read_robots(f"User-agent: {name}\nDisallow: /\n".encode()).check("https://ale.se/")


@pytest.mark.parametrize(
    ("line", "delay"),
    [("Crawl-delay: 2.5", 2.5), ("Request-rate: 1/5", 5), ("Request-rate: 2/1m", 30), ("Crawl-delay: 9\nRequest-rate: 1/5", 9)]
    + [(f"Crawl-delay: {nonsense}", 0) for nonsense in ("nan", "inf", "-5", "snart", "")],
)
def test_the_delay_is_what_the_file_asks_for(line: str, delay: float) -> None:
    assert read_robots(f"User-agent: *\n{line}\n".encode()).delay == delay


@pytest.mark.parametrize("target", ["file://127.0.0.1/etc/hostname", "data:text/plain,x", "ftp://127.0.0.1/x", "http://[", "mailto:a@b.se"])
def test_a_robots_txt_that_leads_to_what_is_no_web_address_leaves_the_host_alone(tmp_path: Path, target: str) -> None:
    with serve_small_web({**PAGES, "/robots.txt": Reply("", 301, (("Location", target),))}) as web:
        result = crawl(tmp_path, site_row("prov", web.root))
    assert set(web.paths) == {"/robots.txt"}
    assert result.visits["prov"].outcome == "unreachable"
    assert "no web address" in str(result.visits["prov"].first_error)


def test_a_304_that_nobody_asked_for_is_no_answer_to_go_by(tmp_path: Path) -> None:
    with serve_small_web({**PAGES, "/robots.txt": Reply("", 304)}) as web:
        result = crawl(tmp_path, site_row("prov", web.root))
    assert set(web.paths) == {"/robots.txt"}
    assert result.visits["prov"].outcome == "unreachable"
