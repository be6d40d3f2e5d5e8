"""Who has a part in what, read from lists, tables, definition lists and seats."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.parsers.construction_cases import Case, member_differences, parameters, read_case
from tests.parsers.test_members import MUNICIPALITIES, expected, members_of

several = st.lists(st.sampled_from(MUNICIPALITIES), min_size=2, max_size=8, unique=True)


@pytest.mark.parametrize("case", parameters("members", "list"))
def test_members_of_a_list_or_table(case: Case) -> None:
    assert member_differences(case, read_case(case.id)) == []


@given(several)
def test_any_municipalities_listed_as_members_are_members(names: list[str]) -> None:
    items = "".join(f"<li>{name}</li>" for name in names)
    html = f"<h2>Kommunalförbundet Mellanbygden</h2><p>Medlemmar:</p><ul>{items}</ul>"
    assert members_of(html) == expected("org:kommunalforbundet-mellanbygden", names, "member")


@given(several)
def test_any_municipalities_in_a_table_of_owners_are_owners(names: list[str]) -> None:
    rows = "".join(f"<tr><td>{name}</td><td>10 %</td></tr>" for name in names)
    html = f"<h2>Mellanbygdens Vatten AB</h2><table><tr><th>Ägare</th><th>Andel</th></tr>{rows}</table>"
    assert members_of(html) == expected("org:mellanbygdens-vatten-ab", names, "owner")


@given(several, st.sampled_from(["Öppettider", "Här finns vi", "Badplatser", "Våra stationer", "Avgångar", "Lediga tomter"]))
def test_lists_of_places_have_no_members(names: list[str], heading: str) -> None:
    items = "".join(f"<li>{name}</li>" for name in names)
    assert members_of(f"<h2>{heading}</h2><ul>{items}</ul>") == set()
