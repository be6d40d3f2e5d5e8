"""Who has a part in what, read from sentences: the cases of constructions.toml, and laws that hold for every sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry import load_registry
from registry.identity import unregistered_id
from tests.parsers.construction_cases import Case, all_cases, member_differences, parameters, read_case, read_html

MUNICIPALITIES = sorted(
    organisation.name
    for organisation in load_registry().organisations.values()
    if organisation.is_municipality and organisation.kind == "municipality"
)
TOPICS = [case.html for case in all_cases()["topic"] if not case.owner]
several = st.lists(st.sampled_from(MUNICIPALITIES), min_size=2, max_size=6, unique=True)


def enumerate_names(names: list[str]) -> str:
    """ "A, B och C"."""
    return f"{', '.join(names[:-1])} och {names[-1]}"


def members_of(html: str) -> set[tuple[str, str, str]]:
    """Body, member and role of all members that a page states."""
    return {(fact.organisation_id, fact.member_id, fact.role) for fact in read_html(html).members}


def expected(body: str, names: list[str], role: str) -> set[tuple[str, str, str]]:
    """What should be read of municipalities in a body."""
    found = [load_registry().by_name(name) for name in names]
    return {(body, organisation.id, role) for organisation in found if organisation}


@pytest.mark.parametrize("case", parameters("members", "prose", "negative", "topic", "count", "organisation"))
def test_members_of_a_construction(case: Case) -> None:
    assert member_differences(case, read_case(case.id)) == []


@given(several)
def test_any_municipalities_in_a_federation_are_its_members(names: list[str]) -> None:
    sentence = f"I Kommunalförbundet Mellanbygden ingår {enumerate_names(names)}."
    assert members_of(sentence) == expected("org:kommunalforbundet-mellanbygden", names, "member")


@given(several)
def test_any_municipalities_that_own_a_company_are_its_owners(names: list[str]) -> None:
    sentence = f"Mellanbygdens Vatten AB ägs av {enumerate_names(names)}."
    assert members_of(sentence) == expected("org:mellanbygdens-vatten-ab", names, "owner")


@given(several)
def test_the_order_of_members_does_not_matter(names: list[str]) -> None:
    sentence = "Medlemmar i Kommunalförbundet Mellanbygden är {}."
    assert members_of(sentence.format(enumerate_names(names))) == members_of(sentence.format(enumerate_names(names[::-1])))


@given(several)
def test_municipalities_that_left_are_no_members(names: list[str]) -> None:
    assert members_of(f"{enumerate_names(names)} har lämnat Kommunalförbundet Mellanbygden.") == set()


@given(st.lists(st.sampled_from(TOPICS), min_size=1, max_size=6, unique=True))
def test_pages_of_other_topics_have_no_members(sentences: list[str]) -> None:
    html = "".join(sentence if sentence.startswith("<") else f"<p>{sentence}</p>" for sentence in sentences)
    assert members_of(html) == set()


BODIES = [
    "Kommunalförbundet Ekbygden", "Samordningsförbundet Ekbygden", "Stiftelsen Ekgården", "Ekbygdens räddningstjänstförbund",
    "Norra Ekbygdens kommunalförbund", "Miljösamverkan Ekbygden", "Räddningstjänsten Ekbygden", "Ekbygdens lönenämnd",
    "Samverkansrådet Ekbygden", "Ekbygdens miljöförbund", "Energikontoret Ekbygden", "Ekbygdens Vatten AB",
]  # fmt: skip


@pytest.mark.parametrize(
    "frame",
    [
        "I {} ingår Skövde, Hjo och Tibro kommuner.",
        "{} består av Skövde, Hjo och Tibro.",
        "Medlemmar i {} är Skövde kommun, Hjo kommun och Tibro kommun.",
        "{} ägs av Skövde, Hjo och Tibro kommuner.",
        "Ägare till {} är Skövde, Hjo och Tibro.",
        "Skövde, Hjo och Tibro ingår i {}.",
        "Skövde, Hjo och Tibro samarbetar i {}.",
        "{} bildades 2010 av Skövde, Hjo och Tibro.",
        "{} är ett samarbete mellan Skövde, Hjo och Tibro.",
        "Bakom {} står Skövde, Hjo och Tibro.",
        "Skövde kommun är med i {} tillsammans med Hjo kommun och Tibro kommun.",
        "{} (Skövde, Hjo och Tibro) har ett kansli.",
        "<h2>{}</h2><p>Medlemmar: Skövde, Hjo, Tibro</p>",
        "<h2>{}</h2><p>Medlemskommuner är Skövde, Hjo och Tibro.</p>",
        "<p>Medlemmar i {}:</p><ul><li>Skövde kommun</li><li>Hjo kommun</li><li>Tibro kommun</li></ul>",
    ],
)
def test_a_phrase_holds_for_bodies_of_every_sort(frame: str) -> None:
    parts = {body: {(organisation, member) for organisation, member, _ in members_of(frame.format(body))} for body in BODIES}
    members = ("kommun:1472", "kommun:1496", "kommun:1497")
    assert [body for body, found in parts.items() if found != {(unregistered_id(body), member) for member in members}] == []
