"""The dataset `dates`: the dates and periods that the pages state, their own included."""

from datetime import date

from pydantic import Field, model_validator

from schemas.record import PERSONAL, Edtf, EvidencedRecord, OrganisationId, Text
from schemas.values.edtf import edtf_bounds, edtf_precision
from schemas.vocabularies import DateKind, DatePrecision


class DateRecord(EvidencedRecord):
    """One date or period on one page."""

    date_id: Text = Field(description="Made of the page, the kind, what is dated and an ordinal; never of the date itself.")
    organisation_id: OrganisationId | None = Field(
        default=None, description="The organisation that the date is about (organisations.organisation_id); null: the page."
    )
    kind: DateKind = Field(description="What happened, happens or holds then.")
    edtf: Edtf = Field(description="The date or interval (ISO 8601-2 / EDTF): 2023-05-03, 2022/2026, 2022/.., ../2018-09, XXXX-05-04.")
    about: Text | None = Field(default=None, description="What it dates, in words.", json_schema_extra=PERSONAL)
    start: date | None = Field(default=None, description="The first day that it covers; null where the year is unknown or the start open.")
    end: date | None = Field(default=None, description="The last day that it covers; null where the year is unknown or the end open.")
    precision: DatePrecision = Field(description="How exact it is; an interval is as exact as its coarser side.")

    @model_validator(mode="after")
    def _check_bounds(self) -> "DateRecord":
        if (self.start, self.end) != edtf_bounds(self.edtf) or self.precision != edtf_precision(self.edtf):
            raise ValueError(f"start, end and precision do not follow from {self.edtf}")
        return self
