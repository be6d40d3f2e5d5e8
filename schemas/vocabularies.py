"""The closed vocabularies: the codes that a column may hold, with their labels, from `vocabularies.toml` and `issue_codes.toml`."""

import tomllib
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Annotated

from pydantic import AfterValidator

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Label:
    """What a code is called, in Swedish and in English."""

    sv: str
    en: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A closed list of codes. As the metadata of a type it admits no other string."""

    name: str
    labels: Mapping[str, Label]

    def check(self, code: str) -> str:
        """The code itself; ValueError where the vocabulary lacks it."""
        if code not in self.labels:
            raise ValueError(f"{code!r} is no {self.name}; known are {', '.join(self.labels)}")
        return code


class UnknownIssueCode(UserWarning, ValueError):
    """Warned of where an issue bears a code that `issue_codes.toml` lacks. The tests make an error of it; a run goes on."""


def _load(file: str) -> dict[str, dict[str, dict[str, str]]]:
    return tomllib.loads((_FOLDER / file).read_text("utf-8"))


VOCABULARIES: Mapping[str, Vocabulary] = MappingProxyType(
    {
        name: Vocabulary(name, MappingProxyType({code: Label(**label) for code, label in codes.items()}))
        for name, codes in _load("vocabularies.toml").items()
    }
)
"""Every vocabulary by name."""

ISSUE_CODES: Mapping[str, str] = MappingProxyType(tomllib.loads((_FOLDER / "issue_codes.toml").read_text("utf-8")))
"""Every issue code with what it tells."""


def _check_issue_code(code: str) -> str:
    if code not in ISSUE_CODES:
        warnings.warn(UnknownIssueCode(f"issue code {code!r} stands not in schemas/issue_codes.toml"), stacklevel=2)
    return code


OrganisationKind = Annotated[str, AfterValidator(VOCABULARIES["organisation_kind"].check), VOCABULARIES["organisation_kind"]]
MemberRole = Annotated[str, AfterValidator(VOCABULARIES["member_role"].check), VOCABULARIES["member_role"]]
MemberBasis = Annotated[str, AfterValidator(VOCABULARIES["member_basis"].check), VOCABULARIES["member_basis"]]
RelationSide = Annotated[str, AfterValidator(VOCABULARIES["relation_side"].check), VOCABULARIES["relation_side"]]
CountScope = Annotated[str, AfterValidator(VOCABULARIES["count_scope"].check), VOCABULARIES["count_scope"]]
ContactKind = Annotated[str, AfterValidator(VOCABULARIES["contact_kind"].check), VOCABULARIES["contact_kind"]]
ContactContext = Annotated[str, AfterValidator(VOCABULARIES["contact_context"].check), VOCABULARIES["contact_context"]]
DateKind = Annotated[str, AfterValidator(VOCABULARIES["date_kind"].check), VOCABULARIES["date_kind"]]
DatePrecision = Annotated[str, AfterValidator(VOCABULARIES["date_precision"].check), VOCABULARIES["date_precision"]]
EvidenceSource = Annotated[str, AfterValidator(VOCABULARIES["evidence_source"].check), VOCABULARIES["evidence_source"]]
Severity = Annotated[str, AfterValidator(VOCABULARIES["severity"].check), VOCABULARIES["severity"]]
FetchPurpose = Annotated[str, AfterValidator(VOCABULARIES["fetch_purpose"].check), VOCABULARIES["fetch_purpose"]]
SiteOutcome = Annotated[str, AfterValidator(VOCABULARIES["site_outcome"].check), VOCABULARIES["site_outcome"]]
ComparedDataset = Annotated[str, AfterValidator(VOCABULARIES["compared_dataset"].check), VOCABULARIES["compared_dataset"]]
FactChange = Annotated[str, AfterValidator(VOCABULARIES["fact_change"].check), VOCABULARIES["fact_change"]]
ChangeCause = Annotated[str, AfterValidator(VOCABULARIES["change_cause"].check), VOCABULARIES["change_cause"]]
PageChange = Annotated[str, AfterValidator(VOCABULARIES["page_change"].check), VOCABULARIES["page_change"]]
FactStatus = Annotated[str, AfterValidator(VOCABULARIES["fact_status"].check), VOCABULARIES["fact_status"]]
IssueCode = Annotated[str, AfterValidator(_check_issue_code)]
