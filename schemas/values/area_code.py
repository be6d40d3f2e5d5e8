"""SCB's codes of counties ("14") and municipalities ("1462"). The form is checked here; the registry knows which codes exist."""

import re

from schemas.values.whitespace import fold_spaces

_COUNTY = re.compile(r"0[1-9]|1[0-9]|2[0-5]")  # 01 Stockholm to 25 Norrbotten
_MUNICIPALITY = re.compile(rf"(?:{_COUNTY.pattern})(?!00)[0-9]{{2}}")  # the county's code, then 01 to 99


def read_county_code(text: str) -> str | None:
    """The two digits; None for any other text."""
    return _read(_COUNTY, text)


def read_municipality_code(text: str) -> str | None:
    """The four digits, of which the first two are a county's; None for any other text."""
    return _read(_MUNICIPALITY, text)


def _read(pattern: re.Pattern[str], text: str) -> str | None:
    match = pattern.fullmatch(fold_spaces(text))
    return match[0] if match else None
