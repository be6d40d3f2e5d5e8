"""The lines of a page as parts: telephone numbers, addresses, labels, names of persons, roles and organisations, each at its offsets."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Protocol

from parsers.document import Block, Inline
from parsers.persons import PARTY, SENTENCE_WORDS, find_persons, has_given_name, read_list_role, read_person, read_role
from schemas.facts import Mention
from schemas.values.address import Address, find_addresses
from schemas.values.email import find_emails, read_email
from schemas.values.phone import find_phones, read_phone

WORDS = tomllib.loads(files("parsers").joinpath("contact_words.toml").read_text("utf-8"))
LABELS: dict[str, str] = {label: kind for kind, labels in WORDS["labels"].items() for label in labels}
UNIT_ENDINGS = tuple(WORDS["units"]["endings"])

# A number after one of these is not for calling: "Fax 0455-30 30 30", "Bankgiro: 5423-8837", "Org.nr 212000-0829".
_NOT_FOR_CALLING = re.compile(
    r"(?:fax(?:nummer|nr)?|giro|\b[bp]g|swish|org\.?[- ]?n(?:umme)?r|organisationsnummer|dnr|diarienummer|iban|gln)"
    r"[\s.:–-]*(?:nr|nummer)?[\s.:–-]*$",
    re.IGNORECASE,
)
# Between the pieces of a line: bullets, bars, tabs, colons, commas, dashes between spaces, the end of a sentence, white space run wild.
_SEPARATOR = re.compile(r"\s*[•|·;\t»]\s*|\s*:\s+|:$|\s+[–—-]+\s+|,\s+|,$|\s/\s|[?!]\s+|\.\s+(?=[A-ZÅÄÖ])|^[-–•*]\s*")
# Words that lead up to a value or a name and tell nothing themselves: "Kontakta", "eller via mail", "på telefon", "Ring".
_LEAD = re.compile(
    r"^(?:(?:och|eller|samt|kontakta|ring|mejla|maila|via|på|per|till|gärna|hör av dig|vänd dig|välkommen att|är du välkommen att|du når|"
    r"för mer information|vid frågor|nås)\s+)+",
    re.IGNORECASE,
)
# And after a name: "Eva Ekdal på", "Eva Ekdal tfn".
_TRAIL = re.compile(r"(?<=\w)(?:\s+(?:på|via|per|tfn|tel|telefon|eller|samt|och|med|nås|e-post|mejl|mail))+\.?$", re.IGNORECASE)
# "Frågor besvaras av Eva Ekdal", "hör av dig till Eva Ekdal": the name at the end of such words is the one to ask.
_LEAD_TO_NAME = re.compile(r"\b(?:av|till|med|kontakta|är|heter|hos)\s+$", re.IGNORECASE)
_CREDIT = re.compile(r"\b(?:foto|fotograf|bild|text|illustration|skriven|skrivet|gjord)\b", re.IGNORECASE)
_TRIM = " \t\n\r ,.;:–—-()[]*•|·\"”'"


class Namer(Protocol):
    """What the lines must know of the page's organisations."""

    def at(self, start: int, end: int) -> list[Mention]:
        """The mentions inside a span of the page's text, in order."""


@dataclass(slots=True)
class Part:
    """A piece of a line and what it is."""

    kind: str
    """phone | email | address | label | person | role | list_role | organisation | role_organisation (named within a role) | unit | text"""
    start: int
    end: int
    value: str
    """Number, e-mail, name, role or text; of a label what follows it (`contact_words.toml`); of an organisation its id."""
    address: Address | None = None
    is_markup: bool = False
    """Whether the value stands in a link's target only."""


@dataclass(slots=True)
class Line:
    """One line of a block."""

    start: int
    end: int
    text: str
    block: Block
    parts: list[Part] = field(default_factory=list)

    @property
    def has_value(self) -> bool:
        """Whether it states a number, an e-mail or an address."""
        return any(part.kind in ("phone", "email", "address") for part in self.parts)

    @property
    def is_prose(self) -> bool:
        """Whether it is running text rather than a line of a card or list."""
        texts = [part.value for part in self.parts if part.kind == "text"]
        words = self.text.casefold().split()
        is_sentence = len(words) > 8 and not self.has_value and not SENTENCE_WORDS.isdisjoint(words)
        return sum(len(text.split()) for text in texts) > 7 or is_sentence


def read_lines(block: Block, names: Namer, hints: Sequence[tuple[int, int, str]] = ()) -> list[Line]:
    """The lines of a block with their parts in order; `hints` say what the markup of a card calls a span of the text."""
    hinted = [part for hint in hints if block.start <= hint[0] < block.end for part in read_hint(block, *hint, names)]
    values = [value for value in find_values(block) if not any(value.start < part.end and part.start < value.end for part in hinted)]
    known = sorted([*values, *hinted], key=lambda part: (part.start, part.end))
    lines = []
    for start, end in block.lines():
        inside = [part for part in known if start <= part.start < end and part.kind != "other"]
        line = Line(start, end, block.text[start - block.start : end - block.start], block)
        line.parts = sorted(
            [*inside, *read_pieces(block, start, end, known, names)], key=lambda part: (part.start, part.end, part.is_markup)
        )
        lines.append(line)
    return lines


def read_hint(block: Block, start: int, end: int, kind: str, names: Namer) -> Iterator[Part]:
    """The part that the markup marks; nothing where its text cannot be that ("Melleruds kommun" as the name of a person)."""
    text = block.text[start - block.start : end - block.start]
    if kind == "person":
        if person := read_person(text):
            yield Part(kind, start, end, person)
    elif kind == "role" and read_role(text):
        yield from read_role_piece(text, start, names)
    else:
        yield Part(kind, start, end, " ".join(text.split()))


def find_values(block: Block) -> Iterator[Part]:
    """The numbers, e-mails and addresses of a block, those in the targets of its links too; fax and giro numbers are left out."""
    text, offset = block.text, block.start
    taken: list[tuple[int, int]] = []
    for start, end, email in find_emails(text) if "@" in text or "(" in text or "[" in text else ():
        taken.append((start, end))
        yield Part("email", start + offset, end + offset, email)
    if has_digits(text):
        for start, end, phone in find_phones(text):
            taken.append((start, end))
            if not _NOT_FOR_CALLING.search(text[max(0, start - 30) : start]):
                yield Part("phone", start + offset, end + offset, phone)
        for start, end, address in find_addresses(text):
            if not any(start < e and s < end for s, e in taken):
                yield Part("address", start + offset, end + offset, str(address), address)
    yield from find_link_values(block, taken)


def has_digits(text: str) -> bool:
    """Whether a text holds two digits or more."""
    return sum(map(str.isdigit, text)) > 1


def find_link_values(block: Block, taken: list[tuple[int, int]]) -> Iterator[Part]:
    """What only the target of a link states: `mailto:`, `tel:` and the addresses that Cloudflare hides."""
    for link in block.inlines:
        if link.tag != "a" or any(link.start - block.start < end and start < link.end - block.start for start, end in taken):
            continue
        kind, value = read_link(link)
        if value:
            yield Part(kind, link.start, link.end, value, is_markup=True)


def read_link(link: Inline) -> tuple[str, str | None]:
    """The number or e-mail in a link's target; ("", None) where it leads elsewhere."""
    href = link.href
    scheme = href[:7].casefold()
    if scheme == "mailto:":
        return "email", read_email(href)
    if scheme.startswith("tel:"):
        before = "".join(link.element.xpath("preceding-sibling::text()[1]"))
        return "phone", None if _NOT_FOR_CALLING.search(before) else read_phone(href)
    code = link.element.get("data-cfemail") or next((e.get("data-cfemail") for e in link.element.iter() if e.get("data-cfemail")), None)
    if code is None and "/cdn-cgi/l/email-protection#" in href:
        code = href.rpartition("#")[2]
    return "email", read_email(decode_cloudflare(code)) if code else None


def decode_cloudflare(code: str) -> str:
    """The address in Cloudflare's `data-cfemail`: hexadecimal bytes, each combined with the first; "" where it is none."""
    try:
        key, *rest = bytes.fromhex(code)
        return bytes(byte ^ key for byte in rest).decode("utf-8")
    except ValueError:
        return ""


def read_pieces(block: Block, start: int, end: int, values: list[Part], names: Namer) -> Iterator[Part]:
    """The parts of a line between its values."""
    if end - start > 240 and not any(start <= value.start < end for value in values):
        yield Part("text", start, end, block.text[start - block.start : end - block.start])
        return
    position = start
    for value in [*(v for v in values if v.end > start and v.start < end and not v.is_markup), None]:
        stop = min(end, value.start) if value else end
        if stop > position:
            yield from split_pieces(block, position, stop, names)
        position = max(position, value.end) if value else end


def split_pieces(block: Block, start: int, end: int, names: Namer) -> Iterator[Part]:
    """The parts of a stretch of text without values, split where its pieces meet."""
    text = block.text[start - block.start : end - block.start]
    position = 0
    for separator in [*_SEPARATOR.finditer(text), None]:
        stop = separator.start() if separator else len(text)
        piece = text[position:stop]
        left = len(piece) - len(piece.lstrip(_TRIM.replace("(", "")))
        lead = _LEAD.match(piece[left:])
        left += lead.end() if lead and len(lead[0]) < len(piece[left:].rstrip(_TRIM)) else 0
        stripped = _TRAIL.sub("", piece[left:].rstrip(_TRIM.replace(")", "")))
        if stripped.strip(_TRIM):
            at = start + position + left
            yield from read_piece(stripped, at, names)
        position = separator.end() if separator else stop


def bodies_at(names: Namer, start: int, end: int) -> list[Mention]:
    """The organisations named in a span, without those that are a heading's bare name and read as a person's."""
    return [mention for mention in names.at(start, end) if mention.method != "heading_name" or read_person(mention.text) is None]


@lru_cache(maxsize=2048)
def read_label(text: str) -> str | None:
    """What the value after a label is ("Tfn" phone, "Besöksadress" address, "Sidansvarig" editor); None where the text is no label."""
    return LABELS.get(" ".join(text.split()).strip(" :*").casefold()) if len(text) < 40 else None


def read_piece(text: str, start: int, names: Namer) -> Iterator[Part]:
    """What one piece is: a label, an organisation, a person, a role, both of them side by side, a department, or just text."""
    end = start + len(text)
    if kind := read_label(text):
        yield Part("label", start, end, kind)
        return
    if seat := read_list_role(text):
        yield Part("list_role", start, end, seat)
        return
    person = read_person(text)
    mentions = bodies_at(names, start, end) if any(map(str.isupper, text)) else []
    if person and (has_given_name(person) or not any(m.end - m.start > 0.6 * len(text) for m in mentions)):
        yield Part("person", start, end, person)
        return
    if mentions and is_about_only(text, start, mentions[0]):
        yield Part("organisation", start, end, mentions[0].organisation_id)
        return
    yield from read_mixed_piece(text, start, mentions, names)


def is_about_only(text: str, start: int, mention: Mention) -> bool:
    """Whether a piece is the name of an organisation, at most with its switchboard ("Växjö kommuns kontaktcenter")."""
    rest = (text[: mention.start - start] + text[mention.end - start :]).strip(_TRIM + "s")
    return not rest or read_label(rest) == "switchboard"


def read_mixed_piece(text: str, start: int, mentions: list[Mention], names: Namer) -> Iterator[Part]:
    """A piece that may hold person and role together ("Landshövding Anna Berg"), a role with its organisation, or a department."""
    end = start + len(text)
    short = len(text) <= 110
    persons = find_persons(text) if short and not text.endswith(".") else []
    if len(persons) == 1 and (around := read_around(text, *persons[0][:2])) is not None:
        left, right, name = persons[0]
        before, after = around
        if before:
            yield from read_role_piece(text[:left].rstrip(), start, names)
        yield Part("person", start + left, start + right, name)
        if after:
            skip = len(text[right:]) - len(text[right:].lstrip(_TRIM))
            yield from read_role_piece(text[right + skip :], start + right + skip, names)
        return
    if len(persons) == 2 and are_side_by_side(text, persons):
        for left, right, name in persons:
            yield Part("person", start + left, start + right, name)
        return
    if len(persons) == 1 and persons[0][1] == len(text) and has_given_name(persons[0][2]):
        before = text[: persons[0][0]]
        if _LEAD_TO_NAME.search(before) and not _CREDIT.search(before):
            yield Part("person", start + persons[0][0], end, persons[0][2])
            return
    conjunction = re.search(r"\s+(?:och|samt)\s+", text)
    if conjunction and mentions and read_person(text[conjunction.end() :]):
        yield from read_piece(text[: conjunction.start()], start, names)
        yield from read_piece(text[conjunction.end() :], start + conjunction.end(), names)
    elif short and read_role(text):
        yield from read_role_piece(text, start, names)
    elif short and is_unit(text):
        yield Part("unit", start, end, " ".join(text.split()))
    else:
        yield Part("text", start, end, " ".join(text.split()))
        yield from (Part("organisation", m.start, m.end, m.organisation_id) for m in mentions[:1])


def are_side_by_side(text: str, persons: list[tuple[int, int, str]]) -> bool:
    """Whether a piece is two names and nothing else: "Bo Berg (S) och Cia Ceder (C)"."""
    rest = text[: persons[0][0]] + text[persons[0][1] : persons[1][0]] + text[persons[1][1] :]
    return PARTY.sub(" ", rest).strip(_TRIM) in ("och", "samt", "&")


def read_around(text: str, left: int, right: int) -> tuple[str | None, str | None] | None:
    """The roles before and after a name in a piece; None where anything else stands there."""
    before, after = text[:left].strip(_TRIM), re.sub(r"^\s*\(\w{1,4}\)", "", text[right:]).strip(_TRIM)
    roles = read_role(before) if before else None, read_role(after) if after else None
    return roles if bool(before) == bool(roles[0]) and bool(after) == bool(roles[1]) else None


def read_role_piece(text: str, start: int, names: Namer) -> Iterator[Part]:
    """A role and its organisation, where it names one: "socialchef Stenungsund", "Södertäljes stadsdirektör"."""
    mentions = bodies_at(names, start, start + len(text))
    role, offset = text, 0
    for mention in mentions:
        left, right = mention.start - start, mention.end - start
        if (
            text[right:].strip(_TRIM) == ""
            and (before := re.sub(r"\s+(?:i|på|för|vid|hos|inom|för|till|,)?\s*$", "", text[:left]))
            and read_role(before)
        ):
            role = before
        elif left == 0 and read_role(text[right:].strip()):
            role, offset = text[right:].strip(), right + 1
    value = read_role(role)
    if value:
        yield Part("role", start + offset, start + offset + len(role), value)
    yield from (Part("role_organisation", m.start, m.end, m.organisation_id) for m in mentions[:1])


def is_unit(text: str) -> bool:
    """Whether a short text names a department or function ("Regionstyrelseförvaltningen", "Tekniska sektionen")."""
    words = text.split()
    if (
        not 1 <= len(words) <= 8
        or not text[:1].isupper()
        or any(map(str.isdigit, text))
        or not SENTENCE_WORDS.isdisjoint(text.casefold().split())
    ):
        return False
    return any(word.casefold().strip(_TRIM).endswith(UNIT_ENDINGS) for word in words)
