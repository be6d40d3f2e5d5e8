"""The data dictionary, generated from the records: as data, and as Markdown (`python -m schemas.dictionary > docs/data-dictionary.md`)."""

import sys
import typing
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from schemas.comparison import COMPARED
from schemas.datasets import DATASETS, KEYS, REVIEWED, SCHEMA_VERSION
from schemas.history import HISTORY, LoggedColumns, VersionColumns
from schemas.tables import arrow_schema, history_schema, log_schema
from schemas.vocabularies import ISSUE_CODES, VOCABULARIES, Vocabulary

_HEAD = f"""# Data dictionary

Generated from the code by `python -m schemas.dictionary`; schema version {SCHEMA_VERSION}. Every dataset is a Parquet file, or a folder of
part files, named after it. What is missing is null, never "" or 0. Strings are UTF-8 in Unicode normal form C, calendar dates those of
Europe/Stockholm, offsets count Unicode code points. The descriptions stand in the files' field metadata too, with `personal` = `true` where
a column can hold personal data.
"""

_HISTORY = (
    "What all published runs knew, in `history/` beside `runs/`: `history/<dataset>.parquet` has one row per version of a fact, with these "
    "columns behind those of the dataset; `run_id` is the run that knew the version first, the other columns are as in the newest run that "
    "holds it, and null where that is older than the column. `history/changes.parquet` and `history/page_changes.parquet` have the rows of "
    "all runs, with `run_started_at`."
)


@dataclass(frozen=True, slots=True)
class ColumnDescription:
    """A column as the data dictionary tells it. `type` is Arrow's; `vocabulary` names the closed list that its values come from."""

    name: str
    type: str
    is_nullable: bool
    is_personal: bool
    vocabulary: str | None
    description: str


@dataclass(frozen=True, slots=True)
class DatasetDescription:
    """A dataset as the data dictionary tells it."""

    name: str
    description: str
    key: tuple[str, ...]
    columns: tuple[ColumnDescription, ...]


def describe_dataset(name: str) -> DatasetDescription:
    """What a dataset holds, column by column. KeyError where there is no such dataset."""
    record = DATASETS[name]
    return DatasetDescription(name, (record.__doc__ or "").strip(), KEYS[name], tuple(_describe_columns(record, arrow_schema(name))))


def describe_history() -> DatasetDescription:
    """What the files of the history have besides the columns of their datasets."""
    columns = [
        *_describe_columns(VersionColumns, history_schema("members")),
        *_describe_columns(LoggedColumns, log_schema(REVIEWED[0])),
    ]
    return DatasetDescription("history", _HISTORY, (), tuple(columns))


def _describe_columns(record: type[BaseModel], schema: Any) -> Iterator[ColumnDescription]:
    """The columns of an Arrow schema that a record describes."""
    hints = typing.get_type_hints(record, include_extras=True)
    for field in schema:
        if field.name in record.model_fields:
            yield ColumnDescription(
                name=field.name,
                type=_name_type(field.type),
                is_nullable=field.nullable,
                is_personal=field.metadata[b"personal"] == b"true",
                vocabulary=_find_vocabulary(hints[field.name]),
                description=record.model_fields[field.name].description or "",
            )


def render_dataset(dataset: DatasetDescription) -> str:
    """A dataset's section in Markdown, from its heading on."""
    key = f"Key: {_list_names(dataset.key)}." if dataset.key else "No key."
    rows = (
        (
            f"`{column.name}`",
            f"`{column.type}`",
            "yes" if column.is_nullable else "",
            "yes" if column.is_personal else "",
            column.description + (f" One of [{column.vocabulary}](#{column.vocabulary})." if column.vocabulary else ""),
        )
        for column in dataset.columns
    )
    return f"## {dataset.name}\n\n{dataset.description} {key}\n\n" + _render_table(
        ("column", "type", "null", "personal", "what it is"), rows
    )


def render_history() -> str:
    """The section on the history in Markdown: its own columns, and what makes a version of each dataset."""
    head = ("dataset", "a fact is told by", "another version where one of these differs", "kept too")
    rows = (
        (f"`{name}`", _list_names(KEYS[name]), _list_names(COMPARED[name]), _list_names(_find_others(name, kept)))
        for name, kept in HISTORY.items()
    )
    return f"{render_dataset(describe_history())}\n{_render_table(head, rows)}"


def _find_others(dataset: str, kept: Iterable[str]) -> list[str]:
    return [column for column in kept if column not in (*KEYS[dataset], *COMPARED[dataset])]


def _list_names(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def render_vocabulary(vocabulary: Vocabulary) -> str:
    """A vocabulary's section in Markdown, from its heading on."""
    rows = ((f"`{code}`", label.sv, label.en) for code, label in vocabulary.labels.items())
    return f"### {vocabulary.name}\n\n" + _render_table(("code", "svenska", "English"), rows)


def render_dictionary() -> str:
    """The whole data dictionary in Markdown."""
    return "\n".join(_render_sections())


def _render_sections() -> Iterator[str]:
    yield _HEAD
    yield from (render_dataset(describe_dataset(name)) for name in DATASETS)
    yield render_history()
    yield "## Vocabularies\n"
    yield from (render_vocabulary(vocabulary) for vocabulary in VOCABULARIES.values())
    yield "### issue_code\n\n" + _render_table(("code", "what it tells"), ((f"`{code}`", text) for code, text in ISSUE_CODES.items()))


def _render_table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines)


def _name_type(arrow_type: Any) -> str:
    """Arrow's name of a type, a list's without the name of its items: "list<string>"."""
    return str(arrow_type).replace("item: ", "").replace(" not null", "")


def _find_vocabulary(hint: Any) -> str | None:
    """The name of the vocabulary among the metadata of a type or of its parts; None where there is none."""
    for part in (*getattr(hint, "__metadata__", ()), *typing.get_args(hint)):
        found = part.name if isinstance(part, Vocabulary) else _find_vocabulary(part)
        if found:
            return str(found)
    return None


if __name__ == "__main__":
    sys.stdout.write(render_dictionary())
