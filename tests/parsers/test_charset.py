"""Bytes to text: whatever header, mark and document say, the letters are right."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.page.charset import decode_body

WORDS = "Räddningstjänst för Ängelholm, Öckerö och Åstorp – överenskommelse"


def html(declared: str = "") -> str:
    return f"<html><head>{declared}</head><body><p>{WORDS}</p></body></html>"


@pytest.mark.parametrize(
    ("encoding", "declared", "content_type", "charset"),
    [
        ("utf-8", "", "text/html; charset=UTF-8", "utf-8"),
        ("utf-8", '<meta charset="utf-8">', "text/html", "utf-8"),
        ("utf-8", "", None, "utf-8"),
        ("windows-1252", "", "text/html; charset=ISO-8859-1", "windows-1252"),
        ("windows-1252", '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">', "text/html", "windows-1252"),
        ("windows-1252", "<meta charset=windows-1252>", None, "windows-1252"),
        ("windows-1252", "", None, "windows-1252"),
        # declared wrongly
        ("utf-8", "", "text/html; charset=ISO-8859-1", "utf-8"),
        ("utf-8", '<meta charset="iso-8859-1">', None, "utf-8"),
        ("windows-1252", '<meta charset="utf-8">', None, "windows-1252"),
        ("utf-8", '<meta charset="utf-16">', None, "utf-8"),
        ("utf-8", '<meta charset="utf-16le">', None, "utf-8"),
        ("utf-16-le", "", "text/html; charset=utf-16le", "utf-16-le"),
        ("utf-8", '<meta charset="no-such-charset">', None, "utf-8"),
        ("utf-8", "", "text/html; charset=idna", "utf-8"),
        # declared after a long script
        ("windows-1252", "<script>" + "x" * 2000 + '</script><meta charset="iso-8859-1">', None, "windows-1252"),
    ],
)
def test_letters_are_right(encoding: str, declared: str, content_type: str | None, charset: str) -> None:
    text, name = decode_body(html(declared).encode(encoding), content_type)
    assert WORDS in text
    assert name == charset


@pytest.mark.parametrize(
    ("mark", "encoding", "charset"),
    [
        (codecs.BOM_UTF8, "utf-8", "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16"),
        (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32"),
    ],
)
def test_byte_order_mark_goes_before_all_else(mark: bytes, encoding: str, charset: str) -> None:
    text, name = decode_body(mark + html().encode(encoding), "text/html; charset=ISO-8859-1")
    assert (text, name) == (html(), charset)


def test_plain_ascii_is_utf8() -> None:
    assert decode_body(b"<p>Ale kommun</p>", None) == ("<p>Ale kommun</p>", "utf-8")


def test_one_broken_byte_in_utf8_spoils_only_itself() -> None:
    body = html('<meta charset="utf-8">').encode() + b"<p>\xff</p>"
    text, charset = decode_body(body, "text/html; charset=utf-8")
    assert (WORDS in text, charset) == (True, "utf-8")


def test_charset_that_is_no_text_encoding_is_passed_over() -> None:
    assert decode_body(html().encode(), "text/html; charset=base64")[1] == "utf-8"


HEADERS = st.sampled_from(
    [None, "", "charset=", "charset=rot13", "charset=hex", "charset=utf-7", "charset=idna", "charset=undefined", "charset=utf-16"]
)


@given(st.binary(max_size=200), HEADERS | st.text(max_size=20).map("text/html; charset={}".format))
def test_any_bytes_become_text(body: bytes, content_type: str | None) -> None:
    text, charset = decode_body(body, content_type)
    assert isinstance(text, str)
    assert charset == charset.lower() != ""


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\ufeff"), max_size=100))
def test_utf8_comes_back_as_it_was(text: str) -> None:
    assert decode_body(text.encode(), "text/html; charset=utf-8") == (text, "utf-8")
