"""Which code and which knowledge read a page: where both are the same, the same bytes give the same facts and need no second reading."""

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path

from registry.sites import Site

PACKAGES = ("parsers", "registry", "schemas", "pipelines")
KNOWLEDGE = frozenset({".py", ".toml", ".csv"})


def name_reading(sites: Iterable[Site]) -> str:
    """16 hex digits for the code, the words and the registry that read pages, and for whose each site is."""
    digest = hashlib.sha256(hash_code().encode())
    for site in sites:
        digest.update(repr((site.id, site.owner, site.allowed_domains, site.scope)).encode())
    return digest.hexdigest()[:16]


@cache
def hash_code() -> str:
    """SHA-256 of every file that a reading depends on, in the order of their names."""
    digest = hashlib.sha256()
    for package in PACKAGES:
        folder = Path(str(files(package)))
        for path in sorted(path for path in folder.rglob("*") if path.suffix in KNOWLEDGE):
            digest.update(f"{package}/{path.relative_to(folder).as_posix()}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()
