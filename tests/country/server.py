"""Serves a country on loopback, each site on its own address and all on one port, and notes every request.

    python -m tests.country.server --seed 1 --port 8000 --site-list sites.toml

(Linux answers on all of 127.0.0.0/8; macOS needs the addresses added to lo0 first.)
"""

import argparse
import asyncio
import sys
import threading
import time
from collections.abc import Coroutine, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from tests.country.answers import Answers
from tests.country.build import build_country, site_list_toml
from tests.country.messages import read_head, reply
from tests.country.model import Country

Result = TypeVar("Result")
BACKLOG = 256
"""Connections that may wait at each address: a crawler opens many at once."""
TRIES = 20
"""Ports to try until one is free at all addresses."""


class Request(NamedTuple):
    """One request: when it came, when its answer was ready (`time.monotonic()` seconds), and the bytes of the answer with its headers."""

    start: float
    end: float
    host: str
    path: str
    """With its query."""
    status: int
    sent: int


@dataclass
class ServedCountry:
    """A running country. `log` holds every request in the order of the answers."""

    country: Country
    port: int
    sites: Mapping[str, Answers]
    log: list[Request] = field(default_factory=list)

    def write_site_list(self, path: Path) -> Path:
        """Writes the site list for a crawl; gives `path`."""
        path.write_text(site_list_toml(self.country, self.port), "utf-8")
        return path

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answers the requests of one connection until the other side closes it."""
        host = writer.get_extra_info("sockname")[0]
        try:
            while head := await read_head(reader):
                start = time.monotonic()
                path, headers = head
                status, message = reply(self.sites[host], path, headers)
                self.log.append(Request(start, time.monotonic(), host, path, status, len(message)))  # who has the answer finds it here
                writer.write(message)
                await writer.drain()
        except (ConnectionError, asyncio.CancelledError):  # the client went, or the server ends
            return
        finally:
            writer.close()


@contextmanager
def serve(country: Country, port: int = 0) -> Iterator[ServedCountry]:
    """Serves the country from a thread of its own until the `with` block ends. Raises OSError where no port is free (0: any)."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        served, server = run_in(loop, open_server(country, port))
        try:
            yield served
        finally:
            run_in(loop, close_server(server))
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def open_server(country: Country, port: int) -> tuple[ServedCountry, asyncio.Server]:
    """Listens at all addresses of the country on one port."""
    addresses = [site.address for site in country.sites]
    for left in reversed(range(TRIES)):
        probe = await asyncio.start_server(lambda *_: None, addresses[0], port)
        chosen = probe.sockets[0].getsockname()[1]
        probe.close()
        sites = {site.address: Answers(site, f"http://{site.address}:{chosen}") for site in country.sites}
        served = ServedCountry(country, chosen, sites)
        try:
            return served, await asyncio.start_server(served.talk, addresses, chosen, backlog=BACKLOG)
        except OSError:
            if port or not left:
                raise
    raise AssertionError("the last try returns or raises")


async def close_server(server: asyncio.Server) -> None:
    """Stops listening, and ends the connections that clients keep open."""
    server.close()
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def run_in(loop: asyncio.AbstractEventLoop, work: Coroutine[Any, Any, Result]) -> Result:
    """What the work comes to in a loop that runs in another thread."""
    return asyncio.run_coroutine_threadsafe(work, loop).result()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sites", type=int, default=60)
    parser.add_argument("--pages", type=int, default=3000)
    parser.add_argument("--collaboration", type=int, default=240)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--site-list", type=Path, help="where to write the site list for a crawl")
    options = parser.parse_args()
    with serve(build_country(options.seed, options.sites, options.pages, options.collaboration), options.port) as served:
        if options.site_list:
            served.write_site_list(options.site_list)
        sys.stdout.write(
            "\n".join(f"{site.id}  {answers.root}/" for site, answers in zip(served.country.sites, served.sites.values(), strict=True))
        )
        sys.stdout.write("\nCtrl-C stops it.\n")
        sys.stdout.flush()
        threading.Event().wait()


if __name__ == "__main__":
    main()
