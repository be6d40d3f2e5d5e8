"""What each kind of part does to the contact that is being read."""

import re
import unicodedata

from parsers.contacts.cards import Card
from parsers.contacts.drafts import Draft
from parsers.contacts.parts import Line, Part, read_label
from parsers.contacts.persons import PARTY, split_roles
from parsers.contacts.sections import is_for_invoices, is_in_board, is_in_contact, is_office_heading
from parsers.contacts.tables import find_columns, find_row_tables, read_columns
from parsers.contacts.units import ANAPHORS, DESKS, ends_in_anaphor, is_function, is_heading_name, is_unit_label
from parsers.page.document import Block, Document
from schemas.facts import Issue

VALUE_LABELS = {"phone": "phone", "switchboard": "phone", "email": "email", "address": "address"}


class Filling:
    """The open contact and what was read just before: the card, the label, the row, the role of the whole section."""

    def __init__(self, document: Document, lines: list[Line], cards: list[Card]) -> None:
        self.document, self.lines = document, lines
        self.card_at = {card.start: card for card in cards}
        self.columns = find_columns(lines)
        read_columns(lines, self.columns)
        self.row_tables = find_row_tables(lines, self.columns)
        self.cards_in_captions = {line.block for line in lines if line.block.kind == "caption" and line.has_value}
        self.draft: Draft | None = None
        self.card: Card | None = None
        self.label: Part | None = None
        self.has_address_label = False
        self.section_role: str | None = None
        self.lead_roles: list[str] = []
        self.row: tuple[int, int] | None = None
        self.row_body: tuple[tuple[int, int], str] | None = None
        """The last row whose cell under "Kommun" names an organisation, and that: all persons of the row are from there."""
        self.term: Block | None = None
        """The term whose definition gave the last value."""
        self.after_values: Part | None = None
        """A line of other words below a person's values: the next value may be that department's."""
        self.found: list[Draft | Issue] = []

    def open(self, block: Block) -> Draft:
        """The open draft, begun where there is none."""
        if self.draft is None:
            self.draft = Draft(block)
        return self.draft

    def close(self) -> None:
        """Ends the open contact."""
        raise NotImplementedError

    def add_label(self, part: Part, line: Line, index: int) -> None:
        self.miss_label()
        self.label = part
        if self.is_ended_by(part.value):
            self.close()
        self.has_address_label = self.has_address_label or part.value == "address"
        name = line.text[part.start - line.start : part.end - line.start]
        if part.value == "switchboard" and name.casefold() in DESKS and line.block.zone != "footer":
            if line.block.kind == "heading":
                self.close()
            elif not line.has_value:
                return
            self.open(line.block).unit = name  # "Kundservice: 08-..." beside the switchboard of the foot

    def is_ended_by(self, label: str) -> bool:
        """Whether a label begins something else than a part of the open contact: the page's editor, the switchboard below a card."""
        draft = self.draft
        if draft is None:
            return False
        if label == "switchboard":
            return draft.has_value and bool(draft.person or draft.unit)
        return draft.person is not None and (label == "editor" or (label == "other" and draft.has_value and self.card is None))

    def add_person(self, part: Part, line: Line, index: int) -> None:
        if self.label and self.label.value == "editor":
            self.close()
            self.draft = Draft(line.block, part.value, "sidansvarig", method="page_editor", confidence=0.7)
            self.draft.note(self.label)
            self.draft.note(part)
            return
        if self.draft and (self.draft.person or self.draft.has_value):
            leads = self.lead_roles
            self.close()
            self.lead_roles = leads
        draft = self.open(line.block)
        draft.person, draft.block = part.value, line.block
        if draft.organisation_id is None and self.row_body and self.row_body[0] == self.row is not None:
            draft.organisation_id = self.row_body[1]
        if len(self.lead_roles) > 1 or (self.lead_roles and draft.role is None):
            draft.role = self.lead_roles.pop(0)
        column = self.columns.get((line.block.group, line.block.cell[1])) if line.block.cell else None
        if column and column.startswith(("seat:", "role:")):
            draft.role, draft.has_listed_role = column.partition(":")[2], True
        elif self.section_role is None and PARTY.search(line.text) and is_in_board(self.document, line.block):
            draft.role = draft.role or "ledamot"
        draft.note(part)

    def add_role(self, part: Part, line: Line, index: int) -> None:
        draft = self.draft
        if draft and draft.person and draft.has_listed_role and draft.block is line.block and index:
            draft.role, draft.has_listed_role = part.value, False
            draft.note(part)
            return
        if draft and draft.role and follows_person(line, index, draft.person):
            return  # "Eva Ekdal, produktionschef, Ekdals AB (ordförande)": one contact, with the first of the two
        leads = index == 0 and any(later.kind == "person" for later in line.parts) and self.row is None
        if self.draft and (
            self.draft.role or (leads and not self.is_heading_of(line.block)) or (not self.draft.person and self.draft.has_value)
        ):
            self.close()
        if line.block.kind == "heading" and self.card is None and not any(other.kind == "person" for other in line.parts):
            self.section_role = part.value
            return
        draft = self.open(line.block)
        draft.role = part.value
        draft.note(part)
        roles = split_roles(part.value)
        self.lead_roles = roles if len(roles) > 1 and not draft.person else []

    def is_heading_of(self, block: Block) -> bool:
        """Whether the open draft is but the organisation of the term or line above."""
        draft = self.draft
        is_bare = draft is not None and draft.organisation_id is not None and not (draft.person or draft.unit or draft.has_value)
        return is_bare and draft is not None and (draft.block is block or block.kind == "definition")

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
        if draft is not None and draft.is_subject and line.is_prose:
            return  # "Bor du i Granvik ringer du förbundets växel"
        is_next = (
            draft is not None
            and draft.has_value
            and draft.block is not line.block
            and index == 0
            and self.card is None
            and self.row is None
        )
        is_other = draft is not None and draft.has_value and not draft.person and draft.organisation_id != part.value and not line.is_prose
        is_addressee = self.label is not None and self.label.value == "address"  # "Postadress: Kils kommun, Box 88"
        is_signed = draft is not None and draft.person is not None and line.text.startswith(("För ", "For ")) and index == 0
        if (is_next and draft and draft.person) or (is_other and not is_addressee) or is_signed:
            self.close()
        if line.block.cell and self.columns.get((line.block.group, line.block.cell[1])) == "organisation":
            self.row_body = (line.block.group, line.block.cell[0]), part.value
        draft = self.open(line.block)
        if draft.organisation_id is None or draft.is_titled:
            draft.organisation_id = part.value
            draft.is_titled = line.block.kind == "heading" and line.block.level == 1
            draft.note(part)

    def add_role_organisation(self, part: Part, line: Line, index: int) -> None:
        if index == 0 and self.draft and self.draft.has_value and self.row is None:  # "Svevias platschef Bo Berg"
            self.close()
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
        value = next((later.kind for later in line.parts[index + 1 :] if later.kind != "organisation"), None)
        is_anaphor = part.value.casefold() in ANAPHORS or (value in ("phone", "email") and ends_in_anaphor(part.value))
        if is_anaphor and not (draft and draft.person):
            self.open(line.block).is_subject = True
        if following == "phone" and is_function(part.value) and draft and not draft.person and draft.unit is None:
            draft.unit = part.value  # "ring kassan, 0980-31 92 70"
        if line.is_prose or not is_heading_name(part.value):
            return
        if self.is_name_of_row(line) and not (draft and (draft.person or draft.organisation_id or draft.has_value)):
            self.open(line.block).unit = part.value  # "Åby bibliotek | Olofsgatan 11 | 08-..."
            return
        if draft and draft.person:
            self.after_values = part if draft.has_value and index == 0 and len(line.parts) == 1 else None
            if draft.guess is None and not draft.has_value and line.start > draft.spans[-1][1] and len(part.value) > 2:
                draft.guess = part.value
        elif following in ("phone", "email") and is_unit_label(part.value):  # "Felanmälan: 08-..."
            has_colon = self.document.text[part.end : part.end + 1] == ":"
            if is_in_contact(self.document, line.block) or (has_colon and index == 0):
                self.add_unit(part, line, index)

    def is_name_of_row(self, line: Line) -> bool:
        """Whether a line is all of a cell before the values of a row of values, under a head that is no label."""
        cell, group = line.block.cell, line.block.group
        is_told = cell is not None and cell[0] > 0 and group in self.row_tables and any(known == group for known, _ in self.columns)
        return is_told and cell is not None and (group, cell[1]) not in self.columns and len(line.parts) == 1

    def begin_function(self, line: Line) -> None:
        """A term over a value that is no label begins a contact of its own: "Livsmedel" over "08-..., vardagar 10-12"."""
        block, draft = line.block, self.draft
        term = self.document.blocks[block.head] if block.kind == "definition" and block.head >= 0 else None
        if term is None or term is self.term or self.card or (draft and draft.person):
            return
        if term.kind != "term" or read_label(term.text):
            return
        self.term = term
        if draft and draft.has_value:
            self.close()
        if self.draft is None and is_heading_name(term.text) and is_unit_label(term.text):
            self.open(block).unit = term.text

    def add_phone(self, part: Part, line: Line, index: int) -> None:
        self.begin_function(line)
        draft = self.open(line.block)
        if draft.phone is None:
            draft.phone = part.value
            draft.note(part)

    def add_email(self, part: Part, line: Line, index: int) -> None:
        self.begin_function(line)
        draft = self.open(line.block)
        if draft.email not in (None, part.value) and not draft.person:
            self.close()
            draft = self.open(line.block)
        elif draft.person and self.after_values and not is_address_of(draft.person, part.value):
            unit = self.after_values
            self.close()
            draft = self.open(line.block)
            draft.unit = unit.value
            draft.note(unit)
        elif self.is_for_others(draft, part, line):
            self.close()
            draft = self.open(line.block)
        if draft.email is None:
            draft.email = part.value
            draft.note(part)

    def is_for_others(self, draft: Draft, part: Part, line: Line) -> bool:
        """Whether an e-mail after a person's is on a line of its own and not theirs: "Övriga frågor: info@..."."""
        if draft.email in (None, part.value) or draft.person is None or self.card or self.row is not None:
            return False
        is_own_line = draft.spans[-1][1] < line.start and index_of_values(line, part) == 0
        return is_own_line and is_address_of(draft.person, draft.email or "") and not is_address_of(draft.person, part.value)

    def add_address(self, part: Part, line: Line, index: int) -> None:
        assert part.address is not None
        if is_for_invoices(self.document, part, line.block):
            return
        draft = self.open(line.block)
        draft.add_address(part.address)
        draft.note(part)

    def miss_label(self) -> None:
        """An issue where the label last seen stands without its value."""
        label, self.label = self.label, None
        field = VALUE_LABELS.get(label.value) if label else None
        if label and field and self.document.text[label.end : label.end + 1] == ":":
            words = self.document.text[label.start : label.end + 1]
            message = f'The label "{words}" has no value after it'
            self.found.append(Issue("contact_label_without_value", message, "info", "contacts", field, words))


def index_of_values(line: Line, part: Part) -> int:
    """The place of a value among those of its line."""
    return [other for other in line.parts if other.kind in ("phone", "email", "address")].index(part)


def follows_person(line: Line, index: int, person: str | None) -> bool:
    """Whether a person stands before a part on its line, and nobody after it."""
    persons = [(at, part.value) for at, part in enumerate(line.parts) if part.kind == "person"]
    return bool(persons) and persons[-1][0] < index and persons[-1][1] == person


def is_address_of(person: str, email: str) -> bool:
    """Whether an e-mail address holds a person's surname."""
    return fold_letters(person.split()[-1]) in fold_letters(email.partition("@")[0])


def fold_letters(text: str) -> str:
    """The letters a to z of a text, as addresses are made of names: "Nygårdh" is "nygardh"."""
    return re.sub(r"[^a-z]", "", unicodedata.normalize("NFD", text.casefold()))
