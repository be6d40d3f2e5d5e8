"""A contact while it is being read: what is known of it, where that stands, and what counts as one."""

from dataclasses import dataclass, field

from parsers.contacts.parts import Part
from parsers.contacts.persons import has_given_name, is_seat
from parsers.page.document import Block
from schemas.values.address import Address

MOST_ADDRESSES = 100
"""Of one contact: more are no offices of it, but a listing in which each address is compared with all before it."""


@dataclass(slots=True)
class Draft:
    """What the lines read so far state of one contact."""

    block: Block | None
    """Where it begins; None for a contact that stands in markup only."""
    person: str | None = None
    role: str | None = None
    has_listed_role: bool = False
    """Whether the role is but that of the whole list or column, and gives way to one of its own ("Ledamot | Eva Ekdal, ordförande")."""
    guess: str | None = None
    """The line below the name, which is the role where nothing else is."""
    unit: str | None = None
    organisation_id: str | None = None
    is_titled: bool = False
    """Whether the organisation is but the page's title above, and gives way to one named beside the values."""
    is_by_role: bool = False
    """Whether the role itself names the organisation ("ordförande för Skånes Kommuner")."""
    is_subject: bool = False
    """Whether general words ("kansliet") mean the body that the page is about."""
    is_municipal: bool = False
    """Whether "kommunen" means the municipality whose site it is, whatever body was named before."""
    place: str | None = None
    """Where the role is held, by place ("... i Älmhult"): a municipality, if the page names it."""
    is_assumed: bool = False
    """Whether the organisation is the page's owner or subject for want of one named beside it."""
    phone: str | None = None
    email: str | None = None
    addresses: list[Address] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)
    anchor: tuple[int, int] | None = None
    """Where the name, or the first value of a contact without name, stands."""
    in_text: bool = False
    """Whether one of its values stands in the text, not only in the target of a link."""
    context: str = "contact"
    method: str = "contact_line"
    confidence: float = 0.85
    source: str = "text"
    quote: str | None = None
    """The words that state it, where they are no part of the text (`source` json-ld)."""

    @property
    def has_value(self) -> bool:
        """Whether it can be reached or visited."""
        return bool(self.phone or self.email or self.addresses)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is known yet."""
        return not (self.person or self.role or self.unit or self.organisation_id or self.has_value)

    def note(self, part: Part) -> None:
        """Remembers where a part of it stands."""
        self.spans.append((part.start, part.end))
        if part.kind == "person" or (self.anchor is None and part.kind in ("phone", "email", "address")):
            self.anchor = (part.start, part.end)
        self.in_text = self.in_text or (part.kind in ("phone", "email", "address") and not part.is_markup)

    def add_address(self, address: Address) -> None:
        """Adds an address; a street and the postal town on the line below it make one."""
        last = self.addresses[-1] if self.addresses else None
        if last and last.street_address and not last.postal_code and address.postal_code and not address.street_address:
            self.addresses[-1] = Address(last.street_address, address.postal_code, address.locality)
        elif len(self.addresses) < MOST_ADDRESSES and address not in self.addresses:
            self.addresses.append(address)


def judge_draft(draft: Draft, *, in_contact: bool, in_office: bool, is_list: bool, is_labelled: bool) -> bool:
    """Whether a draft is a contact, giving it its context: contact, office (a seat held) or mention."""
    if draft.person:
        return judge_person(draft, in_contact=in_contact, in_office=in_office, is_list=is_list)
    if draft.phone or draft.email:
        return True
    place = in_contact or is_labelled or bool(draft.organisation_id or draft.unit)
    return bool(draft.addresses) and place and (in_contact or any(a.postal_code for a in draft.addresses))


def judge_person(draft: Draft, *, in_contact: bool, in_office: bool, is_list: bool) -> bool:
    """The same for a person."""
    assert draft.person is not None
    if draft.phone or draft.email or draft.method == "page_editor":
        draft.role = draft.role or draft.guess
        return True
    if draft.role and is_seat(draft.role):
        draft.context = "office"
    elif in_contact:
        return bool(draft.role) or has_given_name(draft.person)
    elif draft.role:
        draft.context = "office" if in_office or is_list else "mention"
        return draft.context == "office" or has_given_name(draft.person)
    elif in_office and is_list and draft.organisation_id and has_given_name(draft.person):
        draft.context = "office"  # "Deltagare | Granvik | Eva Ekdal (S)"
        return True
    return bool(draft.role)
