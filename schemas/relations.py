"""The dataset `relations`: who has a part in which body, consolidated over all pages of the run."""

from pydantic import Field

from schemas.record import Edtf, OrganisationId, Record, Text
from schemas.vocabularies import MemberRole, RelationSide

MOST_CONFIDENCE = 0.99
"""No number of statements makes a relation surer than this: all pages may repeat one mistake."""


class RelationRecord(Record):
    """One part that an organisation has in a body, whatever number of pages state it: `members` without its repetitions."""

    organisation_id: OrganisationId = Field(description="The body (organisations.organisation_id).")
    organisation_name: Text = Field(description="The body's canonical name.")
    member_id: OrganisationId = Field(description="The organisation that has a part in it (organisations.organisation_id).")
    member_name: Text = Field(description="The member's canonical name.")
    role: MemberRole = Field(description="What part it has.")
    pages: int = Field(ge=1, description="How many pages state it (rows of members).")
    hosts: int = Field(ge=1, description='On how many hosts these pages lie; "www." does not count.')
    sides: tuple[RelationSide, ...] = Field(min_length=1, description="Whose pages state it, by pages.owner_id: each side once.")
    since: Edtf | None = Field(
        default=None,
        description="From when (EDTF), where a page says it. Where pages differ: what the body's own pages say, else what most hosts, then "
        "most pages, say; of dates that agree (2019, 2019-04-01) the most precise.",
    )
    until: Edtf | None = Field(default=None, description="Until when (EDTF), where a page says it; chosen as since is.")
    contradicted: bool = Field(
        description="Whether pages disagree about it: they state dates (since, until) that exclude each other, an end that had passed when "
        "another page still stated it without one, shares a percentage point or more apart, one that it is the host and one that it is "
        "not, or one member and another adjunct; or a page of the body's own that lists as many members as it counts lacks it (roles "
        "member and owner). An issue relation_contradicted says which."
    )
    confidence: float = Field(
        ge=0,
        le=MOST_CONFIDENCE,
        description="How sure the statements together make it, at most 0.99: 1 less the product of (1 - c) over the hosts, c being the "
        "surest of a host's statements (members.confidence). Hosts count as independent, pages of one host do not; contradicted does not "
        "enter.",
    )
