"""Codes of counties and municipalities: the form, not the existence."""

import pytest

from schemas.values import read_county_code, read_municipality_code


@pytest.mark.parametrize(("text", "code"), [("1462", "1462"), (" 0643\u00a0", "0643"), ("2584", "2584")])
def test_municipality(text: str, code: str) -> None:
    assert read_municipality_code(text) == code


@pytest.mark.parametrize("text", ["462", "14620", "2684", "1400", "0012", "14", "Ale", ""])
def test_no_municipality(text: str) -> None:
    assert read_municipality_code(text) is None


@pytest.mark.parametrize(("text", "code"), [("14", "14"), (" 01 ", "01"), ("25", "25")])
def test_county(text: str, code: str) -> None:
    assert read_county_code(text) == code


@pytest.mark.parametrize("text", ["1", "00", "26", "1462", ""])
def test_no_county(text: str) -> None:
    assert read_county_code(text) is None
