"""How far a crawl goes, as the settings say."""

from dataclasses import dataclass

from scrapy.settings import SETTINGS_PRIORITIES, BaseSettings

from registry.sites import Site


@dataclass(frozen=True, slots=True)
class Limits:
    """Pages per site, links from a start page, sites at a time, seconds in all and for one site (0: no limit), failures in a row."""

    pages: int
    is_asked_for: bool
    """Whether somebody asked for that number of pages for this crawl; then it goes before the sites' own."""
    depth: int
    sites_at_once: int
    seconds: float
    site_seconds: float
    failures: int
    """After so many requests in a row that failed a site is left."""

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> "Limits":
        """Those of samverkan/settings.py."""
        return cls(
            pages=settings.getint("SAMVERKAN_MAX_PAGES"),
            is_asked_for=(settings.getpriority("SAMVERKAN_MAX_PAGES") or 0) > SETTINGS_PRIORITIES["project"],
            depth=settings.getint("SAMVERKAN_MAX_DEPTH"),
            sites_at_once=settings.getint("CONCURRENT_REQUESTS"),
            seconds=settings.getfloat("SAMVERKAN_MAX_TIME"),
            site_seconds=settings.getfloat("SAMVERKAN_SITE_TIME"),
            failures=settings.getint("SAMVERKAN_GIVE_UP_AFTER"),
        )

    def pages_of(self, site: Site) -> int:
        """The budget of one site."""
        return self.pages if self.is_asked_for or site.max_pages is None else site.max_pages
