"""Relations: the rows of `members` consolidated over pages, by hand-made rows, and end to end over small pages."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.keys import Row
from pipelines.relations import combine_confidences, consolidate_members
from registry.sites import Site, SiteList
from schemas.tables import read_rows
from tests.pipelines.small_pages import GR, GR_TEXT, SITES, make_page, run_pages

BODY, ALE, PARTILLE, REGION = "org:forbundet", "kommun:1440", "kommun:1402", "region:14"
KINDS = {BODY: "municipal_association", ALE: "municipality", PARTILLE: "municipality", REGION: "region"}
OWN, MEMBER, OTHER, NOBODY = "forbundet.se", "ale.se", "vastsverige.se", "annan.se"
OWNERS = {OWN: BODY, f"www.{OWN}": BODY, MEMBER: ALE, OTHER: "org:vastsverige", NOBODY: None}


def stated(host: str, path: str = "a", member: str = ALE, **columns: Any) -> Row:
    """A row of members, and with `page_id` where it stands."""
    row = {"organisation_id": BODY, "organisation_name": "Förbundet", "member_id": member, "member_name": member, "role": "member"}
    unknown = {"since": None, "until": None, "share": None, "is_host": None, "confidence": 0.8}
    return row | unknown | {"page_id": f"{host}/{path}"} | columns


def consolidate(*members: Row, counts: tuple[Row, ...] = (), checked: str = "2026-11-21") -> tuple[list[Row], list[str]]:
    """The relations and what the issues say."""
    moment = datetime.fromisoformat(checked).replace(hour=12, tzinfo=UTC)
    places = {row["page_id"] for row in (*members, *counts)}
    pages = [
        {"page_id": place, "url": f"https://{place}", "owner_id": OWNERS[place.partition("/")[0]], "checked_at": moment} for place in places
    ]
    relations, issues = consolidate_members(members, pages, counts, KINDS)
    return relations, [issue.message for _, issue in issues]


def test_pages_hosts_and_sides_are_counted() -> None:
    rows = [stated(OWN, "a"), stated(OWN, "b"), stated(f"{MEMBER}"), stated(NOBODY), stated(OWN, "a", PARTILLE)]
    ale, partille = sorted(consolidate(*rows)[0], key=lambda row: row["member_id"], reverse=True)
    assert (ale["pages"], ale["hosts"], ale["sides"]) == (4, 3, ["body", "member", "third_party"])
    assert (partille["pages"], partille["hosts"], partille["sides"]) == (1, 1, ["body"])


def test_roles_of_one_pair_are_relations_of_their_own() -> None:
    relations, issues = consolidate(stated(OWN), stated(MEMBER, role="client"))
    assert [(row["role"], row["pages"]) for row in relations] == [("client", 1), ("member", 1)]
    assert issues == []


@pytest.mark.parametrize(
    ("statements", "since"),
    [
        ([(MEMBER, None), (OTHER, None)], None),
        ([(MEMBER, "2019"), (OTHER, None)], "2019"),
        ([(MEMBER, "2019"), (OTHER, "2019-04"), (OWN, "2019-04-01")], "2019-04-01"),  # the most precise that agrees
        ([(OWN, "2018"), (MEMBER, "2019"), (OTHER, "2019")], "2018"),  # the body knows best
        ([(OWN, "2018"), (MEMBER, "2018-07-01"), (OTHER, "2019"), (NOBODY, "2019")], "2018-07-01"),  # and is made more precise
        ([(MEMBER, "2018"), (OTHER, "2019"), (NOBODY, "2019")], "2019"),  # else most hosts
        ([(MEMBER, "2018"), (OTHER, "2019")], "2018"),  # else the earlier
        ([(MEMBER, "XXXX-05-04")], "XXXX-05-04"),
    ],
)
@pytest.mark.parametrize("column", ["since", "until"])
def test_the_date_that_is_best_supported_is_chosen(statements: list[tuple[str, str | None]], since: str | None, column: str) -> None:
    rows = [stated(host) | {column: date} for host, date in statements]
    assert [row[column] for row in consolidate(*rows, checked="2010-01-01")[0]] == [since]
    assert [row[column] for row in consolidate(*rows[::-1], checked="2010-01-01")[0]] == [since]


def test_many_pages_of_one_host_do_not_outvote_two_hosts() -> None:
    pages = [stated(MEMBER, f"{number}", since="2018") for number in range(5)]
    assert consolidate(*pages, stated(OTHER, since="2019"), stated(NOBODY, since="2019"))[0][0]["since"] == "2019"


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ({"since": "2018"}, {"since": "2019-01-01"}, "since 2018 or 2019-01-01"),
        ({"until": "2030"}, {"until": "2031"}, "until 2030 or 2031"),
        ({"until": "2018"}, {"since": "2020"}, "since 2020 but until 2018; until 2018, but still stated without an end"),
        ({"until": "2024-12-31"}, {}, "until 2024-12-31, but still stated without an end"),
        ({"share": 20.0}, {"share": 25.0}, "share 20 or 25 %"),
        ({"is_host": True}, {"is_host": False}, "host or not host"),
    ],
)
def test_statements_that_cannot_all_be_right_contradict_each_other(one: dict[str, Any], other: dict[str, Any], reason: str) -> None:
    (row,), issues = consolidate(stated(MEMBER, **one), stated(OTHER, **other))
    assert row["contradicted"] is True
    assert issues == [f"Förbundet ← {ALE} (member): {reason}"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({}, {}),
        ({"since": "2018"}, {}),
        ({"since": "2018"}, {"since": "2018-07"}),
        ({"since": "2022/.."}, {"since": "2024"}),
        ({"since": "XXXX-05-04"}, {"since": "2024"}),
        ({"since": "2018"}, {"until": "2030"}),
        ({"until": "2030"}, {}),  # has not passed yet
        ({"since": "2018", "until": "2018"}, {"until": "2018-06-30"}),
        ({"share": 33.0}, {"share": 33.3}),
        ({"is_host": True}, {}),
    ],
)
def test_saying_less_or_saying_it_less_precisely_is_no_contradiction(one: dict[str, Any], other: dict[str, Any]) -> None:
    (row,), issues = consolidate(stated(MEMBER, **one), stated(OTHER, **other))
    assert row["contradicted"] is False
    assert issues == []


def test_member_on_one_page_and_adjunct_on_another_is_a_contradiction_on_both() -> None:
    relations, _ = consolidate(stated(OWN), stated(MEMBER, role="adjunct"))
    assert [row["contradicted"] for row in relations] == [True, True]


def test_member_and_adjunct_on_one_page_are_two_seats() -> None:
    relations, _ = consolidate(stated(OWN), stated(OWN, role="adjunct"), stated(MEMBER))
    assert [row["contradicted"] for row in relations] == [False, False]


def counted(host: str, **columns: Any) -> Row:
    count = {"organisation_id": BODY, "page_id": f"{host}/a", "count": 1, "unit": "kommuner", "scope": "total", "gap": 0}
    return count | columns


def test_who_is_not_in_the_bodys_own_complete_list_is_contradicted() -> None:
    members = (stated(OWN), stated(OTHER, member=PARTILLE), stated(OTHER, member=REGION), stated(OTHER, member=PARTILLE, role="partner"))
    relations, issues = consolidate(*members, counts=(counted(OWN),))
    assert {(row["member_id"], row["role"]) for row in relations if row["contradicted"]} == {(PARTILLE, "member")}
    assert issues == [f"Förbundet ← {PARTILLE} (member): not among the 1 kommuner on https://{OWN}/a"]


@pytest.mark.parametrize("count", [counted(OTHER), counted(OWN, gap=1), counted(OWN, gap=None), counted(OWN, scope="others")])
def test_a_list_that_is_not_complete_or_not_the_bodys_own_contradicts_nobody(count: Row) -> None:
    relations, _ = consolidate(stated(OWN), stated(OTHER), stated(NOBODY, member=PARTILLE), counts=(count,))
    assert not any(row["contradicted"] for row in relations)


@pytest.mark.parametrize(("hosts", "together"), [([0.8], 0.8), ([0.8, 0.9], 0.98), ([0.9, 0.9, 0.9], 0.99), ([1.0], 0.99), ([0.0], 0.0)])
def test_independent_statements_make_each_other_surer(hosts: list[float], together: float) -> None:
    assert combine_confidences(hosts) == together


def test_pages_of_one_host_count_as_its_surest() -> None:
    rows = [stated(OWN, "a", confidence=0.7), stated(OWN, "b", confidence=0.8), stated(f"www.{OWN}", confidence=0.6)]
    assert consolidate(*rows)[0][0]["confidence"] == 0.8


probabilities = st.floats(0, 1)


@given(st.lists(probabilities, min_size=1, max_size=6), probabilities, st.randoms())
def test_confidence_never_falls_with_a_statement_nor_with_the_order(hosts: list[float], another: float, chance: Any) -> None:
    before, after = combine_confidences(hosts), combine_confidences([*hosts, another])
    assert round(min(max(hosts), 0.99), 4) <= before <= after <= 0.99
    shuffled = chance.sample(hosts, len(hosts))
    assert combine_confidences(shuffled) == before


ROWS = st.builds(
    stated,
    st.sampled_from([OWN, MEMBER, OTHER, NOBODY]),
    st.sampled_from("ab"),
    st.sampled_from([ALE, PARTILLE]),
    role=st.sampled_from(["member", "adjunct"]),
    since=st.sampled_from([None, "2018", "2018-07", "2019"]),
    until=st.sampled_from([None, "2018", "2030"]),
    confidence=st.sampled_from([0.5, 0.7, 0.85]),
)


@given(st.lists(ROWS, max_size=8, unique_by=lambda row: (row["page_id"], row["member_id"], row["role"])), st.randoms())
def test_relations_do_not_depend_on_the_order_of_rows(rows: list[Row], chance: Any) -> None:
    assert consolidate(*chance.sample(rows, len(rows))) == consolidate(*rows)


def read(output: Path, dataset: str) -> Any:
    return pd.read_parquet(output / "latest" / f"{dataset}.parquet")


PAGES = (
    make_page(GR, GR_TEXT),
    make_page("https://www.ale.se/gr2", "Göteborgsregionen: Ale kommun"),
    make_page("https://partille.se/gr", "GR: Partille kommun, Ale kommun"),
    make_page("https://annan.se/gr", "Göteborgsregionens kommunalförbund: Ale kommun"),
)


def test_a_run_publishes_its_relations(tmp_path: Path) -> None:
    run = run_pages(tmp_path, *PAGES)
    rows = read(tmp_path, "relations").set_index("member_name")
    assert set(rows.organisation_name) == {"Göteborgsregionens kommunalförbund"}
    assert rows.loc["Ale kommun", ["pages", "hosts", "confidence"]].tolist() == [4, 3, 0.99]
    assert rows.loc["Partille kommun", ["pages", "hosts", "confidence"]].tolist() == [2, 2, 0.99]
    assert rows.loc["Ale kommun", "sides"].tolist() == ["member", "third_party"]
    balance = run.manifest.datasets["relations"].balance
    assert balance is not None
    assert (balance.carried_over, balance.extracted, balance.stored, balance.merged, balance.kept_out) == (0, 6, 2, 4, 0)


def test_relations_are_made_of_the_rows_that_stand_in_the_run(tmp_path: Path) -> None:
    run_pages(tmp_path, *PAGES)
    names = ("members", "pages", "member_counts", "organisations", "relations")
    members, pages, counts, organisations, stored = (read_rows(tmp_path / "latest" / f"{name}.parquet") for name in names)
    again, _ = consolidate_members(members, pages, counts, {row["organisation_id"]: row["kind"] for row in organisations})
    assert [{column: row[column] for column in row if column != "run_id"} for row in stored] == again
    assert sum(row["pages"] for row in stored) == len(members)


def test_pages_carried_over_count_and_pages_that_are_gone_do_not(tmp_path: Path) -> None:
    run_pages(tmp_path, *PAGES, run_id="1")
    run_pages(tmp_path, make_page(GR, GR_TEXT, hours=24), make_page("https://annan.se/gr", status=410, hours=24), run_id="2")
    assert read(tmp_path, "relations").set_index("member_name").pages.to_dict() == {"Ale kommun": 3, "Partille kommun": 2}


def test_a_relation_that_is_contradicted_is_told_as_an_issue(tmp_path: Path) -> None:
    body = Site("gr", "orgnr:222000-0265", ("https://goteborgsregionen.se/",), ("goteborgsregionen.se",))
    run_pages(
        tmp_path,
        make_page("https://goteborgsregionen.se/om", "Göteborgsregionen: Ale kommun\nAntal: 1 kommuner"),
        make_page("https://partille.se/gr", "GR: Partille kommun"),
        sites=SiteList((*SITES, body)),
    )
    rows = read(tmp_path, "relations").set_index("member_name")
    assert rows.contradicted.to_dict() == {"Ale kommun": False, "Partille kommun": True}
    issues = read(tmp_path, "issues").set_index("code")
    assert "not among the 1 kommuner" in issues.loc["relation_contradicted", "message"]
    assert issues.loc["relation_contradicted", "dataset"] == "relations"
