"""A site, and how a row of the site list becomes one; what cannot be used is told with file, site and key."""

import difflib
import re
from dataclasses import dataclass
from typing import Any

from registry.addresses import normalise_host, parent_domains, split_address
from registry.identity import unregistered_id
from registry.registry import load_registry
from schemas.errors import UsageError

_KEYS = ("id", "owner", "start_urls", "allowed_domains", "scope", "max_pages")
# An id stands in `-a sites=lillaedet,ale` and in file names: no blank, comma or slash.
_SITE_ID = re.compile(r"[\w.-]+")
# The prefix tells that an owner is meant as a registry id: "kommun:1462".
_REGISTRY_ID = re.compile(r"(kommun|region|lansstyrelse|orgnr|org):\S+")


@dataclass(frozen=True, slots=True)
class Site:
    """A site of the list. `owner` is as the list says it, a registry id or a plain name."""

    id: str
    owner: str
    start_urls: tuple[str, ...]
    allowed_domains: tuple[str, ...]
    """Lower case, without "www."; what lies below them belongs to the site too."""
    scope: tuple[str, ...] = ()
    """URL prefixes outside of which a page is not the site's; () where the domains say it all."""
    max_pages: int | None = None

    @property
    def owner_id(self) -> str:
        """The owner's id: the registry's where it knows the owner, else made of the name ("org:sodertornssamarbetet")."""
        registry = load_registry()
        if self.owner in registry.organisations:
            return self.owner
        known = registry.by_name(self.owner)
        return known.id if known else unregistered_id(self.owner)


class SiteRow:
    """A `[[site]]` table of a file, the `number`th there."""

    def __init__(self, source: str, number: int, table: dict[str, Any]) -> None:
        self._table = table
        self._place = f"{source}: site {number}"
        self._place = f'{source}: site "{self.text("id")}"'

    def read(self) -> Site:
        """The site. Raises UsageError, one line, for a key that is unknown, missing or cannot be used."""
        self._check_keys()
        if not _SITE_ID.fullmatch(self.text("id")):
            raise self.error("id", "may hold letters, digits, hyphens and dots only")
        start_urls = self.urls("start_urls")
        hosts = dict.fromkeys(address[0] for url in start_urls if (address := split_address(url)))
        domains = self.domains() if "allowed_domains" in self._table else tuple(hosts)
        return Site(self.text("id"), self.owner(), start_urls, domains, self.scope(domains), self.max_pages())

    def owner(self) -> str:
        """A registry id that the registry knows, or any name."""
        owner = self.text("owner")
        if _REGISTRY_ID.fullmatch(owner) and owner not in load_registry().organisations:
            raise self.error("owner", f'"{owner}" is not in the registry')
        return owner

    def domains(self) -> tuple[str, ...]:
        """The allowed domains, normalised."""
        domains: dict[str, None] = {}
        for domain in self.texts("allowed_domains"):
            if (host := normalise_host(domain)) is None:
                raise self.error("allowed_domains", f'"{domain}" is not a host name')
            domains[host] = None
        return tuple(domains)

    def scope(self, domains: tuple[str, ...]) -> tuple[str, ...]:
        """The URL prefixes, each within the domains."""
        prefixes = self.urls("scope") if "scope" in self._table else ()
        for prefix in prefixes:
            address = split_address(prefix)
            if address is None or not set(parent_domains(address[0])) & set(domains):
                raise self.error("scope", f'"{prefix}" lies outside the allowed domains')
        return prefixes

    def max_pages(self) -> int | None:
        """A positive number, or None."""
        value = self._table.get("max_pages")
        if value is not None and (not isinstance(value, int) or isinstance(value, bool) or value < 1):
            raise self.error("max_pages", "must be a number above 0")
        return value

    def urls(self, key: str) -> tuple[str, ...]:
        """A list of absolute http(s) URLs."""
        for url in self.texts(key):
            if split_address(url) is None:
                raise self.error(key, f'"{url}" is not an absolute http or https URL')
        return self.texts(key)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list with one or more texts."""
        value = self._required(key)
        if not isinstance(value, list) or not value or not all(isinstance(item, str) and item.strip() for item in value):
            raise self.error(key, "must be a list of one or more texts")
        return tuple(item.strip() for item in value)

    def text(self, key: str) -> str:
        """A text that is not empty."""
        value = self._required(key)
        if not isinstance(value, str) or not value.strip():
            raise self.error(key, "must be a text")
        return value.strip()

    def error(self, key: str, problem: str) -> UsageError:
        """The error to raise, one line."""
        return UsageError(f"{self._place}: {key}: {problem}")

    def _required(self, key: str) -> Any:
        if key not in self._table:
            raise self.error(key, "is missing")
        return self._table[key]

    def _check_keys(self) -> None:
        for key in self._table:
            if key not in _KEYS:
                near = difflib.get_close_matches(key, _KEYS, n=1)
                raise self.error(
                    key, f"is no key of a site; did you mean {near[0]}?" if near else f"is no key of a site ({', '.join(_KEYS)})"
                )
