"""Names of bodies in tables with a column of bodies, in lists of organisations, and of the project that a page is about."""

import re
from collections.abc import Iterator

from parsers.contacts.persons import has_given_name, is_role_word
from parsers.names.body_patterns import BodyName
from parsers.names.body_words import guess_kind, is_generic, is_name
from parsers.names.countries import COUNTRY
from parsers.page.document import Block, Document
from parsers.page.tables import BODY_COLUMN, MEMBER_COLUMN, find_tables

# Labels on the page of one project.
PROJECT_LABEL = re.compile(r"^(?:projektägare|projektpartner(?:s)?|projektperiod|projekttid|projektparter)\b", re.I)
# An item that is a name, with what stands after it in parentheses, after a comma or a dash left out.
ITEM_NAME = re.compile(r"([A-ZÅÄÖÉ][^\n,(:;.@\d]{2,59}?)(?:(?:,| \(| [–-] ).*)?$")


def find_in_tables(document: Document) -> Iterator[BodyName]:
    """The names in a table's column of bodies."""
    for table in find_tables(document):
        column = table.column(BODY_COLUMN)
        if column is None or table.column(MEMBER_COLUMN) in (None, column):
            continue
        for row in table.rows:
            cell = row.get(column)
            if cell and cell.text[0].isupper() and len(cell.text.split()) <= 7 and "\n" not in cell.text and not is_generic(cell.text):
                yield BodyName(cell.text, guess_kind(cell.text) or "collaboration", "table_name", 0.7)


def find_in_member_columns(document: Document, known: set[int]) -> Iterator[BodyName]:
    """What the cells of a table's column of members name, where a cell of it is known (`known`: where known names start)."""
    for table in find_tables(document):
        column = table.column(MEMBER_COLUMN)
        cells = [row[column] for row in table.rows if column in row] if column is not None else []
        if len(cells) > 1 and any(cell.start in known for cell in cells):
            for cell in cells:
                if cell.start not in known and cell.text[:1].isupper() and is_item_name(cell.text, is_announced=True):
                    yield BodyName(cell.text, guess_kind(cell.text) or "other", "listed_name", 0.6)


# What announces that a list names organisations: "Medlemmar", "Följande aktörer ingår:", "Partners"
ANNOUNCES = re.compile(
    r"\b(?:medlem|(?:del|aktie)?ägare|partner|(?:avtals)?parter(?:na)?\b|deltag|aktörer|finansi|ingår|består av|med är|skrivit under"
    r"|members?\b)",
    re.I,
)
LEADS_TO_LIST = re.compile(r"(?::|\b(?:ingår|är|av|med))$")
# A word that no name holds: the item says something.
SAYS = re.compile(
    r"\b(?:summa|totalt?|övriga|vakant|som|är|har|vi|du|kan|ska|inte|att|din|ditt|er|får|läs|mer|se|kontakta|ladda|ansök)\b", re.I
)
MOST_WORDS = 6


def find_in_lists(document: Document, known: set[int]) -> Iterator[BodyName]:
    """What a list names beside organisations that are known (`known`: where those start): items of a list that is announced as one of
    organisations, or half of which begin with one.
    """
    lists: dict[int, list[Block]] = {}
    for block in document.blocks:
        if block.kind == "item" and block.zone == "content" and block.head < 0:
            lists.setdefault(block.group, []).append(block)
    for items in lists.values():
        named = sum(first_of(item) in known for item in items)
        is_announced = named > 0 and len(items) > 2 and announces_organisations(document, items[0])
        if is_announced or (len(items) > 3 and named * 2 >= len(items)):
            for text in (text for item in items if item.start not in known for text in parts_of(item)):
                name = ITEM_NAME.match(text)
                if name and is_item_name(name[1], is_announced=is_announced):
                    yield BodyName(name[1].strip(), guess_kind(name[1]) or "other", "listed_name", 0.6)


def first_of(item: Block) -> int:
    """Where the first name of an item starts: after a country that parts the list."""
    prefix = OF_COUNTRY.match(item.text)
    return item.start + prefix.end() if prefix else item.start


def parts_of(item: Block) -> list[str]:
    """The texts of an item that can be names: one, or after a country ("Poland: City of Gdynia, Gdańsk University") several."""
    ""
    ""
    prefix = OF_COUNTRY.match(item.text)
    return item.text[prefix.end() :].split(", ") if prefix else [item.text]


OF_COUNTRY = re.compile(rf"(?:{COUNTRY}|Sverige|Sweden): ")


def announces_organisations(document: Document, item: Block) -> bool:
    """Whether the heading over a list, or a lead-in that ends with a colon, says that it names organisations."""
    heading = document.heading_of(item)
    leads = [lead.text for lead in leads_of(document, item) if LEADS_TO_LIST.search(lead.text)]
    return any(ANNOUNCES.search(text) for text in ([heading.text] if heading else []) + leads)


def is_item_name(name: str, *, is_announced: bool) -> bool:
    """Whether an item can be an organisation's name; in a list announced as one of organisations, any short words without a verb."""
    ""
    ""
    if len(name.split()) > MOST_WORDS or has_given_name(name) or is_generic(name) or is_plural(name):
        return False
    return is_name(name) or (is_announced and not SAYS.search(name))


# "länets kommuner", "Fiskerättsägare": no one's name
PLURAL = re.compile(
    r"(?:(?:länets|regionens|alla|samtliga|flera|lokala|andra|övriga) (?:[a-zåäö]+ )*)?[\wåäö]*"
    r"(?:kommuner|regioner|myndigheter|organisationer|företag|föreningar|ägare|skolor|boende|politiker)(?:na)?$",
    re.I,
)


def is_plural(name: str) -> bool:
    """Whether words stand for many: "Fiskerättsägare", "Länets kommuner"; not "Storåns regleringsföretag"."""
    return PLURAL.match(name) is not None


def find_seated(document: Document) -> Iterator[BodyName]:
    """The organisations beside the people who sit for them: lines "Eva Ekdal, Stjärnsunds byalag, ordförande", two at least in a block."""
    for block in document.blocks:
        lines = [SEATED.match(line) for line in block.text.split("\n")] if block.zone != "footer" and "," in block.text else []
        seated = [line for line in lines if line and has_given_name(line["person"])]
        for line in seated if len(seated) > 1 else ():
            if looks_seated(line["name"]):
                yield BodyName(line["name"], guess_kind(line["name"]) or "other", "seated_name", 0.65)


SEATED = re.compile(
    r"(?P<person>[A-ZÅÄÖÉ][\wåäöé-]+(?: [A-ZÅÄÖÉ][\wåäöé-]+){1,2}), (?P<name>[A-ZÅÄÖÉ][^,\n@\d]{3,50}?)"
    r"(?:, (?:vice )?(?:ordförande|ledamot|kassör|sekreterare))?$"
    r""
    r""
)


def looks_seated(name: str) -> bool:
    """Whether what stands after a person can be an organisation: no role, place alone or party."""
    words = name.split()
    return len(words) > 1 and not is_role_word(words[0]) and not SAYS.search(words[0]) and not is_generic(name)


# What a list holds that its lead-in says is done together: "gör en del saker ihop", "har gemensamt", "samarbetar om"
TOGETHER = re.compile(r"\b(?:ihop|tillsammans|gemensam\w*|samarbet\w+|samverka\w*|delar)\b", re.I)
BOARD_ITEM = re.compile(r"((?:[\wåäö]+- och )?[\wåäö]{4,}nämnd)(?=$|[\s,;:.(–-])(?!\s(?:i|med|för|mellan)\s)", re.I)


def find_listed_boards(document: Document) -> Iterator[BodyName]:
    """Boards that have but a common noun for a name, as items of a list of what is done together: "överförmyndarnämnd"."""
    for block in document.blocks:
        found = BOARD_ITEM.match(block.text) if block.kind == "item" and block.zone == "content" else None
        if found and not is_generic(found[1]) and any(TOGETHER.search(lead.text) for lead in leads_of(document, block)):
            name = found[1][0].upper() + found[1][1:]
            yield BodyName(name, "joint_committee", "listed_board", 0.7, {found[1]}, is_local=True)


def leads_of(document: Document, item: Block) -> list[Block]:
    """What stands between an item's list and the heading over it, two blocks at most, the last first."""
    index = item.index
    while index and document.blocks[index - 1].group == item.group:
        index -= 1
    before = document.blocks[max(0, index - 2) : index]
    return [block for block in reversed(before) if block.kind != "heading" and block.section == item.section and block.group < 0]


def find_project(document: Document) -> Iterator[BodyName]:
    """The title of a page that says, under labels, who owns the project and who takes part."""
    title = next((block for block in document.blocks if block.kind == "heading" and block.level == 1 and block.zone == "content"), None)
    found = [PROJECT_LABEL.match(block.text) for block in document.blocks if block.zone == "content"]
    labels = [label[0].casefold() for label in found if label]
    is_one = len(set(labels)) > 1 and len(set(labels)) == len(labels)  # a label that comes twice: an overview of projects
    if title and is_one and not is_generic_title(title.text) and len(title.text) <= 80 and title.text[:1].isupper():
        yield BodyName(title.text, "collaboration", "project_title", 0.75)


def is_generic_title(title: str) -> bool:
    """Whether a title names no one project: "Om projektet", "Projekt"."""
    return re.search(r"\b(?:om|projekt|projektet|pågående|våra)\b", title, re.I) is not None
