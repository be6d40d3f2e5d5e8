"""E-mail addresses, hidden and open; what only looks like one is left alone."""

import pytest

from schemas.values import find_emails, read_email


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Kommun@Nykoping.se", "kommun@nykoping.se"),
        ("mailto:kommun@nykoping.se?subject=Hej", "kommun@nykoping.se"),
        ("mailto:kommun%40nykoping.se", "kommun@nykoping.se"),
        ("kommun(at)nykoping.se", "kommun@nykoping.se"),
        ("kommun [at] nykoping.se", "kommun@nykoping.se"),
        ("kundservice (snabel-a) ksrr.se", "kundservice@ksrr.se"),
        ("info snabel-a kil.se", "info@kil.se"),
        ("kommun (at) nykoping (punkt) se", "kommun@nykoping.se"),
        ("kommun@nykoping.se.", "kommun@nykoping.se"),
        ("<kommun@nykoping.se>", "kommun@nykoping.se"),
        ("eva.ekdal (snabel a) granvik.se", "eva.ekdal@granvik.se"),
        ("eva.ekdal @ granvik.se", "eva.ekdal@granvik.se"),
        ("eva [punkt] ekdal [at] granvik [punkt] se", "eva.ekdal@granvik.se"),
        ("info@västkom.se", "info@västkom.se"),
        ("info@xn--vstkom-bua.se", "info@västkom.se"),
        ("råd@umeå.se", "råd@umeå.se"),
        ("anna-karin.von_essen+x@sub.kommun.se", "anna-karin.von_essen+x@sub.kommun.se"),
    ],
)
def test_spellings(text: str, address: str) -> None:
    assert read_email(text) == address


@pytest.mark.parametrize(
    "text",
    [
        "mailto:?body=https://kommun.se",  # a share link
        "kommunikation@naturv...se",  # masked
        "namn.efternamn@vaxjo.se",  # tells how addresses are made
        "fornamn.efternamn@vaxjo.se",
        "logo@2x.png",
        "@kommunen",
        "kommun at nykoping.se",
        "Vi ses @ granvik.se",
        "a@b",
        "a@x.se, b@x.se",
        "Skicka e-post",
        "",
    ],
)
def test_no_email(text: str) -> None:
    assert read_email(text) is None


def test_a_name_on_the_line_above_is_no_part_of_an_address() -> None:
    assert find_emails("kommun\n@nykoping.se") == []


def test_addresses_are_found_at_their_places() -> None:
    text = "E-post: info@x.se, kommun (at) nykoping.se. Se www.x.se/info@y.se eller mejla råd@umeå.se!"
    assert [(text[start:end], address) for start, end, address in find_emails(text)] == [
        ("info@x.se", "info@x.se"),
        ("kommun (at) nykoping.se", "kommun@nykoping.se"),
        ("info@y.se", "info@y.se"),
        ("råd@umeå.se", "råd@umeå.se"),
    ]
