"""What holds for every reader of a value, whatever the text: it never raises, is idempotent, reads its own values back, invents nothing."""

import re
from collections.abc import Callable
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.values import (
    find_addresses,
    find_dates,
    find_emails,
    find_phones,
    read_address,
    read_county_code,
    read_date,
    read_email,
    read_municipality_code,
    read_organisation_number,
    read_phone,
    read_postal_code,
    read_url,
)


class Reader(NamedTuple):
    read: Callable[[str], object]
    texts: list[str]
    """Texts that hold such a value."""


READERS = [
    Reader(read_organisation_number, ["212000-1314", "2120001314", "16222000-0265", "212000–1355", " 202100 - 2361\u00a0"]),
    Reader(read_municipality_code, ["1462", " 0643 "]),
    Reader(read_county_code, ["14", "01 "]),
    Reader(read_phone, ["031-335 51 88", "+46 (0)72 566 30 70", "0046107309000", "08 - 508 290 00", "Tfn: 090- 16 10 00 ankn 12"]),
    Reader(read_email, ["Info@Kommun.se", "mailto:a.b@x.se?subject=Hej", "namn (at) kommun (punkt) se", "info@västkom.se"]),
    Reader(read_postal_code, ["403 40", "SE-40340"]),
    Reader(
        read_address,
        ["Västra Storgatan 15, 646 80 Gnesta", "Box 17\n151 89  Södertälje", "SE-403 40 Göteborg", "Besöksadress: Storgatan 1"],
    ),
    Reader(read_date, ["den 3 maj 2023", "2023-05-03T10:00", "26–27 maj 2024", "t.o.m. september 2018", "2022-26", "4 maj", "3/5 2023"]),
    Reader(read_url, ["HTTPS://Www.Kommun.SE/a%20b?c=d#e", "www.kommun.se.", "http://127.0.0.1:8000/å"]),
]
FRAGMENTS = (
    [text for reader in READERS for text in reader.texts] + list("0123456789-–/.,:;@+()[] \u00a0\n") + ["maj", "mars", "till", "Box"]
)

each_reader = pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.read.__name__)
anything = st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=4)), max_size=4).map("".join)
quickly = settings(max_examples=150, deadline=None)


@each_reader
def test_every_example_holds_a_value(reader: Reader) -> None:
    assert [text for text in reader.texts if reader.read(text) is None] == []


@each_reader
@quickly
@given(text=anything)
def test_never_raises(reader: Reader, text: str) -> None:
    assert reader.read(text) != ""


@each_reader
@quickly
@given(data=st.data())
def test_surrounding_space_makes_no_difference(reader: Reader, data: st.DataObject) -> None:
    text = data.draw(st.one_of(st.sampled_from(reader.texts), anything))
    assert reader.read(f" \u00a0{text}\n ") == reader.read(text)


@each_reader
@quickly
@given(data=st.data())
def test_what_it_returns_reads_back_as_itself(reader: Reader, data: st.DataObject) -> None:
    value = reader.read(data.draw(st.one_of(st.sampled_from(reader.texts), anything)))
    if value is not None:
        assert reader.read(str(value)) == value


@each_reader
@quickly
@given(data=st.data())
def test_it_invents_no_digit(reader: Reader, data: st.DataObject) -> None:
    text = data.draw(st.one_of(st.sampled_from(reader.texts), anything))
    value = reader.read(text)
    if value is None:
        return
    if reader.read is read_date:  # a month's number stands for its name, a century for the one before it
        assert all(year[2:] in text for year in re.findall(r"[0-9]{4}", str(value)))
    else:
        assert is_subsequence(re.sub("[^0-9]", "", str(value).removeprefix("+46")), text)


@pytest.mark.parametrize("find", [find_addresses, find_dates, find_emails, find_phones], ids=lambda find: find.__name__)
@quickly
@given(text=st.lists(st.sampled_from(FRAGMENTS), max_size=8).map(" ".join))
def test_what_is_found_stands_in_order_and_apart(find: Callable[[str], list[tuple[int, int, object]]], text: str) -> None:
    borders = [border for start, end, _ in find(text) for border in (start, end)]
    assert borders == sorted(borders)
    assert all(start < end <= len(text) for start, end, _ in find(text))


def is_subsequence(wanted: str, text: str) -> bool:
    rest = iter(text)
    return all(character in rest for character in wanted)
