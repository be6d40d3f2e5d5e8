"""`samverkan schema`: the data dictionary."""

from dataclasses import asdict
from difflib import get_close_matches
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from samverkan.options import Quiet, Verbose
from schemas.errors import UsageError

if TYPE_CHECKING:
    from schemas.dictionary import DatasetDescription


class Form(StrEnum):
    """How the dictionary is printed."""

    TABLE = "table"
    JSON = "json"
    MARKDOWN = "markdown"


def schema(
    dataset: Annotated[
        str | None, typer.Argument(metavar="[DATASET]", help="One dataset, or history: what its files add; all where none is named.")
    ] = None,
    form: Annotated[Form, typer.Option("--format", help="How to print it.")] = Form.TABLE,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Explain the datasets, column by column."""
    from samverkan.display import print_json
    from schemas.datasets import DATASETS
    from schemas.dictionary import describe_dataset, describe_history, render_dataset, render_dictionary, render_history

    known = (*DATASETS, "history")
    if dataset is not None and dataset not in known:
        near = get_close_matches(dataset, known, n=1)
        raise UsageError(f"There is no dataset {dataset}. " + (f"Did you mean {near[0]}?" if near else f"There are {', '.join(known)}."))
    described = [describe_history() if name == "history" else describe_dataset(name) for name in ([dataset] if dataset else known)]
    match form:
        case Form.JSON:
            print_json(asdict(described[0]) if dataset else [asdict(each) for each in described])
        case Form.MARKDOWN:
            rendered = render_history() if dataset == "history" else render_dataset(described[0]) if dataset else render_dictionary()
            typer.echo(rendered, nl=False)
        case Form.TABLE if dataset:
            print_columns(described[0])
        case Form.TABLE:
            print_datasets(described)


def print_columns(described: "DatasetDescription") -> None:
    """One dataset's columns, and what the codes of its vocabularies mean."""
    from samverkan.display import print_line, print_table
    from schemas.vocabularies import VOCABULARIES

    print_line(described.description)
    print_line(f"Key: {', '.join(described.key) or 'none'}")
    print_line()
    rows = [(column.name, column.type, column.is_nullable, column.is_personal, column.description) for column in described.columns]
    print_table(("column", "type", "null", "personal", "what it is"), rows)
    for column in described.columns:
        if column.vocabulary is not None and column.vocabulary in VOCABULARIES:
            print_line()
            labels = VOCABULARIES[column.vocabulary].labels
            print_table((column.name, "svenska", "English"), [(code, label.sv, label.en) for code, label in labels.items()])


def print_datasets(described: "list[DatasetDescription]") -> None:
    """All datasets, a line each."""
    from samverkan.display import print_table

    rows = [(each.name, len(each.columns), ", ".join(each.key), each.description) for each in described]
    print_table(("dataset", "columns", "key", "what it holds"), rows)
