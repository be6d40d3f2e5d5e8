"""The data dictionary tells of every dataset, column, vocabulary and code, and the one in docs/ is current."""

from pathlib import Path

import pytest

from schemas.datasets import DATASETS, KEYS
from schemas.dictionary import describe_dataset, render_dictionary
from schemas.tables import arrow_schema
from schemas.vocabularies import ISSUE_CODES, VOCABULARIES

DOCUMENT = Path(__file__).parents[2] / "docs" / "data-dictionary.md"


def test_the_document_is_current() -> None:
    assert DOCUMENT.read_text("utf-8") == render_dictionary(), "run: python -m schemas.dictionary > docs/data-dictionary.md"


@pytest.mark.parametrize("dataset", DATASETS)
def test_every_column_is_described(dataset: str) -> None:
    description = describe_dataset(dataset)
    assert [column.name for column in description.columns] == arrow_schema(dataset).names
    assert [column.name for column in description.columns if not column.description.endswith((".", ")"))] == []
    assert description.description.endswith(".")
    assert description.key == KEYS[dataset]


def test_columns_name_their_vocabulary() -> None:
    vocabularies = {column.name: column.vocabulary for column in describe_dataset("members").columns if column.vocabulary}
    assert vocabularies == {"role": "member_role", "basis": "member_basis", "evidence_source": "evidence_source"}


def test_every_code_is_listed() -> None:
    text = render_dictionary()
    codes = [*ISSUE_CODES, *(code for vocabulary in VOCABULARIES.values() for code in vocabulary.labels)]
    assert [code for code in codes if f"| `{code}` |" not in text] == []


def test_an_unknown_dataset_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        describe_dataset("nonsense")
