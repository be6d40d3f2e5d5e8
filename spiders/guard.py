"""No address of a private network is asked for on the word of a public page, unless the site list itself names the host.

A page, a redirect or a name server may point at 127.0.0.1 or 10.0.0.1: the operator's own machines, where a crawler is trusted.
"""

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any
from urllib.parse import urlsplit

from scrapy.exceptions import CannotResolveHostError
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.error import DNSLookupError

from registry.sites import Site
from spiders.trouble import PrivateAddressError

_CARRIERS = (IPv6Network("::/96"), IPv6Network("::ffff:0:0/96"), IPv6Network("64:ff9b::/96"))
"""Whose last 32 bits are an IPv4 address: compatible, mapped, NAT64 (RFC 4291 2.5.5, RFC 6052)."""


class AddressGuard:
    """Looks up the host of each request before it is sent, in the cache that the connection then uses: what is asked was checked."""

    def __init__(self, sites: Iterable[Site]) -> None:
        self._named = {host for site in sites for host in (*site.allowed_domains, *(urlsplit(url).hostname for url in site.start_urls))}

    async def check(self, url: str) -> None:
        """Raises PrivateAddressError, or CannotResolveHostError where the host has no address."""
        host = urlsplit(url).hostname or ""
        if host in self._named:
            return
        if not is_public(address := await resolve_host(host)):
            raise PrivateAddressError(f"{host} is {address}, in a private network that the site list does not name")


async def resolve_host(host: str) -> str:
    """The host's IP address, its own where it is one."""
    from twisted.internet import reactor  # the one that Scrapy has installed

    resolver: Any = reactor
    try:
        return str(await maybe_deferred_to_future(resolver.resolve(host.strip("[]"))))
    except (DNSLookupError, UnicodeError) as error:
        raise CannotResolveHostError(str(error)) from error


def is_public(address: str) -> bool:
    """Whether it is an address of the internet at large: no loopback, private, link-local, shared, reserved or multicast one."""
    parsed = _unwrap(ip_address(address))
    return parsed.is_global and not parsed.is_multicast


def _unwrap(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The IPv4 address that an IPv6 address carries, to which a gateway or the system itself leads; else the address itself."""
    if isinstance(address, IPv4Address):
        return address
    if any(address in carrier for carrier in _CARRIERS):
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.sixtofour or address
