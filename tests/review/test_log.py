"""The log of changes: what all published runs found, kept when they are pruned."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from review.history import rebuild_history, update_history
from review.log import read_log
from schemas.output import run_folder
from tests.pipelines.small_pages import GR, GR_TEXT, NOON
from tests.review.days import Days, Row


def added(member: str) -> Row:
    """A row of `changes`."""
    return {"dataset": "members", "key": f'{{"member_id": "{member}"}}', "change": "added", "after": "{}", "cause": "page"}


MOVED = {"page_id": "0" * 16, "url": GR, "change": "moved", "previous_url": "https://ale.se/gammal", "similarity": 1.0, "facts_changed": 0}


@pytest.fixture
def days(tmp_path: Path) -> Days:
    days = Days(tmp_path)
    for day, rows in enumerate([[], [added("kommun:1440"), added("kommun:1402")], [], [added("kommun:1482")]]):
        days.run({GR: GR_TEXT})
        if rows:
            days.write_log(day, "changes", *rows)
        if day != 1:
            update_history(tmp_path)
    days.write_log(3, "page_changes", MOVED)
    return days


def test_the_log_holds_the_changes_of_all_runs_with_when_they_began(days: Days) -> None:
    rows = read_log(days.output, "changes")
    assert [row["run_id"] for row in rows] == ["day-1", "day-1", "day-3"]
    assert [row["run_started_at"] for row in rows] == [NOON + timedelta(days=day) for day in (1, 1, 3)]
    assert ["1440" in rows[0]["key"], "1402" in rows[1]["key"], "1482" in rows[2]["key"]] == [True, True, True]


def test_the_log_is_read_since_an_instant(days: Days) -> None:
    assert len(read_log(days.output, "changes", NOON + timedelta(days=1))) == 3
    assert [row["run_id"] for row in read_log(days.output, "changes", NOON + timedelta(days=1, seconds=1))] == ["day-3"]


def test_the_log_outlives_the_runs(days: Days) -> None:
    before = read_log(days.output, "changes")
    for day in range(4):
        shutil.rmtree(run_folder(days.output, f"day-{day}"))
    days.run({GR: GR_TEXT})
    days.write_log(4, "changes", added("kommun:1480"))
    update_history(days.output)
    assert read_log(days.output, "changes")[:-1] == before
    assert read_log(days.output, "changes")[-1]["run_id"] == "day-4"


def test_a_log_made_run_by_run_equals_one_made_at_once(days: Days) -> None:
    before = read_log(days.output, "changes")
    rebuild_history(days.output)
    assert read_log(days.output, "changes") == before
    assert [row["previous_url"] for row in read_log(days.output, "page_changes")] == ["https://ale.se/gammal"]


def test_without_a_history_the_log_is_empty(tmp_path: Path) -> None:
    assert read_log(tmp_path, "changes") == []
