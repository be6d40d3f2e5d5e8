"""The dataset `members`: who has a part in which body, as a page states it."""

from pydantic import Field

from schemas.record import Edtf, EvidencedRecord, OrganisationId, Percent, Text
from schemas.vocabularies import MemberBasis, MemberRole


class MemberRecord(EvidencedRecord):
    """One page's statement that an organisation has a part in a body."""

    organisation_id: OrganisationId = Field(description="The body (organisations.organisation_id).")
    organisation_name: Text = Field(description="The body's canonical name.")
    member_id: OrganisationId = Field(description="The organisation that has a part in it (organisations.organisation_id).")
    member_name: Text = Field(description="The member's canonical name.")
    role: MemberRole = Field(description="What part it has.")
    is_host: bool | None = Field(default=None, description="Whether it is the host municipality (värdkommun); null where nothing is said.")
    share: Percent | None = Field(default=None, description="The owner's share in percent, where one is stated.")
    basis: MemberBasis = Field(description="Whether the page names the member, or implies it.")
    since: Edtf | None = Field(default=None, description="From when, where stated (EDTF).")
    until: Edtf | None = Field(default=None, description="Until when, where stated (EDTF).")
