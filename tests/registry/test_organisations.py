"""The registered organisations: complete, consistent, and found by code, number and county."""

import re
from collections import Counter
from datetime import date

import pytest
from stdnum.se import orgnr

from registry import load_registry, organisation_slug, unregistered_id
from registry.organisations import read_counties, read_organisations

REGISTRY = load_registry()
ORGANISATIONS = tuple(REGISTRY.organisations.values())
KINDS = Counter(organisation.kind for organisation in ORGANISATIONS)


def test_sweden_is_complete() -> None:
    assert sum(organisation.is_municipality for organisation in ORGANISATIONS) == 290
    assert (KINDS["municipality"], KINDS["region"], KINDS["county_board"], len(REGISTRY.counties)) == (289, 21, 21, 21)


def test_gotland_is_one_organisation() -> None:
    gotland = REGISTRY.organisations["kommun:0980"]
    assert (gotland.name, gotland.kind, gotland.area_code, gotland.county_code) == ("Region Gotland", "region", "0980", "09")
    assert "region:09" not in REGISTRY.organisations


def test_ids_are_unique() -> None:
    assert len(list(read_organisations())) == len(ORGANISATIONS)


def test_ids_have_the_form_of_the_contract() -> None:
    form = re.compile(r"kommun:\d{4}|region:\d\d|lansstyrelse:\d\d|orgnr:\d{6}-\d{4}|org:[a-z0-9]+(-[a-z0-9]+)*")
    assert [organisation.id for organisation in ORGANISATIONS if not form.fullmatch(organisation.id)] == []


def test_kinds_are_those_of_the_contract() -> None:
    assert KINDS.keys() <= {
        *("municipality", "region", "county_board", "municipal_association", "coordination_association", "joint_committee", "agency"),
        *("ministry", "company", "association", "foundation", "university", "network", "council", "collaboration", "eu", "other"),
    }


def test_organisation_numbers_have_their_check_digit() -> None:
    numbers = [organisation.organisation_number for organisation in ORGANISATIONS if organisation.organisation_number]
    assert len(numbers) > 600
    assert [number for number in numbers if not orgnr.is_valid(number)] == []


def test_a_number_makes_an_id_only_where_it_is_not_shared() -> None:
    holders = Counter(organisation.organisation_number for organisation in ORGANISATIONS)
    assert [o.id for o in ORGANISATIONS if o.id.startswith("orgnr:") and holders[o.organisation_number] > 1] == []
    assert REGISTRY.organisations["org:domstolsverket"].organisation_number == "202100-2742"


def test_members_are_registered() -> None:
    assert [member for organisation in ORGANISATIONS for member in organisation.members if member not in REGISTRY.organisations] == []


def test_days_of_dissolution_are_dates() -> None:
    days = [organisation.dissolved_on for organisation in ORGANISATIONS if organisation.dissolved_on]
    assert len(days) > 50
    assert [day for day in days if date.fromisoformat(day).isoformat() != day] == []


def test_the_four_associations_of_vastkom_cover_their_county() -> None:
    vastkom = REGISTRY.organisations["org:vastkom"]
    members = {member for association in vastkom.members for member in REGISTRY.organisations[association].members}
    assert members - {"kommun:1384"} == {organisation.id for organisation in REGISTRY.municipalities_of("14")}


def test_names_are_tidy() -> None:
    names = [name for organisation in ORGANISATIONS for name in (organisation.name, *organisation.other_names)]
    assert [name for name in names if name != " ".join(name.split()) or not name[0].isupper()] == []
    assert [name for name in names if name.isupper() and len(name) > 9] == []


@pytest.mark.parametrize(
    ("county_code", "count"), [("01", 26), ("09", 1), ("12", 33), ("13", 6), ("14", 49), ("22", 7), ("02", 0), ("", 0)]
)
def test_municipalities_of_a_county(county_code: str, count: int) -> None:
    assert len(REGISTRY.municipalities_of(county_code)) == count


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Västra Götalands län", "14"),
        ("Västra Götaland", "14"),
        ("västra götalands", "14"),
        ("Skåne", "12"),
        ("Skånes län", "12"),
        ("Kalmar län", "08"),
        ("Kalmar", "08"),
        ("Hallands", "13"),
        ("Sörmlands län", "04"),
        ("Södermanland", "04"),
        ("Gotland", "09"),
        ("Ale", None),
        ("", None),
        ("län", None),
    ],
)
def test_a_county_by_name(name: str, code: str | None) -> None:
    assert REGISTRY.county_code(name) == code


def test_a_county_name_leads_back_to_its_code() -> None:
    codes = [county.code for county in read_counties()]
    assert [REGISTRY.county_code(REGISTRY.county_name(code)) for code in codes] == codes


def test_an_unknown_county_code_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        REGISTRY.county_name("02")


@pytest.mark.parametrize(
    ("number", "organisation_id"),
    [
        ("212000-1496", "kommun:1462"),
        ("2120001496", "kommun:1462"),
        ("202100-2361", "lansstyrelse:14"),
        ("222000-0265", "orgnr:222000-0265"),
        ("202100-2742", None),  # Domstolsverket and all courts
        ("212000-0000", None),
        ("", None),
    ],
)
def test_an_organisation_by_number(number: str, organisation_id: str | None) -> None:
    found = REGISTRY.by_number(number)
    assert (found and found.id) == organisation_id


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Göteborg & Co", "goteborg-co"),
        ("  Räddningstjänsten Östra Skaraborg ", "raddningstjansten-ostra-skaraborg"),
        ("Samordningsförbundet Vänersborg/Mellerud", "samordningsforbundet-vanersborg-mellerud"),
        ("Helsingør Kommune", "helsingor-kommune"),
        ("Lübeck", "lubeck"),
        ("—", ""),
    ],
)
def test_a_slug_is_readable_ascii(name: str, slug: str) -> None:
    assert organisation_slug(name) == slug


def test_an_unregistered_id_can_be_scoped() -> None:
    assert unregistered_id("Skolmatsakademin") == "org:skolmatsakademin"
    assert unregistered_id("Regionala samverkansrådet", "region:22") == "org:regionala-samverkansradet@region:22"
    assert unregistered_id("…") == "org:unnamed"
