"""The form of `history/<dataset>.parquet`: one row per version of a fact, from when to when it held."""

from collections.abc import Mapping
from types import MappingProxyType

from pydantic import BaseModel, Field

from schemas.comparison import COMPARED
from schemas.datasets import DATASETS
from schemas.record import Instant
from schemas.vocabularies import FactStatus

PAGE_COLUMNS = ("page_id", "site_id", "owner_id", "url", "title", "published_on", "updated_on", "is_collaboration")
"""What the history keeps of a page: not its text, which the archive holds."""

HISTORY: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        dataset: PAGE_COLUMNS if dataset == "pages" else tuple(column for column in DATASETS[dataset].columns() if column != "run_id")
        for dataset in COMPARED
    }
)
"""dataset -> the columns of it that its history keeps, as they are in the newest run that holds the version."""


class VersionColumns(BaseModel):
    """What the history adds to a fact. A version is a key with one set of compared values; what comes back has a new version."""

    first_seen: Instant = Field(
        description="When a page was looked at that stated it first, in this version; of organisations and relations, which several pages "
        "state, the last look at one of them in the first run that knew it."
    )
    last_seen: Instant = Field(description="When a page was last looked at that stated it.")
    last_checked: Instant = Field(
        description="When was last looked whether it is still stated: after last_seen where it was not; where its page is gone, when the "
        "run began that found it so."
    )
    status: FactStatus = Field(description="How it stands in the newest run.")
    valid_from: Instant = Field(description="When the run began that knew this version first.")
    valid_to: Instant | None = Field(
        default=None,
        description="When the run began that knew it no more; null while it stands. As of an instant t: valid_from <= t < "
        "valid_to, or it is null.",
    )


class LoggedColumns(BaseModel):
    """What the log of changes adds to the rows of `changes` and `page_changes`."""

    run_started_at: Instant = Field(description="When the run began that found the change.")
