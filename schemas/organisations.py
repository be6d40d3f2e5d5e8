"""The dataset `organisations`: every organisation that the pages name or imply."""

from pydantic import Field

from schemas.record import AreaCode, OrganisationId, OrganisationNumber, PageId, Record, Text, Url
from schemas.vocabularies import OrganisationKind


class OrganisationRecord(Record):
    """One organisation, whatever the pages call it."""

    organisation_id: OrganisationId = Field(
        description="Stable and readable: kommun:1462, region:14, lansstyrelse:14, orgnr:222000-0265, else org: and a slug of the name."
    )
    name: Text = Field(description='The canonical name in the nominative: "Lilla Edets kommun".')
    kind: OrganisationKind = Field(description="What sort of organisation it is.")
    organisation_number: OrganisationNumber | None = Field(default=None, description="The organisation number: 212000-1314.")
    area_code: AreaCode | None = Field(default=None, description="SCB's code of the municipality (1462) or county (14).")
    website: Url | None = Field(default=None, description="The organisation's website.")
    other_names: tuple[Text, ...] = Field(default=(), description="Other names of it in the register and on the pages, sorted.")
    is_registered: bool = Field(description="Whether the reference registry knows it.")
    page_ids: tuple[PageId, ...] = Field(default=(), description="The pages that name or imply it (pages.page_id), sorted.")
