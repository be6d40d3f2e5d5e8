"""Names of bodies in headings and heads of list items that name what the text under them is about."""

import re
import unicodedata
from collections.abc import Iterator

from parsers.contacts.persons import has_given_name
from parsers.names.body_patterns import BOARD_HEADING, HEADING_ALIAS, JOINT_HEADING, BodyName
from parsers.names.body_words import guess_kind, is_generic, is_name
from parsers.names.heading_proof import guess_described_kind, stands_as_body
from parsers.page.document import Block, Document

# A page of a board that several municipalities have.
SHARED_BOARD = re.compile(r"\bgemensam(?:ma)? \w*nämnd|\bnämnd(?:en)? tillsammans\b|\bdelar \w*nämnd")
# "Förening för kuststäderna", "Ett nätverk för": the text under a name says at once what it is.
DESCRIPTION = re.compile(
    r"(?:(?:En|Ett|A|An|The)\s)?(?:[\w-]+\s){0,2}?([\w-]+)"
    r"(?:,\s|\.|\s(?:för|som|där|med|mellan|driver|arbetar|for|of)\b)"
)
# "Skånes råd för civilt försvar", "Dalarnas forum för trygghet" as a heading
POSSESSED_HEADING = re.compile(
    r"^[A-ZÅÄÖ][\wåäö]+s (?:[a-zåäö]+ )?[a-zåäö]*(?:råd|nätverk|forum|samverkan|samarbete) för [a-zåäö]+(?: [\wåäö,-]+){0,5}$"
    r"|^[A-ZÅÄÖ][\wåäö]+s (?:[a-zåäö]+- och )?[a-zåäö]{3,}(?:råd|nätverk|forum|delegation|allians)$"
)
# "Green Quays – cleaner small harbours", "Sydpolen: ett samarbete om skolan": a name and what it is about
TOLD_HEADING = re.compile(r"^([A-ZÅÄÖ][\w&-]*(?: [A-ZÅÄÖ0-9][\w&-]*){0,3})(?: [–-] |: )[a-zåäö]")
# "Parter", "Medlemmar": a term right under the name of what they are the parts of.
PARTS_LABEL = re.compile(r"^(?:parter|medlemmar|medlemskommuner|deltagare|deltagande kommuner|ägare|delägare|samverkande kommuner)\b", re.I)
# Terms of a fact box, which say of a body what its form or purpose is: "Form: Kommunalförbund, bildat 1998".
FIELDS = frozenset(
    [
        "Form", "Juridisk form", "Organisationsform", "Organisation", "Typ", "Bakgrund", "Syfte", "Uppdrag", "Mål", "Verksamhet", "Område",
        "Huvudman", "Namn", "Roll", "Ägarform", "Samverkansform", "Sammanhang", "Beskrivning", "Omfattning", "Start", "Period",
        "Finansiering", "Vad", "Status", "Avtal",
    ]
)  # fmt: skip


def find_in_headings(document: Document) -> Iterator[BodyName]:
    """Headings and heads of list items that name what the text under them is about: it says so, or tells who joined them."""
    for index, block in enumerate(document.blocks):
        if block.kind != "heading" or block.zone != "content" or not 3 <= len(block.text) <= 80 or not block.text[0].isupper():
            continue
        body = "\n".join(other.text for other in section_of(document, index))
        named = list(read_heading(block, body))
        if named and not has_address_there(block.text, document.source):
            yield from named
        below = document.blocks[index + 1] if index + 1 < len(document.blocks) else block
        if below.kind == "term" and below.section == index and PARTS_LABEL.match(below.text) and is_name(block.text):
            yield BodyName(block.text, guess_kind(block.text) or "collaboration", "labelled_heading", 0.75)
    for block in document.blocks:
        first, _, rest = block.text.partition("\n")
        if rest and block.kind != "heading" and block.zone == "content" and JOINT_HEADING.match(first) and len(first.split()) > 2:
            yield BodyName(first, "joint_committee", "board_heading", 0.8, is_local=True)
        if block.head >= 0 and block.zone == "content" and (block.head == block.index - 1):
            yield from read_head(document.blocks[block.head], block)


def has_address_there(heading: str, html: str) -> bool:
    """Whether a page gives an e-mail address made of a heading: that is a person's name."""
    plain = unicodedata.normalize("NFD", heading.casefold()).encode("ascii", "ignore").decode()
    words = plain.split()
    return len(words) > 1 and f"{words[0]}.{words[-1]}@" in html


def read_head(head: Block, block: Block) -> Iterator[BodyName]:
    """The name over the text of a list item, where that text begins by saying what kind of body it is."""
    name, _, alias = head.text.strip().removesuffix(":").partition(" (")
    kind = None if PARTS_LABEL.match(name) or name in FIELDS else describe_kind(block.text)
    if kind and name[:1].isupper() and len(name.split()) <= 7 and not is_generic(name) and not has_given_name(name):
        yield BodyName(name, guess_kind(name) or kind, "head_name", 0.7, {alias.rstrip(")")} if alias else set())


def describe_kind(text: str) -> str | None:
    """The kind that the first words of a text tell: "Förening för", "Ett nätverk där", "Bolaget driver"."""
    found = DESCRIPTION.match(text)
    return guess_kind(found[1]) if found and text[0].isupper() else None


def read_heading(block: Block, body: str) -> Iterator[BodyName]:
    """The name or names that one heading gives, with the text under it as the proof."""
    heading = block.text.strip()
    if JOINT_HEADING.match(heading) and len(heading.split()) > 1 and heading.casefold() not in ("gemensam nämnd", "gemensamma nämnden"):
        yield BodyName(heading, "joint_committee", "board_heading", 0.8, is_local=True)
        return
    told = TOLD_HEADING.match(heading)
    if told and stands_as_body(told[1], body) and not is_generic(told[1]) and not has_given_name(told[1]):
        yield BodyName(told[1], guess_kind(told[1]) or guess_described_kind(told[1], body) or "collaboration", "heading_name", 0.7)
        return
    pair = HEADING_ALIAS.match(heading)
    forms = [form for form in (pair[1], pair[2] or pair[3]) if form] if pair else [heading]
    if BOARD_HEADING.match(heading) and not is_generic(heading) and SHARED_BOARD.search(body):
        yield BodyName(heading, "joint_committee", "board_heading", 0.8, {heading[0].lower() + heading[1:]}, is_local=True)
        return
    if POSSESSED_HEADING.match(heading):
        noun = heading.partition(" ")[2]  # "klimat- och energirådet" of "Värmlands klimat- och energiråd"
        yield BodyName(heading, guess_kind(heading), "heading_name", 0.8, {f"{noun}et"} if noun.endswith("råd") and "-" in noun else set())
        return
    proven = [form for form in forms if stands_as_body(form, body)]
    if " och " in forms[0] and not re.search(r"- och |, ", forms[0]):
        return  # two things, not one name: "Länsstyrelsen och Västra Götalandsregionen"
    if proven and not is_generic(forms[0]) and not has_given_name(forms[0]) and (len(forms[0].split()) <= 7):
        short = min(forms, key=len) if pair else forms[0]
        name = forms[0]
        if pair and not (guess_kind(name) or sum(map(str.isupper, name)) > 1):
            return  # "Tjänsteman i beredskap (TiB)": a title, not a name
        kind = guess_kind(name) or guess_described_kind(short, body) or "collaboration"
        yield BodyName(name, kind, "heading_name", 0.75, set(forms) - {name})


def section_of(document: Document, index: int) -> Iterator[Block]:
    """The blocks under a heading, its subsections included."""
    for block in document.blocks[index + 1 :]:
        if block.zone != "content" or (block.kind == "heading" and block.level <= document.blocks[index].level):
            return
        yield block
