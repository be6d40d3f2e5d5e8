"""Persons are forgotten: what was old of them is found in no file of the output any more, and the rest is as it was."""

import json
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from archive.reader import read_archive, read_record
from pipelines.forget import Forgotten, forget_persons
from pipelines.store import hash_file
from schemas.manifest import read_manifest
from schemas.page import ArchivePlace, Page
from schemas.persons import NOBODY
from schemas.tables import read_rows
from tests.everything import find_words
from tests.pipelines.archived_runs import archive_run
from tests.pipelines.small_pages import GR, GR_TEXT, NOON

BOARD = "https://ale.se/styrelse"
OFFICE = "https://partille.se/kansli"
ANNA, EVA, LISA = "Kontakt: Anna Svensson, +46303330116", "Kontakt: Eva Ek, +46317012345", "Kontakt: Lisa Berg, +46317954000"
SPELLINGS = ("Anna", "Svensson", "303330116", "0303-33 01 16", "0303")
DAY = timedelta(days=1)
NAMING = {
    *("runs/1/pages.parquet", "runs/1/contacts.parquet", "archive/1.wacz/archive/1.warc.gz", "logs/crawl.log", "feed.atom"),
    *("history/contacts.parquet", "history/changes.parquet", "history/page_changes.parquet"),
    *("runs/2/changes.parquet", "runs/2/page_changes.parquet", "runs/2/changes.html", "runs/2/digest.md"),
}
"""The files that name Anna before she is forgotten."""


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Anna stands on a page of the first crawl, which names Eva from the second on; Lisa's page never changes."""
    output = tmp_path_factory.mktemp("crawled")
    old_board = f"{ANNA}\nValberedningen: Ale kommun\nRing Anna Svensson, 0303-33 01 16, annars Svensson, Anna"
    archive_run(output, "1", {GR: GR_TEXT, BOARD: old_board, OFFICE: LISA})
    archive_run(output, "2", {BOARD: f"{EVA}\nValberedningen: Ale kommun"}, hours=240, unchanged=[GR, OFFICE])
    archive_run(output, "3", {}, hours=480, unchanged=[GR, BOARD, OFFICE])
    write_log(output)
    return output


@pytest.fixture
def output(crawled: Path, tmp_path: Path) -> Path:
    """A copy of its own."""
    return shutil.copytree(crawled, tmp_path / "output", symlinks=True)


def write_log(output: Path) -> None:
    """What a crawl tells on the way."""
    (output / "logs").mkdir()
    (output / "logs" / "crawl.log").write_text("2026 WARNING parsers: cannot read <b>Anna</b> Svensson\n", encoding="utf-8")


def forget(output: Path, day: float) -> Forgotten:
    """What was last confirmed more than so many days after the first crawl goes."""
    return forget_persons(output, NOBODY, NOON + day * DAY)


def check_offsets(output: Path) -> None:
    """Evidence and mentions are what the page says at their offsets."""
    for folder in (output / "runs").iterdir():
        texts = {row["page_id"]: row["text"] for row in read_rows(folder / "pages.parquet")}
        for dataset, column in (("contacts", "evidence"), ("members", "evidence"), ("mentions", "text")):
            for row in read_rows(folder / f"{dataset}.parquet"):
                assert texts[row["page_id"]][row["text_start"] : row["text_end"]] == row[column]


def check_manifests(output: Path) -> None:
    """Every file is what its manifest and its data package say."""
    for folder in (output / "runs").iterdir():
        manifest = read_manifest(folder)
        for name, digest in manifest.files.items():
            assert hash_file(output / name if name.startswith("archive/") else folder / name) == digest, name
        package = json.loads((folder / "datapackage.json").read_text("utf-8"))
        assert all(part["hash"] == f"sha256:{hash_file(folder / part['path'])}" for part in package["resources"])


def test_what_is_old_of_a_person_is_in_no_file(output: Path) -> None:
    before = find_words(output, *SPELLINGS)
    assert before["Anna"] >= NAMING  # else the search itself finds nothing
    forget(output, 5)
    assert find_words(output, *SPELLINGS) == {word: set() for word in SPELLINGS}


def test_a_number_of_which_a_page_of_changes_marks_what_changed_is_in_no_file(tmp_path: Path) -> None:
    where = "Ring kansliet på 0303-33 01 {} så svarar vi på det mesta om samverkan"
    archive_run(tmp_path, "1", {GR: GR_TEXT, BOARD: f"{ANNA}\n{where.format(16)}"})
    archive_run(tmp_path, "2", {GR: GR_TEXT, BOARD: f"{EVA}\n{where.format(17)}"}, hours=240)
    page = tmp_path / "runs" / "2" / "changes.html"
    assert "0303-33 01 <del>16</del>" in page.read_text("utf-8")
    forget(tmp_path, 5)
    assert "████-██ ██ <del>██</del>" in page.read_text("utf-8")
    assert "0303-33 01 <ins>17</ins>" in page.read_text("utf-8")


def test_who_was_confirmed_since_stays(output: Path) -> None:
    before = find_words(output, "Eva Ek", "Lisa Berg")
    forget(output, 5)
    assert find_words(output, "Eva Ek", "Lisa Berg") == before
    [lisa, _] = sorted(read_rows(output / "runs" / "1" / "contacts.parquet"), key=lambda row: row["person"] is None)
    assert (lisa["person"], lisa["phone"]) == ("Lisa Berg", "+46317954000")


def test_text_and_evidence_are_as_long_as_before(output: Path) -> None:
    texts = {row["page_id"]: row["text"] for row in read_rows(output / "runs" / "1" / "pages.parquet")}
    forget(output, 5)
    check_offsets(output)
    for row in read_rows(output / "runs" / "1" / "pages.parquet"):
        assert len(row["text"]) == len(texts[row["page_id"]])
    [board] = [row for row in read_rows(output / "runs" / "1" / "pages.parquet") if row["url"] == BOARD]
    assert (
        board["text"]
        == "Kontakt: ████ ████████, +███████████\nValberedningen: Ale kommun\nRing ████ ████████, ████-██ ██ ██, annars ████████, ████"
    )


def test_the_rest_of_the_contact_stays(output: Path) -> None:
    before = [row for row in read_rows(output / "runs" / "1" / "contacts.parquet") if row["person"] == "Anna Svensson"]
    forget(output, 5)
    [after] = [row for row in read_rows(output / "runs" / "1" / "contacts.parquet") if row["person"] is None]
    changed = {column for column, value in after.items() if value != before[0][column]}
    assert changed == {"person", "phone", "evidence"}
    assert after["evidence"] == "Kontakt: ████ ████████, +███████████"


def test_the_response_is_dropped_and_nothing_points_to_it(output: Path) -> None:
    forget(output, 5)
    [row] = [row for row in read_rows(output / "runs" / "1" / "pages.parquet") if row["url"] == BOARD]
    assert (row["archive_file"], row["archive_offset"], row["archive_length"]) == (None, None, None)
    [fetch] = [row for row in read_rows(output / "runs" / "1" / "fetches.parquet") if row["url"] == BOARD]
    assert fetch["archive_file"] is None
    assert {page.url for page in read_archive(output / "archive" / "1.wacz") if isinstance(page, Page)} == {GR, OFFICE}


def test_every_other_row_leads_to_its_bytes(output: Path) -> None:
    forget(output, 5)
    for folder in (output / "runs").iterdir():
        for row in read_rows(folder / "pages.parquet"):
            if row["archive_file"]:
                place = ArchivePlace(row["archive_file"], row["archive_offset"], row["archive_length"])
                assert read_record(place, output / "archive").body_sha256 == row["body_sha256"]


def test_manifests_say_what_the_files_are(output: Path) -> None:
    forget(output, 5)
    check_manifests(output)
    assert [read_manifest(output / "runs" / run_id).forgotten_at is not None for run_id in "123"] == [True, True, False]


def test_a_second_call_changes_nothing(output: Path) -> None:
    forget(output, 5)
    before = {path: path.read_bytes() for path in output.rglob("*") if path.is_file()}
    assert forget(output, 5) == Forgotten()
    assert {path: path.read_bytes() for path in output.rglob("*") if path.is_file()} == before


def test_what_nobody_confirmed_for_long_goes_from_the_latest_run_too(output: Path) -> None:
    forget(output, 30)
    assert find_words(output, "Lisa", "Eva Ek", "317012345", "317954000") == {
        word: set() for word in ("Lisa", "Eva Ek", "317012345", "317954000")
    }
    check_offsets(output)
    check_manifests(output)
    assert all(row["archive_file"] is None for row in read_rows(output / "latest" / "pages.parquet"))
    assert all(contact["organisation_id"] for contact in read_rows(output / "latest" / "contacts.parquet"))


def test_the_next_crawl_gets_whole_what_was_forgotten_and_carries_over_the_rest(output: Path) -> None:
    forget(output, 30)
    archive_run(output, "4", {OFFICE: LISA}, hours=800)
    people = [row["person"] for row in read_rows(output / "latest" / "contacts.parquet")]
    assert sorted(people, key=str) == ["Lisa Berg", None]
    assert not [row for row in read_rows(output / "latest" / "issues.parquet") if row["severity"] == "error"]
    check_offsets(output)


@pytest.mark.parametrize("step", ["begin_forgetting", "_mask_history", "drop_records", "renew_manifest"])
def test_a_call_that_is_killed_is_ended_by_the_next(output: Path, step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def die(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    target = f"pipelines.forget.Forgetting.{step}" if step.startswith("_") else f"pipelines.forget.{step}"
    with monkeypatch.context() as patch:
        patch.setattr(target, die)
        with pytest.raises(KeyboardInterrupt):
            forget(output, 5)
    forget_persons(output, NOBODY)
    if step == "begin_forgetting":  # nothing was begun
        forget(output, 5)
    assert find_words(output, *SPELLINGS) == {word: set() for word in SPELLINGS}
    check_offsets(output)
    check_manifests(output)
    assert not list(output.glob(".forgetting*"))
