"""Which rows the records accept, and which they refuse."""

from typing import Any

import pytest
from pydantic import ValidationError

from schemas.datasets import DATASETS, KEYS, PERSONAL
from tests.schemas.example_rows import ROWS


@pytest.mark.parametrize("dataset", DATASETS)
def test_a_good_row_is_accepted(dataset: str) -> None:
    assert DATASETS[dataset].model_validate(ROWS[dataset])


@pytest.mark.parametrize("dataset", DATASETS)
def test_what_a_record_dumps_it_accepts(dataset: str) -> None:
    record = DATASETS[dataset].model_validate(ROWS[dataset])
    assert DATASETS[dataset].model_validate(record.model_dump()) == record


@pytest.mark.parametrize("dataset", DATASETS)
def test_run_id_is_the_last_column(dataset: str) -> None:
    assert DATASETS[dataset].columns()[-1] == "run_id"
    assert set(DATASETS[dataset].columns()) == set(ROWS[dataset])


@pytest.mark.parametrize("dataset", DATASETS)
def test_an_unknown_column_is_refused(dataset: str) -> None:
    with pytest.raises(ValidationError):
        DATASETS[dataset].model_validate(ROWS[dataset] | {"colour": "red"})


@pytest.mark.parametrize("dataset", DATASETS)
def test_empty_strings_are_refused_everywhere(dataset: str) -> None:
    texts = [column for column, value in ROWS[dataset].items() if isinstance(value, str)]
    for column in texts:
        with pytest.raises(ValidationError):
            DATASETS[dataset].model_validate(ROWS[dataset] | {column: ""})


@pytest.mark.parametrize("dataset", DATASETS)
def test_keys_are_columns_that_are_never_null(dataset: str) -> None:
    for column in KEYS[dataset]:
        with pytest.raises(ValidationError):
            DATASETS[dataset].model_validate(ROWS[dataset] | {column: None})


def test_the_personal_columns() -> None:
    contact = {"person", "role", "unit", "phone", "email", "street_address", "postal_code", "locality", "evidence"}
    assert PERSONAL["contacts"] == contact
    assert {dataset: set(columns) for dataset, columns in PERSONAL.items() if columns} == {
        "pages": {"title", "text"},
        "members": {"evidence"},
        "member_counts": {"evidence"},
        "contacts": contact,
        "dates": {"about", "evidence"},
        "issues": {"value", "record"},
        "changes": {"key", "before", "after", "subject", "evidence_before", "evidence_after"},
        "page_changes": {"title", "added", "removed", "diff"},
    }


@pytest.mark.parametrize(
    ("dataset", "column", "value"),
    [
        ("pages", "page_id", "6FB0F3A4F103F555"),
        ("pages", "url", "gnesta.se"),
        ("pages", "language", "svenska språket"),
        ("pages", "fetched_at", "2026-11-21T04:00:00"),  # no zone
        ("pages", "body_sha256", "a" * 63),
        ("pages", "title", "A\u030ase"),  # not NFC
        ("organisations", "organisation_id", "kommun:146"),
        ("organisations", "organisation_id", "org:Västkom"),
        ("organisations", "kind", "kommun"),
        ("organisations", "organisation_number", "212000-1315"),
        ("organisations", "organisation_number", "2120001314"),
        ("organisations", "area_code", "9914"),
        ("organisations", "other_names", [""]),
        ("mentions", "text_end", 9),
        ("mentions", "confidence", 1.1),
        ("members", "role", "chairman"),
        ("members", "share", 101),
        ("members", "since", "2006-13"),
        ("members", "text_start", None),
        ("members", "text_end", 32),
        ("members", "evidence_source", "footer"),
        ("relations", "sides", []),
        ("relations", "sides", ["owner"]),
        ("relations", "confidence", 0.995),
        ("relations", "pages", 0),
        ("member_counts", "count", -1),
        ("member_counts", "scope", "all"),
        ("contacts", "phone", "031-390 06 12"),
        ("contacts", "email", "Asa@x.se"),
        ("contacts", "postal_code", "40340"),
        ("dates", "edtf", "3 maj 2023"),
        ("dates", "start", None),  # does not follow from the EDTF
        ("dates", "precision", "day"),
        ("issues", "severity", "fatal"),
        ("coverage", "outcome", "ok"),
        ("coverage", "pages_seen", None),
    ],
)
def test_a_bad_value_is_refused(dataset: str, column: str, value: Any) -> None:
    with pytest.raises(ValidationError):
        DATASETS[dataset].model_validate(ROWS[dataset] | {column: value})


@pytest.mark.parametrize("identifier", ["region:14", "lansstyrelse:14", "org:vastkom", "org:regionala-samverkansradet@region:22"])
def test_forms_of_organisation_ids(identifier: str) -> None:
    assert DATASETS["organisations"].model_validate(ROWS["organisations"] | {"organisation_id": identifier})


def test_evidence_from_elsewhere_has_no_offsets() -> None:
    from_url = ROWS["dates"] | {"evidence_source": "url"}
    with pytest.raises(ValidationError):
        DATASETS["dates"].model_validate(from_url)
    assert DATASETS["dates"].model_validate(from_url | {"text_start": None, "text_end": None})


def test_an_issue_code_must_be_listed() -> None:
    with pytest.raises(ValidationError, match=r"issue_codes\.toml"):
        DATASETS["issues"].model_validate(ROWS["issues"] | {"code": "never_heard_of"})


@pytest.mark.filterwarnings("ignore::schemas.vocabularies.UnknownIssueCode")
def test_outside_the_tests_an_unlisted_issue_code_is_only_warned_of() -> None:
    assert DATASETS["issues"].model_validate(ROWS["issues"] | {"code": "never_heard_of"})
