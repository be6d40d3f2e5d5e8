"""Which organisations a page names, under which id, name and kind."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry import load_registry
from tests.parsers.construction_cases import Case, all_cases, kind_differences, organisation_differences, parameters, read_case, read_html

REGISTERED = sorted(load_registry().organisations)
CASES_WITH_KINDS = [parameter for parameter in parameters("kinds", "organisation") if parameter.values[0].kinds]


def ids_named(text: str) -> set[str]:
    """The ids of the organisations that a text mentions."""
    return {mention.organisation_id for mention in read_html(text).mentions}


@pytest.mark.parametrize("case", parameters("organisations", *all_cases()))
def test_organisations_named(case: Case) -> None:
    assert organisation_differences(case, read_case(case.id)) == []


@pytest.mark.parametrize("case", CASES_WITH_KINDS)
def test_kinds_of_organisations(case: Case) -> None:
    assert kind_differences(case, read_case(case.id)) == []


@given(st.sampled_from(REGISTERED))
def test_any_registered_organisation_is_found_by_its_full_name(organisation_id: str) -> None:
    name = load_registry().organisations[organisation_id].name
    assert organisation_id in ids_named(f"Ett samarbetsavtal med {name} gäller under året.")


@given(st.sampled_from(REGISTERED))
def test_facts_of_registered_organisations_are_those_of_the_registry(organisation_id: str) -> None:
    registered = load_registry().organisations[organisation_id]
    found = [fact for fact in read_html(f"Ett samarbetsavtal med {registered.name} gäller.").organisations if fact.id == organisation_id]
    assert [(fact.name, fact.kind, fact.is_registered) for fact in found] == [(registered.name, registered.kind, True)]


def test_an_abbreviation_means_the_same_on_the_whole_page() -> None:
    reading = read_html("<p>Norra Bruksorternas kommunalförbund (NBK) har ett kansli.</p><p>Efter sommaren flyttar NBK.</p>")
    assert {mention.organisation_id for mention in reading.mentions} == {"org:norra-bruksorternas-kommunalforbund"}
    assert [mention.text for mention in reading.mentions].count("NBK") == 2


def test_an_abbreviation_of_another_page_means_nothing() -> None:
    assert ids_named("Efter sommaren flyttar NBK.") == set()


def test_a_generic_name_is_the_owners_own() -> None:
    reading = read_html("I Gemensam räddningsnämnd ingår Tierps kommun och Östhammars kommun.", owner="kommun:0360")
    assert {fact.organisation_id for fact in reading.members} == {"org:gemensam-raddningsnamnd@kommun:0360"}
