"""The history: which version of a fact stood when, when it was looked at, and that no kill, loss or late run makes it another."""

import json
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from review.applied import FILES, find_kind, find_pending, read_applied
from review.history import rebuild_history, update_history
from schemas.comparison import COMPARED
from schemas.datasets import KEYS
from schemas.errors import SamverkanError, UsageError
from schemas.history import HISTORY
from schemas.output import history_file, run_folder
from schemas.tables import history_schema, log_schema, read_rows
from tests.pipelines.small_pages import GR, GR_TEXT, NOON, make_page, run_pages
from tests.review.days import EVA, QUARTER, Days
from tests.review.simulated_runs import SimulatedWeb

Row = dict[str, Any]


@pytest.fixture
def days(tmp_path: Path) -> Days:
    return Days(tmp_path)


def as_of(rows: list[Row], moment: datetime) -> list[Row]:
    """The versions that stood at an instant."""
    return [row for row in rows if row["valid_from"] <= moment and (row["valid_to"] is None or moment < row["valid_to"])]


def compared(dataset: str, rows: list[Row]) -> dict[str, str]:
    """Key -> compared values, both as text."""
    return {repr([row[column] for column in KEYS[dataset]]): repr([row[column] for column in COMPARED[dataset]]) for row in rows}


def read_files(output: Path) -> dict[str, pa.Table]:
    """All files of the history."""
    return {dataset: pq.read_table(history_file(output, dataset)) for dataset in FILES}


class Simulated(NamedTuple):
    """An output folder with a run a day, of a web that changes, and its history, brought up after every third run."""

    output: Path
    days: range


def name_seed(parameter: tuple[int, int]) -> str:
    """ "seed-1" """
    return f"seed-{parameter[0]}"


SOAK = [pytest.param((seed, 30), marks=pytest.mark.soak) for seed in range(2, 10)]


@pytest.fixture(scope="module", params=[(1, 12), *SOAK], ids=name_seed)
def simulated(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Simulated:
    output = tmp_path_factory.mktemp("simulated")
    seed, days = request.param
    web = SimulatedWeb(seed)
    for day in range(days):
        web.run(output)
        if day % 3 == 0:  # after the others it is killed before it comes to the history
            update_history(output)
    update_history(output)
    return Simulated(output, range(days))


def test_a_history_made_run_by_run_equals_one_made_at_once(simulated: Simulated, tmp_path: Path) -> None:
    shutil.copytree(simulated.output, tmp_path / "again")
    rebuild_history(tmp_path / "again")
    for dataset, table in read_files(tmp_path / "again").items():
        assert table.equals(pq.read_table(history_file(simulated.output, dataset)), check_metadata=True), dataset
        assert table.num_rows > 0 or dataset in ("dates", "changes", "page_changes")


@pytest.mark.parametrize("dataset", HISTORY)
def test_as_of_a_day_the_history_is_the_run_of_that_day(simulated: Simulated, dataset: str) -> None:
    versions = read_rows(history_file(simulated.output, dataset))
    for day in simulated.days:
        rows = read_rows(run_folder(simulated.output, f"day-{day:03}") / f"{dataset}.parquet")
        then = as_of(versions, NOON + timedelta(days=day))
        assert compared(dataset, then) == compared(dataset, rows)
        assert len(then) == len(rows)


@pytest.mark.parametrize("dataset", HISTORY)
def test_a_version_says_when_it_was_looked_at(simulated: Simulated, dataset: str) -> None:
    newest = NOON + timedelta(days=simulated.days[-1])
    for row in read_rows(history_file(simulated.output, dataset)):
        assert row["first_seen"] <= row["last_seen"] <= row["last_checked"]
        assert (row["status"] == "gone") == (row["valid_to"] is not None)
        assert (row["status"] == "present") == (row["valid_to"] is None and row["last_seen"] >= newest)
        assert row["run_id"] == f"day-{(row['valid_from'] - NOON).days:03}"


def test_the_simulated_days_hold_every_kind_of_end(simulated: Simulated) -> None:
    statuses = {row["status"] for dataset in HISTORY for row in read_rows(history_file(simulated.output, dataset))}
    assert statuses == {"present", "gone", "unobserved"}


@pytest.fixture(scope="module", params=[(1, 6), *SOAK], ids=name_seed)
def archives(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Simulated:
    """As `simulated`, but of extracts, each of an archive that lacks some of the pages."""
    output = tmp_path_factory.mktemp("archives")
    seed, days = request.param
    web = SimulatedWeb(seed, "extract")
    for _ in range(days):
        web.run(output)
    update_history(output)
    return Simulated(output, range(days))


@pytest.mark.parametrize("dataset", ["pages", "members", "contacts"])
def test_no_fact_ends_because_an_archive_lacks_its_page(archives: Simulated, dataset: str) -> None:
    known = set()
    for day in archives.days:
        folder = run_folder(archives.output, f"day-{day:03}")
        pages = {row["page_id"] for name in ("pages", "issues") for row in read_rows(folder / f"{name}.parquet", ["page_id"])}
        known |= {(NOON + timedelta(days=day), page_id) for page_id in pages}
    ended = [row for row in read_rows(history_file(archives.output, dataset)) if row["valid_to"]]
    assert [row for row in ended if (row["valid_to"], row["page_id"]) not in known] == []
    assert ended


@pytest.mark.parametrize("dataset", HISTORY)
def test_as_of_a_day_the_history_holds_what_the_archive_of_that_day_states(archives: Simulated, dataset: str) -> None:
    versions = read_rows(history_file(archives.output, dataset))
    for day in archives.days:
        rows = read_rows(run_folder(archives.output, f"day-{day:03}") / f"{dataset}.parquet")
        then = as_of(versions, NOON + timedelta(days=day))
        assert compared(dataset, rows).items() <= compared(dataset, then).items()
        assert len(compared(dataset, then)) == len(then)


def test_an_outage_leaves_facts_standing_and_unobserved(days: Days) -> None:
    first = days.run({GR: EVA})
    days.run({"https://ale.se/": "Hem", GR: 500})
    [eva] = days.versions("contacts")
    assert (eva["status"], eva["valid_from"], eva["valid_to"]) == ("unobserved", first, None)
    assert eva["first_seen"] == eva["last_seen"] == eva["last_checked"] == first + QUARTER
    assert {row["status"] for dataset in ("members", "relations") for row in days.versions(dataset)} == {"unobserved"}
    assert [row["status"] for row in days.versions("pages", url=GR)] == ["unobserved"]


def test_a_changed_value_ends_a_version_and_begins_one(days: Days) -> None:
    first = days.run({GR: EVA})
    days.run({GR: EVA})
    third = days.run({GR: EVA.replace("345", "346")})
    before, after = days.versions("contacts")
    assert [before["phone"], before["status"], before["run_id"]] == ["+46317012345", "gone", "day-0"]
    assert [before["valid_from"], before["valid_to"]] == [first, third]
    assert [before["last_seen"], before["last_checked"]] == [third - timedelta(days=1) + QUARTER, third + QUARTER]
    assert [after["phone"], after["status"], after["run_id"], after["valid_from"]] == ["+46317012346", "present", "day-2", third]


def test_what_comes_back_is_a_version_of_its_own(days: Days) -> None:
    for text in (EVA, GR_TEXT, EVA):
        days.run({GR: text})
    assert [(row["status"], row["run_id"]) for row in days.versions("contacts")] == [("gone", "day-0"), ("present", "day-2")]


@pytest.mark.parametrize(("answers", "statuses"), [([410], ["gone"]), ([404], ["unobserved"]), ([404, 404], ["unobserved", "gone"])])
def test_facts_of_a_page_that_is_gone_are_gone(days: Days, answers: list[int], statuses: list[str]) -> None:
    days.run({GR: EVA})
    for answer, status in zip(answers, statuses, strict=True):
        began = days.run({"https://ale.se/": "Hem", GR: answer})
        [eva] = days.versions("contacts")
        assert eva["status"] == status
    assert eva["last_checked"] == (began if statuses[-1] == "gone" else NOON + QUARTER)


def test_a_page_that_moves_takes_its_facts_along(days: Days) -> None:
    days.run({GR: EVA})
    days.run({"https://ale.se/nytt/gr": EVA}, asked={"https://ale.se/nytt/gr": GR})
    for dataset in ("pages", "members", "contacts", "relations"):
        assert {(row["status"], row["run_id"]) for row in days.versions(dataset)} == {("present", "day-0")}
    assert [row["url"] for row in days.versions("pages")] == ["https://ale.se/nytt/gr"]


def test_what_an_archive_lacks_is_unobserved_until_its_page_is_read_without_it(tmp_path: Path) -> None:
    days = Days(tmp_path, "extract")
    other = {"https://partille.se/gr": GR_TEXT}
    days.run({GR: EVA, **other})
    days.run(other)
    [eva] = days.versions("contacts")
    assert (eva["status"], eva["valid_to"]) == ("unobserved", None)
    assert {row["status"] for row in days.versions("relations")} == {"present"}  # the other page states them
    [body] = days.versions("organisations", organisation_id=days.versions("members")[0]["organisation_id"])
    assert len(body["page_ids"]) == 2
    last = days.run({GR: GR_TEXT, **other})
    [eva] = days.versions("contacts")
    assert (eva["status"], eva["valid_to"]) == ("gone", last)


def test_a_relation_stands_as_long_as_a_page_that_no_archive_had_may_state_it(tmp_path: Path) -> None:
    days = Days(tmp_path, "extract")
    days.run({GR: GR_TEXT, "https://partille.se/gr": GR_TEXT})
    days.run({GR: "Samverkan"})
    assert {row["status"] for row in days.versions("relations")} == {"unobserved"}
    assert sorted(row["status"] for row in days.versions("members")) == ["gone", "gone", "unobserved", "unobserved"]
    days.run({"https://partille.se/gr": 410, GR: "Samverkan"})
    assert {row["status"] for dataset in ("relations", "members") for row in days.versions(dataset)} == {"gone"}


def test_a_run_killed_between_two_files_of_the_history_is_made_up_for(days: Days, tmp_path: Path) -> None:
    days.run({GR: EVA})
    update_history(tmp_path)
    shutil.copytree(tmp_path / "history", tmp_path / "before")
    days.run({GR: GR_TEXT})
    update_history(tmp_path)
    whole = read_files(tmp_path)
    for dataset in ("members", "dates", "changes"):
        shutil.copy(tmp_path / "before" / f"{dataset}.parquet", history_file(tmp_path, dataset))
    history_file(tmp_path, "relations").unlink()
    (tmp_path / "history" / ".spill").mkdir()
    assert find_pending(tmp_path) == ["day-0", "day-1"]
    update_history(tmp_path)
    assert find_pending(tmp_path) == []
    assert read_files(tmp_path) == whole
    assert {path.name for path in (tmp_path / "history").iterdir()} == {f"{dataset}.parquet" for dataset in FILES}


def test_nothing_is_written_where_nothing_is_new(days: Days) -> None:
    days.run({GR: EVA})
    update_history(days.output)
    written = {path: path.stat().st_mtime_ns for path in (days.output / "history").iterdir()}
    update_history(days.output)
    assert {path: path.stat().st_mtime_ns for path in (days.output / "history").iterdir()} == written


def set_status(folder: Path, status: str) -> None:
    """Makes another end of a run."""
    file = folder / "manifest.json"
    file.write_text(json.dumps(json.loads(file.read_text("utf-8")) | {"status": status}), encoding="utf-8")


def test_a_held_run_has_no_part_in_the_history_until_it_is_accepted(days: Days) -> None:
    days.run({GR: EVA})
    days.run({GR: GR_TEXT})
    days.run({GR: EVA})
    held = run_folder(days.output, "day-1")
    set_status(held, "held")
    assert [row["valid_to"] for row in days.versions("contacts")] == [None]
    set_status(held, "published")  # it comes late, between two runs that the history holds
    assert [row["run_id"] for row in days.versions("contacts")] == ["day-0", "day-2"]


def test_a_run_that_comes_late_is_left_out_where_others_were_pruned(days: Days, caplog: pytest.LogCaptureFixture) -> None:
    days.run({GR: EVA})
    days.run({GR: GR_TEXT})
    set_status(run_folder(days.output, "day-1"), "held")
    days.run({GR: EVA})
    update_history(days.output)
    shutil.rmtree(run_folder(days.output, "day-0"))
    set_status(run_folder(days.output, "day-1"), "published")
    before = read_files(days.output)
    update_history(days.output)
    assert read_files(days.output) == before
    assert "goes without day-1" in caplog.text


def test_pruned_runs_stay_in_the_history_and_forbid_to_make_it_anew(days: Days) -> None:
    days.run({GR: EVA})
    days.run({GR: GR_TEXT})
    update_history(days.output)
    shutil.rmtree(run_folder(days.output, "day-0"))
    days.run({GR: EVA})
    assert [row["run_id"] for row in days.versions("contacts")] == ["day-0", "day-2"]
    before = read_files(days.output)
    with pytest.raises(UsageError, match="among them day-0"):
        rebuild_history(days.output)
    assert read_files(days.output) == before


def test_runs_of_another_kind_have_no_part_in_it(days: Days) -> None:
    days.run({GR: EVA})
    update_history(days.output)
    run_pages(days.output, make_page(GR, GR_TEXT), kind="extract", run_id="other")
    days.run({GR: EVA})
    assert [row["status"] for row in days.versions("contacts")] == ["present"]
    applied = read_applied(history_file(days.output, "contacts"))
    assert applied is not None
    assert [run.run_id for run in applied.runs] == ["day-0", "day-1"]
    run_pages(days.output, make_page(GR, GR_TEXT), kind="extract", run_id="latest-one")
    before = read_files(days.output)
    rebuild_history(days.output)
    assert read_files(days.output) == before


def test_a_folder_that_began_with_an_extract_gets_the_history_of_its_crawls(days: Days) -> None:
    run_pages(days.output, make_page(GR, GR_TEXT), kind="extract", run_id="tried-first")
    update_history(days.output)
    assert find_kind(days.output) == "extract"
    days.run({GR: EVA})
    assert find_pending(days.output) == ["day-0"]
    assert [row["run_id"] for row in days.versions("contacts")] == ["day-0"]
    assert (find_kind(days.output), find_pending(days.output)) == ("crawl", [])


def test_older_runs_lack_columns_and_datasets(days: Days) -> None:
    days.run({GR: EVA})
    old = run_folder(days.output, "day-0")
    pq.write_table(pq.read_table(old / "members.parquet").drop_columns(["is_host", "evidence", "run_id"]), old / "members.parquet")
    (old / "relations.parquet").unlink()
    days.run({GR: EVA})
    pq.write_table(pq.read_table(old / "contacts.parquet").drop_columns(["kind"]), old / "contacts.parquet")
    assert {(row["run_id"], row["is_host"]) for row in days.versions("members")} == {("day-0", None)}
    assert {row["run_id"] for row in days.versions("relations")} == {"day-1"}
    assert [(row["run_id"], row["kind"]) for row in days.versions("contacts")] == [("day-0", None), ("day-1", "person")]


def test_a_dataset_of_part_files_is_read(days: Days) -> None:
    days.run({GR: EVA})
    file = run_folder(days.output, "day-0") / "members.parquet"
    table = pq.read_table(file)
    file.unlink()
    file.mkdir()
    for part in range(2):
        pq.write_table(table.slice(part, 1), file / f"part-{part}.parquet")
    update_history(days.output)
    assert len(days.versions("members")) == table.num_rows == 2


def drop_metadata(file: Path) -> None:
    """As a program that knows nothing of it would write the file."""
    pq.write_table(pq.read_table(file).replace_schema_metadata(None), file)


def tear(file: Path) -> None:
    """As a disk that lies would leave it."""
    file.write_bytes(file.read_bytes()[:-20])


@pytest.mark.parametrize("spoil", [drop_metadata, tear])
def test_a_file_that_does_not_say_what_it_holds_is_not_overwritten(days: Days, spoil: Callable[[Path], None]) -> None:
    days.run({GR: EVA})
    update_history(days.output)
    file = history_file(days.output, "dates")
    spoil(file)
    spoilt = file.read_bytes()
    with pytest.raises(SamverkanError, match="does not say which runs it holds"):
        update_history(days.output)
    assert file.read_bytes() == spoilt


def test_a_dataset_that_cannot_be_read_is_told_and_leaves_the_history_as_it_was(days: Days) -> None:
    days.run({GR: EVA})
    update_history(days.output)
    before = read_files(days.output)
    days.run({GR: GR_TEXT})
    torn = run_folder(days.output, "day-1") / "pages.parquet"
    torn.write_bytes(torn.read_bytes()[:-20])
    with pytest.raises(SamverkanError):
        update_history(days.output)
    assert read_files(days.output) == before


def test_the_files_have_the_columns_that_they_are_said_to_have(days: Days) -> None:
    days.run({GR: EVA})
    update_history(days.output)
    for dataset in FILES:
        schema = pq.read_schema(history_file(days.output, dataset))
        expected = history_schema(dataset) if dataset in HISTORY else log_schema(dataset)
        assert schema.equals(expected)
        assert [field.metadata for field in schema] == [field.metadata for field in expected]


def test_an_output_without_a_published_run_has_no_history(tmp_path: Path) -> None:
    update_history(tmp_path)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(UsageError, match="No run was published"):
        rebuild_history(tmp_path)


@pytest.mark.parametrize("kind", ["crawl", "extract"])
def test_a_history_too_large_for_the_memory_is_made_in_slices(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    web = SimulatedWeb(7, kind)
    for _ in range(3):
        web.run(tmp_path)
    update_history(tmp_path)
    whole = read_files(tmp_path)
    monkeypatch.setattr("review.versions.ROWS_IN_SLICE", 10)
    rebuild_history(tmp_path)
    assert read_files(tmp_path) == whole
