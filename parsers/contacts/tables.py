"""Tables of contacts: which hold a person in each row, and what their columns are."""

from collections import defaultdict

from parsers.contacts.parts import Line, Part, read_label
from parsers.contacts.persons import PARTY, read_list_role, read_person, read_role
from parsers.contacts.surnames import read_reversed_person

Columns = dict[tuple[int, int], str]
"""What columns hold, by (table, column)."""


def find_row_tables(lines: list[Line], columns: Columns) -> set[int]:
    """The tables each of whose rows is a contact of its own: with persons in two rows or more, or values under the heads of columns."""
    rows: dict[int, set[int]] = defaultdict(set)
    headed = {group for group, _ in columns}
    for line in lines:
        is_told = line.has_value if line.block.group in headed else False
        if line.block.cell and (is_told or any(part.kind == "person" for part in line.parts)):
            rows[line.block.group].add(line.block.cell[0])
    return {group for group, found in rows.items() if len(found) > 1}


def find_columns(lines: list[Line]) -> Columns:
    """What the columns of a table hold, by (table, column), where its first row is all labels ("Namn", "Titel", "Telefon") or seats."""
    heads: dict[int, dict[int, str | None]] = defaultdict(dict)
    for line in lines:
        if line.block.cell and line.block.cell[0] == 0:
            heads[line.block.group][line.block.cell[1]] = read_head(line.text)
    known = {group: head for group, head in heads.items() if len(head) > 1 and sum(kind is not None for kind in head.values()) > 1}
    return {(group, column): kind for group, head in known.items() for column, kind in head.items() if kind}


def read_head(text: str) -> str | None:
    """What the head of a column says: a kind of label, a seat ("seat:ledamot") or role ("role:rektor") of those below."""
    if seat := read_list_role(text):
        return f"seat:{seat}"
    if label := read_label(text):
        return label
    role = read_role(text)
    return f"role:{role}" if role and " " not in role else None


def read_columns(lines: list[Line], columns: Columns) -> None:
    """Reads again what the head of its column explains: surnames before given names, a name in two cells; parties are nobody's."""
    surname: Line | None = None
    for line in lines if columns else ():
        if line.block.cell is None or line.block.cell[0] == 0:
            continue
        kind = columns.get((line.block.group, line.block.cell[1]))
        if kind == "party":
            line.parts = []
        elif kind == "name" and (found := read_reversed_person(line.text, is_surely_name=True)):
            line.parts = [Part("person", line.start, line.start + found[0], found[1])]
        elif kind and kind.startswith(("seat:", "role:")) and not any(part.kind == "person" for part in line.parts):
            if person := read_person(PARTY.split(line.text)[0], is_surely_name=True):
                start = line.start + line.text.index(person.split()[0])
                line.parts = [Part("person", start, start + len(PARTY.split(line.text)[0].rstrip()), person)]
        elif kind in ("given_name", "surname"):
            surname = join_name(surname, line, kind == "given_name")


def join_name(other: Line | None, line: Line, is_given: bool) -> Line | None:
    """Makes one person of two cells of a row; the half that waits for the other, where there is none yet."""
    if other is None or other.block.group != line.block.group or other.block.cell[0] != line.block.cell[0]:  # type: ignore[index]  # cells both
        line.parts = []
        return line
    words = (line.text, other.text) if is_given else (other.text, line.text)
    line.parts = [Part("person", other.start, line.end, " ".join(" ".join(words).split()))]
    return None
