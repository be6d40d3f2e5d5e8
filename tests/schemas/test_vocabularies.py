"""The vocabularies are those of the contract, each code with both labels."""

import pytest

from schemas.datasets import DATASETS
from schemas.dictionary import describe_dataset
from schemas.vocabularies import ISSUE_CODES, VOCABULARIES


@pytest.mark.parametrize("name", VOCABULARIES)
def test_every_code_has_both_labels(name: str) -> None:
    labels = VOCABULARIES[name].labels
    assert labels
    assert [code for code, label in labels.items() if not (label.sv.strip() and label.en.strip())] == []


def test_every_vocabulary_is_some_columns() -> None:
    used = {column.vocabulary for dataset in DATASETS for column in describe_dataset(dataset).columns}
    assert used - {None} | {"fact_status"} == set(VOCABULARIES)  # the last is the history's


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        (
            "organisation_kind",
            "municipality region county_board municipal_association coordination_association joint_committee agency ministry company "
            "association foundation university network council collaboration eu other",
        ),
        ("member_role", "member owner partner financier adjunct participant client"),
        ("member_basis", "named implied"),
        ("relation_side", "body member third_party"),
        ("count_scope", "total others named"),
        ("contact_kind", "person function switchboard office"),
        ("contact_context", "contact office mention"),
        ("date_kind", "updated published founded valid since deadline meeting event"),
        ("date_precision", "day month year"),
        ("evidence_source", "text markup json-ld url header"),
        ("severity", "error warning info"),
        ("site_outcome", "facts no_facts no_page_found denied unreachable failed incomplete not_visited"),
    ],
)
def test_the_codes_that_users_rely_on(name: str, codes: str) -> None:
    assert set(codes.split()) <= set(VOCABULARIES[name].labels)


def test_every_issue_code_says_what_it_tells() -> None:
    assert [code for code, text in ISSUE_CODES.items() if not text.endswith(".")] == []
