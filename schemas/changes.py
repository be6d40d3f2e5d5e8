"""The dataset `changes`: what became another in the facts between the run before and this one."""

from pydantic import Field

from schemas.record import PERSONAL, OrganisationId, PageId, Record, RunId, SiteId, Text, Url
from schemas.vocabularies import ChangeCause, ComparedDataset, FactChange


class ChangeRecord(Record):
    """One fact, or one column of it, that is not as it was in the run before. What could not be looked at has no row."""

    dataset: ComparedDataset = Field(description="The dataset that holds the fact.")
    key: Text = Field(
        description="The key columns of the fact in this run, of one that was removed in the run before, as a JSON object in their order.",
        json_schema_extra=PERSONAL,
    )
    change: FactChange = Field(description="What happened to it.")
    column: Text | None = Field(default=None, description="The column that changed; null where the whole fact came or went.")
    before: Text | None = Field(
        default=None,
        description="The value before, as text: dates in ISO 8601, lists as JSON, of a fact that was removed its compared columns "
        "and names as a JSON object, without those that are null. Null where there was none.",
        json_schema_extra=PERSONAL,
    )
    after: Text | None = Field(
        default=None, description="The value now, in the same form; null where there is none.", json_schema_extra=PERSONAL
    )
    cause: ChangeCause = Field(description="Whether the page says something else, or our code reads the same page differently.")
    organisation_id: OrganisationId | None = Field(
        default=None, description="The organisation that the fact is about, of a membership the body; null where it is about a page."
    )
    organisation_name: Text | None = Field(default=None, description="Its canonical name.")
    subject: Text | None = Field(
        default=None,
        description="What the fact is about, in words, as it is now or was last: of a membership who has a part, of a contact "
        '"Eva Ek (förbundsdirektör)", of a date "Skolmatsakademin (founded)", of a count what is counted, else the name or title; null '
        "where nothing names it.",
        json_schema_extra=PERSONAL,
    )
    site_id: SiteId | None = Field(default=None, description="The site of the page; null where none is known.")
    page_id: PageId | None = Field(
        default=None, description="The page that states it, or stated it; of organisations and relations one of them; null where none does."
    )
    url: Url | None = Field(default=None, description="The address of that page.")
    evidence_before: Text | None = Field(
        default=None, description="The words that stated it in the run before; null of what has no evidence.", json_schema_extra=PERSONAL
    )
    evidence_after: Text | None = Field(
        default=None, description="The words that state it now; null of what has no evidence.", json_schema_extra=PERSONAL
    )
    previous_run_id: RunId = Field(description="The run that this one was compared with.")
