"""Swedish organisation numbers: ten digits, the last a check digit, the third at least 2 (below that it is a person's number)."""

import re

from schemas.values.whitespace import fold_dashes, fold_spaces

# "212000-1314", "2120001314", with the century 16 of the tax agency "16212000-1314", "212000 - 1314". The third digit tells an organisation
# (2 to 9) from a person (0 or 1, a month), whose number we never keep: "121212-1212".
_NUMBER = re.compile(r"(?:16)?([1-9][0-9][2-9][0-9]{3}) ?-? ?([0-9]{4})")


def read_organisation_number(text: str) -> str | None:
    """The number as "212000-1314"; None where the form or the check digit is wrong, or where it is a personal number."""
    match = _NUMBER.fullmatch(fold_dashes(fold_spaces(text)))
    if match is None or not _passes_luhn(match[1] + match[2]):
        return None
    return f"{match[1]}-{match[2]}"


def _passes_luhn(digits: str) -> bool:
    """Luhn's check (ISO/IEC 7812-1): every second digit from the left doubled, its digits summed, the whole a multiple of ten."""
    doubled = (int(digit) * (2 if place % 2 == 0 else 1) for place, digit in enumerate(digits))
    return sum(value // 10 + value % 10 for value in doubled) % 10 == 0
