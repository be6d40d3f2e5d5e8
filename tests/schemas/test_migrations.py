"""Runs that an older version wrote are read: what it lacked is not compared, what it called otherwise is found."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from schemas.datasets import SCHEMA_VERSION
from schemas.errors import UsageError
from schemas.migrations import find_columns, find_parts
from tests.review.small_runs import compare, contact, member, organisation, relation, tell, write_run

BEFORE = {
    "organisations": [organisation("org:vastkom", "VästKom")],
    "members": [member("kommun:1440", "Ale kommun")],
    "relations": [relation("kommun:1440", "Ale kommun")],
    "contacts": [contact("Eva Ek", phone="+46317012345")],
}


def write_older(
    run: Path, dataset: str, *, version: str = "1.0", without: str | None = None, renamed: tuple[str, str] | None = None
) -> None:
    """Makes a dataset of a run look as an older version left it."""
    file = run / f"{dataset}.parquet"
    table = pq.read_table(file)
    if without:
        table = table.drop_columns([without])
    if renamed:
        table = table.rename_columns([renamed[1] if name == renamed[0] else name for name in table.column_names])
    metadata = (table.schema.metadata or {}) | {b"schema_version": version.encode()}
    pq.write_table(pa.Table.from_batches(table.to_batches(), table.schema.with_metadata(metadata)), file)


def test_a_dataset_that_an_older_run_lacks_is_not_compared(tmp_path: Path) -> None:
    older = write_run(tmp_path / "a", BEFORE | {"relations": []}, leave_out=["relations", "issues"])
    assert compare(older, write_run(tmp_path / "b", BEFORE)) == []


@pytest.mark.parametrize(("dataset", "column"), [("contacts", "locality"), ("members", "since"), ("organisations", "website")])
def test_a_column_that_an_older_run_lacks_is_not_compared_but_the_others_are(dataset: str, column: str, tmp_path: Path) -> None:
    older = write_run(tmp_path / "a", BEFORE)
    write_older(older, dataset, without=column)
    value = {"locality": "Nödinge", "since": "2015", "website": "https://vastkom.se/"}[column]
    after = BEFORE | {"contacts": [BEFORE["contacts"][0] | {"email": "e@ale.se"}]}
    after[dataset] = [after[dataset][0] | {column: value}]
    assert tell(compare(older, write_run(tmp_path / "b", after))) == [("contacts", "changed", "email", None, "e@ale.se")]


def test_a_column_that_was_renamed_is_read_under_its_new_name(tmp_path: Path) -> None:
    older = write_run(tmp_path / "a", BEFORE)
    write_older(older, "contacts", renamed=("locality", "town"))
    file = older / "contacts.parquet"
    assert "locality" not in find_columns(file, "contacts")
    assert find_columns(file, "contacts", {"contacts": {"locality": "town"}})["locality"] == "town"


def test_a_dataset_without_a_column_of_its_key_cannot_be_compared(tmp_path: Path) -> None:
    older = write_run(tmp_path / "a", BEFORE)
    write_older(older, "members", without="role")
    assert find_columns(older / "members.parquet", "members") == {}
    assert compare(older, write_run(tmp_path / "b", BEFORE | {"members": []})) == []


@pytest.mark.parametrize(("version", "is_refused"), [("1.0", False), (SCHEMA_VERSION, False), ("1.99", False), ("2.0", True)])
def test_a_run_of_a_newer_first_number_is_refused(version: str, is_refused: bool, tmp_path: Path) -> None:
    newer = write_run(tmp_path / "a", BEFORE)
    write_older(newer, "members", version=version)
    if is_refused:
        with pytest.raises(UsageError, match=r"members.parquet is of version 2.0, which this samverkan does not know"):
            compare(newer, newer)
    else:
        assert compare(newer, newer) == []


def test_the_parts_of_a_dataset_are_its_file_or_those_of_its_folder(tmp_path: Path) -> None:
    (tmp_path / "members.parquet").mkdir()
    for name in ("b.parquet", "a.parquet", "note.txt"):
        (tmp_path / "members.parquet" / name).touch()
    assert [path.name for path in find_parts(tmp_path / "members.parquet")] == ["a.parquet", "b.parquet"]
    assert find_parts(tmp_path / "dates.parquet") == []
