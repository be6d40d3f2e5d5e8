"""Real crawls of small webs: what is found, followed, left, and counted."""

import time
from itertools import pairwise
from pathlib import Path

import pytest
from scrapy import Request
from scrapy.http import Response
from scrapy.settings import Settings

from samverkan.settings import DOWNLOADER_MIDDLEWARES
from schemas.errors import UsageError
from spiders.collaboration import describe_task
from spiders.limits import Limits
from tests.spiders.crawling import crawl, site_row
from tests.spiders.small_web import Replies, Reply, gzipped, link_page, serve_small_web

SITEMAP = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{}</urlset>'


def listed(*urls: str) -> str:
    return SITEMAP.format("".join(f"<url><loc>{url}</loc></url>" for url in urls))


def test_the_best_page_comes_first(tmp_path: Path) -> None:
    replies: Replies = {
        "/": link_page("/a", "/politik", "/natverk", "/b", "/samverkan"),
        **dict.fromkeys(["/a", "/b", "/politik", "/natverk", "/samverkan"], "<p>x"),
    }
    with serve_small_web(replies) as web:
        result = crawl(tmp_path, site_row("prov", web.root))
    assert [url.removeprefix(web.root) for url in result.urls] == ["", "samverkan", "natverk", "politik", "a", "b"]
    visit = result.visits["prov"]
    assert (visit.outcome, visit.pages_seen, visit.pages_fetched, visit.pages_failed, visit.first_error) == (None, 6, 6, 0, None)


def test_a_sitemap_that_robots_names_is_read_gzipped_by_way_of_its_index(tmp_path: Path) -> None:
    index = '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>{root}sitemap1.xml.gz</loc></sitemap></sitemapindex>'
    with serve_small_web({}) as web:
        web.replies = {
            "/robots.txt": "User-agent: *\nDisallow:\nSitemap: {root}sitemapindex.xml",
            "/sitemapindex.xml": Reply(index, content_type="text/xml"),
            "/sitemap1.xml.gz": Reply(
                gzipped(listed(f"{web.root}djupt/ned/samverkan", f"{web.root}bygglov")), content_type="application/gzip"
            ),
            "/": "<p>inga länkar",
            "/djupt/ned/samverkan": "<p>x",
        }
        result = crawl(tmp_path, site_row("prov", web.root))
    assert web.paths == ["/robots.txt", "/", "/sitemapindex.xml", "/sitemap1.xml.gz", "/djupt/ned/samverkan"]
    assert result.visits["prov"].pages_seen == 3


def test_without_one_sitemap_xml_is_tried_and_its_redirect_followed(tmp_path: Path) -> None:
    with serve_small_web({}) as web:
        web.replies = {
            "/": "<p>x",
            "/sitemap.xml": Reply("", 302, (("Location", "/karta.xml"),)),
            "/karta.xml": Reply(listed(f"{web.root}natverk"), content_type="text/xml"),
            "/natverk": "<p>x",
        }
        result = crawl(tmp_path, site_row("prov", web.root))
    assert result.urls == [web.root, f"{web.root}natverk"]


def test_what_lies_off_the_site_is_not_followed(tmp_path: Path) -> None:
    with serve_small_web({"/samverkan": "<p>x"}, host="127.0.0.9") as other, serve_small_web({}) as web:
        web.replies = {
            "/": link_page(f"{other.root}samverkan", "/bort/natverk", "/kommun/natverk"),
            "/bort/natverk": "<p>utanför scope",
            "/kommun/natverk": Reply("", 301, (("Location", f"{other.root}samverkan"),)),
        }
        crawl(tmp_path, site_row("prov", web.root, scope=[f"{web.root}kommun/", f"{web.root}index"]))
        assert other.log == []
    assert "/bort/natverk" not in web.paths


def test_a_redirect_off_the_site_is_a_failure_with_its_reason(tmp_path: Path) -> None:
    with (
        serve_small_web({"/": "<p>x"}, host="127.0.0.9") as other,
        serve_small_web({"/": Reply("", 301, (("Location", other.root),))}) as web,
    ):
        result = crawl(tmp_path, site_row("prov", web.root))
        assert other.log == []
    visit = result.visits["prov"]
    assert (visit.outcome, visit.pages_failed) == ("failed", 1)
    assert result.codes == [("off_site", web.root)]
    assert visit.first_error == f"{web.root}: leads off the site, to {other.root}"


def test_a_redirect_within_the_site_gives_the_page_its_final_address(tmp_path: Path) -> None:
    replies: Replies = {
        "/": link_page("/samverkan"),
        "/samverkan": Reply("", 301, (("Location", "/nya/samverkan"),)),
        "/nya/samverkan": "<p>x",
    }
    with serve_small_web(replies) as web:
        result = crawl(tmp_path, site_row("prov", web.root))
    assert (result.pages[-1].url, result.pages[-1].request_url) == (f"{web.root}nya/samverkan", f"{web.root}samverkan")
    assert result.pages[0].request_url is None


def test_redirects_in_circles_end(tmp_path: Path) -> None:
    replies: Replies = {"/": Reply("", 302, (("Location", "/a"),)), "/a": Reply("", 302, (("Location", "/"),))}
    with serve_small_web(replies) as web:
        result = crawl(tmp_path, site_row("prov", web.root))
    assert len(web.paths) < 6
    assert "too many redirects" in str(result.visits["prov"].first_error)


def test_the_budget_leaves_the_site_incomplete(tmp_path: Path) -> None:
    replies: Replies = {"/": link_page(*(f"/samverkan/{n}" for n in range(9))), **{f"/samverkan/{n}": "<p>x" for n in range(9)}}
    with serve_small_web(replies) as web:
        result = crawl(tmp_path, site_row("prov", web.root, max_pages=4))
    assert (len(result.pages), result.visits["prov"].outcome, result.visits["prov"].pages_seen) == (4, "incomplete", 10)


def test_a_budget_asked_for_goes_before_that_of_the_site(tmp_path: Path) -> None:
    replies: Replies = {"/": link_page("/samverkan", "/natverk")}
    with serve_small_web(replies) as web:
        result = crawl(tmp_path, site_row("prov", web.root, max_pages=50), SAMVERKAN_MAX_PAGES=2)
    assert len(result.pages) == 2


def test_downloads_and_traps_are_seen_but_not_fetched(tmp_path: Path) -> None:
    traps = ("/avtal.pdf", "/download/18.1/avtal", "/sok?query=samverkan", "/samverkan?sv.state=1", "/kalender/2026")
    with serve_small_web({"/": link_page(*traps, words="samverkan")}) as web:
        result = crawl(tmp_path, site_row("prov", web.root))
    assert web.paths == ["/robots.txt", "/", "/sitemap.xml"]
    assert result.visits["prov"].pages_seen == 1 + len(traps)


def test_an_endless_site_ends_at_its_depth(tmp_path: Path) -> None:
    replies: Replies = {"/": link_page("/samverkan/1"), **{f"/samverkan/{n}": link_page(f"/samverkan/{n + 1}") for n in range(1, 20)}}
    with serve_small_web(replies) as web:
        result = crawl(tmp_path, site_row("prov", web.root), SAMVERKAN_MAX_DEPTH=3)
    assert len(result.pages) == 4


def test_pages_that_answer_otherwise_are_handed_on_too(tmp_path: Path) -> None:
    replies: Replies = {
        "/": link_page("/samverkan", "/natverk", "/avtal"),
        "/natverk": Reply("", 410),
        "/avtal": Reply(b"%PDF-1.7", content_type="application/pdf"),
    }
    with serve_small_web(replies) as web:
        result = crawl(tmp_path, site_row("prov", web.root))
    assert {(page.url.removeprefix(web.root), page.status) for page in result.pages} == {
        ("", 200),
        ("samverkan", 404),
        ("natverk", 410),
        ("avtal", 200),
    }
    assert result.visits["prov"].first_error == f"HTTP 404 for {web.root}samverkan"


def test_bodies_come_decoded_with_headers_as_sent(tmp_path: Path) -> None:
    page = Reply(gzipped("<p>Överenskommelse"), headers=(("Content-Encoding", "gzip"), ("X-Two", "a"), ("X-Two", "b")))
    with serve_small_web({"/": page}) as web:
        result = crawl(tmp_path, site_row("prov", web.root))
    (only,) = result.pages
    assert only.body.decode() == "<p>Överenskommelse"
    assert [value for name, value in only.headers if name == "X-Two"] == ["a", "b"]
    assert only.header("content-encoding") == "gzip"


def test_a_body_that_is_not_what_it_says_fails_alone(tmp_path: Path) -> None:
    replies: Replies = {
        "/": link_page("/samverkan", "/natverk"),
        "/samverkan": Reply(b"\x1f\x8bx", headers=(("Content-Encoding", "gzip"),)),
        "/natverk": "<p>x",
    }
    with serve_small_web(replies) as web:
        result = crawl(tmp_path, site_row("prov", web.root))
    assert result.urls == [web.root, f"{web.root}natverk"]
    assert result.visits["prov"].pages_failed == 1


def test_a_body_larger_than_allowed_fails_alone(tmp_path: Path) -> None:
    replies: Replies = {"/": link_page("/samverkan", "/natverk"), "/samverkan": "x" * 5000, "/natverk": "<p>x"}
    with serve_small_web(replies) as web:
        result = crawl(tmp_path, site_row("prov", web.root), DOWNLOAD_MAXSIZE=4000)
    assert result.urls == [web.root, f"{web.root}natverk"]


def test_one_request_at_a_time_to_a_host_whichever_site_asks(tmp_path: Path) -> None:
    replies: Replies = {f"/{site}/": Reply("<p>x", wait=0.2) for site in "abcd"}
    with serve_small_web(replies) as web:
        rows = "".join(site_row(f"prov{site}", f"{web.root}{site}/", scope=[f"{web.root}{site}/"]) for site in "abcd")
        crawl(tmp_path, rows, DOWNLOAD_DELAY=0.01)  # at 0 Scrapy 2.19 starts all that wait at once
    times = sorted(at for at, path in web.log if path in replies)
    assert min(later - earlier for earlier, later in pairwise(times)) >= 0.19


def test_sites_are_chosen_by_id(tmp_path: Path) -> None:
    with serve_small_web({"/a/": "<p>a", "/b/": "<p>b"}) as web:
        rows = "".join(site_row(f"prov{site}", f"{web.root}{site}/", scope=[f"{web.root}{site}/"]) for site in "ab")
        result = crawl(tmp_path, rows, sites=["provb"])
    assert result.urls == [f"{web.root}b/"]
    assert list(result.visits) == ["provb"]


def test_an_unknown_site_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="atlantis"):
        crawl(tmp_path, site_row("prov", "http://127.0.0.1:9/"), sites=["prov", "atlantis"])


def test_without_a_contact_nothing_is_asked_for(tmp_path: Path) -> None:
    with serve_small_web({"/": "<p>x"}) as web:
        with pytest.raises(UsageError, match="SAMVERKAN_CONTACT"):
            crawl(tmp_path, site_row("prov", web.root), SAMVERKAN_CONTACT="")
        assert web.log == []


def test_when_the_time_is_up_the_rest_is_left(tmp_path: Path) -> None:
    replies: Replies = {
        "/": link_page(*(f"/samverkan/{n}" for n in range(9))),
        **{f"/samverkan/{n}": Reply("<p>x", wait=0.3) for n in range(9)},
    }
    with serve_small_web(replies) as web:
        began = time.monotonic()
        result = crawl(tmp_path, site_row("prov", web.root), SAMVERKAN_MAX_TIME=2)
    assert time.monotonic() - began < 4
    assert 1 < len(result.pages) < 6
    assert result.visits["prov"].outcome == "incomplete"


class ForgetfulMiddleware:
    """Loses what the spider needs to read one of the answers."""

    def process_response(self, request: Request, response: Response) -> Response:
        """Without its receipt no page can be made of it."""
        if request.url.endswith("/samverkan"):
            del request.meta["receipt"]
        return response


def test_an_answer_that_breaks_its_reader_takes_neither_its_site_nor_the_next_one_with_it(tmp_path: Path) -> None:
    replies: Replies = {"/": link_page("/samverkan", "/natverk"), "/samverkan": "<p>s", "/natverk": "<p>n"}
    middlewares = {**DOWNLOADER_MIDDLEWARES, "tests.spiders.test_collaboration.ForgetfulMiddleware": 50}
    with serve_small_web(replies, "127.0.1.1") as one, serve_small_web({"/": "<p>x"}, "127.0.1.2") as two:
        rows = site_row("one", one.root) + site_row("two", two.root)
        result = crawl(tmp_path, rows, CONCURRENT_REQUESTS=1, DOWNLOADER_MIDDLEWARES=middlewares)
    assert result.urls == [one.root, f"{one.root}natverk", two.root]
    assert result.codes == [("parser_failed", f"{one.root}samverkan")]


class BrokenRun:
    """A pipeline that cannot open."""

    def open_spider(self) -> None:
        """Raises."""
        raise UsageError("The run 20261121T040000Z exists already.")


def test_what_a_pipeline_raises_on_opening_reaches_the_caller(tmp_path: Path) -> None:
    with serve_small_web({"/": "<p>x"}) as web:
        with pytest.raises(UsageError, match="exists already"):
            crawl(tmp_path, site_row("prov", web.root), ITEM_PIPELINES={BrokenRun: 1})
        assert web.log == []


@pytest.mark.parametrize(
    ("wanted", "path", "settings", "task"),
    [
        ("", None, {}, {}),
        ("lillaedet, ale", None, {}, {"names": "lillaedet ale"}),
        ("", "/etc/sites.toml", {}, {"sites": "/etc/sites.toml"}),
        ("", None, {"SAMVERKAN_MAX_PAGES": 60, "SAMVERKAN_MAX_TIME": 90}, {"max_pages": 60, "max_time": 90}),
    ],
)
def test_the_task_of_a_crawl_is_what_was_asked_for(
    wanted: str, path: str | None, settings: dict[str, object], task: dict[str, object]
) -> None:
    given = Settings()
    given.setmodule("samverkan.settings", priority="project")
    given.setdict(settings, priority="cmdline")
    assert describe_task(wanted, path, Limits.from_settings(given)) == task
