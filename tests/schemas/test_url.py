"""URLs, their one canonical form, and the page's identity made of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.values import canonical_url, page_id, read_url


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("HTTPS://Www.Gnesta.SE/Kontakt?b=1#x", "https://www.gnesta.se/Kontakt?b=1#x"),
        ("www.gnesta.se", "https://www.gnesta.se"),
        ("https://gnesta.se/sida.", "https://gnesta.se/sida"),
        ("http://127.0.0.1:8000/a", "http://127.0.0.1:8000/a"),
        ("https://västkom.se/å", "https://västkom.se/å"),
    ],
)
def test_spellings(text: str, url: str) -> None:
    assert read_url(text) == url


@pytest.mark.parametrize(
    "text", ["mailto:a@x.se", "javascript:void(0)", "/kontakt", "gnesta", "http://[", "https://a b.se", "http://x:99999/", ""]
)
def test_no_url(text: str) -> None:
    assert read_url(text) is None


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("HTTPS://Gnesta.se:443/a/../b/?z=1&a=2#del", "https://gnesta.se/b/?a=2&z=1"),
        ("https://gnesta.se", "https://gnesta.se/"),
        ("https://gnesta.se/s;jsessionid=1A2B.node1?utm_source=x&fbclid=y&gclid=z&PHPSESSID=q&x=1", "https://gnesta.se/s?x=1"),
        ("https://gnesta.se/s?sv.target=12.3f&sv.12.3f.route=/a&query=råd", "https://gnesta.se/s?query=r%C3%A5d"),
        ("http://gnesta.se:8080/", "http://gnesta.se:8080/"),
        ("https://västkom.se/", "https://xn--vstkom-bua.se/"),
        ("https://user:secret@gnesta.se/", "https://gnesta.se/"),
    ],
)
def test_canonical_form(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical


@given(st.one_of(st.text(), st.text(alphabet="aå%2F/?&=#;:.+ ").map("https://x.se/".__add__)))
def test_canonical_form_is_its_own(url: str) -> None:
    assert canonical_url(canonical_url(url)) == canonical_url(url)


def test_page_id_is_the_beginning_of_a_sha256() -> None:
    assert page_id("https://gnesta.se/") == "6fb0f3a4f103f555"


@given(st.from_regex(r"https?://[a-z0-9]{1,9}(?:[.-][a-z0-9]{1,9}){1,3}/([A-Za-z0-9_-][A-Za-z0-9._-]{0,9}/?){0,5}", fullmatch=True))
def test_a_plain_address_is_its_own_canonical_form(url: str) -> None:
    """It is known at sight; with a fragment it goes the long way, to the same form."""
    assert canonical_url(url) == canonical_url(f"{url}#top") == url
