"""The sites we know: whose a page is, and where a crawl begins and stays."""

import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

from registry.addresses import parent_domains, prefix_length, split_address
from registry.site_rows import Site, SiteRow
from schemas.errors import UsageError

__all__ = ["Site", "SiteList", "load_sites"]


class SiteList:
    """Sites in the order of their list."""

    def __init__(self, sites: Sequence[Site], earlier: "SiteList | None" = None) -> None:
        self._sites = tuple(sites)
        self._earlier = earlier
        self._by_domain: dict[str, list[tuple[Site, tuple[str, ...]]]] = {}
        for site in self._sites:
            scope = tuple(address[1] for prefix in site.scope if (address := split_address(prefix)))
            for domain in site.allowed_domains:
                self._by_domain.setdefault(domain, []).append((site, scope))

    def __iter__(self) -> Iterator[Site]:
        return iter(self._sites)

    def __len__(self) -> int:
        return len(self._sites)

    def get(self, site_id: str) -> Site | None:
        """The site with an id, None where there is none."""
        return next((site for site in self._sites if site.id == site_id), None)

    def site_of(self, url: str) -> Site | None:
        """The site that a page belongs to: the longest matching scope, then the nearest domain, then the first of the list.

        None where no site's domain is the host or a parent of it, and where the page lies outside the scopes there.
        """
        if self._earlier is not None and (site := self._earlier.site_of(url)) is not None:
            return site
        if (split := split_address(url)) is None:
            return None
        host, address = split
        candidates = [
            (length, site)
            for domain in parent_domains(host)
            for site, scope in self._by_domain.get(domain, ())
            if (length := prefix_length(scope, address)) is not None
        ]
        return max(candidates, key=lambda candidate: candidate[0])[1] if candidates else None

    def preceded_by(self, earlier: "SiteList") -> "SiteList":
        """Both lists as one: the sites of `earlier` are asked first, and replace those of the same id."""
        ids = {site.id for site in earlier}
        return SiteList((*earlier, *(site for site in self if site.id not in ids)), earlier)


def load_sites(path: Path | None = None) -> SiteList:
    """The sites of a TOML file; None: the bundled list.

    Raises UsageError, one line that names file, site and key, for whatever cannot be used.
    """
    return load_bundled_sites() if path is None else read_sites(str(path), read_file(path))


@cache
def load_bundled_sites() -> SiteList:
    """The list of this package, read once per process."""
    return read_sites("registry/sites.toml", files("registry").joinpath("sites.toml").read_bytes())


def read_file(path: Path) -> bytes:
    """A file's bytes, or UsageError."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror or error}") from error


def read_sites(source: str, content: bytes) -> SiteList:
    """The sites of a TOML document; `source` names it in errors."""
    try:
        document = tomllib.loads(content.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{source}: is not valid TOML: {error}") from error
    for key in document.keys() - {"site"}:
        raise UsageError(f"{source}: {key}: is no key of a site list; sites stand under [[site]]")
    tables = document.get("site", [])
    if not isinstance(tables, list) or not tables or not all(isinstance(table, dict) for table in tables):
        raise UsageError(f"{source}: holds no [[site]]")
    sites: dict[str, Site] = {}
    for number, table in enumerate(tables, start=1):
        site = SiteRow(source, number, table).read()
        if site.id in sites:
            raise UsageError(f'{source}: site "{site.id}": id: stands twice')
        sites[site.id] = site
    return SiteList(tuple(sites.values()))
