"""The dataset `contacts`: whom to reach, who holds an office, who is quoted."""

from pydantic import Field

from schemas.record import PERSONAL, Email, EvidencedRecord, OrganisationId, Phone, PostalCodes, Text
from schemas.vocabularies import ContactContext, ContactKind


class ContactRecord(EvidencedRecord):
    """One person, function, switchboard or office on one page."""

    contact_id: Text = Field(
        description="Made of the page and the person, else of the page and the function or unit; never of phone or e-mail."
    )
    organisation_id: OrganisationId | None = Field(
        default=None, description="The organisation that the contact belongs to (organisations.organisation_id)."
    )
    organisation_name: Text | None = Field(default=None, description="Its canonical name.")
    kind: ContactKind = Field(description="Who or what is reached.")
    context: ContactContext = Field(description="Why the contact stands on the page.")
    person: Text | None = Field(default=None, description="The person's name.", json_schema_extra=PERSONAL)
    role: Text | None = Field(default=None, description="The person's title or office, or the function's name.", json_schema_extra=PERSONAL)
    unit: Text | None = Field(default=None, description="The department or unit.", json_schema_extra=PERSONAL)
    phone: Phone | None = Field(default=None, description="The telephone number (E.164): +46313355188.", json_schema_extra=PERSONAL)
    email: Email | None = Field(default=None, description="The e-mail address, in lower case.", json_schema_extra=PERSONAL)
    street_address: Text | None = Field(
        default=None, description='Street and number, or box; several joined with "; ".', json_schema_extra=PERSONAL
    )
    postal_code: PostalCodes | None = Field(
        default=None, description='The postal code: "403 40"; several joined with "; ".', json_schema_extra=PERSONAL
    )
    locality: Text | None = Field(default=None, description='The postal town; several joined with "; ".', json_schema_extra=PERSONAL)
