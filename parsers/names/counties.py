"""Which county a page means by "länet" and "Länsstyrelsen"."""

import re
from collections.abc import Set

from parsers.names.page_names import Names

COUNTY_IN_NAME = re.compile(r"\bi ([A-ZÅÄÖ][\w ]*? län)\b")  # "Kommunförbundet i Kalmar län"


def find_page_county(names: Names) -> str | None:
    """The code of the county that the page's owner lies in or works for, else the one that all it names lie in; None in doubt."""
    return find_owner_county(names) or find_common_county(names)


def find_owner_county(names: Names) -> str | None:
    """The county of the owner: its own, the one in its name, or the one that all its registered members lie in."""
    if names.owner is None:
        return None
    known = names.registry.organisations.get(names.owner.id)
    if known and known.county_code:
        return known.county_code
    if found := COUNTY_IN_NAME.search(names.owner.name):
        return names.registry.county_code(found[1])
    return agree({names.registry.organisations[member].county_code for member in known.members}) if known else None


def find_common_county(names: Names) -> str | None:
    """The one county that the page names, else the one of the municipalities that it names, two of them at least."""
    if stated := {hit.county_code for hit in names.hits if hit.county_code}:
        return agree(stated)
    municipalities = [i for i in names.organisations if i.startswith("kommun:")]
    registered = names.registry.organisations
    return agree({registered[i].county_code for i in municipalities}) if len(municipalities) > 1 else None


def agree(codes: Set[str | None]) -> str | None:
    """The one code of a set; None where there is none or several."""
    return next(iter(codes)) if len(codes) == 1 else None
