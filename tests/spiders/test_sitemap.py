"""Sitemaps in all their forms."""

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders.sitemap import read_sitemap

URLSET = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc> https://ale.se/samverkan?a=1&amp;b=2 </loc><image:image><image:loc>https://ale.se/bild.jpg</image:loc></image:image></url>
<url><loc>https://ale.se/om</loc></url></urlset>"""
INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://ale.se/sitemap1.xml.gz</loc></sitemap></sitemapindex>"""
PAGES = ["https://ale.se/samverkan?a=1&b=2", "https://ale.se/om"]


@pytest.mark.parametrize(
    "body",
    [
        URLSET.encode(),
        gzip.compress(URLSET.encode()),
        b"\xef\xbb\xbf\n" + URLSET.encode(),
        URLSET.replace(' xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"', "").encode(),
        "\n".join(PAGES).encode(),
    ],
    ids=["xml", "gzip", "bom", "no namespace", "text"],
)
def test_the_pages_of_a_sitemap(body: bytes) -> None:
    assert read_sitemap(body).pages == PAGES


def test_an_index_lists_sitemaps() -> None:
    sitemap = read_sitemap(INDEX.encode())
    assert sitemap.sitemaps == ["https://ale.se/sitemap1.xml.gz"]
    assert sitemap.pages == []


def test_a_sitemap_cut_short_gives_what_it_has() -> None:
    assert read_sitemap(URLSET.encode()[:-9]).pages == PAGES
    assert read_sitemap(gzip.compress(URLSET.encode())[:-12]).pages[:1] == PAGES[:1]


def test_a_bomb_is_not_unpacked() -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "x" * 10}">' for n in range(12))
    bomb = f'<?xml version="1.0"?><!DOCTYPE u [{entities}]><urlset><url><loc>&e11;</loc></url></urlset>'
    assert read_sitemap(bomb.encode()).pages in ([], ["&e11;"])


def test_an_error_page_is_no_sitemap() -> None:
    assert read_sitemap(b"<!doctype html><html><h1>Sidan finns inte</h1><a href='https://ale.se/x'>x</a></html>").pages == []


@given(st.binary())
def test_any_bytes_are_read_without_an_error(body: bytes) -> None:
    read_sitemap(body)
    read_sitemap(b"<urlset>" + body)
    read_sitemap(b"\x1f\x8b" + body)
