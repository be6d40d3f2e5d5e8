"""Where the cells of a table stand: rows and columns, counted as `rowspan` and `colspan` place them."""

from dataclasses import dataclass, field

from parsers.page.document import Element

# No table of a page is wider or longer; a cell that claims so would cost memory.
WIDEST, LONGEST = 50, 100


@dataclass(slots=True)
class Grid:
    """The place of the cell that is being read, in the table with a group's number. Rows and columns count from 0."""

    group: int
    row: int = -1
    column: int = -1
    rows: int = 1
    """How many rows the cell covers."""
    covered: dict[int, int] = field(default_factory=dict)
    """The last row that a cell above or to the left covers, by column."""

    def start_row(self) -> None:
        """A <tr>."""
        self.row += 1
        self.column = -1
        self.rows = 1

    def start_cell(self, columns: int, rows: int) -> None:
        """A <td> or <th>, in the first column that no other cell covers."""
        if self.row < 0:
            self.start_row()  # a <td> without <tr>
        self.column += 1
        while self.covered.get(self.column, -1) >= self.row:
            self.column += 1
        self.rows = rows
        for column in range(self.column, self.column + min(columns, WIDEST)):
            self.covered[column] = self.row + rows - 1


def read_span(element: Element, name: str) -> int:
    """The number in an attribute `rowspan` or `colspan`; 1 where it is none, 0 ("to the end") the longest."""
    value = (element.get(name) or "1").strip()
    number = int(value[:9]) if value.isascii() and value.isdigit() else 1
    return min(number, LONGEST) or LONGEST
