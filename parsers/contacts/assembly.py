"""Lines become contacts: a name begins one, the lines below it fill it, a heading or running text ends it."""

from collections.abc import Iterator

from parsers.contacts.cards import Card
from parsers.contacts.drafts import Draft, judge_draft
from parsers.contacts.filling import Filling, is_address_of
from parsers.contacts.opening import VALUE_LABELS
from parsers.contacts.parts import Line, Part, read_label
from parsers.contacts.persons import has_given_name, read_list_role, read_person
from parsers.contacts.sections import is_board_heading, is_contact_heading, is_in_contact, is_in_office
from parsers.contacts.units import DESKS
from parsers.page.document import Block, Document
from schemas.facts import Issue


class Assembly(Filling):
    """One pass over the lines of a page."""

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

    def enter_block(self, line: Line, previous: Block | None) -> None:
        """A new block: zones, cards, headings and rows of a table of persons end the contact before them."""
        block = line.block
        if (
            previous is None
            or block.zone != previous.zone
            or (block.section != previous.section and block.kind != "heading" and previous.kind != "heading")
        ):
            self.close()
            self.section_role = self.section_unit = None
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
        self.section_unit = None
        above = [] if is_contact_heading(block.text) else self.document.headings_above(block)
        self.section_role = next((role for heading in (block, *above) if (role := read_board_role(heading.text))), None)

    def close(self) -> None:
        """Ends the open draft and keeps it where it is a contact."""
        draft, self.draft = self.draft, None
        self.lead_roles, self.after_values = [], None
        labelled, self.has_address_label = self.has_address_label, False
        if draft is None or draft.is_empty or draft.block is None:
            return
        block = draft.block
        if draft.has_value and not (draft.person or draft.unit or draft.role):
            draft.person = find_heading_person(self.document, block, draft.email)
        if draft.person and not draft.role:
            draft.role = (self.card and draft.guess) or self.section_role  # "Eva Ekdal / Infrastruktur" under "Samordnare"
        if draft.person and draft.has_value and not draft.unit:
            draft.unit = self.section_unit
        in_contact = is_in_contact(self.document, block) or self.card is not None
        in_office = is_in_office(self.document, block) or block.zone == "aside"
        is_list = block.kind == "item" or block.cell is not None
        if judge_draft(draft, in_contact=in_contact, in_office=in_office, is_list=is_list, is_labelled=labelled):
            self.found.append(describe(draft, block, self.card))

    def read_line(self, line: Line) -> None:
        """Adds a line's parts to the open draft; running text stands for itself."""
        if line.is_prose or (line.block.kind == "caption" and line.block not in self.cards_in_captions):
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
        if (
            draft is None
            or draft.person
            or draft.has_value
            or (draft.unit or "").casefold() in DESKS
            or self.card is not None
            or is_in_contact(self.document, line.block)
        ):
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
        if kind in ("other", "editor") and part.kind in ("text", "role", "unit", "organisation"):
            return Part("ignored", part.start, part.end, part.value)
        if kind == "other" and part.kind in ("text", "person", "role", "unit", "organisation"):
            return Part("ignored", part.start, part.end, part.value)
        return part


def read_board_role(heading: str) -> str | None:
    """The seat of those listed under a heading: under "Ersättare" that, under the name of a board alone a member's."""
    return "ledamot" if is_board_heading(heading) else read_list_role(heading)


def find_heading_person(document: Document, block: Block, email: str | None) -> str | None:
    """The person whose name is a heading above a card of values, where the e-mail is theirs: a page about one person."""
    local = email.partition("@")[0] if email else ""
    for heading in document.headings_above(block) if local else ():
        person = read_person(heading.text)
        if person and has_given_name(person) and is_address_of(person, local):
            return person
    return None


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
