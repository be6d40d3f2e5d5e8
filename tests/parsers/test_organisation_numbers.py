"""Organisation numbers that pages state."""

import pytest

from tests.parsers.construction_cases import read_html


@pytest.mark.parametrize(
    ("html", "owner", "organisation_id", "number"),
    [
        ("<p>Kommunalförbundet Sjöbygden, organisationsnummer 222000-2584</p>", None, "org:kommunalforbundet-sjobygden", "222000-2584"),
        ("<footer><p>Org.nr: 222000–2584</p></footer>", "Kommunalförbundet Sjöbygden", "org:kommunalforbundet-sjobygden", "222000-2584"),
        ("<footer><h2>Organisationsnummer</h2><p>202100-2361</p></footer>", "lansstyrelse:14", "lansstyrelse:14", "202100-2361"),
    ],
)  # fmt: skip
def test_a_number_is_its_organisations(html: str, owner: str | None, organisation_id: str, number: str) -> None:
    facts = {fact.id: fact.organisation_number for fact in read_html(html, owner=owner).organisations}
    assert facts[organisation_id] == number


@pytest.mark.parametrize(
    ("html", "code"),
    [
        ("<p>Ale kommun, org.nr 21200-2916</p>", "organisation_number_invalid"),
        ("<p>Ale kommun, org.nr 212000-1315</p>", "organisation_number_invalid"),
        ("<p>Ale kommun, org.nr 212000-1314</p>", "organisation_number_differs"),
    ],
)
def test_a_number_that_cannot_be_is_told(html: str, code: str) -> None:
    assert [issue.code for issue in read_html(html).issues if issue.field == "organisation_number"] == [code]


def test_a_number_that_the_register_confirms_is_no_issue() -> None:
    reading = read_html("<footer><p>Organisationsnummer: 202100-2361</p></footer>", owner="lansstyrelse:14")
    assert [issue for issue in reading.issues if issue.field == "organisation_number"] == []
