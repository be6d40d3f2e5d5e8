"""The dataset `issues`: what did not go as it should."""

from pydantic import Field

from schemas.record import PERSONAL, PageId, Record, SiteId, Text
from schemas.vocabularies import IssueCode, Severity

BROKEN_CODES = frozenset({"soft_404", "page_walled", "page_unreadable"})
"""What a reading says of a page that answered 200 without being there: it takes nothing away that the run before knew."""


class IssueRecord(Record):
    """One thing that did not go as it should, and what became of the record."""

    severity: Severity = Field(description="What became of it: kept out, kept though doubtful, or merely told.")
    dataset: Text | None = Field(default=None, description="The dataset concerned.")
    site_id: SiteId | None = Field(default=None, description="The site concerned.")
    page_id: PageId | None = Field(default=None, description="The page concerned; it need not stand in pages.")
    code: IssueCode = Field(description="What it is, as a stable code.")
    field: Text | None = Field(default=None, description="The column concerned.")
    value: Text | None = Field(default=None, description="The value seen.", json_schema_extra=PERSONAL)
    message: Text = Field(description="A sentence for a person.")
    record: Text | None = Field(
        default=None, description="The whole record as JSON, where it was kept out or folded into another.", json_schema_extra=PERSONAL
    )
