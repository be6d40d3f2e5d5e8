"""Cells of tables stand where `rowspan` and `colspan` place them."""

import pytest

from parsers.page.tables import find_tables
from parsers.page.walk import read_document


def read_rows(table: str) -> list[list[str]]:
    document = read_document(f"<body><main><table>{table}</table></main></body>")
    assert document is not None
    (found,) = find_tables(document)
    return [[row[column].text for column in sorted(row)] for row in found.rows]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(
            "<tr><td rowspan=2>Ett AB<td>Ale<tr><td>Orust<tr><td>Två AB<td>Tjörn",
            [["Ett AB", "Ale"], ["Ett AB", "Orust"], ["Två AB", "Tjörn"]],
            id="a-cell-over-two-rows-is-said-of-both",
        ),
        pytest.param(
            "<tr><td>Ett AB<td>Ale<tr><td> <td>Orust",
            [["Ett AB", "Ale"], ["Ett AB", "Orust"]],
            id="a-first-cell-left-empty-is-the-one-above",
        ),
        pytest.param("<tr><td rowspan=0>Ett AB<td>Ale<tr><td>Orust", [["Ett AB", "Ale"], ["Ett AB", "Orust"]], id="zero-is-to-the-end"),
        pytest.param("<tr><td rowspan=x>Ett AB<td>Ale", [["Ett AB", "Ale"]], id="no-number-is-one"),
        pytest.param(
            "<tr><td rowspan=99999999>Ett AB<td>Ale<tr><td>Orust", [["Ett AB", "Ale"], ["Ett AB", "Orust"]], id="an-absurd-number-is-cut"
        ),
    ],
)
def test_rows_of_a_table_with_spans(rows: str, expected: list[list[str]]) -> None:
    assert read_rows("<tr><th>Bolag<th>Ägare" + rows) == expected


def test_a_wide_cell_moves_those_after_it() -> None:
    document = read_document("<body><main><table><tr><td colspan=3>a<td>b<tr><td>c<td>d</table></main></body>")
    assert document is not None
    assert [block.cell for block in document.blocks] == [(0, 0), (0, 3), (1, 0), (1, 1)]


def test_a_cell_without_a_row_stands_in_the_first() -> None:
    document = read_document("<body><main><table><td>Kil</td><td>Sunne</td></table></main></body>")
    assert document is not None
    assert [block.cell for block in document.blocks] == [(0, 0), (0, 1)]
