"""What the records of all datasets share: how they are checked, their common types, and the evidence columns."""

import unicodedata
from datetime import UTC
from inspect import get_annotations
from typing import Annotated, Any, Final

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from schemas.values.edtf import is_edtf
from schemas.values.organisation_number import read_organisation_number
from schemas.vocabularies import EvidenceSource

PERSONAL: Final[dict[str, Any]] = {"personal": True}
"""Marks a column that can hold personal data: `Field(json_schema_extra=PERSONAL)`."""


def _check_nfc(text: str) -> str:
    if not unicodedata.is_normalized("NFC", text):
        raise ValueError("not in Unicode normal form C")
    return text


def _check_edtf(text: str) -> str:
    if not is_edtf(text):
        raise ValueError("not an EDTF date or interval")
    return text


def _check_organisation_number(text: str) -> str:
    if read_organisation_number(text) != text:
        raise ValueError("not an organisation number of the form 212000-1314")
    return text


_ID = r"(?:kommun:[0-9]{4}|region:[0-9]{2}|lansstyrelse:[0-9]{2}|orgnr:[0-9]{6}-[0-9]{4}|org:[a-z0-9]+(?:-[a-z0-9]+)*)"

Text = Annotated[str, StringConstraints(min_length=1), AfterValidator(_check_nfc)]
"""A string that says something: never "", in NFC. What is missing is None."""
OrganisationId = Annotated[str, StringConstraints(pattern=rf"^{_ID}(?:@{_ID})?$")]
"""`kommun:1462`, `region:14`, `orgnr:222000-0265`, `org:vastkom`, scoped `org:regionala-samverkansradet@region:22`."""
OrganisationNumber = Annotated[str, AfterValidator(_check_organisation_number)]
AreaCode = Annotated[str, StringConstraints(pattern=r"^(?:0[1-9]|1[0-9]|2[0-5])(?:[0-9]{2})?$")]
PageId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]
SiteId = Annotated[str, StringConstraints(pattern=r"^\w[\w.-]*$")]
RunId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Url = Annotated[str, StringConstraints(pattern=r"^https?://[^\s]+$")]
Edtf = Annotated[str, AfterValidator(_check_edtf)]
Phone = Annotated[str, StringConstraints(pattern=r"^\+[1-9][0-9]{6,14}$")]
Email = Annotated[str, StringConstraints(pattern=r"^[^@\sA-ZÅÄÖ]+@[^@\sA-ZÅÄÖ]+\.[^@\sA-ZÅÄÖ.]+$")]
PostalCodes = Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]{2} [0-9]{2}(?:; [1-9][0-9]{2} [0-9]{2})*$")]
Language = Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*$")]
MediaType = Annotated[str, StringConstraints(pattern=r"^[a-z0-9!#$&^_.+-]+/[a-z0-9!#$&^_.+-]+$")]
Instant = Annotated[AwareDatetime, AfterValidator(lambda moment: moment.astimezone(UTC))]
Confidence = Annotated[float, Field(ge=0, le=1)]
Percent = Annotated[float, Field(ge=0, le=100)]
Count = Annotated[int, Field(ge=0)]


class Record(BaseModel):
    """A row of a dataset. Unknown columns are refused; a record does not change."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    run_id: RunId = Field(description="The run that published this row; sorts by time (20261121T040000Z).")

    @classmethod
    def columns(cls) -> tuple[str, ...]:
        """The columns in the dataset's order: the record's own, then the evidence columns, `run_id` last."""
        return tuple(name for base in cls.__mro__ for name in get_annotations(base) if name in cls.model_fields)


class EvidencedRecord(Record):
    """A fact that a page states, with the words that state it."""

    page_id: PageId = Field(description="The page that states it (pages.page_id).")
    evidence: Text = Field(
        description="The words that state it, as they stand in the source named by evidence_source.", json_schema_extra=PERSONAL
    )
    text_start: Count | None = Field(
        default=None, description="Where the evidence begins in pages.text, in Unicode code points; null unless evidence_source is text."
    )
    text_end: Count | None = Field(
        default=None, description="Where it ends (exclusive), so that pages.text[text_start:text_end] is the evidence; null as text_start."
    )
    evidence_source: EvidenceSource = Field(description="Where the evidence stands.")
    method: Text = Field(description="The rule that read it: short and stable, such as member_list.")
    confidence: Confidence = Field(
        description="How sure the reading is, 0 to 1: the share of facts read by the same rule that held on pages that nobody had tuned it"
        " to; docs/reliability.md says kind by kind how well that keeps."
    )

    @model_validator(mode="after")
    def _check_place(self) -> "EvidencedRecord":
        check_place(self.evidence, self.text_start, self.text_end, is_text=self.evidence_source == "text")
        return self


def check_place(words: str, start: int | None, end: int | None, *, is_text: bool = True) -> None:
    """Raises ValueError unless words from the text have offsets of their length, and words from elsewhere none."""
    if not is_text:
        if start is not None or end is not None:
            raise ValueError("offsets are for evidence from the text only")
    elif start is None or end is None or end - start != len(words):
        raise ValueError(f"text_start {start} and text_end {end} do not enclose {len(words)} characters")
