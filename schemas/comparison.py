"""Which columns make a fact another one: what is compared between runs, and what is only how, where and when it was read."""

from collections.abc import Mapping
from types import MappingProxyType

COMPARED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "pages": ("title", "published_on", "updated_on", "is_collaboration"),
        "organisations": ("name", "kind", "organisation_number", "area_code", "website", "other_names", "is_registered"),
        "members": ("is_host", "share", "basis", "since", "until"),
        "relations": ("since", "until", "contradicted"),
        "member_counts": ("count",),
        "contacts": (
            *("organisation_id", "kind", "context", "person", "role", "unit", "phone", "email"),
            *("street_address", "postal_code", "locality"),
        ),
        "dates": ("organisation_id", "edtf", "about"),
    }
)
"""dataset -> the columns besides its key that a change is told of. Names that follow from an id are told of once, in `organisations`;
evidence, offsets, method and confidence may move without the fact being another."""
