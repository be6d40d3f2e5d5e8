"""What a fact is about, in a few words."""

from typing import Any

import pytest

from review.subjects import name_subject
from schemas.comparison import COMPARED
from tests.schemas.example_rows import ROWS


@pytest.mark.parametrize(
    ("dataset", "row", "subject"),
    [
        ("contacts", {"person": "Eva Ek", "role": "förbundsdirektör"}, "Eva Ek (förbundsdirektör)"),
        ("contacts", {"person": "Eva Ek", "role": None}, "Eva Ek"),
        ("contacts", {"person": None, "role": "Kontaktcenter", "unit": "Service"}, "Kontaktcenter"),
        ("contacts", {"person": None, "role": None, "unit": "Service"}, "Service"),
        ("contacts", {"person": None, "role": None, "unit": None}, None),
        ("dates", {"kind": "founded", "about": "Skolmatsakademin", "organisation_id": "org:x"}, "Skolmatsakademin (founded)"),
        ("dates", {"kind": "updated", "about": None, "organisation_id": None}, "the page (updated)"),
        ("dates", {"kind": "founded", "about": None, "organisation_id": "org:x"}, "founded"),
        ("members", {"member_name": "Ale kommun"}, "Ale kommun"),
        ("relations", {"member_name": "Ale kommun"}, "Ale kommun"),
        ("member_counts", {"unit": "kommuner"}, "kommuner"),
        ("organisations", {"name": "Göteborgsregionen"}, "Göteborgsregionen"),
        ("pages", {"title": "Samverkan"}, "Samverkan"),
    ],
)
def test_a_fact_is_named_by_what_it_is_about(dataset: str, row: dict[str, Any], subject: str | None) -> None:
    assert name_subject(dataset, row) == subject


@pytest.mark.parametrize("dataset", COMPARED)
def test_every_compared_dataset_has_a_subject(dataset: str) -> None:
    assert name_subject(dataset, ROWS[dataset])
