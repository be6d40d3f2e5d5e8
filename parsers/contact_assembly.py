"""Lines become contacts: a name begins one, the lines below it fill it, a heading or running text ends it."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from parsers.contact_cards import Card
from parsers.contact_drafts import Draft, judge_draft
from parsers.contact_lines import WORDS, Line, Part, read_label
from parsers.document import Block, Document
from parsers.persons import PARTY, SENTENCE_WORDS, read_list_role, split_roles
from schemas.facts import Issue

HEADINGS = WORDS["headings"]
BOARDS = frozenset(HEADINGS["boards"])
_CONTACT = re.compile(
    rf"(?:{'|'.join(map(re.escape, HEADINGS['contact']))})(?:person(?:er)?(?:na)?|uppgifter|information|a)?(?!\w)(?!\s+och\s+svar)", re.I
)
_OFFICE = re.compile(rf"(?:.*\s)?(?:{'|'.join(map(re.escape, HEADINGS['office']))})", re.I)
ANAPHORS = frozenset(WORDS["units"]["anaphors"])
VALUE_LABELS = {"phone": "phone", "switchboard": "phone", "email": "email", "address": "address"}


@cache
def is_contact_heading(text: str) -> bool:
    """Whether a heading announces whom to reach ("Kontaktpersoner på ...", "Har du frågor?")."""
    return len(text) < 90 and _CONTACT.match(text.strip()) is not None


@cache
def is_office_heading(text: str) -> bool:
    """Whether a heading announces who holds seats ("Styrelsens ledamöter", "Medlemmar i arbetsgruppen")."""
    return len(text) < 90 and _OFFICE.match(text.strip()) is not None


class Assembly:
    """The state of the reading: the open draft, the section it stands in, the label last seen."""

    def __init__(self, document: Document, lines: list[Line], cards: list[Card]) -> None:
        self.document, self.lines = document, lines
        self.card_at = {card.start: card for card in cards}
        self.card_ends = {card.end for card in cards}
        self.row_tables = find_row_tables(lines)
        self.columns = find_columns(lines)
        self.draft: Draft | None = None
        self.card: Card | None = None
        self.label: Part | None = None
        self.has_address_label = False
        self.section_role: str | None = None
        self.lead_roles: list[str] = []
        self.row: tuple[int, int] | None = None
        self.found: list[Draft | Issue] = []

    def run(self) -> Iterator[Draft | Issue]:
        """All drafts that are contacts, and the labels that stand without a value."""
        previous: Block | None = None
        for line in self.lines:
            if line.block is not previous:
                self.enter_block(line, previous)
                previous = line.block
            self.read_line(line)
            yield from self.take()
        self.close()
        self.miss_label()
        yield from self.take()

    def take(self) -> list[Draft | Issue]:
        """What was found since last asked."""
        found, self.found = self.found, []
        return found

    # what ends a contact

    def enter_block(self, line: Line, previous: Block | None) -> None:
        """A new block: zones, cards, headings and rows of a table of persons end the contact before them."""
        block = line.block
        if (
            previous is None
            or block.zone != previous.zone
            or (block.section != previous.section and block.kind != "heading" and previous.kind != "heading")
        ):
            self.close()
            self.section_role = None
        if self.card and block.start >= self.card.end:
            self.close()
            self.card = None
        if card := self.card_at.get(block.start):
            self.close()
            self.card = card
        if previous is not None and previous.cell and block.group != previous.group:
            self.close()
            self.section_role = None
        row = (block.group, block.cell[0]) if block.cell else None
        if row != self.row and block.group in self.row_tables:
            self.close()
        self.row = row
        if block.kind == "heading" and not line.has_value and self.card is None:
            self.enter_heading(block)

    def enter_heading(self, block: Block) -> None:
        """A heading ends a contact, unless it is a mere label ("Postadress") of one without a person."""
        if read_label(block.text) in VALUE_LABELS and not (self.draft and self.draft.person):
            return
        self.close()
        self.miss_label()
        self.section_role = "ledamot" if block.text.strip(" :").casefold() in BOARDS else read_list_role(block.text)

    def close(self) -> None:
        """Ends the open draft and keeps it where it is a contact."""
        draft, self.draft = self.draft, None
        self.lead_roles = []
        labelled, self.has_address_label = self.has_address_label, False
        if draft is None or draft.is_empty or draft.block is None:
            return
        block = draft.block
        if draft.person and not draft.role:
            draft.role = self.section_role
        in_contact = self.is_in_contact(block) or self.card is not None
        in_office = self.is_in_office(block) or block.zone == "aside"
        is_list = block.kind == "item" or block.cell is not None
        if judge_draft(draft, in_contact=in_contact, in_office=in_office, is_list=is_list, is_labelled=labelled):
            self.found.append(describe(draft, block, self.card))

    def is_in_contact(self, block: Block) -> bool:
        """Whether a block stands in the foot or under a heading that announces contacts."""
        return block.zone == "footer" or any(is_contact_heading(heading.text) for heading in self.document.headings_above(block))

    def is_in_office(self, block: Block) -> bool:
        """Whether a block stands under a heading that announces seats."""
        heading = self.document.heading_of(block)
        return heading is not None and is_office_heading(heading.text)

    # what a line adds

    def read_line(self, line: Line) -> None:
        """Adds a line's parts to the open draft; running text stands for itself."""
        if line.is_prose or line.block.kind == "caption":
            self.close()
            self.miss_label()
            if not line.has_value:
                return
        elif self.is_stale(line):
            self.close()
        for index, part in enumerate(line.parts):
            self.read_part(part, line, index)
        if self.label and self.label.value in ("other", "editor"):
            self.label = None
        if line.is_prose:
            self.close()

    def is_stale(self, line: Line) -> bool:
        """Whether a line of other words ends a draft that is no contact yet: a name in a menu is not the next number's."""
        draft = self.draft
        if draft is None or draft.person or draft.has_value or self.card is not None or self.is_in_contact(line.block):
            return False
        return (
            draft.block is not line.block and line.block.cell is None and all(part.kind in ("text", "organisation") for part in line.parts)
        )

    def read_part(self, part: Part, line: Line, index: int) -> None:
        """Adds one part, by its kind; a label or the head of the column tells what a plain text is."""
        part = self.apply_label(part, line)
        if part.kind == "ignored":
            return
        getattr(self, f"add_{part.kind}")(part, line, index)
        if part.kind != "label":
            self.label = None

    def apply_label(self, part: Part, line: Line) -> Part:
        """The part as its label or column says it is."""
        column = self.columns.get((line.block.group, line.block.cell[1])) if line.block.cell else None
        kind = self.label.value if self.label else column
        if part.kind in ("text", "unit", "role") and kind in ("role", "unit") and len(part.value) < 110:
            return Part(kind, part.start, part.end, part.value)
        if kind == "other" and part.kind in ("text", "person", "role", "unit", "organisation"):
            return Part("ignored", part.start, part.end, part.value)
        return part

    def add_label(self, part: Part, line: Line, index: int) -> None:
        self.miss_label()
        self.label = part
        draft = self.draft
        if draft and draft.person and (part.value == "editor" or (part.value == "other" and draft.has_value and self.card is None)):
            self.close()
        if part.value == "switchboard":
            if self.draft and (self.draft.person or self.draft.unit) and self.draft.has_value:
                self.close()
            self.open(line.block).is_switchboard = True
        self.has_address_label = self.has_address_label or part.value == "address"

    def add_person(self, part: Part, line: Line, index: int) -> None:
        if self.label and self.label.value == "editor":
            self.close()
            self.draft = Draft(line.block, part.value, "sidansvarig", method="page_editor", confidence=0.95)
            self.draft.note(self.label)
            self.draft.note(part)
            return
        if self.draft and (self.draft.person or self.draft.has_value):
            leads = self.lead_roles
            self.close()
            self.lead_roles = leads
        draft = self.open(line.block)
        draft.person = part.value
        if len(self.lead_roles) > 1 or (self.lead_roles and draft.role is None):
            draft.role = self.lead_roles.pop(0)
        column = self.columns.get((line.block.group, line.block.cell[1])) if line.block.cell else None
        if column and column.startswith("seat:"):
            draft.role = column.removeprefix("seat:")
        elif self.section_role is None and PARTY.search(line.text) and self.is_in_board(line.block):
            draft.role = draft.role or "ledamot"
        draft.note(part)

    def is_in_board(self, block: Block) -> bool:
        """Whether a block stands under the name of a board alone: who is listed there is a member of it."""
        return any(heading.text.strip(" :").casefold() in BOARDS for heading in self.document.headings_above(block))

    def add_role(self, part: Part, line: Line, index: int) -> None:
        leads = index == 0 and any(later.kind == "person" for later in line.parts) and self.row is None
        if self.draft and (self.draft.role or leads or (not self.draft.person and self.draft.has_value)):
            self.close()
        if line.block.kind == "heading" and self.card is None and not any(other.kind == "person" for other in line.parts):
            self.section_role = part.value
            return
        draft = self.open(line.block)
        draft.role = part.value
        draft.note(part)
        roles = split_roles(part.value)
        self.lead_roles = roles if len(roles) > 1 and not draft.person else []

    def add_list_role(self, part: Part, line: Line, index: int) -> None:
        draft = self.draft
        is_beside = any(other.kind == "person" for other in line.parts[:index]) or (self.row is not None and draft is not None)
        if draft and draft.person and not draft.role and is_beside:
            draft.role = part.value
            draft.note(part)
            return
        self.close()
        self.section_role = part.value

    def add_organisation(self, part: Part, line: Line, index: int) -> None:
        draft = self.draft
        is_next = (
            draft is not None
            and draft.has_value
            and draft.block is not line.block
            and index == 0
            and self.card is None
            and self.row is None
        )
        is_other = draft is not None and draft.has_value and not draft.person and draft.organisation_id != part.value and not line.is_prose
        if (is_next and draft and draft.person) or is_other:
            self.close()
        draft = self.open(line.block)
        if draft.organisation_id is None:
            draft.organisation_id = part.value
            draft.note(part)

    def add_role_organisation(self, part: Part, line: Line, index: int) -> None:
        draft = self.open(line.block)
        draft.organisation_id, draft.is_by_role = part.value, True
        draft.note(part)

    def add_unit(self, part: Part, line: Line, index: int) -> None:
        if line.block.kind == "heading" and is_office_heading(line.text):
            return
        if self.draft and self.draft.has_value and not (self.draft.person and self.label):
            self.close()
        draft = self.open(line.block)
        if draft.unit is None:
            draft.unit = part.value
            draft.note(part)

    def add_text(self, part: Part, line: Line, index: int) -> None:
        draft = self.draft
        following = line.parts[index + 1].kind if index + 1 < len(line.parts) else None
        if part.value.casefold() in ANAPHORS and not (draft and draft.person):
            self.open(line.block).is_subject = True
        is_name = part.value[:1].isupper() and not SENTENCE_WORDS & set(part.value.casefold().split()) and len(part.value.split()) <= 7
        if not is_name or line.is_prose:
            return
        if draft and draft.person:
            if draft.guess is None and not draft.has_value and line.start > draft.spans[-1][1] and len(part.value) > 2:
                draft.guess = part.value
        elif following in ("phone", "email") and self.is_in_contact(line.block):  # "Felanmälan: 08-..."
            self.add_unit(part, line, index)

    def add_phone(self, part: Part, line: Line, index: int) -> None:
        draft = self.open(line.block)
        if draft.phone is None:
            draft.phone = part.value
            draft.note(part)

    def add_email(self, part: Part, line: Line, index: int) -> None:
        draft = self.open(line.block)
        if draft.email not in (None, part.value) and not draft.person:
            self.close()
            draft = self.open(line.block)
        if draft.email is None:
            draft.email = part.value
            draft.note(part)

    def add_address(self, part: Part, line: Line, index: int) -> None:
        assert part.address is not None
        draft = self.open(line.block)
        draft.add_address(part.address)
        draft.note(part)

    def open(self, block: Block) -> Draft:
        """The open draft, begun where there is none."""
        if self.draft is None:
            self.draft = Draft(block)
        return self.draft

    def miss_label(self) -> None:
        """An issue where the label last seen stands without its value."""
        label, self.label = self.label, None
        field = VALUE_LABELS.get(label.value) if label else None
        if label and field and self.document.text[label.end : label.end + 1] == ":":
            words = self.document.text[label.start : label.end + 1]
            message = f'The label "{words}" has no value after it'
            self.found.append(Issue("contact_label_without_value", message, "info", "contacts", field, words))


def describe(draft: Draft, block: Block, card: Card | None) -> Draft:
    """The draft with the rule that read it and how sure that is."""
    if draft.method == "page_editor":
        return draft
    if card is not None and draft.context == "contact":
        draft.method, draft.confidence = card.method, 0.95
    elif draft.context == "office":
        draft.method, draft.confidence = ("office_table" if block.cell else "office_list"), 0.92
    elif draft.context == "mention":
        draft.method, draft.confidence = "signature", 0.7
    elif block.zone == "footer":
        draft.method, draft.confidence = "footer", 0.92
    elif not draft.person and not draft.organisation_id:
        draft.confidence = 0.7
    return draft


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
