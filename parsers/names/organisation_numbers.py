"""Organisation numbers that a page states, held against the register: "Organisationsnummer: 212000-1256"."""

import re
from collections.abc import Iterator

from parsers.names.page_names import Names
from schemas.facts import Issue
from schemas.values import read_organisation_number

# "Organisationsnummer: 212000-1256", "Org.nr 222000-0265", "Org. nummer\n202100-2361"; the digits as they stand, right or wrong.
STATED = re.compile(r"\borg(?:anisations)?[.\s-]{0,2}(?:nr|nummer|no)\b\.?\s*:?\s*([0-9][0-9 \xa0–-]{6,13}[0-9])", re.I)


def find_organisation_numbers(names: Names) -> Iterator[Issue]:
    """Gives the page's organisations the numbers that it states of them; an issue for one that is no number or not the register's."""
    for hit in STATED.finditer(names.document.text):
        organisation_id = find_numbered(names, hit.start())
        number = read_organisation_number(hit[1])
        if number is None:
            yield tell("organisation_number_invalid", f'"{hit[1]}" is no organisation number.', hit[1])
        elif organisation_id is not None:
            fact = names.organisations[organisation_id]
            if fact.organisation_number is None:
                fact.organisation_number = number
            elif fact.organisation_number != number:
                message = f"The page states {number} of {fact.name}, which is known with {fact.organisation_number}."
                yield tell("organisation_number_differs", message, number)


def find_numbered(names: Names, position: int) -> str | None:
    """Whose a number is: the organisation's named last in its block before it, else what its section is about, else the page's owner."""
    block = names.document.block_at(position)
    start = names.document.text.rfind("\n", 0, position) + 1 if block is None else block.start
    named = names.at(start, position)
    if named:
        return named[-1].organisation_id
    about = names.subject_of(block, may_be_lone=False) if block is not None and block.zone == "content" else None
    return about or names.owner_id


def tell(code: str, message: str, value: str) -> Issue:
    """An issue of a stated number."""
    return Issue(code, message, "warning", "organisations", "organisation_number", value)
