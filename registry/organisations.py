"""The organisations we know and the counties they lie in, read from the CSV files of this folder.

Codes are Statistics Sweden's (SCB), numbers those of its register of authorities; a cell stays empty where we are not certain.
"""

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

from registry.identity import unregistered_id

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Organisation:
    """A registered organisation: id, canonical name (nominative), kind (a code of `organisations.kind`), and what else is known."""

    id: str
    name: str
    kind: str
    organisation_number: str | None = None
    """ "212000-1496". Several organisations can share one: all courts have that of Domstolsverket."""
    area_code: str | None = None
    """Of the area it governs: SCB's municipality code "1462" or county code "14"."""
    county_code: str | None = None
    website: str | None = None
    other_names: tuple[str, ...] = ()
    """Short, abbreviated and former names, as far as no rule derives them."""
    members: tuple[str, ...] = ()
    """Ids; of joint bodies whose members are all known."""
    dissolved_on: str | None = None
    """ISO date of the first day without it."""
    switchboard: str | None = None
    """E.164."""
    place: str | None = None
    """The bare place name that can stand for it: "Lilla Edet" for the municipality, "Fyrbodal" for the association."""
    abbreviations: tuple[str, ...] = ()
    """Those of `other_names` that hold in exactly this spelling only: "GR", "Sida"."""
    former_names: tuple[str, ...] = ()
    """Those of `other_names` that it has given up: "SKL"."""
    needs_capitals: bool = False
    """Whether its names are common words without their capitals: "Svenskt Vatten", "Skånes Kommuner"."""

    @property
    def is_municipality(self) -> bool:
        """Whether it governs a municipality. Region Gotland does, whose kind is region."""
        return self.id.startswith("kommun:")


@dataclass(frozen=True, slots=True)
class County:
    """A county: code "14", name "Västra Götalands län", short name "Västra Götaland"."""

    code: str
    name: str
    short_name: str
    other_short_names: tuple[str, ...] = ()

    @property
    def short_names(self) -> tuple[str, ...]:
        """ "Södermanland" and "Sörmland"."""
        return (self.short_name, *self.other_short_names)

    @property
    def spellings(self) -> frozenset[str]:
        """All its names without case, with and without "län", in nominative and genitive."""
        stems = {form for short_name in self.short_names for form in (short_name, genitive(short_name))}
        return frozenset(text.casefold() for stem in stems for text in (stem, f"{stem} län", f"{stem} läns"))


def read_counties() -> tuple[County, ...]:
    """The 21 counties in the order of their codes."""
    return tuple(
        County(row["code"], row["name"], row["short_name"], split_list(row["other_short_names"])) for row in read_table("counties.csv")
    )


def read_organisations() -> Iterator[Organisation]:
    """All registered organisations: municipalities, regions, county boards, state bodies, joint bodies."""
    for row in read_table("municipalities.csv"):
        yield read_municipality(row)
    for row in read_table("regions.csv"):
        yield read_county_organisation(row, "region", f"region:{row['county_code']}")
    for row in read_table("county_boards.csv"):
        yield read_county_organisation(row, "county_board", f"lansstyrelse:{row['county_code']}")
    bodies = [*read_table("agencies.csv"), *read_table("joint_bodies.csv")]
    holders = Counter(row["organisation_number"] for row in bodies)
    for row in bodies:
        yield read_body(row, is_number_shared=holders[row["organisation_number"]] > 1)


def read_municipality(row: Row) -> Organisation:
    """A row of municipalities.csv. Region Gotland is a municipality with a region's tasks, and one organisation."""
    kind = "region" if row["official_name"].startswith("Region ") else "municipality"
    return read_organisation(
        row, f"kommun:{row['code']}", row["official_name"], kind, area_code=row["code"], county_code=row["county_code"], place=row["name"]
    )


def read_county_organisation(row: Row, kind: str, organisation_id: str) -> Organisation:
    """A row of regions.csv or county_boards.csv."""
    return read_organisation(row, organisation_id, row["name"], kind, area_code=row["county_code"], county_code=row["county_code"])


def read_body(row: Row, *, is_number_shared: bool) -> Organisation:
    """A row of agencies.csv or joint_bodies.csv. A number makes its id only where it is this organisation's alone."""
    number = row["organisation_number"]
    organisation_id = f"orgnr:{number}" if number and not is_number_shared else unregistered_id(row["name"])
    return read_organisation(row, organisation_id, row["name"], row["kind"], place=row.get("place") or None)


def read_organisation(
    row: Row,
    organisation_id: str,
    name: str,
    kind: str,
    *,
    area_code: str | None = None,
    county_code: str | None = None,
    place: str | None = None,
) -> Organisation:
    """The organisation of a row, whatever columns its table has; an empty cell is None or ()."""
    abbreviations, former_abbreviations = split_list(row.get("abbreviations")), split_list(row.get("former_abbreviations"))
    former_names = split_list(row.get("former_names"))
    return Organisation(
        id=organisation_id,
        name=name,
        kind=kind,
        organisation_number=row["organisation_number"] or None,
        area_code=area_code,
        county_code=county_code,
        website=row["website"] or None,
        other_names=(*split_list(row.get("other_names")), *abbreviations, *former_names, *former_abbreviations),
        members=split_list(row.get("members")),
        dissolved_on=row.get("dissolved_on") or None,
        switchboard=row.get("switchboard") or None,
        place=place,
        abbreviations=(*abbreviations, *former_abbreviations),
        former_names=(*former_names, *former_abbreviations),
        needs_capitals=bool(row.get("needs_capitals")),
    )


def read_table(name: str) -> list[Row]:
    """The rows of a CSV file of this package."""
    return list(csv.DictReader(files("registry").joinpath(name).read_text(encoding="utf-8").splitlines()))


def genitive(name: str) -> str:
    """ "Ale" -> "Ales". A name in s, x or z is its own genitive: "Borås", "Kalix"."""
    return name if name.endswith(("s", "x", "z", "S", "X", "Z")) else f"{name}s"


def split_list(cell: str | None) -> tuple[str, ...]:
    """The values of a cell, which "|" separates."""
    return tuple(cell.split("|")) if cell else ()
