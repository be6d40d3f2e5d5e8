"""What came to most pages of a site at once, or went from them: a banner, a menu, the day of the visit. It is no page's own."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from review.content_change import ContentChange, name_sentence

FEWEST = 4
"""Pages: of three that share a new sentence all may have got it for a reason of their own."""
SHARE = 0.5
"""Of the pages of a site that the run knows, more than this. A new address on the five pages of one department of sixty is theirs."""


@dataclass(slots=True)
class SiteWide:
    """The sentences that came to, or went from, the pages of each site, and on how many."""

    pages: Mapping[str | None, int]
    """site_id -> how many pages of it the run knows"""
    _counts: defaultdict[str | None, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def note(self, site_id: str | None, change: ContentChange) -> None:
        """Takes what one page gained and lost."""
        self._counts[site_id].update(name_sentences(change.added) | name_sentences(change.removed))

    def is_most(self, site_id: str | None, count: int) -> bool:
        """Whether so many pages of a site are most of it; never of pages that belong to none."""
        return site_id is not None and count >= FEWEST and count > SHARE * self.pages.get(site_id, 0)

    def find(self, site_id: str | None) -> frozenset[str]:
        """The sentences of a site that are no page's own, as they are named in comparing; none of pages that belong to no site."""
        return frozenset(name for name, count in self._counts[site_id].items() if self.is_most(site_id, count))


def name_sentences(lines: str | None) -> set[str]:
    """The names of sentences that stand one to a line."""
    return {name_sentence(line) for line in (lines or "").split("\n") if line}
