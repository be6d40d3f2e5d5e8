"""The links of a page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders.links import Link, find_links

PAGE = "https://ale.se/kommun/index.html"


def urls(html: str) -> list[str]:
    return [link.url for link in find_links(html, PAGE)]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<a href="/samverkan">x</a>', "https://ale.se/samverkan"),
        ('<a href="natverk.html">x</a>', "https://ale.se/kommun/natverk.html"),
        ('<a href=" \n/samverkan ">x</a>', "https://ale.se/samverkan"),
        ('<a href="//www.gr.se/a">x</a>', "https://www.gr.se/a"),
        ('<a href="/samverkan#kontakt">x</a>', "https://ale.se/samverkan"),
        ('<a href="/överens kommelse">x</a>', "https://ale.se/%C3%B6verens%20kommelse"),
        ('<map><area href="/karta" alt="Karta"></map>', "https://ale.se/karta"),
        ('<base href="https://ale.se/sv/"><a href="om">x</a>', "https://ale.se/sv/om"),
        ('<meta http-equiv="Refresh" content="0; URL=/start.html">', "https://ale.se/start.html"),
        ('<?xml version="1.0" encoding="utf-8"?><html><a href="/x">y</a></html>', "https://ale.se/x"),
        ('<div><a href="/x">not closed<p><table><tr><a href="/x">', "https://ale.se/x"),
    ],
)
def test_a_link_is_read_as_a_browser_reads_it(html: str, expected: str) -> None:
    assert urls(html) == [expected]


@pytest.mark.parametrize("href", ["mailto:a@b.se", "tel:031", "javascript:void(0)", "http://[", "", "ftp://a.se/x"])
def test_what_leads_to_no_page_is_no_link(href: str) -> None:
    assert urls(f'<a href="{href}">x</a>') in ([], [PAGE])


def test_a_query_is_sent_in_the_encoding_of_the_page() -> None:
    assert find_links('<a href="/s?x=ö">x</a>', PAGE, "windows-1252")[0].url == "https://ale.se/s?x=%F6"


def test_the_words_are_what_a_reader_sees_or_hears() -> None:
    html = '<a href="/1" title="Om\n samverkan"><span>Läs</span> mer<img src="x" alt="Nätverk"></a>'
    assert find_links(html, PAGE) == [Link("https://ale.se/1", "Läs mer Om samverkan Nätverk")]


def test_deep_nesting_does_not_hide_a_link() -> None:
    assert urls("<div>" * 1500 + '<a href="/djup">x</a>') == ["https://ale.se/djup"]


def test_order_and_first_words_are_kept() -> None:
    html = '<a href="/b">B</a><a href="/a">A</a><a href="/b#x">C</a>'
    assert find_links(html, PAGE) == [Link("https://ale.se/b", "B"), Link("https://ale.se/a", "A")]


@given(st.text())
def test_any_text_has_links_or_none_without_an_error(text: str) -> None:
    assert isinstance(find_links(text, PAGE), list)
    assert isinstance(find_links(f'<a href="{text}">x</a>', PAGE), list)


@pytest.mark.parametrize(
    ("html", "heading"),
    [
        ("<div><h2>Avtal</h2><a href=/a>a</a></div>", "Avtal"),
        ("<div><div><h2>Avtal</h2></div><a href=/a>a</a></div>", "Avtal"),
        ("<div><h2>Avtal</h2><p>Om avtal</div><footer><a href=/a>a</a></footer>", ""),
    ],
)
def test_a_link_has_the_heading_that_it_stands_under(html: str, heading: str) -> None:
    assert [link.heading for link in find_links(html, "https://x.se/")] == [heading]


def test_a_page_of_endless_links_is_read_in_part() -> None:
    html = "<h2>Avtal</h2>" + "".join(f"<a href=/{number}>a</a>" for number in range(50_000))
    assert len(find_links(html, "https://x.se/")) == 10_000
