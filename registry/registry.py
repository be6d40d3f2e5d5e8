"""The registry: organisations and counties of Sweden, and the look-ups by name, number, county and text."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from types import MappingProxyType

from registry.forms import COUNTY, NameForm, county_forms, name_forms
from registry.names import NameHit, NameIndex, fits_case
from registry.organisations import County, Organisation, read_counties, read_organisations

# "Göteborgsregionens kommunalförbund (GR)"; not "Nätverket (GR) i väst".
_EXPLAINED = re.compile(r"(?P<name>[^()]+) \((?P<short>[^()]+)\)")
# What stands between the parts of "Kalmar, Kronobergs och Jönköpings län".
_LIST_JOINTS = (", ", " och ", " samt ", " eller ", " & ", "/")


class Registry:
    """Organisations by id, counties by code, and the ways to find them. `load_registry` gives the bundled one."""

    organisations: Mapping[str, Organisation]
    counties: Mapping[str, County]

    def __init__(self, organisations: Iterable[Organisation], counties: Iterable[County]) -> None:
        self.counties = MappingProxyType({county.code: county for county in counties})
        self.organisations = MappingProxyType({organisation.id: organisation for organisation in organisations})
        self._codes_by_county_name = {county.name: county.code for county in self.counties.values()}
        self._codes_by_spelling = {spelling: county.code for county in self.counties.values() for spelling in county.spellings}
        self._municipalities = {
            code: tuple(o for o in self.organisations.values() if o.is_municipality and o.county_code == code) for code in self.counties
        }
        self._names = NameIndex(self._all_forms())
        self._by_number = index_numbers(self.organisations.values())

    def by_name(self, name: str) -> Organisation | None:
        """The one organisation that a name stands for, in any form and case (abbreviations as they are spelt).

        An abbreviation in parentheses is passed over where it stands for the same one: "Göteborgsregionens kommunalförbund (GR)".
        None where the name is unknown or shared, and for a bare county name: "Halland".
        """
        plain = " ".join(name.split())
        known, explained = self._by_plain_name(plain), _EXPLAINED.fullmatch(plain)
        if known or not explained:
            return known
        named, short = (self._by_plain_name(explained[part]) for part in ("name", "short"))
        return named if named == short else None

    def _by_plain_name(self, plain: str) -> Organisation | None:
        fitting = [form for form in self._names.readings(plain) if form.case != "exact" or fits_case(form, plain)]
        ids = {form.organisation_id for form in fitting if form.form == fitting[0].form and form.form != COUNTY}
        return self.organisations[found] if len(ids) == 1 and (found := ids.pop()) else None

    def by_number(self, number: str) -> Organisation | None:
        """The organisation with a number ("212000-1496", "2120001496"). None where it is unknown or several share it."""
        return self._by_number.get(re.sub(r"\D", "", number))

    def municipalities_of(self, county_code: str) -> tuple[Organisation, ...]:
        """The municipalities of a county in the order of their codes; of "09" Region Gotland. () for an unknown code."""
        return self._municipalities.get(county_code, ())

    def region_of(self, county_code: str) -> str | None:
        """The id of the region that governs a county; of "09" Region Gotland, which is a municipality, too. None for an unknown code."""
        return next((o.id for o in self.organisations.values() if o.kind == "region" and o.county_code == county_code), None)

    def county_code(self, name: str) -> str | None:
        """The code of a county by any of its names: "Västra Götalands län", "Skåne", "Kalmar", "hallands". None for other names."""
        return self._codes_by_spelling.get(" ".join(name.split()).casefold())

    def county_name(self, code: str) -> str:
        """ "14" -> "Västra Götalands län". Raises KeyError for a code that no county has."""
        return self.counties[code].name

    def find_names(self, text: str) -> list[NameHit]:
        """The registered names in a text, in its order, none overlapping another; the longest where several begin together."""
        return self._share_county_word(text, self._names.find(text))

    def _share_county_word(self, text: str, hits: list[NameHit]) -> list[NameHit]:
        """Reads "län" into the names that share it: in "Kalmar, Kronobergs och Jönköpings län" Kalmar is no municipality."""
        for index in range(len(hits) - 2, -1, -1):
            hit, following = hits[index], hits[index + 1]
            if following.county_code and not following.organisation_ids and text[hit.end : following.start] in _LIST_JOINTS:
                code = self._codes_by_county_name.get(f"{text[hit.start : hit.end]} län")
                hits[index] = NameHit(hit.start, hit.end, (), COUNTY, code) if code else hit
        return hits

    def _all_forms(self) -> Iterator[NameForm]:
        places = {organisation.place for organisation in self.organisations.values() if organisation.is_municipality}
        for organisation in self.organisations.values():
            yield from name_forms(organisation, self.counties)
        for code, county in self.counties.items():
            yield from county_forms(county, None if county.short_name in places else f"region:{code}")


@cache
def load_registry() -> Registry:
    """The bundled registry, read once per process."""
    return Registry(read_organisations(), read_counties())


def index_numbers(organisations: Iterable[Organisation]) -> dict[str, Organisation]:
    """Organisations by the ten digits of their number, without those that share it."""
    numbered = [organisation for organisation in organisations if organisation.organisation_number]
    holders = Counter(organisation.organisation_number for organisation in numbered)
    return {
        organisation.organisation_number.replace("-", ""): organisation
        for organisation in numbered
        if organisation.organisation_number and holders[organisation.organisation_number] == 1
    }
