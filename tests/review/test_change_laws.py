"""What holds of the changes between any two runs: they lead from one to the other, both ways, and nothing else does."""

import json
import random
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from review.fact_changes import show_value
from review.sorting import order_of, sort_changes
from schemas.comparison import COMPARED
from schemas.tables import build_table, read_rows, write_table
from tests.review.small_runs import OTHER_PAGE, PAGE, Row, compare, contact, count, dated, member, page, write_run

Run = dict[str, list[Row]]

IDENTITY: Mapping[str, tuple[str, ...]] = {
    "members": ("page_id", "organisation_id", "member_id", "role"),
    "member_counts": ("page_id", "organisation_id", "unit", "scope"),
    "contacts": ("page_id",),
    "dates": ("page_id", "kind"),
}
"""What of a fact, beside its compared columns, does not change while it is the same one."""
PAGES = st.sampled_from([PAGE, OTHER_PAGE])
MAYBE_PHONES = st.sampled_from([None, "+46317012345", "+46317012346"])


def number_rows(rows: Sequence[Row], family: Sequence[str]) -> list[tuple[Row, int]]:
    """Each row with its ordinal among those of its family, as a run numbers them."""
    seen: Counter[tuple[Any, ...]] = Counter()
    numbered = []
    for row in rows:
        key = tuple(row.get(column) for column in family)
        seen[key] += 1
        numbered.append((row, seen[key]))
    return numbered


@st.composite
def runs(draw: st.DrawFn) -> Run:
    """A run of two pages with whatever facts."""
    members = draw(
        st.lists(
            st.tuples(
                PAGES, st.sampled_from(["1440", "1441", "1462"]), st.sampled_from([None, 10.0, 33.3]), st.sampled_from([None, "2015"])
            ),
            unique_by=lambda drawn: drawn[:2],
            max_size=5,
        )
    )
    counts = draw(st.lists(st.tuples(PAGES, st.integers(1, 4)), unique=True, max_size=5))
    people = draw(
        st.lists(
            st.tuples(PAGES, st.sampled_from(["Eva Ek", "Eva Berg", "Bo Ek", "Bo Öst"]), MAYBE_PHONES, st.sampled_from([None, "chef"])),
            unique_by=lambda drawn: drawn[:2],
            max_size=5,
        )
    )
    functions = draw(st.lists(st.tuples(PAGES, st.sampled_from(["registrator", "växel"]), MAYBE_PHONES), unique=True, max_size=5))
    dates = draw(
        st.lists(
            st.tuples(PAGES, st.sampled_from([None, "avtalet", "förbundet"]), st.sampled_from(["2006", "2007", "2008"])),
            unique=True,
            max_size=6,
        )
    )
    return {
        "pages": [page(), page(OTHER_PAGE)],
        "members": [member(f"kommun:{code}", page_id=at, share=share, since=since) for at, code, share, since in members],
        "member_counts": [
            count(row["number"], ordinal=ordinal, page_id=row["page_id"])
            for row, ordinal in number_rows([{"page_id": at, "number": number} for at, number in counts], ["page_id"])
        ],
        "contacts": [
            *(contact(person, role, page_id=at, phone=phone) for at, person, phone, role in people),
            *(
                contact(None, row["role"], ordinal, page_id=row["page_id"], phone=row["phone"])
                for row, ordinal in number_rows(
                    [{"page_id": at, "role": role, "phone": phone} for at, role, phone in functions], ["page_id", "role"]
                )
            ),
        ],
        "dates": [
            dated(row["edtf"], row["about"], ordinal, page_id=row["page_id"])
            for row, ordinal in number_rows(
                [{"page_id": at, "about": about, "edtf": edtf} for at, about, edtf in dates], ["page_id", "about"]
            )
        ],
    }


def list_facts(run: Run) -> Counter[tuple[Any, ...]]:
    """What a run states: each fact by its identity and its compared values, as text, without ordinals and ids made of words."""
    return Counter(describe(dataset, row, row) for dataset in IDENTITY for row in run[dataset])


def describe(dataset: str, row: Row, values: Row) -> tuple[Any, ...]:
    identity = tuple(row[column] for column in IDENTITY[dataset])
    return dataset, identity, tuple(show_value(values.get(column)) for column in COMPARED[dataset])


def undo(changes: Sequence[Row], after: Run, before: Run) -> Counter[tuple[Any, ...]]:
    """What the run before stated, by the later run and the changes. `before` lends removed facts what is not compared."""
    facts = list_facts(after)
    keys = {"members": IDENTITY["members"], "member_counts": (*IDENTITY["member_counts"], "ordinal")}
    rows = {
        side: {
            (dataset, json.dumps([row[column] for column in keys.get(dataset, (f"{dataset[:-1]}_id",))])): row
            for dataset in IDENTITY
            for row in run[dataset]
        }
        for side, run in (("after", after), ("before", before))
    }
    found: dict[tuple[str, str], list[Row]] = {}
    for change in changes:
        found.setdefault((change["dataset"], json.dumps(list(json.loads(change["key"]).values()))), []).append(change)
    for (dataset, key), told in found.items():
        for change in told:
            if change["change"] == "removed":
                facts[describe(dataset, rows["before"][dataset, key], json.loads(change["before"]))] += 1
            if change["change"] == "added":
                facts[describe(dataset, rows["after"][dataset, key], json.loads(change["after"]))] -= 1
        columns = {change["column"]: change for change in told if change["column"]}
        if columns:
            row = rows["after"][dataset, key]
            now = {column: show_value(row.get(column)) for column in COMPARED[dataset]}
            assert {column: now[column] for column in columns} == {column: change["after"] for column, change in columns.items()}
            facts[describe(dataset, row, row)] -= 1
            facts[describe(dataset, row, now | {column: change["before"] for column, change in columns.items()})] += 1
    return +facts


@settings(max_examples=8, deadline=None)
@given(runs(), runs())
def test_the_changes_lead_from_one_run_to_the_other_and_back(before: Run, after: Run) -> None:
    check_both_ways(before, after)


@pytest.mark.soak
@settings(max_examples=500, deadline=None)
@given(runs(), runs())
def test_the_changes_of_many_runs_lead_from_one_to_the_other_and_back(before: Run, after: Run) -> None:
    check_both_ways(before, after)


def check_both_ways(before: Run, after: Run) -> None:
    """The changes of two runs, undone, give the run before, and so do those of the same runs in the other order."""
    with tempfile.TemporaryDirectory() as folder:
        paths = write_run(Path(folder) / "a", before), write_run(Path(folder) / "b", after)
        there, back = compare(*paths), compare(*reversed(paths))
    assert undo(there, after, before) == list_facts(before)
    assert undo(back, before, after) == list_facts(after)
    turned = {"added": "removed", "removed": "added"}
    assert Counter((row["dataset"], turned.get(row["change"], row["change"])) for row in back) == Counter(
        (row["dataset"], row["change"]) for row in there
    )
    assert there == sorted(there, key=order_of)


@settings(max_examples=3, deadline=None)
@given(runs(), runs(), st.randoms(use_true_random=False))
def test_neither_the_order_of_rows_nor_part_files_make_a_change(before: Run, after: Run, shuffle: random.Random) -> None:
    with tempfile.TemporaryDirectory() as folder:
        paths = write_run(Path(folder) / "a", before), write_run(Path(folder) / "b", after)
        shuffled = write_run(Path(folder) / "c", {dataset: shuffle.sample(rows, len(rows)) for dataset, rows in after.items()})
        split_file(shuffled, "members")
        assert compare(paths[1], shuffled) == []
        assert compare(paths[0], shuffled) == compare(*paths)


def split_file(run: Path, dataset: str) -> None:
    """Makes a folder of part files of a dataset's file."""
    file = run / f"{dataset}.parquet"
    rows = read_rows(file)
    file.unlink()
    for number, part in enumerate((rows[::2], rows[1::2])):
        write_table(build_table(dataset, part), file / f"part-{number}.parquet")


@pytest.mark.parametrize("at_a_time", [1, 7, 100, 1000])
def test_changes_that_wait_on_the_disk_come_in_the_same_order(at_a_time: int) -> None:
    empty = dict.fromkeys(("column", "before", "after"))
    rows = [
        {"dataset": dataset, "organisation_id": organisation, "key": str(number), **empty}
        for dataset in COMPARED
        for organisation in (None, "kommun:1440", "org:ö")
        for number in range(5)
    ]
    shuffled = random.Random(1).sample(rows, len(rows))
    assert list(sort_changes(iter(shuffled), at_a_time)) == rows
