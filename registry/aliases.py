"""The reviewed corrections of `aliases.toml`: which ids, or names on a site, are which organisation; checked as they are loaded."""

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from pydantic import TypeAdapter, ValidationError

from registry.identity import unregistered_id
from registry.registry import Registry, load_registry
from registry.sites import load_sites
from schemas.errors import UsageError
from schemas.record import OrganisationId

_KEYS = {"id", "name", "site", "organisation_id", "reason"}
_ID = TypeAdapter(OrganisationId)


@dataclass(frozen=True, slots=True)
class Alias:
    """What `id` or, on a site, `name` stands for. One of the two is None; `site_id` None: on all pages."""

    organisation_id: str
    reason: str
    id: str | None = None
    name: str | None = None
    site_id: str | None = None

    def ids(self, owner_id: str | None) -> tuple[str, ...]:
        """The ids that pages of an owner may have given it."""
        if self.id is not None:
            return (self.id,)
        name = self.name or ""
        return (unregistered_id(name), *([unregistered_id(name, owner_id)] if owner_id and "@" not in owner_id else []))


@cache
def load_aliases() -> tuple[Alias, ...]:
    """The bundled aliases, read once per process."""
    text = files("registry").joinpath("aliases.toml").read_text("utf-8")
    return read_aliases("registry/aliases.toml", text, load_registry(), {site.id for site in load_sites()})


def read_aliases(source: str, text: str, registry: Registry, site_ids: Iterable[str]) -> tuple[Alias, ...]:
    """The aliases of a TOML document. Raises UsageError, one line that names the alias, for whatever cannot be used."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{source}: is not valid TOML: {error}") from error
    tables = document.get("alias", [])
    if document.keys() - {"alias"} or not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise UsageError(f"{source}: aliases stand under [[alias]], and nothing else stands there")
    known = frozenset(site_ids)
    aliases = []
    for number, table in enumerate(tables, 1):
        if problem := find_problem(table, registry, known):
            raise UsageError(f"{source}: alias {number}: {problem}")
        rest = {key: table[key] for key in ("organisation_id", "reason", "id", "name") if key in table}
        aliases.append(Alias(**rest, site_id=table.get("site")))
    if problem := find_clash(aliases):
        raise UsageError(f"{source}: {problem}")
    return tuple(aliases)


def find_problem(table: dict[str, Any], registry: Registry, site_ids: frozenset[str]) -> str | None:
    """What is wrong with one alias; None where nothing is."""
    for key, value in table.items():
        if key not in _KEYS:
            return f"{key}: is no key of an alias"
        if not isinstance(value, str) or not value.strip():
            return f"{key}: must be a text"
    for key in ("organisation_id", "reason"):
        if key not in table:
            return f"{key}: is missing"
    if ("id" in table) == ("name" in table):
        return "needs either id or name"
    if "name" in table and "site" not in table:
        return "name: holds on a site only; a name that holds everywhere is the registry's"
    if "site" in table and table["site"] not in site_ids:
        return f'site: there is no site "{table["site"]}"'
    return find_wrong_id(table.get("id"), table["organisation_id"], registry, has_site="site" in table)


def find_wrong_id(old: str | None, new: str, registry: Registry, *, has_site: bool) -> str | None:
    """Which of the two ids cannot stand there, and why; None where both can."""
    for key, identity in (("id", old), ("organisation_id", new)):
        if identity is not None and not is_id(identity):
            return f'{key}: "{identity}" is no organisation id'
    if not new.startswith("org:") and new not in registry.organisations:
        return f'organisation_id: "{new}" is not in the registry'
    if old == new:
        return "organisation_id: is the id itself"
    if old in registry.organisations and not (has_site and new in registry.organisations):
        return f'id: "{old}" is registered; only what a site calls so can be another registered organisation'
    return None


def find_clash(aliases: Sequence[Alias]) -> str | None:
    """What stands twice, or leads to another alias: each has to name the end. None where all is well."""
    seen: set[tuple[str | None, str | None, str | None]] = set()
    for alias in aliases:
        key = (alias.site_id, alias.id, alias.name)
        if key in seen:
            return f"{alias.id or alias.name} stands twice"
        seen.add(key)
    taken = {(alias.site_id, alias.id) for alias in aliases}
    ends = [(alias.organisation_id, site_id) for alias in aliases for site_id in {None, alias.site_id}]
    return next((f"{end} is an alias itself" for end, site_id in ends if (site_id, end) in taken), None)


def is_id(text: str) -> bool:
    """Whether a text has the form of an organisation's id."""
    try:
        _ID.validate_python(text)
    except ValidationError:
        return False
    return True
