"""Crawls of a web that names somebody, before and after she asks not to be published."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from schemas.manifest import read_manifest
from schemas.tables import read_rows
from tests.everything import find_words
from tests.samverkan.program import run
from tests.samverkan.test_second_crawl import ETAG, Crawled, Site, web_of
from tests.spiders.small_web import Reply, gzipped, serve_small_web

CLOUDFLARE = "".join(f"{byte:02x}" for byte in (0x21, *(byte ^ 0x21 for byte in b"anna@granvik.se")))
BOARD = (
    '<html lang="sv"><head><meta charset="utf-8"><title>Anna Svensson | Samverkan</title></head><body><main><h1>Samverkan</h1>'
    "<p>SOLTAK AB ägs av Stenungsunds kommun, Lilla Edets kommun, Tjörns kommun och Kungälvs kommun.</p><h2>Kontakt</h2>"
    '<p><b>Anna</b>&nbsp;Svensson, kommunchef<br>Telefon: <a href="tel:+46303330116">0303-33 01 16</a><br>'
    f'<a href="/cdn-cgi/l/email-protection" data-cfemail="{CLOUDFLARE}">[email&#160;protected]</a></p>'
    "<p>Eva Ekström, sekreterare<br>Telefon: 0303-33 01 17</p></main></body></html>"
)
WORDS = ("Anna", "Svensson", "303330116", "0303-33 01 16", "anna@granvik", CLOUDFLARE)
NOWHERE: dict[str, set[str]] = {word: set() for word in WORDS}


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """Its page of facts names Anna, compressed and with an ETag."""
    replies = dict(web_of(ETAG))
    replies["/samverkan"] = Reply(gzipped(BOARD), headers=(ETAG, ("Content-Encoding", "gzip")))
    with serve_small_web(replies) as web:
        yield Site(tmp_path, web)


def ask_for_silence(site: Site, *lines: str) -> None:
    site.output.mkdir(exist_ok=True)
    (site.output / "do-not-publish.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def read_people(crawled: Crawled) -> list[str | None]:
    return [row["person"] for row in read_rows(crawled.folder / "contacts.parquet")]


def test_she_is_in_no_file_of_a_first_crawl(site: Site) -> None:
    ask_for_silence(site, "Anna Svensson")
    crawled = site.crawl()
    assert read_manifest(crawled.folder).status == "published"
    assert find_words(site.output, *WORDS) == NOWHERE
    assert read_people(crawled) == ["Eva Ekström"]
    assert len(read_rows(crawled.folder / "members.parquet")) == 4
    assert crawled.pages["/samverkan"]["archive_file"] is None
    assert crawled.pages["/"]["archive_file"]


def test_before_she_asks_she_is_and_afterwards_she_is_not(site: Site) -> None:
    first = site.crawl()
    assert all(find_words(site.output, *WORDS).values())  # else the search itself finds nothing
    assert len(read_people(first)) == 2
    ask_for_silence(site, "Anna Svensson")
    second = site.crawl()
    assert find_words(site.output, *WORDS) == NOWHERE
    assert "/samverkan" not in second.conditional  # nothing is kept to compare it with
    assert "/sitemap.xml" in second.conditional
    assert read_people(second) == ["Eva Ekström"]


def test_a_crawl_that_cannot_reach_the_page_carries_her_over_masked(site: Site) -> None:
    site.crawl()
    ask_for_silence(site, "Anna Svensson")
    site.web.replies = {**site.web.replies, "/samverkan": Reply("", status=503)}
    second = site.crawl()
    assert find_words(site.output, *WORDS) == NOWHERE
    assert sorted(map(str, read_people(second))) == ["Eva Ekström", "None"]


def test_an_extract_of_the_archives_does_not_name_her_either(site: Site) -> None:
    first = site.crawl()
    output = site.output / "extract"
    ask_for_silence(site, "Anna Svensson")
    done = run("extract", first.archive, "--output", output)
    assert done.returncode == 0
    assert [row["person"] for row in read_rows(output / "latest" / "contacts.parquet")] == ["Eva Ekström"]
    assert all(not files for files in find_words(output, *WORDS[:4]).values())


def test_a_line_that_names_nobody_ends_a_crawl_before_it_begins(site: Site) -> None:
    ask_for_silence(site, "Anna")
    done = run("crawl", "ale", "--output", site.output, env={"SAMVERKAN_CONTACT": "drift@example.org"})
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "do-not-publish.txt, line 1: 'Anna' is no e-mail address" in done.stderr
    assert site.web.exchanges == []
