"""The contact that is being read: its draft, and what was read just before it."""

from parsers.contacts.cards import Card
from parsers.contacts.drafts import Draft
from parsers.contacts.parts import Line, Part
from parsers.contacts.tables import find_columns, find_row_tables, read_columns
from parsers.contacts.units import DESKS
from parsers.page.document import Block, Document
from schemas.facts import Issue

VALUE_LABELS = {"phone": "phone", "switchboard": "phone", "email": "email", "address": "address"}


class OpenContact:
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
        self.section_unit: str | None = None
        """The department whose name is the heading: each person below who can be reached is of it."""
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
        if name.casefold().startswith("kommunens ") and line.has_value and not (self.draft and self.draft.person):
            self.open(line.block).is_municipal = True  # "ring kommunens växel på 08-..."
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

    def miss_label(self) -> None:
        """An issue where the label last seen stands without its value."""
        label, self.label = self.label, None
        field = VALUE_LABELS.get(label.value) if label else None
        if label and field and self.document.text[label.end : label.end + 1] == ":":
            words = self.document.text[label.start : label.end + 1]
            message = f'The label "{words}" has no value after it'
            self.found.append(Issue("contact_label_without_value", message, "info", "contacts", field, words))
