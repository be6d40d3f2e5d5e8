"""Which site comes next: those that share a host one after the other, so that a host with many sites does not hold up the others."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from registry.sites import Site


class Itinerary:
    """The sites that wait for their turn, in the order of the list."""

    def __init__(self, sites: Iterable[Site]) -> None:
        self._waiting = list(sites)
        self._busy: dict[str, frozenset[str]] = {}
        """The hosts of each site under way."""

    def take(self) -> Site | None:
        """The first site whose hosts no site under way shares; None where there is none now. It is under way until `release`."""
        busy = frozenset[str]().union(*self._busy.values())
        for index, site in enumerate(self._waiting):
            hosts = frozenset(urlsplit(url).hostname or "" for url in site.start_urls)
            if not hosts & busy:
                self._busy[site.id] = hosts
                return self._waiting.pop(index)
        return None

    def release(self, site: Site) -> None:
        """The site is done: others may use its hosts."""
        del self._busy[site.id]
