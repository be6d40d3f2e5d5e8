"""The dates of a sentence and the enumerations that they stand in: "26 januari, 22 mars och 24 maj 2024"."""

import re
from dataclasses import dataclass

from schemas.values import dates as values

# Between dates of one enumeration: "26 januari, 22 mars och 24 maj", "24 jan kl 9-15, 3 mars"; not "bildades 1998, och 2012 ...".
GLUE = re.compile(r"(?!,\s+(?:och|samt)\b)(?:\s*(?:,|;|&|/|och|samt|kl\.?\s*[\d.:–-]+|\([^)]{0,60}\)))*\s*", re.I)

Span = tuple[int, int, str]
"""A date: start, end, EDTF."""


@dataclass(frozen=True, slots=True)
class Found:
    """A date at offsets in its sentence, and the span of the enumeration that it stands in."""

    start: int
    end: int
    edtf: str
    group: tuple[int, int]

    @property
    def is_year(self) -> bool:
        """Whether it is a bare year."""
        return len(self.edtf) == len("2018")


def group_dates(sentence: str, dates: list[Span]) -> list[Found]:
    """The dates of a sentence with their enumerations; a year that only one of an enumeration tells is that of all."""
    groups: list[list[Span]] = []
    for date in dates:
        if groups and GLUE.fullmatch(sentence, groups[-1][-1][1], date[0]):
            groups[-1].append(date)
        else:
            groups.append([date])
    found = []
    for group in groups:
        years = {edtf[:4] for _, _, edtf in group if edtf[:4].isdigit()}
        year = years.pop() if len(years) == 1 and len(group) > 1 else None
        found += [Found(s, e, with_year(edtf, year), (group[0][0], group[-1][1])) for s, e, edtf in group]
    return found


def with_year(edtf: str, year: str | None) -> str:
    """A date without a year in a year, where it is told."""
    dated = edtf.replace("XXXX", year) if year else edtf
    return dated if dated == edtf or values.read_date(dated) else edtf  # 29 February
