"""Facts of one page that are found again: contacts by another name, counts and dates among several of one kind."""

from pathlib import Path

import pytest

from tests.review.small_runs import Row, compare, contact, count, dated, tell, write_run

PHONE = "+46317012345"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (contact("Anna Svensson", phone=PHONE), contact("Anna Berg", phone=PHONE)),
        (contact("Anna Svensson", phone=PHONE), contact("Anna Svensson Berg", phone=PHONE)),
        (contact("Anna Svensson", email="anna@ale.se"), contact("Anna Berg", email="anna@ale.se")),
        (contact("Anna Svensson", "samordnare"), contact("Anna Berg", "samordnare")),
        (contact("Kristina Ek", phone=PHONE), contact("Christina Ek", phone=PHONE)),
        (contact("Per Olof Ek", phone=PHONE), contact("Per-Olof Ek", phone=PHONE)),
        (contact("E. Ek", phone=PHONE), contact("Eva Ek", phone=PHONE)),
        (contact("EVA EK", phone=PHONE), contact("Eva Ek", phone=PHONE)),
    ],
)
def test_a_person_by_another_name_is_renamed(before: Row, after: Row, tmp_path: Path) -> None:
    runs = write_run(tmp_path / "a", {"contacts": [before]}), write_run(tmp_path / "b", {"contacts": [after]})
    assert tell(compare(*runs)) == [("contacts", "renamed", "person", before["person"], after["person"])]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([contact("Anna Svensson", "samordnare", phone=PHONE)], [contact("Bo Berg", "samordnare", phone=PHONE)]),  # a successor
        ([contact("Anders Berg", phone=PHONE)], [contact("Andrea Berg", phone=PHONE)]),
        ([contact("E. Ek", "samordnare")], [contact("E. Berg", "samordnare")]),
        ([contact("Anna Svensson", "samordnare", phone=PHONE)], [contact("Anna Berg", "samordnare", phone="+46317012346")]),
        ([contact("Anna Svensson", phone=PHONE)], [contact("Anna Berg", phone=PHONE), contact("Anna Ek", phone=PHONE)]),
        ([contact("Anna Svensson", phone=PHONE)], [contact(role="samordnare", phone=PHONE)]),
    ],
)
def test_a_successor_in_office_is_not_the_predecessor_renamed(before: list[Row], after: list[Row], tmp_path: Path) -> None:
    runs = write_run(tmp_path / "a", {"contacts": before}), write_run(tmp_path / "b", {"contacts": after})
    assert sorted(row["change"] for row in compare(*runs)) == ["added"] * len(after) + ["removed"]


def test_what_else_is_another_of_a_person_by_another_name_is_told_beside_it(tmp_path: Path) -> None:
    before, after = contact("Anna Svensson", "samordnare", phone=PHONE), contact("Anna Berg", "strateg", phone=PHONE)
    runs = write_run(tmp_path / "a", {"contacts": [before]}), write_run(tmp_path / "b", {"contacts": [after]})
    assert tell(compare(*runs)) == [
        ("contacts", "renamed", "person", "Anna Svensson", "Anna Berg"),
        ("contacts", "changed", "role", "samordnare", "strateg"),
    ]


def test_a_function_with_the_same_telephone_is_renamed(tmp_path: Path) -> None:
    before, after = contact(role="Registrator", phone=PHONE), contact(role="Kontaktcenter", phone=PHONE)
    runs = write_run(tmp_path / "a", {"contacts": [before]}), write_run(tmp_path / "b", {"contacts": [after]})
    assert tell(compare(*runs)) == [("contacts", "renamed", "role", "Registrator", "Kontaktcenter")]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ([13, 26], [26], [("removed", None)]),
        ([26], [13, 26], [("added", None)]),
        ([13, 26], [13, 27], [("changed", "26")]),
        ([13, 26], [26, 13], []),
        ([13], [14], [("changed", "13")]),
    ],
)
def test_of_several_counts_the_same_ones_are_matched_first(
    before: list[int], after: list[int], expected: list[tuple[str, str | None]], tmp_path: Path
) -> None:
    was, now = ([count(number, ordinal=ordinal) for ordinal, number in enumerate(numbers, 1)] for numbers in (before, after))
    changes = compare(write_run(tmp_path / "a", {"member_counts": was}), write_run(tmp_path / "b", {"member_counts": now}))
    assert [(row["change"], row["before"] if row["column"] else None) for row in changes] == expected


def test_of_several_dates_the_same_ones_are_matched_first_and_the_rest_in_the_order_of_the_text(tmp_path: Path) -> None:
    def meetings(*days: str) -> list[Row]:
        place = {"evidence_source": "text", "kind": "meeting"}
        starts = range(0, 100, 10)
        return [
            dated(day, "möte", ordinal, text_start=starts[ordinal], text_end=starts[ordinal] + 5, **place)
            for ordinal, day in enumerate(days, 1)
        ]

    was, now = meetings("2026-03-01", "2026-05-01", "2026-08-01", "2026-11-01"), meetings("2026-05-01", "2026-08-01", "2027-03-01")
    changes = compare(write_run(tmp_path / "a", {"dates": was}), write_run(tmp_path / "b", {"dates": now}))
    assert sorted((row["change"], row["column"], row["after"]) for row in changes) == [
        ("changed", "edtf", "2027-03-01"),
        ("removed", None, None),
    ]
    assert {row["before"] for row in changes if row["column"]} == {"2026-03-01"}


def test_a_date_that_is_called_otherwise_is_the_same_date(tmp_path: Path) -> None:
    before, after = dated("2022/2026", "avtalet"), dated("2022/2026", "samverkansavtalet")
    runs = write_run(tmp_path / "a", {"dates": [before]}), write_run(tmp_path / "b", {"dates": [after]})
    assert tell(compare(*runs)) == [("dates", "changed", "about", "avtalet", "samverkansavtalet")]
