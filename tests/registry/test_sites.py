"""The site list: the bundled one, whose a page is, and what is said of a list that cannot be used."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry import SiteList, load_registry, load_sites
from registry.sites import read_sites
from schemas.errors import UsageError

BUNDLED = load_sites()


def site_id(sites: SiteList, url: str) -> str | None:
    site = sites.site_of(url)
    return site.id if site else None


def write_list(folder: Path, content: str) -> Path:
    path = folder / "sites.toml"
    path.write_text(content, encoding="utf-8")
    return path


def test_every_municipality_region_and_county_board_has_a_site() -> None:
    owners = {site.owner for site in BUNDLED}
    known = {id_ for id_ in load_registry().organisations if id_.startswith(("kommun:", "region:", "lansstyrelse:"))}
    assert known <= owners
    assert len(owners) == len(BUNDLED)


def test_the_owners_are_registered() -> None:
    assert [site.id for site in BUNDLED if site.owner not in load_registry().organisations] == []


def test_the_five_first_sites_come_first() -> None:
    assert [site.id for site in BUNDLED][:5] == ["goteborgsregionen", "lillaedet", "vastkom", "lansstyrelsen-vastra-gotaland", "rvn"]


def test_every_start_page_belongs_to_its_own_site() -> None:
    assert [(site.id, url) for site in BUNDLED for url in site.start_urls if BUNDLED.site_of(url) != site] == []


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://lillaedet.se/kommun-och-politik", "lillaedet"),
        ("http://www.LillaEdet.se/Kommun", "lillaedet"),
        ("https://kultur.lillaedet.se/", "lillaedet"),
        ("https://notlillaedet.se/", None),
        ("https://habo.se/", "habo"),
        ("https://habokommun.se/", "habokommun"),
        ("https://www.lansstyrelsen.se/vastra-gotaland/om-oss.html", "lansstyrelsen-vastra-gotaland"),
        ("https://www.lansstyrelsen.se/vastra-gotaland.html", "lansstyrelsen-vastra-gotaland"),
        ("http://www.lansstyrelsen.se/Halland/Sv/Pages/x.aspx", "lansstyrelsen-halland"),
        ("https://www.lansstyrelsen.se/vasterbotten/", "lansstyrelsen-vasterbotten"),
        ("https://www.lansstyrelsen.se/", None),
        ("https://www.grkom.se/socialhallbarhet", "goteborgsregionen"),
        ("https://example.org/", None),
        ("/kommun", None),
        ("mailto:info@ale.se", None),
        ("http://[", None),
        ("", None),
    ],
)
def test_the_site_of_a_page(url: str, expected: str | None) -> None:
    assert site_id(BUNDLED, url) == expected


def test_the_owner_of_an_ambiguous_host_name_is_the_right_municipality() -> None:
    owners = {site.id: site.owner for site in BUNDLED}
    assert (owners["habo"], owners["habokommun"]) == ("kommun:0305", "kommun:0643")


TWO_LISTS = """
[[site]]
id = "press"
owner = "Regionala rådet"
start_urls = ["https://press.example.se/lillaedet/"]
scope = ["https://press.example.se/lillaedet/"]

[[site]]
id = "press-edet"
owner = "SKL"
start_urls = ["https://press.example.se/lillaedet/edet/"]
allowed_domains = ["WWW.press.example.se"]
scope = ["https://press.example.se/lillaedet/edet"]

[[site]]
id = "example"
owner = "kommun:1462"
start_urls = ["https://www.example.se/"]
max_pages = 60

[[site]]
id = "lillaedet"
owner = "Lilla Edets kommun"
start_urls = ["http://127.0.0.1:8001/"]
scope = ["http://127.0.0.1:8001/"]
"""


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://press.example.se/lillaedet/2024", "press"),
        ("https://press.example.se/lillaedet", "press"),
        ("https://press.example.se/lillaedet/edet.html", "press-edet"),
        ("https://press.example.se/lillaedet/edetdalen", "press"),
        ("https://press.example.se/ale", "example"),
        ("https://example.se/", "example"),
        ("http://127.0.0.1:8001/a", "lillaedet"),
        ("http://127.0.0.1:8002/a", None),
    ],
)
def test_the_longest_scope_wins(url: str, expected: str | None) -> None:
    assert site_id(read_sites("list", TWO_LISTS.encode()), url) == expected


def test_a_given_list_goes_before_the_bundled_one() -> None:
    sites = BUNDLED.preceded_by(read_sites("list", TWO_LISTS.encode()))
    assert len(sites) == len(BUNDLED) + 3
    assert [site.id for site in sites][:4] == ["press", "press-edet", "example", "lillaedet"]
    assert site_id(sites, "http://127.0.0.1:8001/a") == "lillaedet"
    assert site_id(sites, "https://lillaedet.se/") is None
    assert site_id(sites, "https://ale.se/") == "ale"


def test_a_given_site_wins_over_a_longer_scope_of_the_bundled_list() -> None:
    given_list = '[[site]]\nid = "boards"\nowner = "Länsstyrelserna"\nstart_urls = ["https://www.lansstyrelsen.se/"]'
    sites = BUNDLED.preceded_by(read_sites("list", given_list.encode()))
    assert site_id(sites, "https://www.lansstyrelsen.se/skane/") == "boards"


def test_a_site_has_what_its_row_says() -> None:
    example = read_sites("list", TWO_LISTS.encode()).get("example")
    assert example is not None
    assert (example.start_urls, example.allowed_domains, example.scope, example.max_pages) == (
        ("https://www.example.se/",),
        ("example.se",),
        (),
        60,
    )


@pytest.mark.parametrize(
    ("site", "owner_id"),
    [("press", "org:regionala-radet"), ("press-edet", "orgnr:222000-0315"), ("example", "kommun:1462"), ("lillaedet", "kommun:1462")],
)
def test_an_owner_by_name_gets_its_id(site: str, owner_id: str) -> None:
    row = read_sites("list", TWO_LISTS.encode()).get(site)
    assert row is not None
    assert row.owner_id == owner_id


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ('start_url = "https://ale.se/"', 'site "ale": start_url: is no key of a site; did you mean start_urls?'),
        ("colour = 1", 'site "ale": colour: is no key of a site (id, owner, start_urls, allowed_domains, scope, max_pages)'),
        ('allowed_domains = "ale.se"', 'site "ale": allowed_domains: must be a list of one or more texts'),
        ('allowed_domains = ["https://ale.se/"]', 'site "ale": allowed_domains: "https://ale.se/" is not a host name'),
        ('scope = ["/kommun"]', 'site "ale": scope: "/kommun" is not an absolute http or https URL'),
        ('scope = ["https://lerum.se/"]', 'site "ale": scope: "https://lerum.se/" lies outside the allowed domains'),
        ("max_pages = 0", 'site "ale": max_pages: must be a number above 0'),
        ('max_pages = "60"', 'site "ale": max_pages: must be a number above 0'),
        ("max_pages = true", 'site "ale": max_pages: must be a number above 0'),
    ],
)
def test_an_extra_key_that_cannot_be_used_is_named(tmp_path: Path, changes: str, message: str) -> None:
    path = write_list(tmp_path, f'[[site]]\nid = "ale"\nowner = "kommun:1440"\nstart_urls = ["https://ale.se/"]\n{changes}')
    with pytest.raises(UsageError) as error:
        load_sites(path)
    assert str(error.value) == f"{path}: {message}"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "holds no [[site]]"),
        ("site = 3", "holds no [[site]]"),
        ("site = [3]", "holds no [[site]]"),
        ("[[sites]]", "sites: is no key of a site list; sites stand under [[site]]"),
        ("[[site]\n", "is not valid TOML: "),
        ("[[site]]", "site 1: id: is missing"),
        ("[[site]]\nid = 1", "site 1: id: must be a text"),
        ('[[site]]\nid = " "', "site 1: id: must be a text"),
        ('[[site]]\nid = "a,b"', 'site "a,b": id: may hold letters, digits, hyphens and dots only'),
        ('[[site]]\nid = "a"\nstart_urls = ["https://a.se"]', 'site "a": owner: is missing'),
        ('[[site]]\nid = "a"\nowner = "A"', 'site "a": start_urls: is missing'),
        ('[[site]]\nid = "a"\nowner = "A"\nstart_urls = []', 'site "a": start_urls: must be a list of one or more texts'),
        ('[[site]]\nid = "a"\nowner = "A"\nstart_urls = ["a.se"]', 'site "a": start_urls: "a.se" is not an absolute http or https URL'),
        ('[[site]]\nid = "a"\nowner = "A"\nstart_urls = ["http://a:b/"]', 'site "a": start_urls: "http://a:b/" is not an absolute'),
        (
            '[[site]]\nid = "a"\nowner = "kommun:9999"\nstart_urls = ["https://a.se"]',
            'site "a": owner: "kommun:9999" is not in the registry',
        ),
        ('[[site]]\nid = "a"\nowner = "A"\nstart_urls = ["https://a.se"]\n' * 2, 'site "a": id: stands twice'),
    ],
)
def test_a_list_that_cannot_be_used_is_told_in_one_line(tmp_path: Path, content: str, message: str) -> None:
    path = write_list(tmp_path, content)
    with pytest.raises(UsageError) as error:
        load_sites(path)
    assert str(error.value).startswith(f"{path}: {message}")
    assert "\n" not in str(error.value)


def test_a_missing_file_is_told_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"nowhere\.toml: cannot be read: No such file or directory"):
        load_sites(tmp_path / "nowhere.toml")


def test_a_file_in_latin_1_is_told_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "sites.toml"
    path.write_bytes('[[site]]\nid = "a"\nowner = "Växjö"'.encode("latin-1"))
    with pytest.raises(UsageError, match="is not valid TOML"):
        load_sites(path)


def test_a_byte_order_mark_is_no_error(tmp_path: Path) -> None:
    path = write_list(tmp_path, '\ufeff[[site]]\nid = "a"\nowner = "A"\nstart_urls = ["https://a.se"]')
    assert len(load_sites(path)) == 1


@given(st.text() | st.text(alphabet="htps:/.[]@%#?åa1-ß", max_size=40).map("https://".__add__))
def test_the_site_of_any_text_is_a_site_or_none(url: str) -> None:
    assert BUNDLED.site_of(url) in {None, *BUNDLED}
