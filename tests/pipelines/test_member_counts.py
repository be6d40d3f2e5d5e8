from typing import Any

import pytest

from pipelines.keys import Row
from pipelines.member_counts import kinds_of_unit, measure_member_counts

PAGE, BODY, OWNER = "0" * 16, "org:tolk", "kommun:1462"
KINDS = {
    "kommun:1440": "municipality",
    OWNER: "municipality",
    "kommun:1480": "municipality",
    "kommun:0980": "region",
    "region:14": "region",
    "org:x": "company",
}


def member(identity: str, start: int | None = 0, *, role: str = "member", body: str = BODY) -> Row:
    end = None if start is None else start + 10
    return {"page_id": PAGE, "organisation_id": body, "member_id": identity, "role": role, "text_start": start, "text_end": end}


def count(number: int, unit: str = "kommuner", scope: str = "total", start: int = 50) -> Row:
    place = {"text_start": start, "text_end": start + 10}
    return {"page_id": PAGE, "organisation_id": BODY, "organisation_name": "Tolk", "count": number, "unit": unit, "scope": scope, **place}


def measure(stated: Row, *members: Row, mentions: tuple[Row, ...] = ()) -> tuple[int, int | None, list[str]]:
    issues = measure_member_counts([stated], members, mentions, KINDS, {PAGE: OWNER})
    return stated["listed"], stated["gap"], [issue.code for _, issue in issues]


def test_members_of_the_unit_are_counted() -> None:
    members = [member("kommun:1440"), member("kommun:1480"), member("region:14"), member("org:x"), member("kommun:1440", body="org:other")]
    assert measure(count(2), *members) == (2, 0, [])


def test_a_difference_is_told() -> None:
    assert measure(count(13), member("kommun:1440"), member("kommun:1480")) == (2, 11, ["count_gap"])
    assert measure(count(1), member("kommun:1440"), member("kommun:1480")) == (2, -1, ["count_gap"])


def test_a_member_in_two_roles_is_one() -> None:
    assert measure(count(1), member("kommun:1440"), member("kommun:1440", role="financier"))[:2] == (1, 0)


@pytest.mark.parametrize(
    ("unit", "fitting"),
    [("medlemskommuner", 2), ("regioner", 2), ("kommuner och regioner", 3), ("parter", 4), ("medlemmar", 4), ("kommunalförbund", 0)],
)
def test_the_unit_tells_whom_to_count(unit: str, fitting: int) -> None:
    members = [member("kommun:1440"), member("kommun:0980"), member("region:14"), member("org:x")]
    assert measure(count(9, unit), *members)[0] == fitting


def test_owners_are_counted_where_owners_are_stated() -> None:
    assert measure(count(1, "ägarkommuner"), member("kommun:1440", role="owner"), member("kommun:1480"))[:2] == (1, 0)


def test_adjuncts_are_no_members() -> None:
    assert measure(count(1, "parter"), member("kommun:1440"), member("org:x", role="adjunct"))[:2] == (1, 0)


def test_a_unit_not_known_leaves_the_gap_open() -> None:
    assert measure(count(51, "kommuner och stadsdelar"), member("kommun:1440")) == (1, None, [])


def test_others_are_those_besides_the_owner() -> None:
    """tillsammans med 12 andra kommuner"""
    assert measure(count(12, scope="others"), member(OWNER)) == (0, 12, ["count_gap"])


def test_others_are_those_that_follow() -> None:
    """tillsammans med två andra kommuner: Ale och Göteborg"""
    assert measure(count(2, scope="others"), member(OWNER), member("kommun:1440", 70), member("kommun:1480", 80))[:2] == (2, 0)


def test_where_the_owner_may_be_one_of_the_others_the_gap_is_open() -> None:
    """Göteborgs Stad och ytterligare 41 kommuner, on the page of one that may be among the 41"""
    assert measure(count(41, scope="others"), member("kommun:1480", 30), member(OWNER, None)) == (0, None, [])


def test_where_others_are_named_besides_and_the_owner_is_no_member_the_gap_is_known() -> None:
    """Båstad och ytterligare fem kommuner"""
    assert measure(count(5, scope="others"), member("kommun:1480", 30))[:2] == (0, 5)


def test_a_member_stands_where_it_is_named_within_its_evidence() -> None:
    inside = {"page_id": PAGE, "organisation_id": "kommun:1480", "text_start": 70, "text_end": 75}
    sentence: dict[str, Any] = {"text_start": 0, "text_end": 100}
    assert measure(count(1, scope="others"), member("kommun:1480") | sentence, mentions=(inside,))[:2] == (1, 0)
    assert measure(count(1, scope="others"), member("kommun:1480") | sentence)[:2] == (0, 1)


@pytest.mark.parametrize(
    ("unit", "kinds"),
    [("Kommuner", {"municipality"}), ("kommuner/regioner", {"municipality", "region"}), ("städer", None), ("", None), ("och", None)],
)
def test_units_are_read_by_their_ending(unit: str, kinds: set[str] | None) -> None:
    assert kinds_of_unit(unit) == kinds
