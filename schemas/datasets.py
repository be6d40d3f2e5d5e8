"""The datasets of a run: their records, in the order in which they are listed, and their keys."""

from collections.abc import Mapping
from types import MappingProxyType

from schemas.changes import ChangeRecord
from schemas.contacts import ContactRecord
from schemas.coverage import CoverageRecord
from schemas.dates import DateRecord
from schemas.fetches import FetchRecord
from schemas.issues import IssueRecord
from schemas.member_counts import MemberCountRecord
from schemas.members import MemberRecord
from schemas.mentions import MentionRecord
from schemas.organisations import OrganisationRecord
from schemas.page_changes import PageChangeRecord
from schemas.pages import PageRecord
from schemas.record import Record
from schemas.relations import RelationRecord

SCHEMA_VERSION = "1.3"
"""Stands in every file's metadata. The first number grows where a column goes or changes its meaning, the second where one comes or a
dataset does."""

DATASETS: Mapping[str, type[Record]] = MappingProxyType(
    {
        "pages": PageRecord,
        "organisations": OrganisationRecord,
        "mentions": MentionRecord,
        "members": MemberRecord,
        "relations": RelationRecord,
        "member_counts": MemberCountRecord,
        "contacts": ContactRecord,
        "dates": DateRecord,
        "issues": IssueRecord,
        "coverage": CoverageRecord,
        "fetches": FetchRecord,
        "changes": ChangeRecord,
        "page_changes": PageChangeRecord,
    }
)
"""Each dataset's record by the dataset's name."""

REVIEWED = ("changes", "page_changes")
"""The datasets that come of comparing a run with the one before; the others are what a run knows."""

KNOWN = tuple(dataset for dataset in DATASETS if dataset not in REVIEWED)
"""The datasets of what a run knows."""

FACTS = ("members", "member_counts", "contacts", "dates")
"""The datasets whose rows are counted as facts: what pages state. Organisations and mentions are what they state it of."""

KEYS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "pages": ("page_id",),
        "organisations": ("organisation_id",),
        "mentions": ("page_id", "organisation_id", "text_start"),
        "members": ("page_id", "organisation_id", "member_id", "role"),
        "relations": ("organisation_id", "member_id", "role"),
        "member_counts": ("page_id", "organisation_id", "unit", "scope", "ordinal"),
        "contacts": ("contact_id",),
        "dates": ("date_id",),
        "issues": (),
        "coverage": ("site_id",),
        "fetches": ("url",),
        "changes": (),
        "page_changes": ("page_id",),
    }
)
"""The columns that are unique together in a dataset; `issues` has none: one thing may go wrong twice; nor has `changes`:
a fact has a row for each column that changed."""


def _is_personal(record: type[Record], column: str) -> bool:
    extra = record.model_fields[column].json_schema_extra
    return isinstance(extra, dict) and bool(extra.get("personal"))


PERSONAL: Mapping[str, frozenset[str]] = MappingProxyType(
    {name: frozenset(column for column in record.columns() if _is_personal(record, column)) for name, record in DATASETS.items()}
)
"""The columns of each dataset that can hold personal data."""
