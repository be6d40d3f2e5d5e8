"""Words and addresses of pages made fit for files that others read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.plain import drop_control, fit_address, fit_line


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://ale.se/samverkan?a=1&b=2#om", "https://ale.se/samverkan?a=1&b=2#om"),
        ("https://ale.se/%C3%A5/100%", "https://ale.se/%C3%A5/100%25"),
        ("https://ale.se/[å]#a#b", "https://ale.se/%5B%C3%A5%5D#a%23b"),
        ('https://ale.se/"><x>', "https://ale.se/%22%3E%3Cx%3E"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        (None, None),
    ],
)
def test_an_address_holds_plain_characters_only(url: str | None, address: str | None) -> None:
    assert fit_address(url) == address


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Ale\n kommun\t", "Ale kommun"),
        ("a\x00\x1b[31mb\u202ec", "a[31mbc"),
        ("ett två tre fyra", "ett två …"),
        ("x" * 20, "x" * 10 + " …"),
    ],
)
def test_a_text_fits_a_line(text: str, line: str) -> None:
    assert fit_line(text, 12) == line


@given(st.text(st.characters()), st.integers(5, 50))
def test_no_line_is_longer_than_it_may_be(text: str, longest: int) -> None:
    line = fit_line(text, longest)
    assert len(line) <= longest
    assert line == drop_control(line)
