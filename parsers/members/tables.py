"""Members in tables: a column of members beside a column of bodies, or the owners of the section's company with their shares."""

import re
from collections.abc import Iterator
from itertools import pairwise

from parsers.members.list_leads import LIST_ROLES
from parsers.members.lists import HOST
from parsers.members.parties import find_parties
from parsers.names.page_names import Names
from parsers.page.document import Block
from parsers.page.tables import BODY_COLUMN, MEMBER_COLUMN, ROLE_COLUMN, SHARE_COLUMN, SINCE_COLUMN, WITH_COLUMN, Table, find_tables
from schemas.facts import Evidence, Membership
from schemas.values import read_date

SHARE = re.compile(r"^(\d{1,3}(?:[,.]\d{1,3})?)\s?%?$")


def find_tabled_members(names: Names) -> Iterator[Membership]:
    """The members that tables with a column, or rows labelled as such, give."""
    read: set[int] = set()
    for table in find_tables(names.document):
        if any(names.at(cell.start, cell.end) for cell in table.first.values()):
            continue  # its first row is no header
        if own := list(read_own_roles(names, table)):
            read.add(table.group)
            yield from own
            continue
        column = table.column(MEMBER_COLUMN)
        if column is None and table.column(ROLE_COLUMN) is not None:
            column = find_party_column(names, table)
        if column is not None:
            read.add(table.group)
            for row in table.rows:
                yield from read_row(names, table, row, column, read_role(table, row, column))
    yield from find_labelled_rows(names, read)


OUR_ROLE = re.compile(r"^(?:vår|vårt|kommunens|regionens) (?:roll|del|medlemskap|andel|engagemang)\b", re.I)


def read_own_roles(names: Names, table: Table) -> Iterator[Membership]:
    """The part of the page's owner in each body of a table that tells it: "Organisation | Vår roll"."""
    roles, bodies = table.column(OUR_ROLE), table.column(BODY_COLUMN)
    if roles is None or bodies is None or not names.owner_id or names.is_body(names.owner_id):
        return
    for row in table.rows:
        if roles not in row or bodies not in row:
            continue
        words, cell = row[roles].text, row[bodies]
        role = next((role for role, pattern in LIST_ROLES if pattern.search(words)), None)
        for mention in names.at(cell.start, cell.end)[:1] if role else ():
            evidence = Evidence(cell.text, cell.start, cell.end, "own_role_table", 0.85)
            yield Membership(
                mention.organisation_id, names.owner_id, settle_role(names, mention.organisation_id, role or "member"), evidence, "implied"
            )


def find_labelled_rows(names: Names, groups: set[int]) -> Iterator[Membership]:
    """Members in the rows of tables whose labels stand at the left: "Medlemmar | Storuman, Sorsele, Dorotea"."""
    for label, cell in pairwise(names.document.blocks):
        is_row = label.cell and cell.cell and label.group == cell.group and label.cell[0] == cell.cell[0] and label.group not in groups
        if not is_row or label.cell is None or label.cell[1] != 0 or not MEMBER_COLUMN.search(label.text):
            continue
        body = names.subject_of(label)
        role = next((role for role, pattern in LIST_ROLES if pattern.search(label.text)), "member")
        for party in find_parties(names, cell.start, cell.end) if body else ():
            if body and party.organisation_id != body:
                evidence = Evidence(cell.text, cell.start, cell.end, "member_table", 0.85)
                yield Membership(body, party.organisation_id, settle_role(names, body, role), evidence, party.basis)


def find_party_column(names: Names, table: Table) -> int | None:
    """The column in which every row names an organisation; None without one."""
    for column in sorted(table.header):
        cells = [row[column] for row in table.rows if column in row]
        if len(cells) == len(table.rows) and all(names.at(cell.start, cell.end) for cell in cells):
            return column
    return None


def read_role(table: Table, row: dict[int, Block], column: int) -> str:
    """The role that the row's column of roles gives, else the header of the column of members."""
    roles = table.column(ROLE_COLUMN)
    words = row[roles].text if roles is not None and roles in row else table.header[column]
    return next((role for role, pattern in LIST_ROLES if pattern.search(words)), "member")


def read_row(names: Names, table: Table, row: dict[int, Block], column: int, role: str) -> Iterator[Membership]:
    """The members of one row: of the body that the row names, else of the one that the table's section is about."""
    if column not in row:
        return
    members = row[column]
    body = find_row_body(names, table, row, column)
    with_owner = WITH_COLUMN.search(table.header[column]) is not None and names.owner_id is not None
    if body is None and (role == "partner" or with_owner):
        body, role, with_owner = names.owner_id, "partner", False
    if body is None:
        return
    if role == "partner" and names.owner_id == body and (bought := read_purchase(names, row, members)):
        yield from bought
        return
    share = read_share(table, row)
    text = names.document.text
    if with_owner and names.owner_id and names.owner_id != body:
        evidence = Evidence(members.text, members.start, members.end, "member_table", 0.85)
        yield Membership(body, names.owner_id, settle_role(names, body, role), evidence, "implied")
    for party in find_parties(names, members.start, members.end):
        if party.organisation_id == body:
            continue
        evidence = Evidence(members.text, members.start, members.end, "member_table", 0.85)
        is_host = True if HOST.match(text, party.end + 2) else None  # "Haninge (värdkommun)"
        yield Membership(
            body, party.organisation_id, settle_role(names, body, role), evidence, party.basis, is_host, share, read_since(table, row)
        )


# "Vi köper handläggningen", "Hylte köper 20 procent av vår läkare", "Kommunen säljer tjänsten"
OWN_PURCHASE = re.compile(r"\b(?:vi|kommunen)\s(?:köper|hyr|får hjälp)\b|^(?:köper|hyr)\b|\b(?:köps|hyrs) (?:in )?(?:av|från)\b", re.I)
OWN_SALE = re.compile(r"\b(?:vi|kommunen)\s(?:säljer|sköter|utför)\b|^säljer\b|\bköper\b.*\b(?:vår|av oss)\b", re.I)


def read_purchase(names: Names, row: dict[int, Block], members: Block) -> list[Membership]:
    """Who buys from whom, where a cell of the row says so: the page's owner from the row's party, or the other way round."""
    words = next((cell.text for cell in row.values() if OWN_PURCHASE.search(cell.text) or OWN_SALE.search(cell.text)), None)
    if words is None or names.owner_id is None:
        return []
    evidence = Evidence(members.text, members.start, members.end, "purchase_table", 0.8)
    pairs = [(party.organisation_id, names.owner_id) for party in find_parties(names, members.start, members.end)]
    pairs = pairs if not OWN_SALE.search(words) else [(buyer, seller) for seller, buyer in pairs]
    return [Membership(seller, buyer, "client", evidence) for seller, buyer in pairs if seller != buyer]


def settle_role(names: Names, body: str, role: str) -> str:
    """The parts of associations are memberships, those of companies are shares, whatever the column is called."""
    kind = names.kind_of(body)
    if role == "owner" and kind.endswith("association"):
        return "member"
    return "owner" if role == "member" and kind == "company" else role


def find_row_body(names: Names, table: Table, row: dict[int, Block], members: int) -> str | None:
    """The body in the row's column of bodies, else in another of its cells; without such a column the one that the section is about."""
    column = table.column(BODY_COLUMN)
    cells = sorted((index != column, index) for index in row if index != members and names_body(table, index))
    named = [
        m.organisation_id for _, index in cells for m in names.at(row[index].start, row[index].end) if names.is_body(m.organisation_id)
    ]
    if named or column not in (None, members):
        return named[0] if named else None
    subject = names.subject_of(next(iter(row.values())), may_be_lone=table.column(ROLE_COLUMN) is None)
    return subject if tells_of_members(names, table, members) else None


# "Kommun | Tömningsdag": what a table of municipalities tells is theirs, and no membership.
ANY_COLUMN = re.compile(r"^(?:kommun(?:er)?|vilka)\b", re.I)
OF_MEMBERS = re.compile(
    r"\b(?:andel\w*|aktie\w*|procent|ledam\w+|ersättare|ordförande|representant\w*|mandat\w*|röster|sedan|inträde\w*|medlem\w*|namn|befattning|kontakt\w*)\b|%",
    re.I,
)
SAYS_MEMBERS = re.compile(
    r"\b(?:\w*medlem\w*|ingår|ingående|består|ägs|ägare|\w*ägare\w*|deltar|samverka\w*|samarbet\w*|gemensam\w*|tillsammans|kommunerna|parter\w*)\b",
    re.I,
)


def tells_of_members(names: Names, table: Table, members: int) -> bool:
    """Whether a column is one of members: by its own header, another column's, or the words right above the table."""
    if not ANY_COLUMN.search(table.header[members]) or any(OF_MEMBERS.search(header) for header in table.header.values()):
        return True
    first = next(iter(table.first.values()))
    above = [*names.document.blocks[max(0, first.index - 1) : first.index], names.document.heading_of(first)]
    return any(SAYS_MEMBERS.search(block.text) for block in above if block and (block.kind != "heading" or block.level > 1))


def names_body(table: Table, column: int) -> bool:
    """Whether a column can name what the members are members of: its header says so, or how things are done ("Hur", "Form"), or nothing."""
    header = table.header.get(column, "")
    return not header or any(pattern.search(header) for pattern in (BODY_COLUMN, ROLE_COLUMN))


def read_since(table: Table, row: dict[int, Block]) -> str | None:
    """The date in the row's column of dates of entry, as EDTF."""
    column = table.column(SINCE_COLUMN)
    return read_date(row[column].text) if column is not None and column in row else None


def read_share(table: Table, row: dict[int, Block]) -> float | None:
    """The percentage in the row's column of shares."""
    column = table.column(SHARE_COLUMN)
    found = SHARE.match(row[column].text) if column is not None and column in row else None
    share = float(found[1].replace(",", ".")) if found else None
    return share if share is not None and share <= 100 else None
