"""What one page states, as the parsers hand it on: not yet validated, resolved across pages or given its keys."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words that state a fact. For source `text`, `page.text[start:end] == text` (Unicode code points)."""

    text: str
    start: int | None
    end: int | None
    method: str
    """The rule that read it, short and stable: "member_list", "contact_card"."""
    confidence: float
    source: str = "text"
    """text | markup | json-ld | url | header"""


@dataclass(slots=True)
class OrganisationFact:
    """An organisation that the page names or implies. `id` is final unless the page names it by an alias known elsewhere."""

    id: str
    name: str
    kind: str
    organisation_number: str | None = None
    area_code: str | None = None
    website: str | None = None
    other_names: set[str] = field(default_factory=set)
    """Forms in which it stands on this page, and its registered ones."""
    is_registered: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """One place in the text where an organisation is named."""

    organisation_id: str
    text: str
    start: int
    end: int
    method: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Membership:
    """`member_id` has a part in `organisation_id`."""

    organisation_id: str
    member_id: str
    role: str
    evidence: Evidence
    basis: str = "named"
    is_host: bool | None = None
    share: float | None = None
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class MemberCount:
    """A number of members that the page states of a body."""

    organisation_id: str
    count: int
    unit: str
    scope: str
    """total | others | named"""
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to reach, who holds an office, or who is quoted."""

    organisation_id: str | None
    kind: str
    context: str
    evidence: Evidence
    person: str | None = None
    role: str | None = None
    unit: str | None = None
    phone: str | None = None
    email: str | None = None
    street_address: str | None = None
    postal_code: str | None = None
    locality: str | None = None


@dataclass(frozen=True, slots=True)
class DatedFact:
    """A date that the page states, of an organisation or (None) of the page itself."""

    organisation_id: str | None
    kind: str
    edtf: str
    about: str | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Issue:
    """Something that did not go as it should: a stable code, what was seen, and a sentence for a person."""

    code: str
    message: str
    severity: str = "warning"
    """error (kept out) | warning (kept, doubtful) | info"""
    dataset: str | None = None
    field: str | None = None
    value: str | None = None
    record: str | None = None
    """The whole record as JSON, where it was kept out or folded into another."""


@dataclass(slots=True)
class Reading:
    """All that the parsers made of one page."""

    page_id: str
    url: str
    canonical_url: str
    title: str | None
    language: str | None
    platform: str | None
    charset: str | None
    published_on: date | None
    updated_on: date | None
    is_collaboration: bool
    text: str
    content_sha256: str
    owner_id: str | None = None
    platform_id: str | None = None
    organisations: list[OrganisationFact] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    members: list[Membership] = field(default_factory=list)
    member_counts: list[MemberCount] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    dates: list[DatedFact] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
