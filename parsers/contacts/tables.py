"""Tables of contacts: which hold a person in each row, and what their columns are."""

from collections import defaultdict

from parsers.contacts.parts import Line, read_label
from parsers.contacts.persons import read_list_role


def find_row_tables(lines: list[Line]) -> set[int]:
    """The tables with persons in two rows or more: each row is a contact of its own."""
    rows: dict[int, set[int]] = defaultdict(set)
    for line in lines:
        if line.block.cell and any(part.kind == "person" for part in line.parts):
            rows[line.block.group].add(line.block.cell[0])
    return {group for group, found in rows.items() if len(found) > 1}


def find_columns(lines: list[Line]) -> dict[tuple[int, int], str]:
    """What the columns of a table hold, by (table, column), where its first row is all labels ("Namn", "Titel", "Telefon") or seats."""
    heads: dict[int, dict[int, str | None]] = defaultdict(dict)
    for line in lines:
        if line.block.cell and line.block.cell[0] == 0:
            seat = read_list_role(line.text)
            heads[line.block.group][line.block.cell[1]] = f"seat:{seat}" if seat else read_label(line.text)
    known = {group: head for group, head in heads.items() if len(head) > 1 and sum(kind is not None for kind in head.values()) > 1}
    return {(group, column): kind for group, head in known.items() for column, kind in head.items() if kind}
