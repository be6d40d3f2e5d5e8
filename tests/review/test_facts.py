"""Facts of two runs beside each other: what came, went, is another, and what only could not be looked at."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from schemas.errors import SamverkanError
from schemas.tables import build_table, write_table
from tests.review.small_runs import (
    OTHER_PAGE,
    PAGE,
    Row,
    compare,
    contact,
    count,
    dated,
    issue,
    member,
    organisation,
    page,
    relation,
    tell,
    write_run,
)

BEFORE: dict[str, list[Row]] = {
    "pages": [page(), page(OTHER_PAGE)],
    "organisations": [organisation("org:vastkom", "VästKom", page_ids=[PAGE, OTHER_PAGE])],
    "members": [member("kommun:1440", "Ale kommun", share=50.0), member("kommun:1441", "Lerums kommun", page_id=OTHER_PAGE)],
    "relations": [relation("kommun:1440", "Ale kommun"), relation("kommun:1441", "Lerums kommun")],
    "member_counts": [count(13)],
    "contacts": [contact("Eva Ek", "samordnare", phone="+46317012345")],
    "dates": [dated("2006", "bildades")],
}


def changed(dataset: str, index: int = 0, **columns: Any) -> dict[str, list[Row]]:
    """The rows of BEFORE, one of them with other values."""
    rows = list(BEFORE[dataset])
    rows[index] = rows[index] | columns
    return BEFORE | {dataset: rows}


def without(dataset: str, *, index: int = 0) -> dict[str, list[Row]]:
    """The rows of BEFORE but one."""
    return BEFORE | {dataset: [row for number, row in enumerate(BEFORE[dataset]) if number != index]}


@pytest.mark.parametrize(
    ("after", "column", "was", "now"),
    [
        (changed("pages", title="Samverkan"), "title", None, "Samverkan"),
        (changed("pages", updated_on=date(2026, 5, 3)), "updated_on", None, "2026-05-03"),
        (changed("pages", is_collaboration=False), "is_collaboration", "true", "false"),
        (changed("organisations", website="https://vastkom.se/"), "website", None, "https://vastkom.se/"),
        (changed("organisations", other_names=["Västra"]), "other_names", "[]", '["Västra"]'),
        (changed("members", share=33.3), "share", "50", "33.3"),
        (changed("members", is_host=True), "is_host", None, "true"),
        (changed("relations", since="2015"), "since", None, "2015"),
        (changed("member_counts", count=14), "count", "13", "14"),
        (changed("contacts", phone="+46317012346"), "phone", "+46317012345", "+46317012346"),
        (changed("contacts", role="strateg"), "role", "samordnare", "strateg"),
        (changed("dates", edtf="2007"), "edtf", "2006", "2007"),
    ],
)
def test_a_column_that_is_another_is_told_with_both_values(
    after: dict[str, list[Row]], column: str, was: str | None, now: str | None, tmp_path: Path
) -> None:
    changes = compare(write_run(tmp_path / "a", BEFORE), write_run(tmp_path / "b", after))
    assert [(row["change"], row["column"], row["before"], row["after"]) for row in changes] == [("changed", column, was, now)]


@pytest.mark.parametrize("dataset", ["organisations", "members", "relations", "member_counts", "contacts", "dates"])
def test_a_fact_that_went_is_removed_and_one_that_came_added(dataset: str, tmp_path: Path) -> None:
    before, after = write_run(tmp_path / "a", BEFORE), write_run(tmp_path / "b", without(dataset))
    (removed,), (added,) = compare(before, after), compare(after, before)
    assert (removed["change"], removed["column"], removed["after"]) == ("removed", None, None)
    assert (added["change"], added["column"], added["before"]) == ("added", None, None)
    assert removed["before"] == added["after"]
    assert removed["key"] == added["key"]


def test_a_change_says_what_it_is_about_and_where_it_stands(tmp_path: Path) -> None:
    before, after = write_run(tmp_path / "a", BEFORE), write_run(tmp_path / "b", without("members", index=1))
    (change,) = compare(before, after)
    assert json.loads(change["key"]) == {
        **{"page_id": OTHER_PAGE, "organisation_id": "orgnr:222000-0265"},
        **{"member_id": "kommun:1441", "role": "member"},
    }
    assert json.loads(change["before"]) == {
        **{"organisation_name": "Göteborgsregionens kommunalförbund", "member_name": "Lerums kommun"},
        **{"basis": "named"},
    }
    assert (change["organisation_id"], change["organisation_name"]) == ("orgnr:222000-0265", "Göteborgsregionens kommunalförbund")
    assert (change["site_id"], change["page_id"], change["url"]) == ("ale", OTHER_PAGE, "https://ale.se/a2")
    assert (change["evidence_before"], change["evidence_after"], change["cause"]) == ("words", None, "page")


def test_where_words_stand_and_how_sure_a_reading_is_makes_no_change(tmp_path: Path) -> None:
    after = changed("members", evidence="other words", confidence=0.5, method="table")
    assert compare(write_run(tmp_path / "a", BEFORE), write_run(tmp_path / "b", after)) == []


def test_pages_that_came_or_went_are_no_changes_of_facts_but_their_facts_are(tmp_path: Path) -> None:
    after = BEFORE | {"pages": [page()], "members": BEFORE["members"][:1]}
    changes = compare(write_run(tmp_path / "a", BEFORE), write_run(tmp_path / "b", after))
    assert [(row["dataset"], row["change"], row["page_id"], row["url"]) for row in changes] == [
        ("members", "removed", OTHER_PAGE, "https://ale.se/a2")
    ]


def test_changes_stand_in_the_order_of_datasets_organisations_and_keys(tmp_path: Path) -> None:
    after: dict[str, list[Row]] = {dataset: [] for dataset in BEFORE} | {"pages": BEFORE["pages"]}
    changes = compare(write_run(tmp_path / "a", BEFORE), write_run(tmp_path / "b", after))
    assert [row["dataset"] for row in changes] == [
        *("organisations", "members", "members", "relations", "relations", "member_counts", "contacts", "dates")
    ]
    assert [row["key"] for row in changes[1:3]] == sorted(row["key"] for row in changes[1:3])


@pytest.mark.parametrize(
    ("pages", "issues"),
    [
        ([page()], []),  # the archive lacks the other page
        ([page(), page(OTHER_PAGE)], [issue("soft_404", OTHER_PAGE)]),
        ([page(), page(OTHER_PAGE)], [issue("page_walled", OTHER_PAGE)]),
    ],
)
def test_an_archive_that_lacks_a_page_removes_nothing_of_it(pages: list[Row], issues: list[Row], tmp_path: Path) -> None:
    after = BEFORE | {"pages": pages, "issues": issues, "organisations": [], "members": BEFORE["members"][:1]}
    after |= {"relations": BEFORE["relations"][:1]}
    assert compare(write_run(tmp_path / "a", BEFORE), write_run(tmp_path / "b", after), is_complete=False) == []


def test_an_archive_that_says_a_page_is_gone_removes_its_facts(tmp_path: Path) -> None:
    after = BEFORE | {"pages": [page()], "organisations": [], "members": BEFORE["members"][:1], "relations": BEFORE["relations"][:1]}
    runs = write_run(tmp_path / "a", BEFORE), write_run(tmp_path / "b", after)
    changes = compare(*runs, is_complete=False, gone=[OTHER_PAGE])
    assert [(row["dataset"], row["change"]) for row in changes] == [
        *(("organisations", "removed"), ("members", "removed"), ("relations", "removed"))
    ]


def test_what_only_an_unseen_page_said_of_an_organisation_is_not_lost(tmp_path: Path) -> None:
    before = changed("organisations", website="https://vastkom.se/", other_names=["Väst"])
    after = changed("organisations", page_ids=[PAGE], organisation_number="222000-1347") | {"pages": [page()]}
    runs = write_run(tmp_path / "a", before), write_run(tmp_path / "b", after)
    assert tell([row for row in compare(*runs, is_complete=False) if row["dataset"] == "organisations"]) == [
        ("organisations", "changed", "organisation_number", None, "222000-1347")
    ]


def test_where_the_archive_is_lost_a_page_that_says_the_same_was_read_otherwise(tmp_path: Path) -> None:
    before = BEFORE | {"pages": [page(content="a"), page(OTHER_PAGE, "b")]}
    after: dict[str, list[Row]] = {dataset: [] for dataset in BEFORE} | {
        "pages": [page(content="a", body="other bytes"), page(OTHER_PAGE, "c")]
    }
    changes = compare(write_run(tmp_path / "a", before), write_run(tmp_path / "b", after), cause=None)
    assert {(row["dataset"], row["page_id"], row["cause"]) for row in changes} == {
        *(("members", PAGE, "reading"), ("members", OTHER_PAGE, "page"), ("organisations", PAGE, "page"), ("contacts", PAGE, "reading")),
        *(("relations", PAGE, "reading"), ("relations", OTHER_PAGE, "page"), ("dates", PAGE, "reading")),
        ("member_counts", PAGE, "reading"),
    }


@pytest.mark.parametrize(("body", "cause"), [("the same bytes", "reading"), ("another day", "page")])
def test_a_pages_own_dates_are_no_part_of_its_content(body: str, cause: str, tmp_path: Path) -> None:
    before = {"pages": [page(body="the same bytes")], "dates": [dated("2026-05-01", kind="updated")]}
    after = {"pages": [page(body=body, updated_on=date(2026, 5, 3))], "dates": [dated("2026-05-03", kind="updated")]}
    changes = compare(write_run(tmp_path / "a", before), write_run(tmp_path / "b", after), cause=None)
    assert [(row["dataset"], row["cause"]) for row in changes] == [("pages", cause), ("dates", cause)]


@pytest.mark.parametrize("after", [BEFORE, without("members")], ids=["in both runs", "in one"])
def test_a_key_that_stands_twice_is_an_error_of_ours(after: dict[str, list[Row]], tmp_path: Path) -> None:
    before = BEFORE | {"members": [*BEFORE["members"], BEFORE["members"][0]]}
    with pytest.raises(SamverkanError, match="members holds two rows of one key: page_id 00000000000000a1, organisation_id orgnr"):
        compare(write_run(tmp_path / "a", before), write_run(tmp_path / "b", after))


def test_a_dataset_may_be_a_folder_of_part_files_in_a_folder_with_any_name(tmp_path: Path) -> None:
    before = write_run(tmp_path / "a [1] * it's", BEFORE)
    after = write_run(tmp_path / "b", BEFORE, leave_out=["members"])
    for number, row in enumerate(reversed(BEFORE["members"])):
        write_table(build_table("members", [row | {"run_id": "r1"}]), after / "members.parquet" / f"part-{number}.parquet")
    assert compare(before, after) == []
