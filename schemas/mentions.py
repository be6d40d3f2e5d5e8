"""The dataset `mentions`: every place where a page names an organisation."""

from pydantic import Field, model_validator

from schemas.record import Confidence, Count, OrganisationId, PageId, Record, Text, check_place


class MentionRecord(Record):
    """One place in a page's text where an organisation is named."""

    page_id: PageId = Field(description="The page (pages.page_id).")
    organisation_id: OrganisationId = Field(description="The organisation named (organisations.organisation_id).")
    text: Text = Field(description="The name as it stands there.")
    text_start: Count = Field(description="Where it begins in pages.text, in Unicode code points.")
    text_end: Count = Field(description="Where it ends (exclusive).")
    method: Text = Field(description="The rule that read it: short and stable, such as registered_name.")
    confidence: Confidence = Field(
        description="How sure the reading is, 0 to 1: the share of mentions read by the same rule that held on pages that nobody had tuned"
        " it to; docs/reliability.md says how well that keeps."
    )

    @model_validator(mode="after")
    def _check_place(self) -> "MentionRecord":
        check_place(self.text, self.text_start, self.text_end)
        return self
