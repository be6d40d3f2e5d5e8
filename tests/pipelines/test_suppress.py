"""Who asked not to be published is kept out of a run, and out of what its output held before."""

from pathlib import Path

import pytest

from pipelines.run import Run
from schemas.errors import UsageError
from schemas.manifest import read_manifest
from schemas.output import latest_run
from schemas.tables import read_rows
from tests.everything import find_words
from tests.pipelines.archived_runs import archive_run
from tests.pipelines.small_pages import GR, GR_TEXT, SITES, make_page, read_lines, run_pages

BOARD = "https://ale.se/styrelse"
TEXT = (
    "Kontakt: Anna Svensson, +46303330116\nKontakt: Eva Ek, +46317012345\nNämnden: Ale kommun, Partille kommun\n"
    "Anna Svenssons rum; Svensson, Anna\n0303-33 01 16"
)
WORDS = ("Anna", "Svensson", "303330116", "0303-33 01 16")
NOWHERE: dict[str, set[str]] = {word: set() for word in WORDS}


def list_persons(output: Path, *lines: str) -> None:
    output.mkdir(exist_ok=True)
    (output / "do-not-publish.txt").write_text("\n".join(lines), encoding="utf-8")


def check_offsets(output: Path) -> None:
    folder = output / "latest"
    texts = {row["page_id"]: row["text"] for row in read_rows(folder / "pages.parquet")}
    for dataset, column in (("contacts", "evidence"), ("members", "evidence"), ("mentions", "text")):
        for row in read_rows(folder / f"{dataset}.parquet"):
            assert texts[row["page_id"]][row["text_start"] : row["text_end"]] == row[column]


def test_a_listed_person_is_in_no_file_of_a_run(tmp_path: Path) -> None:
    list_persons(tmp_path, "Anna Svensson")
    run_pages(tmp_path, make_page(BOARD, TEXT))
    assert find_words(tmp_path, *WORDS) == NOWHERE
    assert [row["person"] for row in read_rows(tmp_path / "latest" / "contacts.parquet")] == ["Eva Ek"]
    assert len(read_rows(tmp_path / "latest" / "pages.parquet")[0]["text"]) == len(TEXT)
    check_offsets(tmp_path)


def test_the_facts_beside_are_kept_and_the_books_balance(tmp_path: Path) -> None:
    list_persons(tmp_path, "Anna Svensson")
    manifest = run_pages(tmp_path, make_page(BOARD, TEXT)).manifest
    contacts, members = manifest.datasets["contacts"].balance, manifest.datasets["members"].balance
    assert contacts
    assert members
    assert (contacts.extracted, contacts.stored, contacts.kept_out) == (2, 1, 1)
    assert (members.extracted, members.stored, members.kept_out) == (2, 2, 0)
    [issue] = [row for row in read_rows(tmp_path / "latest" / "issues.parquet") if row["code"] == "person_suppressed"]
    assert (issue["severity"], issue["dataset"], issue["value"], issue["record"]) == ("error", "contacts", None, None)


@pytest.mark.parametrize("entry", ["anna SVENSSON", "0303-33 01 16", "+46 303 33 01 16"])
def test_a_line_of_any_spelling_keeps_the_contact_out(tmp_path: Path, entry: str) -> None:
    list_persons(tmp_path, entry)
    run_pages(tmp_path, make_page(BOARD, TEXT))
    assert [row["person"] for row in read_rows(tmp_path / "latest" / "contacts.parquet")] == ["Eva Ek"]
    assert "+46303330116" not in str(read_rows(tmp_path / "latest" / "pages.parquet"))


def test_a_phone_that_others_share_stays_theirs(tmp_path: Path) -> None:
    list_persons(tmp_path, "Anna Svensson")
    run_pages(tmp_path, make_page(BOARD, "Kontakt: Anna Svensson, +46303330116\nKontakt: Eva Ek, +46303330116"))
    [eva] = read_rows(tmp_path / "latest" / "contacts.parquet")
    assert (eva["phone"], eva["evidence"]) == ("+46303330116", "Kontakt: Eva Ek, +46303330116")


def test_a_page_that_breaks_its_parser_names_nobody_in_its_issue(tmp_path: Path) -> None:
    list_persons(tmp_path, "Anna Svensson")

    def read(*_: object) -> None:
        raise ValueError("cannot read <b>Anna</b> Svensson")

    with Run.open(tmp_path, kind="extract", sites=SITES, read=read) as run:  # type: ignore[arg-type]
        run.add_page(make_page(BOARD, TEXT))
    assert find_words(tmp_path, "Anna") == {"Anna": set()}


def test_a_list_that_is_new_is_applied_to_all_runs_before_the_next_begins(tmp_path: Path) -> None:
    archive_run(tmp_path, "1", {BOARD: TEXT, GR: GR_TEXT})
    archive_run(tmp_path, "2", {}, hours=24, unchanged=[BOARD, GR])
    list_persons(tmp_path, "Anna Svensson")
    archive_run(tmp_path, "3", {}, hours=48, unchanged=[GR])
    assert find_words(tmp_path, *WORDS) == NOWHERE
    assert sorted(str(row["person"]) for row in read_rows(tmp_path / "latest" / "contacts.parquet")) == ["Eva Ek", "None"]
    check_offsets(tmp_path)


def test_a_list_that_was_applied_costs_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive_run(tmp_path, "1", {GR: GR_TEXT})
    list_persons(tmp_path, "Anna Svensson")
    archive_run(tmp_path, "2", {GR: GR_TEXT}, hours=24)
    monkeypatch.setattr("pipelines.suppress.forget_persons", lambda *_: pytest.fail("it goes through all files again"))
    archive_run(tmp_path, "3", {GR: GR_TEXT}, hours=48)


def test_an_extract_heeds_the_list_of_the_folder_around(tmp_path: Path) -> None:
    list_persons(tmp_path, "Anna Svensson")
    run_pages(tmp_path / "extract", make_page(BOARD, TEXT), kind="extract")
    assert find_words(tmp_path, *WORDS) == NOWHERE


def test_who_is_taken_off_the_list_is_read_again(tmp_path: Path) -> None:
    list_persons(tmp_path, "Anna Svensson")
    run_pages(tmp_path, make_page(BOARD, TEXT), run_id="1")
    list_persons(tmp_path)
    run_pages(tmp_path, make_page(BOARD, TEXT, hours=24), run_id="2")
    assert {row["person"] for row in read_rows(tmp_path / "latest" / "contacts.parquet")} == {"Anna Svensson", "Eva Ek"}


def test_a_run_with_a_list_that_cannot_be_read_does_not_begin(tmp_path: Path) -> None:
    run_pages(tmp_path, make_page(GR, GR_TEXT), run_id="1")
    list_persons(tmp_path, "Anna")
    with pytest.raises(UsageError, match=r"do-not-publish\.txt, line 1"):
        run_pages(tmp_path, make_page(GR, GR_TEXT), run_id="2")
    latest = latest_run(tmp_path)
    assert latest
    assert read_manifest(latest).run_id == "1"


def test_without_a_list_nothing_is_read_otherwise(tmp_path: Path) -> None:
    with Run.open(tmp_path, kind="extract", sites=SITES, read=read_lines) as run:
        run.add_page(make_page(BOARD, TEXT))
        run.finish()
    assert read_rows(tmp_path / "latest" / "pages.parquet")[0]["text"] == TEXT
