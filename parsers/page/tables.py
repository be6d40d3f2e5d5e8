"""Data tables of a page: rows of cells under a header row."""

import re
from dataclasses import dataclass
from itertools import pairwise

from parsers.page.document import Block, Document, once_per_page

# Headers of a column of bodies, of members, of shares: "Nätverk | Kommuner | Kontakt", "Ägare | Antal aktier | Andel i procent".
BODY_COLUMN = re.compile(
    r"^(?:nätverk|samarbeten?|samverkan|samverkansform|bolag|förbund|kommunalförbund|nämnd|organisation|verksamhet"
    r"|forum|grupp|projekt)\b",
    re.I,
)
MEMBER_COLUMN = re.compile(
    r"^(?:(?:medlems|ägar|deltagande |ingående |samverkande )?kommun(?:er)?|medlem(?:mar)?|deltagare|(?:del|aktie)?ägare|ägs av"
    r"|partners?|parter?|samarbetspartner|huvudm[aä]n|motpart(?:er)?|avtalspart(?:er)?"
    r"|(?:tillsammans )?med vem|med vilka|tillsammans med|samarbetar med|samverkar med|deltar|vilka)\b",
    re.I,
)
SHARE_COLUMN = re.compile(r"andel|procent|^%", re.I)
ROLE_COLUMN = re.compile(r"^(?:roll|funktion|form|hur|typ av medlemskap)\b", re.I)
SINCE_COLUMN = re.compile(r"\b(?:sedan|från|inträde|anslutning|start)\b", re.I)
# "Med vem": the page's owner has a part, too
WITH_COLUMN = re.compile(r"\bmed (?:vem|vilka)\b|\b(?:tillsammans|samarbetar|samverkar) med\b", re.I)


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its group number, header texts by column, and its other rows as blocks by column."""

    group: int
    header: dict[int, str]
    rows: list[dict[int, Block]]
    first: dict[int, Block]
    """The header row itself."""

    def column(self, pattern: re.Pattern[str]) -> int | None:
        """The first column whose header fits; None where none does."""
        return next((column for column, text in sorted(self.header.items()) if pattern.search(text)), None)


@once_per_page
def find_tables(document: Document) -> list[Table]:
    """The tables of a page that have a header row and more than one row."""
    grids: dict[int, dict[int, dict[int, Block]]] = {}
    for block in document.blocks:
        if block.cell:
            grids.setdefault(block.group, {}).setdefault(block.cell[0], {}).setdefault(block.cell[1], block)
    tables = []
    for block in document.blocks:
        if block.cell and block.rows > 1:  # what it says is said of the rows that it covers
            row, column = block.cell
            for below in range(row + 1, row + block.rows):
                if below in grids[block.group]:
                    grids[block.group][below].setdefault(column, block)
    for group, grid in grids.items():
        first, *others = (grid[row] for row in sorted(grid))
        header = first.get(0)
        for before, after in pairwise(others):
            if 0 in before and header is not None and BODY_COLUMN.search(header.text):
                after.setdefault(0, before[0])  # left empty below: the same once more
        if others and all(len(block.text) < 40 for block in first.values()):
            tables.append(Table(group, {column: block.text for column, block in first.items()}, others, first))
    return tables
