"""Dates and intervals as Swedish pages write them."""

import pytest

from schemas.values import find_dates, read_date


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("3 maj 2023", "2023-05-03"),
        ("den 3 maj 2023", "2023-05-03"),
        ("Onsdagen den 3:e maj 2023", "2023-05-03"),
        ("02 juli 2026", "2026-07-02"),
        ("1 juli år 2007", "2007-07-01"),
        ("första januari 2021", "2021-01-01"),
        ("15 sept. 2024", "2024-09-15"),
        ("3 maj 2023 kl. 10.32", "2023-05-03"),
        ("5 december 2014 15:23", "2014-12-05"),
        ("2023-05-03", "2023-05-03"),
        ("2023-05", "2023-05"),
        ("20230503", "2023-05-03"),
        ("maj 2023", "2023-05"),
        ("2023", "2023"),
        ("3/5 2023", "2023-05-03"),
        ("4 maj", "XXXX-05-04"),
        ("oktober", "XXXX-10"),
        ("våren 2016", "2016"),
        ("utgången av 2020", "2020-12-31"),
        ("the end of 2019", "2019"),
        ("until the end of 2027", "../2027"),
        ("till utgången av 2026", "../2026"),
        ("till och med: 31 december 2027", "../2027-12-31"),
        ("mellan 15 och 16 september", "XXXX-09-15/XXXX-09-16"),
        ("år 2006", "2006"),
        ("årsskiftet 2006/2007", "2007-01-01"),
        ("årsskiftet 2006-07", "2007-01-01"),
        ("the turn of the year 2025/2026", "2026-01-01"),
        ("från och med årsskiftet 2026/2027", "2027-01-01/.."),
        ("t.o.m. årsskiftet 2025-26", "../2026-01-01"),
        ("den sista mars 2026", "2026-03-31"),
        ("sista februari 2024", "2024-02-29"),
        ("den siste augusti", "XXXX-08-31"),
        ("den sista februari", "XXXX-02"),
        ("den första maj", "XXXX-05-01"),
        ("3rd of May 2023", "2023-05-03"),
        ("May 17–18, 2025", "2025-05-17/2025-05-18"),
        ("17–18 September 2025", "2025-09-17/2025-09-18"),
        ("1 March 2024 – 28 February 2027", "2024-03-01/2027-02-28"),
        ("Spring 2025", "2025"),
        ("up to and including 31 May 2026", "../2026-05-31"),
        ("2022-2026", "2022/2026"),
        ("2022–2026", "2022/2026"),
        ("2022 - 2026", "2022/2026"),
        ("2022 till 2026", "2022/2026"),
        ("2022/2026", "2022/2026"),
        ("mellan 2022 och 2026", "2022/2026"),
        ("från 2022 till 2026", "2022/2026"),
        ("2022-26", "2022/2026"),
        ("2011–12", "2011/2012"),
        ("läsåret 2023/2024", "2023/2024"),
        ("hösten 2016–våren 2017", "2016/2017"),
        ("1 januari 2022 - 31 december 2026", "2022-01-01/2026-12-31"),
        ("fr.o.m. 1 januari 2022 t.o.m. 31 december 2026", "2022-01-01/2026-12-31"),
        ("26-27 maj 2024", "2024-05-26/2024-05-27"),
        ("den 1–2 juni", "XXXX-06-01/XXXX-06-02"),
        ("maj–juni 2024", "2024-05/2024-06"),
        ("26/3 – 1/4", "XXXX-03-26/XXXX-04-01"),
        ("1/1-31/12 2026", "2026-01-01/2026-12-31"),
        ("t.o.m. september 2018", "../2018-09"),
        ("till och med 2026", "../2026"),
        ("från och med 2022", "2022/.."),
        ("från och med den 15 januari 2021", "2021-01-15/.."),
        ("May 3, 2023", "2023-05-03"),
        ("3rd May 2023", "2023-05-03"),
        ("2026-06-30 00:00:00", "2026-06-30"),
        ("2026-09-22T10:00:00Z", "2026-09-22"),
        ("2026-12-31T23:30:00Z", "2027-01-01"),  # in Stockholm it was past midnight
        ("2026-06-30T23:30:00+02:00", "2026-06-30"),
        ("Wed, 03 May 2023 10:00:00 GMT", "2023-05-03"),
        ("Wed, 03 May 2023 22:30:00 GMT", "2023-05-04"),
    ],
)
def test_spellings(text: str, edtf: str) -> None:
    assert read_date(text) == edtf


@pytest.mark.parametrize(
    "text",
    [
        "24-03-12",
        "31 februari 2023",
        "2023-02-30",
        "20201301",
        "2026-2022",
        "1650",
        "2000-talet",
        "24/7",
        "1/2",
        "19121212 1212",
        "2023:123",
        "igår",
        "Uppdaterad",
        "",
    ],
)
def test_no_date(text: str) -> None:
    assert read_date(text) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Svar senast 4 maj. Telefon 0701740612", [("4 maj", "XXXX-05-04")]),
        ("Uppdaterad:2023-05-03. Publicerad 2021-04-01", [("2023-05-03", "2023-05-03"), ("2021-04-01", "2021-04-01")]),
        ("under 2020, 2021 och 2022.", [("2020", "2020"), ("2021", "2021"), ("2022", "2022")]),
        ("Möten 2018 19 mars i Karlsborg", [("2018", "2018"), ("19 mars", "XXXX-03-19")]),
        ("2015 2016 2017", [("2015", "2015"), ("2016", "2016"), ("2017", "2017")]),
        ("vecka 12 2023", [("2023", "2023")]),
        ("mötet i oktober", [("oktober", "XXXX-10")]),
        ("oktober är kall", []),
        ("mötet i mitten av maj", [("maj", "XXXX-05")]),
        ("i slutet av maj 2026", [("maj 2026", "2026-05")]),
        ("från årsskiftet 2026/2027 gäller", [("årsskiftet 2026/2027", "2027-01-01")]),
        ("sedan årsskiftet", []),
        ("den sista marsdagen", []),
        ("held September 17-18, 2025 in Ale", [("September 17-18, 2025", "2025-09-17/2025-09-18")]),
        ("September 18-17, 2025", [("2025", "2025")]),
        ("Vecka 13, 26/3 – 1/4", [("26/3 – 1/4", "XXXX-03-26/XXXX-04-01")]),
        ("tisdag den 26/3 kl 9-12", [("tisdag den 26/3", "XXXX-03-26")]),
        ("Svara senast 26/9, gärna förr", [("26/9", "XXXX-09-26")]),
        ("minst 1/3 av rösterna, senast 2/3 av dem och senast 31/4", []),
        ("19-20 mars (Inställt!)", [("19-20 mars", "XXXX-03-19/XXXX-03-20")]),
        ("15 maj kl 9-12", [("15 maj", "XXXX-05-15")]),
        ("mandatperioden 2022 - 2026, till och med 2026.", [("2022 - 2026", "2022/2026"), ("till och med 2026", "../2026")]),
        ("1 december - 31 januari 2024", [("1 december", "XXXX-12-01"), ("31 januari 2024", "2024-01-31")]),
        ("18 maj och 3 juni 2024", [("18 maj", "XXXX-05-18"), ("3 juni 2024", "2024-06-03")]),
        ("Mötesdagar\n26 januari\n22 mars", [("26 januari", "XXXX-01-26"), ("22 mars", "XXXX-03-22")]),
        ("Nyhet\n2022-10-14\nProtokoll\n2006 gick", [("2022-10-14", "2022-10-14"), ("2006", "2006")]),
        ("från och med\n2022", [("2022", "2022")]),
        ("2022\n- 2026", [("2022", "2022"), ("2026", "2026")]),
        ("İ 3 maj 2023", [("3 maj 2023", "2023-05-03")]),
    ],
)
def test_dates_are_found_at_their_places(text: str, found: list[tuple[str, str]]) -> None:
    assert [(text[start:end], edtf) for start, end, edtf in find_dates(text)] == found


@pytest.mark.parametrize(
    "text",
    [
        "Protokoll 2017-11-27 och Verksamhetsberättelse 2023",
        "Verksamhetsplan för 2024, Agenda 2030, © 2024",
        "SFS 2023:123, dnr 2023/456, KS-2023, dnr 2023-0456, 2005-27",
        "30 000 och 2000 kr, cirka 2000 titlar, 10 2000, 2000 000, 1900 invånare",
        "rapport-2023.pdf, /2023/05/, 2000-talet, 1.2023",
        "telefon 08-2023 20 20, org.nr 212000-1314, 12:2023",
        "öppet 24/7, 1/2 liter, kl 9-12",
        "31 februari 2023",
    ],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert find_dates(text) == []


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("den 7, 14 och 21 mars 2024", ["2024-03-07", "2024-03-14", "2024-03-21"]),
        ("15 och 16 september", ["XXXX-09-15", "XXXX-09-16"]),
        ("12 och 13 platser", []),
        ("26/1, 22/3 och 24/5", ["XXXX-01-26", "XXXX-03-22", "XXXX-05-24"]),
        ("en fördelning på 1/3 och 2/3", []),
        ("4/9, 6/10 och 3/12", ["XXXX-09-04", "XXXX-10-06", "XXXX-12-03"]),
        ("1/2 och 1/4", []),
        ("1/3, 1/4 och 1/5", []),
        ("4/2 (Skara), 25/3 (Ale) och 9/6 (Lerum)", ["XXXX-02-04", "XXXX-03-25", "XXXX-06-09"]),
        ("1/3 (en tredjedel) och 2/3 (resten)", []),
    ],
)
def test_days_of_an_enumeration_share_the_month_of_the_last(text: str, days: list[str]) -> None:
    assert [edtf for _, _, edtf in find_dates(text)] == days
