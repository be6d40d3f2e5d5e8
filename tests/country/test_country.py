"""The made country keeps its promises, and a crawl of a small one finds what lies in it."""

import gzip
import http.client
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import lxml.etree
import lxml.html
import pytest
from protego import Protego

from registry.registry import load_registry
from registry.sites import load_sites
from tests.country.answers import SESSION, Answer, Answers
from tests.country.build import DEPTHS, KINDS, MOST, PLATFORMS, TRAPS, build_country
from tests.country.links import measure_depths
from tests.country.measure import measure_country
from tests.country.model import HERE, Country, Page, Site, load_words
from tests.country.oracle import cost_of, country_requests, oracle_requests
from tests.country.readings import count_page_requests
from tests.country.server import Request, ServedCountry, serve
from tests.country.sitemaps import sitemap_path

ROOT = "http://127.0.0.1:8000"
REPOSITORY = HERE.parent.parent
SMALL = build_country(7, sites=12, pages=600, collaboration=48)


def walk_site(site: Site) -> dict[str, int]:
    """How many links each path lies from the start page, as the HTML of its pages says; traps, files and other hosts left out."""
    answers = Answers(site, ROOT)
    depths, queue = {"/": 0}, ["/"]
    for path in queue:
        answer = answers.respond(path)
        target = answer.location.removeprefix(ROOT) if answer.location else None
        for href in [target] if target else list_hrefs(answer):
            linked = SESSION.sub("", href)
            if linked in answers.pages or linked in answers.hops:
                depth = depths[path] + (target is None)  # a redirect is no link
                if linked not in depths:
                    depths[linked] = depth
                    queue.append(linked)
    return depths


def list_hrefs(answer: Answer) -> list[str]:
    """The addresses that a page links to, in its order."""
    return [href for link in lxml.html.fromstring(answer.body).iter("a") if (href := link.get("href"))]


def write_pages(country: Country) -> list[bytes]:
    """Every page of a country."""
    return [answers.respond(path).body for site in country.sites for answers in [Answers(site, ROOT)] for path in answers.pages]


@pytest.mark.parametrize(("sites", "pages", "collaboration"), [(6, 300, 24), (12, 600, 48), (60, 3000, 240)])
def test_a_country_is_as_large_as_asked_for(sites: int, pages: int, collaboration: int) -> None:
    country = build_country(1, sites, pages, collaboration)
    counts = [len(site.collaborations) for site in country.sites]
    assert (len(country.sites), len(country.pages), sum(counts)) == (sites, pages, collaboration)
    assert max(counts) <= MOST


def test_a_country_without_room_is_refused() -> None:
    with pytest.raises(ValueError, match="no room"):
        build_country(1, sites=6, pages=300, collaboration=100)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_collaboration_pages_lie_one_to_five_links_deep(seed: int) -> None:
    found = build_country(seed).collaborations
    shares = {depth: count / len(found) for depth, count in Counter(page.depth for _, page in found).items()}
    assert shares == {depth: pytest.approx(share, abs=0.05) for depth, share in DEPTHS.items()}


@pytest.mark.parametrize("site", SMALL.sites, ids=lambda site: site.id)
def test_every_page_is_reached_by_its_links_at_its_depth(site: Site) -> None:
    depths = walk_site(site)
    assert {page.path: page.depth for page in site.pages} == {page.path: depths[page.path] for page in site.pages}


def test_addresses_are_unique() -> None:
    for site in SMALL.sites:
        paths = [*(page.path for page in site.pages), *(page.hop for page in site.pages if page.hop)]
        assert len(set(paths)) == len(paths)


def test_the_same_seed_gives_the_same_bytes_in_every_process() -> None:
    program = (
        "import hashlib; from tests.country.build import build_country; from tests.country.test_country import write_pages;"
        "print(hashlib.sha256(b''.join(write_pages(build_country(7, 6, 300, 24)))).hexdigest())"
    )
    hashes = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=REPOSITORY,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(hashes) == 1


def test_another_seed_gives_another_web() -> None:
    webs = [set(write_pages(build_country(seed, 6, 300, 24))) for seed in (7, 8)]
    assert len(webs[0]) == 300
    assert not webs[0] & webs[1]


def test_every_platform_has_its_rules_and_its_share() -> None:
    assert set(PLATFORMS) == set(load_words("platforms"))
    assert {site.platform for site in SMALL.sites} == set(PLATFORMS)


def test_owners_are_registered_and_of_every_kind() -> None:
    country = build_country(1)
    assert {site.owner.id for site in country.sites} <= set(load_registry().organisations)
    assert {site.kind for site in country.sites} == set(KINDS)


@pytest.mark.parametrize(
    ("trap", "sign"),
    {
        "calendar": "/kalender?",
        "facets": "?sort=",
        "sessions": ";jsessionid=",
        "pagination": "/nyhetsarkiv?sida=",
        "print": "print",
        "english": "/en",
        "files": ".pdf",
    }.items(),
)
def test_every_trap_is_linked_on_the_sites_that_have_it_only(trap: str, sign: str) -> None:
    assert set(TRAPS) == {"calendar", "facets", "sessions", "pagination", "print", "english", "files"}
    with_trap = {site.id for site in SMALL.sites if trap in site.traps and is_linked(site, sign)}
    assert with_trap
    assert not [site.id for site in SMALL.sites if trap not in site.traps and is_linked(site, sign)]


def is_linked(site: Site, sign: str) -> bool:
    """Whether a link of any page holds the sign ("print" as municipio says it, too)."""
    answers = Answers(site, ROOT)
    hrefs = {href.lower().replace("utskrift=", "print=") for path in answers.pages for href in list_hrefs(answers.respond(path))}
    return any(
        sign in href and (sign != "/en" or href == sign) and (sign != "print" or "print" in href.partition("?")[2]) for href in hrefs
    )


@pytest.mark.parametrize(
    ("trap", "path", "onward"),
    [
        ("calendar", "/kalender?ar=2026&manad=12", "Nästa månad"),
        ("pagination", "/nyhetsarkiv?sida=2", "Nästa sida"),
        ("facets", "/lediga-jobb/sok?sort=namn&filter=alla", "Samverkan"),
    ],
)
def test_a_trap_leads_on_to_a_page_not_seen_before(trap: str, path: str, onward: str) -> None:
    answers = next(Answers(site, ROOT) for site in SMALL.sites if trap in site.traps)
    answer = answers.respond(path)
    (further,) = (str(link.get("href")) for link in lxml.html.fromstring(answer.body).iter("a") if link.text == onward)
    assert further != path
    assert answers.respond(further).status == 200
    assert answers.respond(further).body != answer.body


def test_half_of_the_sites_have_a_sitemap_of_each_form_with_every_page_that_may_be_fetched() -> None:
    country = build_country(1, sites=20, pages=1000, collaboration=80)
    mapped = [site for site in country.sites if site.sitemap]
    assert (len(mapped), {site.sitemap for site in mapped}) == (10, {"plain", "index", "gzip"})
    for site in mapped:
        listed = list_listed(site)
        assert {page.path for page in site.pages if not page.path.startswith(site.disallowed or "//")} <= listed
        assert len(listed) > len(site.pages) + 100


def list_listed(site: Site) -> set[str]:
    """The paths that the sitemap of a site lists, its parts opened."""
    answers = Answers(site, ROOT)
    queue, listed = [sitemap_path(site)], set[str]()
    for path in queue:
        body = answers.respond(path).body
        root = lxml.etree.fromstring(gzip.decompress(body) if path.endswith(".gz") else body)
        paths = [str(loc.text).removeprefix(ROOT) for loc in root.iter("{*}loc")]
        if root.tag.endswith("sitemapindex"):
            queue += paths
        else:
            listed |= set(paths)
    return listed


def test_no_page_to_be_found_lies_where_robots_txt_forbids() -> None:
    forbidding = [site for site in build_country(1).sites if site.disallowed]
    assert forbidding
    for site in forbidding:
        assert any(page.path.startswith(site.disallowed) for page in site.pages)
        robots = Protego.parse(Answers(site, ROOT).respond("/robots.txt").body.decode())
        assert not [p.path for p in site.pages if p.path.startswith(site.disallowed) and robots.can_fetch(ROOT + p.path, "samverkan")]
        assert all(robots.can_fetch(ROOT + page.href, "samverkan") for found in site.collaborations for page in found.trail)


def test_the_oracle_walks_every_page_once() -> None:
    start = Page("Start", None, "start", 0)
    assert cost_of({start}) == 1
    for site in SMALL.sites:
        trails = {page for found in site.collaborations for page in found.trail}
        deepest = max((page.depth for page in site.collaborations), default=0)
        assert max(deepest, len(site.collaborations)) + 1 <= oracle_requests(site) <= cost_of({site.start, *trails})
    assert country_requests(SMALL) == sum(oracle_requests(site) for site in SMALL.sites)


def test_the_oracle_of_a_site_without_collaboration_asks_for_its_start_page() -> None:
    site = next(site for site in build_country(1).sites if not site.collaborations)
    assert oracle_requests(site) == 1


def test_link_depths_are_those_of_shortest_ways() -> None:
    for site in SMALL.sites:
        assert measure_depths(site) == {page: page.depth for page in site.pages}


def ask(served: ServedCountry, site: Site, path: str, **headers: str) -> http.client.HTTPResponse:
    """The answer over HTTP, its body read."""
    connection = http.client.HTTPConnection(site.address, served.port, timeout=10)
    connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer


def test_sites_answer_on_their_own_addresses_and_conditional_requests_as_they_say() -> None:
    with serve(SMALL) as served:
        for site in SMALL.sites:
            first = ask(served, site, "/", Accept_Encoding="gzip")
            assert (first.status, first.getheader("Content-Encoding")) == (200, "gzip")
            assert [name for name in ("ETag", "Last-Modified") if first.getheader(name)] == list(site.validators)
            known = {"If_None_Match": first.getheader("ETag"), "If_Modified_Since": first.getheader("Last-Modified")}
            again = ask(served, site, "/", **{name: value for name, value in known.items() if value})
            assert again.status == (304 if site.validators else 200)
        assert [request.host for request in served.log] == [site.address for site in SMALL.sites for _ in range(2)]
        for site in SMALL.sites:
            for path in ("/robots.txt", *([sitemap_path(site)] if site.sitemap else [])):
                answer = ask(served, site, path)
                assert [name for name in ("ETag", "Last-Modified") if answer.getheader(name)] == list(site.validators)
        assert all(request.end >= request.start and request.sent for request in served.log)


def test_the_site_list_names_owners_and_start_pages_only(tmp_path: Path) -> None:
    with serve(SMALL) as served:
        sites = list(load_sites(served.write_site_list(tmp_path / "sites.toml")))
    assert [site.owner for site in sites] == [site.owner.id for site in SMALL.sites]
    assert {urlsplit(url).path for site in sites for url in site.start_urls} == {"/"}


@pytest.mark.parametrize(
    ("path", "counts"),
    [
        ("/robots.txt", False),
        ("/sitemap.xml", False),
        ("/sitemapindex.xml", False),
        ("/sitemap12.xml.gz", False),
        ("/", True),
        ("/kommun-och-politik/sitemap", True),
        ("/nyheter/arkiv/sitemap.xml.html", True),
    ],
)
def test_robots_txt_and_sitemaps_are_no_page_requests(path: str, counts: bool) -> None:
    assert count_page_requests([Request(0, 0, "127.10.1.1", path, 404, 100)]) == counts


def test_a_crawl_of_a_small_country_finds_most_at_a_bounded_cost(tmp_path: Path) -> None:
    measured = measure_country(tmp_path, seed=1, sites=12, pages=600, collaboration=48)
    assert measured.recall >= 0.93
    assert measured.ratio <= 1.8
    assert measured.changed_facts == []
    assert measured.validating_share < 0.05
