"""Laws of a page's reading: nothing breaks it, every fact stands where it says, and nothing is said of nobody."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.reading import read_page
from registry import load_registry
from registry.sites import Site
from schemas.facts import Contact, DatedFact, MemberCount, Membership, Reading
from schemas.page import Page
from tests.parsers.construction_cases import URL, Case, all_cases, page_of, read_case, read_html, site_of
from tests.parsers.test_document import FRAGMENTS

CASES = [case for cases in all_cases().values() for case in cases]
OWNERS = [None, "kommun:1440", "region:14", "lansstyrelse:10", "kommun:0980", "Kommunalförbundet Mellanbygden", "Ingen Alls", ""]
WORDS = [
    "Ale", "Kungälvs", "Göteborgs Stad", "Region Halland", "Länsstyrelsen", "Polisen", "Kommunalförbundet Mellanbygden", "(KMB)", "KMB",
    "SOLTAK AB", "Gemensam nämnd", "ingår i", "är medlem i", "ägs av", "består av", "samarbetar med", "finansieras av", "med", "och",
    ",", "samt", ".", ":", ";", "–", "(", ")", "14 kommuner", "tillsammans med 12 andra kommuner", "tjugoen", "45 procent", "12,5 %",
    "samtliga kommuner i Hallands län", "länets samtliga kommuner", "värdkommun", "sedan 2009", "den 1 januari 2020", "2022–2026", "vi",
    "förbundet", "kommunen", "inte", "har lämnat", "ansöker om medlemskap", "Medlemmar", "Ägare", "Anna Bergsten, ordförande",
    "anna.bergsten@ale.se", "0303-33 00 00", "Box 1, 449 80 Alafors",
]  # fmt: skip
pieces = st.one_of(st.sampled_from(WORDS).map(lambda word: f" {word} "), st.sampled_from(FRAGMENTS), st.text(max_size=8))
pages = st.lists(pieces, max_size=40).map("".join)
owners = st.sampled_from(OWNERS)


def read_bytes(body: bytes, owner: str | None, content_type: str = "text/html") -> Reading:
    """The reading of any bytes."""
    return read_page(
        Page(URL, 200, (("Content-Type", content_type),), body, datetime(2026, 11, 21, tzinfo=UTC)), site_of(owner), load_registry()
    )


def facts_of(reading: Reading) -> list[Membership | MemberCount | Contact | DatedFact]:
    """All facts that have evidence."""
    return [*reading.members, *reading.member_counts, *reading.contacts, *reading.dates]


def misplaced(reading: Reading) -> list[object]:
    """Mentions and facts whose words do not stand at their offsets."""
    wrong: list[object] = [m for m in reading.mentions if not m.text or reading.text[m.start : m.end] != m.text]
    return wrong + [
        f for f in facts_of(reading) if f.evidence.source == "text" and reading.text[f.evidence.start : f.evidence.end] != f.evidence.text
    ]


def unknown_ids(reading: Reading) -> set[str]:
    """Ids that facts and mentions use and `organisations` lacks."""
    used = {m.organisation_id for m in reading.mentions} | {i for f in reading.members for i in (f.organisation_id, f.member_id)}
    used |= {f.organisation_id for f in reading.member_counts}
    used |= {f.organisation_id for facts in (reading.contacts, reading.dates) for f in facts if f.organisation_id}
    return used - {organisation.id for organisation in reading.organisations}


def impossible(reading: Reading) -> list[object]:
    """Facts that cannot be: a body in itself, a share beyond the whole, a count of nothing, a confidence outside 0 to 1."""
    wrong: list[object] = [f for f in reading.members if f.organisation_id == f.member_id]
    wrong += [f for f in reading.members if f.share is not None and not 0 < f.share <= 100]
    wrong += [f for f in reading.member_counts if f.count < 1 or not f.unit]
    return wrong + [f for f in facts_of(reading) if not 0 <= f.evidence.confidence <= 1 or not f.evidence.method]


@given(st.binary(max_size=300), owners)
def test_any_bytes_are_read(body: bytes, owner: str | None) -> None:
    reading = read_bytes(body, owner)
    assert (misplaced(reading), unknown_ids(reading), impossible(reading)) == ([], set(), [])


@given(pages, owners)
@settings(max_examples=200)
def test_any_page_is_read_and_its_facts_stand_where_they_say(html: str, owner: str | None) -> None:
    reading = read_html(f"<div>{html}", owner)
    assert (misplaced(reading), unknown_ids(reading), impossible(reading)) == ([], set(), [])


@given(pages, owners)
def test_reading_twice_is_equal(html: str, owner: str | None) -> None:
    page, site = page_of(f"<div>{html}"), site_of(owner)
    assert read_page(page, site, load_registry()) == read_page(page, site, load_registry())


@given(pages)
def test_text_is_clean(html: str) -> None:
    text = read_html(f"<div>{html}").text
    assert "  " not in text
    assert "\xad" not in text


@given(pages, owners)
def test_each_organisation_stands_once(html: str, owner: str | None) -> None:
    ids = [organisation.id for organisation in read_html(f"<div>{html}", owner).organisations]
    assert len(ids) == len(set(ids))


@given(pages, owners)
def test_mentions_do_not_stand_twice(html: str, owner: str | None) -> None:
    places = [(m.organisation_id, m.start, m.end) for m in read_html(f"<div>{html}", owner).mentions]
    assert len(places) == len(set(places))


def test_every_case_has_a_name_of_its_own() -> None:
    assert len({case.id for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=[case.id for case in CASES])
def test_laws_hold_for_every_construction(case: Case) -> None:
    reading = read_case(case.id)
    assert (misplaced(reading), unknown_ids(reading), impossible(reading)) == ([], set(), [])


@pytest.mark.parametrize("owner", ["kommun:1440", "Kommunalförbundet Mellanbygden"])
def test_the_owner_is_known_by_its_id(owner: str) -> None:
    assert read_html("Text", owner).owner_id == Site("x", owner, (), ()).owner_id


def test_without_a_site_there_is_no_owner() -> None:
    assert read_html("Text").owner_id is None


def test_facts_are_kept_without_a_site() -> None:
    assert read_html("I Kommunalförbundet Mellanbygden ingår Ale kommun och Tjörns kommun.").members


@pytest.mark.parametrize("body", [b"", b"   ", b"<html></html>", b"<!-- nothing -->"])
def test_an_empty_page_is_an_issue(body: bytes) -> None:
    reading = read_bytes(body, "kommun:1440")
    assert (reading.text, reading.members) == ("", [])
    assert [issue.code for issue in reading.issues] == ["page_unreadable"]


def test_a_page_in_latin_1_is_read_the_same() -> None:
    html = "<html><body><p>I Kommunalförbundet Mellanbygden ingår Åmål och Öckerö.</p></body></html>"
    plain, latin = (
        read_bytes(html.encode(), None, "text/html; charset=utf-8"),
        read_bytes(html.encode("latin-1"), None, "text/html; charset=iso-8859-1"),
    )
    assert (latin.text, latin.members) == (plain.text, plain.members)


def test_a_page_nested_too_deep_is_an_issue() -> None:
    reading = read_html("<p>Text</p>" + "<div>" * 5000)
    assert "page_truncated" in [issue.code for issue in reading.issues]


def test_the_evidence_holds_the_names() -> None:
    reading = read_html("I Kommunalförbundet Mellanbygden ingår Ale kommun och Tjörns kommun. Kontoret ligger i Nol.")
    assert {fact.evidence.text for fact in reading.members} == {"I Kommunalförbundet Mellanbygden ingår Ale kommun och Tjörns kommun."}


def test_members_are_in_the_order_of_the_page_whatever_the_registry_says() -> None:
    members = [fact.member_id for fact in read_html("I Kommunalförbundet Mellanbygden ingår Öckerö, Ale och Tjörn.").members]
    assert members == ["kommun:1407", "kommun:1440", "kommun:1419"]
