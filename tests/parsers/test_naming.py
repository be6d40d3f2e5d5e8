"""A page that says anything of a person is told, however it says it."""

import pytest

from parsers.page.naming import names_any
from schemas.persons import NOBODY, describe_persons

PERSONS = describe_persons(["Åsa Svensson"], ["0303-33 01 16"], ["asa@granvik.se"])
HTML = "text/html; charset=utf-8"
CLOUDFLARE = "".join(f"{byte:02x}" for byte in (0x21, *(byte ^ 0x21 for byte in b"asa@granvik.se")))


@pytest.mark.parametrize(
    "body",
    [
        "<p>Åsa Svensson</p>",
        "<p>&Aring;sa&nbsp;Svensson</p>",
        "<p>A\u030asa Svensson</p>",
        "<p><b>Åsa</b> <i>Svensson</i></p>",
        "<tr><td>Åsa</td><td>Svensson</td></tr>",
        "<p>Å<b>sa</b> Svensson</p>",
        "<p>ÅSA SVENSSONS rum</p>",
        "<p>Svensson, Åsa</p>",
        "<p>Svens&shy;son, Åsa</p>",
        '<img alt="Åsa Svensson">',
        '<script>{"name": "\\u00c5sa Svensson"}</script>',
        "<!-- Åsa Svensson -->",
        '<a href="mailto:asa@granvik.se">Skriv</a>',
        '<a href="mailto:asa%40granvik.se">Skriv</a>',
        "<p>asa(at)granvik.se</p>",
        "<p>asa.svensson@ale.se</p>",
        f'<span data-cfemail="{CLOUDFLARE}">[email&nbsp;protected]</span>',
        '<p><span style="unicode-bidi:bidi-override;direction:rtl">es.kivnarg@asa</span></p>',
        '<a href="tel:+46303330116">Ring</a>',
        "<p>0303 - 33 01 16</p>",
        "<p>(0303)&#160;330116</p>",
    ],
)
def test_a_person_is_found_whatever_the_markup(body: str) -> None:
    assert names_any(f"<!doctype html><html><body>{body}</body></html>".encode(), HTML, PERSONS)


@pytest.mark.parametrize("body", ["<p>Åsa</p><p>Kommunen</p><p>Svensson</p>", "<p>0303-33 01 17</p>", "<p>eva@granvik.se</p>", ""])
def test_a_page_of_others_is_not(body: str) -> None:
    assert not names_any(body.encode(), HTML, PERSONS)


@pytest.mark.parametrize("charset", ["iso-8859-1", "utf-16"])
def test_a_charset_hides_nobody(charset: str) -> None:
    assert names_any("<p>Åsa Svensson</p>".encode(charset), f"text/html; charset={charset}", PERSONS)


def test_an_image_names_nobody() -> None:
    assert not names_any(bytes(range(256)) * 100, "image/png", PERSONS)


def test_nobody_is_on_no_page() -> None:
    assert not names_any("<p>Åsa Svensson</p>".encode(), HTML, NOBODY)
