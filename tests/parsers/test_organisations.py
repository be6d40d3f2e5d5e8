"""Which organisations a page names, under which id, name and kind."""

import pytest

from registry import load_registry
from registry.organisations import Organisation
from tests.parsers.construction_cases import (
    Case,
    all_cases,
    ids_of,
    kind_differences,
    organisation_differences,
    parameters,
    read_case,
    read_html,
    without_scope,
)

REGISTERED = list(load_registry().organisations.values())
FRAMES = [
    "Rapporten kommer från {}.", "Vi köper el från {}.", "Läs mer om {}.", "Kontakta {} för mer information.", "Arbetet leds av {}.",
    "Kommunens avfall tas om hand av {}.", "Under våren bygger {} en ny ledning.", "Då sköter {} driften.", "Nya avgifter hos {} gäller.",
    "Ordförande i {} är Anna Bergsten.", "Tidigare hette {} något annat.", "Därför har {} ett kansli.", "Enligt {} är läget gott.",
    "Inom {} arbetar tio personer.", "Styrelsen för {} möts.", "Genom {} får vi stöd.", "Välkommen till {}!", "Om {}", "Kontakt {}",
]  # fmt: skip


NAMES = [
    "Kommunalförbundet Ekbygden",
    "Samordningsförbundet Ekbygden",
    "Stiftelsen Ekgården",
    "Ekbygdens räddningstjänstförbund",
    "Nätverket Grön Skog",
    "Norra Ekbygdens kommunalförbund",
    "Miljösamverkan Ekbygden",
    "Ekbygdsrådet",
    "Räddningstjänsten Ekbygden",
    "Energikontoret Ekbygden",
    "Ekbygdens lönenämnd",
    "Ekbygdens Vatten AB",
    "Ekvatten AB",
    "Ekbygdens gemensamma lönenämnd",
    "Ekbygdens Energi och Vatten AB",
    "Vatten & Avfall i Ekbygden AB",
]
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


@pytest.mark.parametrize(
    "frame",
    [
        "{} svarar för det.",
        "Ett samarbetsavtal med {} gäller under året.",
        "<ul><li>{}</li></ul>",
        "Rapporten kommer från {}.",
        "Ett samarbetsavtal med {} gäller.",
    ],
)
def test_every_registered_organisation_is_found_by_its_name(frame: str) -> None:
    assert [organisation.name for organisation in REGISTERED if not is_read_as_registered(organisation, frame)] == []


def is_read_as_registered(organisation: Organisation, frame: str) -> bool:
    """Whether the organisation is found in the frame, with name and kind of the registry."""
    found = [fact for fact in read_html(frame.format(organisation.name)).organisations if fact.id == organisation.id]
    return [(fact.name, fact.kind, fact.is_registered) for fact in found] == [(organisation.name, organisation.kind, True)]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_found_whole_wherever_it_stands(name: str) -> None:
    ids = ids_of(f"{name} | {name.removeprefix('Nätverket ')}")
    assert [frame for frame in FRAMES if not is_the_only_one(ids_named(frame.format(name)), ids)] == []


def is_the_only_one(found: set[str], wanted: set[str]) -> bool:
    """Whether what is found is one of the wanted ids and nothing else."""
    return bool(found) and {without_scope(organisation_id) for organisation_id in found} <= wanted


def test_an_abbreviation_means_the_same_on_the_whole_page() -> None:
    reading = read_html("<p>Norra Bruksorternas kommunalförbund (NBK) har ett kansli.</p><p>Efter sommaren flyttar NBK.</p>")
    assert {mention.organisation_id for mention in reading.mentions} == {"org:norra-bruksorternas-kommunalforbund"}
    assert [mention.text for mention in reading.mentions].count("NBK") == 2


def test_an_abbreviation_of_another_page_means_nothing() -> None:
    assert ids_named("Efter sommaren flyttar NBK.") == set()


def test_a_generic_name_is_the_owners_own() -> None:
    reading = read_html("I Gemensam räddningsnämnd ingår Tierps kommun och Östhammars kommun.", owner="kommun:0360")
    assert {fact.organisation_id for fact in reading.members} == {"org:gemensam-raddningsnamnd@kommun:0360"}
