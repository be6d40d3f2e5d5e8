"""The sample web is what it says: packed as its sources are, linked as a web, with invented people only, and servable on loopback."""

import gzip
import io
import json
import re
import socket
import urllib.error
import urllib.request
from collections import deque
from html import unescape
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from lxml import html
from protego import Protego
from warcio.archiveiterator import ArchiveIterator

from tests.web.build import ARCHIVE, GZIP, HERE, Answer, annotated_pages, load_web, pack_web
from tests.web.server import listed_hosts, serve

WEB = load_web()
PAGES = [(site.host, page) for site in WEB.sites.values() for page in site.fragments.values()]

# What looks like a Swedish phone number: "08-465 004 12", "tel:0313900600", "0046406280460", "+46 31 390 06 00";
# not an organisation number ("559227-1752") or a date ("2024-01-01").
PHONE = re.compile(r"(?<![\w.-])(?:\+46|0046|0)[ -]?(?:\(0\))?[1-9]\d{0,2}[ -]?\d{2,3}[ \d]{2,8}\d(?![\w-])")
# The ranges that PTS reserves for fiction, as national digits.
FICTION = re.compile(r"8465004\d\d|3139006\d\d|4062804\d\d|9803192\d\d|701740(?:60[5-9]|6[1-9]\d)")


def records(stream: io.BufferedIOBase) -> list[tuple[str, str, str, list[tuple[str, str]], bytes]]:
    """What a WARC holds, compression set aside: it may differ with the zlib that did it."""
    found = []
    for record in ArchiveIterator(stream, no_record_parse=False):
        body = record.raw_stream.read()
        plain = gzip.decompress(body) if body.startswith(GZIP) else body
        warc = record.rec_headers
        headers = [header for header in record.http_headers.headers if header[0] != "Content-Length"]
        found.append((warc["WARC-Target-URI"], warc["WARC-Record-ID"], record.http_headers.statusline, headers, plain))
    return found


def links(host: str, path: str) -> set[tuple[str, str]]:
    """Host and path of every link on a page that leads to a host of the sample web."""
    answer = WEB.answers[host, path]
    base = WEB.url(host, path)
    hrefs: list[str] = [answer.header("Location") or ""] if answer.header("Location") else []
    if (answer.header("Content-Type") or "").startswith("text/html") and answer.body:
        hrefs += [element.get("href") or "" for element in html.fromstring(answer.content).iter("a")]
    parts = [urlsplit(urldefrag(urljoin(base, href)).url) for href in hrefs if href and not href.startswith("#")]
    return {(p.hostname or "", p.path + (f"?{p.query}" if p.query else "")) for p in parts if p.hostname in WEB.hosts}


def test_the_archive_is_packed_from_the_sources_as_they_are() -> None:
    fresh = io.BytesIO()
    pack_web(WEB, fresh)
    with ARCHIVE.open("rb") as packed:
        assert records(packed) == records(io.BytesIO(fresh.getvalue())), "run python -m tests.web.build"


def test_the_archive_is_small_enough_for_a_repository() -> None:
    assert ARCHIVE.stat().st_size < 1_000_000


def test_there_are_sites_and_pages_enough() -> None:
    assert len(WEB.sites) >= 12
    assert len(PAGES) >= 60


def test_the_five_first_sites_come_first() -> None:
    assert listed_hosts()[:5] == ["goteborgsregionen.se", "lillaedet.se", "www.vastkom.se", "www.lansstyrelsen.se", "www.rvn.se"]


def test_one_listed_host_does_not_answer() -> None:
    assert [host for host in listed_hosts() if WEB.respond(host, "/") is None] == ["itsam.se"]


def test_every_internal_link_leads_somewhere() -> None:
    lost = {(host, path, *target) for host, path in WEB.answers for target in links(host, path) if target not in WEB.answers}
    assert not lost, "write the page, or say in web.toml that it is missing on purpose"


def crawl(start: tuple[str, str]) -> dict[tuple[str, str], int]:
    """Every page that links lead to from a start page, where robots.txt allows it, with its number of clicks."""
    depth, queue = {start: 0}, deque([start])
    while queue:
        here = queue.popleft()
        for target in links(*here) - depth.keys():
            robots = WEB.respond(target[0], "/robots.txt")
            rules = robots.body.decode() if robots and robots.status == 200 else ""
            if target in WEB.answers and Protego.parse(rules).can_fetch(WEB.url(*target), "samverkan"):
                depth[target] = depth[here] + 1
                queue.append(target)
    return depth


@pytest.mark.parametrize("host", sorted(WEB.sites))
def test_every_collaboration_page_is_a_few_clicks_from_the_start(host: str) -> None:
    start = "/vastra-gotaland/" if host == "www.lansstyrelsen.se" else "/"
    found = crawl((host, start))
    wanted = {(host, page.path) for page in WEB.sites[host].fragments.values() if page.is_collaboration}
    assert wanted <= found.keys()
    assert all(found[page] <= 4 for page in wanted)


def test_a_page_forbidden_by_robots_is_linked_but_not_reached() -> None:
    assert ("www.halmstad.se", "/internt/samverkansavtal/") in links("www.halmstad.se", "/kommun-och-politik/bolag/laholmsbuktens-va/")
    assert ("www.halmstad.se", "/internt/samverkansavtal/") not in crawl(("www.halmstad.se", "/"))


def seen_text(answer: Answer) -> str:
    """What a page says to people and to search engines: styles, icons and the scripts of the platform left out."""
    markup = re.sub(
        r"<style.*?</style>|<svg.*?</svg>|<script(?! type=.application/ld).*?</script>",
        " ",
        answer.content.decode("latin-1"),
        flags=re.S,
    )
    return unescape(markup)


@pytest.mark.parametrize("host", WEB.hosts)
def test_phone_numbers_are_fiction(host: str) -> None:
    pages = [answer for (of, _), answer in WEB.answers.items() if of == host and "html" in (answer.header("Content-Type") or "")]
    numbers = {number for page in pages for number in PHONE.findall(seen_text(page))}
    assert [number for number in sorted(numbers) if not FICTION.fullmatch(national_digits(number))] == []


def national_digits(number: str) -> str:
    """The digits after the country code or the leading zero: "846500412" of "08-465 004 12"."""
    return re.sub(r"^(?:0046|46|0)", "", re.sub(r"\D", "", number))


@pytest.mark.parametrize("real", ["031-335 51 88", "072-566 30 70", "+46 31 335 51 88", "0707-12 34 56", "08-508 290 00"])
def test_a_number_outside_the_ranges_would_be_seen(real: str) -> None:
    assert PHONE.fullmatch(real)
    assert not FICTION.fullmatch(national_digits(real))


def test_pages_have_real_sizes() -> None:
    sizes = {host: [len(WEB.answers[host, page.path].content) for h, page in PAGES if h == host] for host in WEB.sites}
    heavy = [host for host, lengths in sizes.items() if min(lengths) > 18_000]
    assert len(heavy) >= 10
    assert max(max(lengths) for lengths in sizes.values()) < 80_000


def test_the_readme_counts_what_a_crawl_must_find() -> None:
    rows = []
    for site in WEB.sites.values():
        found = sum(page.is_collaboration for page in site.fragments.values())
        rows.append(f"| `{site.host}` | {site.settings['platform']} | {len(site.fragments)} | {found} |")
    readme = (HERE / "README.md").read_text("utf-8")
    assert [row for row in rows if row not in readme] == []


def test_charsets_are_said_in_every_way() -> None:
    by_header = WEB.answers["www.karlskrona.se", "/sv/Om-kommunen/Internationella-natverk/"]
    assert "ISO-8859-1" in (by_header.header("Content-Type") or "")
    assert "nätverk".encode("latin-1") in by_header.body
    by_meta = WEB.answers["sodertornskommunerna.se", "/sidor/om/organisation.html"]
    assert by_meta.header("Content-Type") == "text/html"
    assert b"charset=windows-1252" in by_meta.body
    assert WEB.answers["www.strangnas.se", "/arkiv/nyheter/2019-12-20-samverkansoverenskommelse"].body.startswith(b"\xef\xbb\xbf")


ANNOTATED = list(annotated_pages(WEB))


def test_a_dozen_pages_are_annotated() -> None:
    assert len(ANNOTATED) >= 12


@pytest.mark.parametrize(("folder", "answer"), ANNOTATED, ids=[folder.name for folder, _ in ANNOTATED])
def test_an_annotated_page_is_the_page_of_the_web(folder: Path, answer: Answer) -> None:
    assert (folder / "page.html").read_bytes() == answer.content, "run python -m tests.web.build"


@pytest.mark.parametrize(("folder", "answer"), ANNOTATED, ids=[folder.name for folder, _ in ANNOTATED])
def test_annotated_words_stand_on_the_page(folder: Path, answer: Answer) -> None:
    gold = json.loads((folder / "gold.json").read_text("utf-8"))
    text = " ".join(" ".join(str(piece) for piece in html.fromstring(answer.content).itertext()).split())
    assert [fact["text"] for fact in gold["dates"] + gold["member_counts"] if fact["text"] not in text] == []
    named = {name for organisation in gold["organisations"] for name in [organisation["name"], *organisation["also"]]}
    parties = {name for member in gold["members"] if member["basis"] == "named" for name in (member["body"], member["member"])}
    assert parties <= named


def test_a_served_page_links_to_loopback_only() -> None:
    with serve(WEB) as served, urllib.request.urlopen(served.url("www.mellerud.se")) as answer:
        assert answer.url == served.url("mellerud.se")
        page = answer.read().decode()
    assert served.url("www.mellerud.se", "/kommun-och-politik") in page
    assert not re.search(r"https?://(?:www\.)?mellerud\.se", page)
    assert [(request.host, request.path) for request in served.log] == [("www.mellerud.se", "/"), ("mellerud.se", "/")]


def test_a_served_sitemap_leads_to_loopback_through_gzip() -> None:
    with serve(WEB) as served:
        index = urllib.request.urlopen(served.url("www.halmstad.se", "/sitemapindex.xml")).read().decode()
        inner = re.findall(r"<loc>(.*?)</loc>", index)
        pages = gzip.decompress(urllib.request.urlopen(inner[0]).read()).decode()
        assert f"<loc>{served.url('www.halmstad.se')}</loc>" in pages


def test_an_unchanged_page_answers_304_to_its_etag() -> None:
    with serve(WEB) as served:
        url = served.url("www.karlshamn.se")
        etag = urllib.request.urlopen(url).headers["ETag"]
        with pytest.raises(urllib.error.HTTPError, match="304"):
            urllib.request.urlopen(urllib.request.Request(url, headers={"If-None-Match": etag}))


def test_a_page_can_go_between_two_crawls() -> None:
    with serve(WEB) as served:
        served.web = WEB.with_answer("lillaedet.se", "/bygga-bo-och-miljo", None)
        with pytest.raises(urllib.error.HTTPError, match="404"):
            urllib.request.urlopen(served.url("lillaedet.se", "/bygga-bo-och-miljo"))


def test_a_silent_host_refuses_the_connection() -> None:
    with serve(WEB) as served, pytest.raises(ConnectionRefusedError):
        socket.create_connection((served.addresses["itsam.se"], served.port), timeout=2)


def test_the_served_site_list_names_loopback_only(tmp_path: Path) -> None:
    with serve(WEB) as served:
        text = served.site_list_toml(tmp_path / "sites.toml").read_text("utf-8")
        addresses = set(re.findall(r"http://([\d.]+):", text))
    assert not re.search(r"https?://[a-z]", text)
    assert addresses == {served.addresses[host] for host in listed_hosts()}
