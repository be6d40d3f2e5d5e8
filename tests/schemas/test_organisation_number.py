"""Organisation numbers are read in every spelling; persons' numbers never."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.se import orgnr

from schemas.values import read_organisation_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("212000-1314", "212000-1314"),
        ("2120001314", "212000-1314"),
        ("16212000-1314", "212000-1314"),
        (" 212000 - 1314 ", "212000-1314"),
        ("212000–1314", "212000-1314"),
        ("212000\u00a0-\u00a01314", "212000-1314"),
        ("212000\u20111314", "212000-1314"),
        ("222000-0265", "222000-0265"),
        ("202100-2361", "202100-2361"),
    ],
)
def test_spellings(text: str, number: str) -> None:
    assert read_organisation_number(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "212000-1315",  # the check digit
        "121212-1212",  # a person
        "21200-2916",  # as a real page prints it, a digit short
        "Org.nr 212000-1314",
        "212000-13144",
        "",
    ],
)
def test_no_organisation_number(text: str) -> None:
    assert read_organisation_number(text) is None


@given(st.from_regex(r"\A[1-9][0-9][2-9][0-9]{7}\Z"))
def test_agrees_with_stdnum(digits: str) -> None:
    assert (read_organisation_number(digits) is not None) == orgnr.is_valid(digits)
