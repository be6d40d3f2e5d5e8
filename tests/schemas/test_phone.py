"""Swedish telephone numbers in the spellings of real pages. Invented ones are from the ranges that PTS reserves for fiction."""

import pytest

from schemas.values import find_phones, read_phone


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("08-590 970 00", "+46859097000"),
        ("0155-24 50 00", "+46155245000"),
        ("0102240000", "+46102240000"),
        ("08 - 508 290 00", "+46850829000"),
        ("090- 16 10 00", "+4690161000"),
        ("0046107309000", "+46107309000"),
        ("0520-65 95 00", "+46520659500"),
        ("0771-11 44 00", "+46771114400"),
        ("0104-12 34 56", "+46104123456"),
        ("0480-45\u00a067\u00a001", "+46480456701"),
        ("+46 (0)31-390 06 12", "+46313900612"),
        ("+46(0)31-390 06 12", "+46313900612"),
        ("+46 31 390 06 12", "+46313900612"),
        ("+46313900612", "+46313900612"),
        ("(031) 390 06 12", "+46313900612"),
        ("031–390 06 12", "+46313900612"),
        ("031/390 06 12", "+46313900612"),
        ("08-465 004 21", "+46846500421"),
        ("040-628 04 12", "+46406280412"),
        ("0980-319 212", "+46980319212"),
        ("070-174 06 12", "+46701740612"),
        ("0701-740612", "+46701740612"),
        ("tel:031-390%2006%2012", "+46313900612"),
        ("tel:+46313900612;ext=12", "+46313900612"),
        ("tel:0313900612,,12", "+46313900612"),  # the extension is dialled after two pauses
        ("tel://0313900612", "+46313900612"),
        ("tel:46313900612", "+46313900612"),
        ("(+46) 31 390 06 12", "+46313900612"),
        ("Tfn: 031-390 06 12", "+46313900612"),
        ("Växel: 031-390 06 12.", "+46313900612"),
        ("031-390 06 12 ankn 12", "+46313900612"),
        ("031-390 06 12, anknytning: 1234", "+46313900612"),
        ("031-390 06 12 (växel)", "+46313900612"),
    ],
)
def test_spellings(text: str, number: str) -> None:
    assert read_phone(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "2023-05-03",
        "03-05-2023",
        "5051-1234",  # a bankgiro number
        "95 94 10-2",
        "202100-2361",
        "010203-1234",  # a person's number
        "403 40",
        "112",
        "08-12 13-16",  # opening hours
        "08.00-16.30",
        "+47 22 12 34 56",
        "031-39 06",
        "031-390 06 12, 08-465 004 21",
        "Skicka e-post",
        "",
    ],
)
def test_no_phone(text: str) -> None:
    assert read_phone(text) is None


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        (
            "Ring 031-390 06 12, 070-174 06 12 eller 090-16 10 00 0155-24 50 00.",
            ["031-390 06 12", "070-174 06 12", "090-16 10 00", "0155-24 50 00"],
        ),
        ("08-465 004 21 / 08-465 004 22", ["08-465 004 21", "08-465 004 22"]),
        ("0701740612 0701740613", ["0701740612", "0701740613"]),
        ("Tel: 031-390 06 12 • Org-nr: 222000-2584", ["031-390 06 12"]),
        ("Ring renhållningen, 0325-576000.", ["0325-576000"]),
        ("Storgatan 12 031-390 06 12", ["031-390 06 12"]),
        ("Samordnare031-390 06 12", ["031-390 06 12"]),  # two spans that only style parts
    ],
)
def test_numbers_are_found_at_their_places(text: str, numbers: list[str]) -> None:
    assert [text[start:end] for start, end, _ in find_phones(text)] == numbers


@pytest.mark.parametrize(
    "text",
    [
        "kl 08-12 13-16, 403 40 Göteborg, 2023-05-03, 500 000 titlar",
        "Bankgiro: 5423-8837, Postgiro: 95 94 10-2, IBAN SE45 5000 0000 0583 9825 7466",
        "Organisationsnummer: 559227-1752",
        "Dnr 2021-0123456, artikel A0701740612",
        "1 000 000 000 kronor åren 2020 2021 2022",
    ],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert find_phones(text) == []
