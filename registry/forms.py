"""Every form in which a text can name an organisation or a county, derived from its registered names by the rules of Swedish."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from registry.organisations import County, Organisation, genitive

FULL, ABBREVIATION, FORMER, PLACE, PLACE_GENITIVE, COUNTY = "full", "abbreviation", "former", "place", "place_genitive", "county"


@dataclass(frozen=True, slots=True)
class NameForm:
    """A form and what it stands for. `case` tells what its capitals mean: any | capitals (must be there) | exact."""

    text: str
    organisation_id: str | None
    form: str
    case: str = "any"
    county_code: str | None = None


def name_forms(organisation: Organisation, counties: Mapping[str, County]) -> Iterator[NameForm]:
    """All forms of one organisation, in nominative and genitive."""
    current = {organisation.name, *organisation.other_names} - {*organisation.abbreviations, *organisation.former_names}
    former = {*organisation.former_names} - {*organisation.abbreviations}
    if organisation.kind == "region":
        county = counties[organisation.county_code or ""]
        current.update(region_names(county))
        former.update(landsting_names(county))
    if organisation.kind == "county_board":
        current.update(county_board_names(counties[organisation.county_code or ""]))
    if organisation.place is not None:
        yield from place_forms(organisation, organisation.place)
        current.update(municipality_names(organisation.place, organisation.name) if organisation.is_municipality else ())
    case = "capitals" if organisation.needs_capitals else "any"
    yield from inflected_forms(organisation.id, current, FULL, case)
    yield from inflected_forms(organisation.id, former - current, FORMER, case)
    for abbreviation in organisation.abbreviations:
        form = FORMER if abbreviation in organisation.former_names else ABBREVIATION
        yield from abbreviation_forms(organisation.id, abbreviation, form)


def municipality_names(place: str, official_name: str) -> Iterator[str]:
    """ "Ale kommun", "Lilla Edet kommun" beside "Lilla Edets kommun"; "Göteborg stad", "Göteborgs kommun" beside "Göteborgs Stad"."""
    words = {"kommun", official_name.rpartition(" ")[2]} if not official_name.startswith("Region ") else {"kommun"}
    for word in words:
        yield f"{place} {word}"
        yield f"{genitive(place)} {word}"


def region_names(county: County) -> Iterator[str]:
    """ "Region Halland"; of Kalmar län "Region Kalmar län" and "Region Kalmar"."""
    for short_name in county.short_names:
        yield f"Region {short_name}"
        yield f"Region {short_name} County"


def landsting_names(county: County) -> Iterator[str]:
    """What the region was called until 2018: "Landstinget Halland", "Landstinget i Kalmar län", "Hallands läns landsting"."""
    yield f"{county.name}s landsting"
    yield f"Landstinget i {county.name}"
    for short_name in county.short_names:
        yield f"Landstinget {short_name}"
        yield f"Landstinget i {short_name}"


def county_board_names(county: County) -> Iterator[str]:
    """ "Länsstyrelsen i Hallands län", "Länsstyrelsen Hallands län", "Länsstyrelsen Halland", "Länsstyrelsen i Halland"; in English."""
    for area in {county.name, *county.short_names, *(f"{genitive(short)} län" for short in county.short_names)}:
        yield f"Länsstyrelsen {area}"
        yield f"Länsstyrelsen i {area}"
    for short in county.short_names:
        yield f"County Administrative Board of {short}"
        yield f"{short} County Administrative Board"
    yield f"Länsstyrelsen på {county.short_name}"


def place_forms(organisation: Organisation, place: str) -> Iterator[NameForm]:
    """The bare place name, whose capitals must stand: "Ale", but not "ale". Gotland's is its county's too."""
    county_code = organisation.county_code if organisation.kind == "region" else None
    yield NameForm(place, organisation.id, PLACE, "capitals", county_code)
    if genitive(place) != place:
        yield NameForm(genitive(place), organisation.id, PLACE_GENITIVE, "capitals", county_code)
    stem = organisation.name.rpartition(" ")[0]
    if stem not in ("Region", place, genitive(place)):  # "Falu", as in "Falu, Mora och Rättviks kommuner"
        yield NameForm(stem, organisation.id, PLACE_GENITIVE, "capitals", county_code)


def county_forms(county: County, region_id: str | None) -> Iterator[NameForm]:
    """A county's names. The bare one can mean its region ("avtal mellan Halland och Skåne"), that with "län" cannot.

    `region_id` is None where the bare name is first of all a municipality's: "Kalmar".
    """
    for short_name in county.short_names:
        stems = {short_name, genitive(short_name)}
        for text in stems:
            yield NameForm(f"{text} län", None, COUNTY, "capitals", county.code)
            yield NameForm(f"{text} läns", None, COUNTY, "capitals", county.code)
        for text in stems if region_id else ():
            yield NameForm(text, region_id, COUNTY, "capitals", county.code)


def inflected_forms(organisation_id: str, names: Iterable[str], form: str, case: str) -> Iterator[NameForm]:
    """Full names in nominative and genitive. In most of them capitals do not count: "region halland", "polisen"."""
    for name in names:
        for text in {name, genitive(name)}:
            yield NameForm(text, organisation_id, form, case)


def abbreviation_forms(organisation_id: str, abbreviation: str, form: str) -> Iterator[NameForm]:
    """Abbreviations, spelt exactly so: "GR", "GR:s", "GRs", but not "gr"."""
    for text in {abbreviation, genitive(abbreviation), f"{abbreviation}:s"}:
        yield NameForm(text, organisation_id, form, "exact")
