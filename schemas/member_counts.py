"""The dataset `member_counts`: how many members a body has, as a page states it."""

from pydantic import Field

from schemas.record import Count, EvidencedRecord, OrganisationId, Text
from schemas.vocabularies import CountScope


class MemberCountRecord(EvidencedRecord):
    """One page's statement of how many members a body has."""

    organisation_id: OrganisationId = Field(description="The body (organisations.organisation_id).")
    organisation_name: Text = Field(description="The body's canonical name.")
    count: Count = Field(description="The number stated, also where it stands in words.")
    unit: Text = Field(description='What is counted, as the page says it: "kommuner".')
    scope: CountScope = Field(description="Which members are counted.")
    ordinal: int = Field(default=1, ge=1, description="Tells several counts of one body, unit and scope on a page apart, in reading order.")
    listed: Count = Field(default=0, description="How many of the members counted the page names.")
    gap: int | None = Field(default=None, description="count less listed; null where it cannot be told which members are counted.")
