"""How much changed, in a few words."""

import pytest

from review.counting import Counts, count_changes, tally_changes
from tests.review.change_rows import ALE, make_change, make_page_change


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ({}, "no changes"),
        ({"members": {"added": 0}}, "no changes"),
        ({"relations": {"added": 3, "removed": 1}, "members": {"added": 5, "removed": 1}}, "3 members added, 1 removed"),
        ({"members": {"removed": 1}}, "1 statement of a membership removed"),
        ({"contacts": {"changed": 1}, "page_changes": {"moved": 1, "changed": 2}}, "1 contact changed, 2 pages changed, 1 moved"),
        ({"page_changes": {"gone": 1, "new": 1_203}}, "1,203 pages new, 1 gone"),
    ],
)
def test_counts_are_told_in_words(counts: Counts, words: str) -> None:
    assert count_changes(counts) == words


def test_a_fact_of_which_two_columns_changed_counts_once() -> None:
    rows = [make_change("contacts", "changed", key='{"contact_id": "a"}', column=column) for column in ("phone", "email")]
    tally = tally_changes([*rows, make_change("members", "added", key=ALE)], [make_page_change("changed")])
    assert tally == {"contacts": {"changed": 1}, "members": {"added": 1}, "page_changes": {"changed": 1}}
