"""What a dataset is in Parquet, and how pandas and DuckDB see it."""

from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow.parquet as pq
import pytest

from schemas.datasets import DATASETS, PERSONAL, SCHEMA_VERSION
from schemas.errors import OutputUnwritable, SamverkanError
from schemas.tables import arrow_schema, build_table, read_rows, write_table
from tests.schemas.example_rows import ROWS, Row


def write_rows(dataset: str, path: Path, *rows: Row) -> Path:
    write_table(build_table(dataset, rows or [ROWS[dataset]]), path)
    return path


@pytest.mark.parametrize("dataset", DATASETS)
def test_rows_come_back_as_they_went(dataset: str, tmp_path: Path) -> None:
    (row,) = read_rows(write_rows(dataset, tmp_path / "new" / "data.parquet"))
    expected = {
        column: value.replace(microsecond=123000) if isinstance(value, datetime) else value for column, value in ROWS[dataset].items()
    }
    assert row == expected
    assert list(row) == list(DATASETS[dataset].columns())


@pytest.mark.parametrize("dataset", DATASETS)
def test_a_record_fits_its_table(dataset: str) -> None:
    record = DATASETS[dataset].model_validate(ROWS[dataset])
    assert build_table(dataset, [record.model_dump()]) == build_table(dataset, [ROWS[dataset]])


@pytest.mark.parametrize("dataset", DATASETS)
def test_the_file_tells_what_its_columns_are(dataset: str, tmp_path: Path) -> None:
    schema = pq.read_schema(write_rows(dataset, tmp_path / "data.parquet"))
    assert schema.metadata[b"dataset"].decode() == dataset
    assert schema.metadata[b"schema_version"].decode() == SCHEMA_VERSION
    assert all(len(field.metadata[b"description"]) > 10 for field in schema)
    assert {field.name for field in schema if field.metadata[b"personal"] == b"true"} == PERSONAL[dataset]


@pytest.mark.parametrize("dataset", DATASETS)
def test_an_empty_dataset_keeps_its_columns(dataset: str, tmp_path: Path) -> None:
    path = tmp_path / "data.parquet"
    write_table(build_table(dataset, []), path)
    assert tuple(pd.read_parquet(path).columns) == DATASETS[dataset].columns()


def test_types_in_pandas(tmp_path: Path) -> None:
    types = pd.read_parquet(write_rows("pages", tmp_path / "pages.parquet")).dtypes.astype(str)
    assert types["title"] == "str"
    assert types["http_status"] == "int64"
    assert types["archive_offset"] == "Int64"
    assert types["is_collaboration"] == "bool"
    assert types["fetched_at"] == "datetime64[ms, UTC]"


def test_missing_numbers_and_flags_stay_what_they_are_in_pandas(tmp_path: Path) -> None:
    counts = pd.read_parquet(write_rows("member_counts", tmp_path / "a.parquet", ROWS["member_counts"], ROWS["member_counts"] | {"gap": 1}))
    members = pd.read_parquet(write_rows("members", tmp_path / "b.parquet", ROWS["members"], ROWS["members"] | {"is_host": True}))
    assert list(counts["gap"]) == [pd.NA, 1]
    assert str(counts["gap"].dtype) == "Int64"
    assert len(members[members["is_host"].fillna(False)]) == 1


def test_dates_and_lists_in_pandas(tmp_path: Path) -> None:
    pages = pd.read_parquet(write_rows("pages", tmp_path / "pages.parquet"))
    organisations = pd.read_parquet(write_rows("organisations", tmp_path / "organisations.parquet"))
    assert pages["published_on"][0] == date(2023, 5, 3)
    assert pd.isna(pages["updated_on"][0])
    assert list(organisations["other_names"][0]) == ["Lilla Edet"]


def test_types_in_duckdb(tmp_path: Path) -> None:
    write_rows("pages", tmp_path / "pages.parquet")
    write_rows("organisations", tmp_path / "organisations.parquet")
    described = duckdb.execute(f"describe select * from '{tmp_path}/pages.parquet'").fetchall()
    types = {name: kind for name, kind, *_ in described}
    assert (types["title"], types["http_status"], types["published_on"]) == ("VARCHAR", "BIGINT", "DATE")
    assert (types["is_collaboration"], types["fetched_at"]) == ("BOOLEAN", "TIMESTAMP WITH TIME ZONE")
    names = duckdb.execute(f"select unnest(other_names) from '{tmp_path}/organisations.parquet'").fetchall()
    assert names == [("Lilla Edet",)]


def test_instants_are_utc(tmp_path: Path) -> None:
    (row,) = read_rows(write_rows("coverage", tmp_path / "coverage.parquet"))
    assert row["last_success_at"] == datetime(2026, 11, 21, 12, 0, 0, 123000, tzinfo=UTC)


def test_a_folder_of_part_files_is_one_dataset(tmp_path: Path) -> None:
    folder = tmp_path / "mentions.parquet"
    write_rows("mentions", folder / "part-0.parquet")
    write_rows("mentions", folder / "part-1.parquet", ROWS["mentions"] | {"confidence": 0.5})
    assert [row["confidence"] for row in read_rows(folder)] == [1.0, 0.5]
    assert len(pd.read_parquet(folder)) == 2


@pytest.mark.parametrize(
    "change",
    [{"colour": "red"}, {"confidence": "high"}, {"method": None}],
    ids=["unknown column", "wrong type", "missing value"],
)
def test_a_row_that_does_not_fit_is_an_error(change: Row) -> None:
    with pytest.raises(SamverkanError, match="mentions"):
        build_table("mentions", [ROWS["mentions"] | change])


def test_a_column_left_out_is_null_where_it_may_be() -> None:
    row = {column: value for column, value in ROWS["members"].items() if column != "since"}
    assert build_table("members", [row])["since"].to_pylist() == [None]


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = write_rows("mentions", tmp_path / "mentions.parquet")
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_where_the_disk_refuses_it_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(OutputUnwritable, match=r"mentions\.parquet"):
        write_rows("mentions", tmp_path / "file" / "mentions.parquet")


def test_schemas_are_made_once() -> None:
    assert arrow_schema("pages") is arrow_schema("pages")
