"""The Sweden we know: municipalities, counties, regions, agencies, joint bodies, their names and their sites."""

from registry.identity import organisation_slug, unregistered_id
from registry.names import NameHit
from registry.organisations import County, Organisation
from registry.registry import Registry, load_registry
from registry.sites import Site, SiteList, load_sites

__all__ = [
    "County",
    "NameHit",
    "Organisation",
    "Registry",
    "Site",
    "SiteList",
    "load_registry",
    "load_sites",
    "organisation_slug",
    "unregistered_id",
]
