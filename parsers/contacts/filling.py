"""What departments, other words, numbers, e-mails and addresses do to the contact that is being read."""

import re
import unicodedata

from parsers.contacts.drafts import Draft
from parsers.contacts.naming import Naming
from parsers.contacts.parts import Line, Part, read_label
from parsers.contacts.sections import is_for_invoices, is_in_contact, is_office_heading
from parsers.contacts.units import ANAPHORS, ends_in_anaphor, is_function, is_heading_name, is_unit_label


class Filling(Naming):
    """The open contact with its department and how to reach it."""

    def add_unit(self, part: Part, line: Line, index: int) -> None:
        if line.block.kind == "heading" and is_office_heading(line.text):
            return
        if self.draft and self.draft.has_value and not (self.draft.person and self.label):
            self.close()
        draft = self.open(line.block)
        if draft.unit is None:
            draft.unit = part.value
            draft.note(part)
        if line.block.kind == "heading" and len(line.parts) == 1:
            self.section_unit = part.value

    def add_text(self, part: Part, line: Line, index: int) -> None:
        draft = self.draft
        following = line.parts[index + 1].kind if index + 1 < len(line.parts) else None
        value = next((later.kind for later in line.parts[index + 1 :] if later.kind != "organisation"), None)
        is_anaphor = part.value.casefold() in ANAPHORS or (value in ("phone", "email") and ends_in_anaphor(part.value))
        if is_anaphor and not (draft and draft.person):
            self.open(line.block).is_subject = True
        if following in ("phone", "email") and part.value.casefold().split()[-1:] == ["kommunen"] and not (draft and draft.person):
            self.open(line.block).is_municipal = True  # "Nätet ägs av Ekdals Fiber AB. Ring kommunen på 08-..."
            return
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


def index_of_values(line: Line, part: Part) -> int:
    """The place of a value among those of its line."""
    return [other for other in line.parts if other.kind in ("phone", "email", "address")].index(part)


def is_address_of(person: str, email: str) -> bool:
    """Whether an e-mail address holds a person's surname."""
    return fold_letters(person.split()[-1]) in fold_letters(email.partition("@")[0])


def fold_letters(text: str) -> str:
    """The letters a to z of a text, as addresses are made of names: "Nygårdh" is "nygardh"."""
    return re.sub(r"[^a-z]", "", unicodedata.normalize("NFD", text.casefold()))
