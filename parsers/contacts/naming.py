"""What names, roles and organisations do to the contact that is being read."""

import re

from parsers.contacts.drafts import Draft
from parsers.contacts.opening import OpenContact
from parsers.contacts.parts import Line, Part
from parsers.contacts.persons import PARTY, split_roles
from parsers.contacts.sections import is_in_board
from parsers.page.document import Block

_AT = re.compile(r"\b(?:på|vid|hos|at)\s+$")
_SENTENCE_END = re.compile(r"[.!?]\s")


class Naming(OpenContact):
    """The open contact with who it is, as what and of whom."""

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
        if draft is not None and draft.has_value and is_in_words(part, line) and not is_employer(part, line, draft):
            return  # "Ring 0303-... Nätet ägs av Ekdals Fiber AB": a sentence names its holder before the number, not after it
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


def is_in_words(part: Part, line: Line) -> bool:
    """Whether a part stands within other words of its line."""
    return any(other.kind == "text" and other.start <= part.start < other.end for other in line.parts)


def is_employer(part: Part, line: Line, draft: Draft) -> bool:
    """Whether the sentence of a person's number goes on with where they work: "Eva Ekdal, 0303-..., arbetar på Ekdals AB"."""
    before = line.text[max(0, draft.spans[-1][1] - line.start) : part.start - line.start]
    return draft.person is not None and _AT.search(before) is not None and not _SENTENCE_END.search(before)


def follows_person(line: Line, index: int, person: str | None) -> bool:
    """Whether a person stands before a part on its line, and nobody after it."""
    persons = [(at, part.value) for at, part in enumerate(line.parts) if part.kind == "person"]
    return bool(persons) and persons[-1][0] < index and persons[-1][1] == person
