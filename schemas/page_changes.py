"""The dataset `page_changes`: pages that came, went, moved, or say something else than in the run before."""

from pydantic import Field

from schemas.record import PERSONAL, Count, Instant, PageId, Record, RunId, SiteId, Text, Url
from schemas.vocabularies import PageChange


class PageChangeRecord(Record):
    """One page whose content or address is not as it was. Noise (dates of today, counters, banners, another design) is no change."""

    page_id: PageId = Field(description="The page (pages.page_id); it keeps its id when it moves.")
    site_id: SiteId | None = Field(default=None, description="Its site in the site list; null where it belongs to none.")
    url: Url = Field(description="Its address now; of a page that is gone its last one.")
    title: Text | None = Field(default=None, description="Its title now; of a page that is gone its last one.", json_schema_extra=PERSONAL)
    change: PageChange = Field(description="What happened to it; a page that moved may also say something else.")
    previous_url: Url | None = Field(default=None, description="Its address in the run before; null of a new page.")
    similarity: float | None = Field(
        default=None,
        ge=0,
        le=1,
        description="How much of both contents they share: 1 where they say the same, 0 where nothing is left; null of new and gone pages.",
    )
    added: Text | None = Field(
        default=None, description="The sentences that came, one to a line, in their order; null where none did.", json_schema_extra=PERSONAL
    )
    removed: Text | None = Field(
        default=None, description="The sentences that went, one to a line, in their order; null where none did.", json_schema_extra=PERSONAL
    )
    diff: Text | None = Field(
        default=None,
        description="The unified diff of both contents, sentence by sentence; null where they say the same.",
        json_schema_extra=PERSONAL,
    )
    facts_changed: Count = Field(default=0, description="How many rows of changes with this page and the cause page there are.")
    fetched_at: Instant | None = Field(default=None, description="When the bytes of now came; null of a page that is gone.")
    archive_file: Text | None = Field(default=None, description="The archive file that holds them.")
    archive_offset: Count | None = Field(default=None, description="Where they begin in that file, in bytes.")
    archive_length: Count | None = Field(default=None, description="How many bytes they take there.")
    previous_fetched_at: Instant | None = Field(default=None, description="When the bytes of before came; null of a new page.")
    previous_archive_file: Text | None = Field(default=None, description="The archive file that holds those.")
    previous_archive_offset: Count | None = Field(default=None, description="Where they begin in that file, in bytes.")
    previous_archive_length: Count | None = Field(default=None, description="How many bytes they take there.")
    previous_run_id: RunId = Field(description="The run that this one was compared with.")
