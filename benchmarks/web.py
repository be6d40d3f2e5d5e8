"""A large plain web on loopback, in a process of its own: hosts with as many pages as wanted, each with facts as municipal pages have them.

Nothing of it is kept in memory: a page is made when it is asked for, the same one each time.
"""

import asyncio
import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from random import Random

from registry.organisations import Organisation
from registry.registry import load_registry

TOPICS = (
    "räddningstjänst",
    "vatten och avlopp",
    "gymnasieutbildning",
    "avfall",
    "kollektivtrafik",
    "överförmyndare",
    "upphandling",
    "miljötillsyn",
)
"""What the collaborations are about."""
PROSE = (
    "Kommunerna utvecklar tillsammans den service som invånarna möter i vardagen.",
    "Arbetet följs upp varje år och redovisas för de politiska nämnderna.",
    "Vi ser till att det finns resurser även när behoven växer snabbare än skatteintäkterna.",
    "Målet är en jämn kvalitet, kortare vägar och ett bättre stöd till den som behöver det.",
    "En gemensam plan beskriver hur ansvaret fördelas och hur kostnaderna delas.",
)
MENU = ("Barn och utbildning", "Bygga, bo och miljö", "Kultur och fritid", "Omsorg och hjälp", "Näringsliv och arbete", "Trafik och resor")
SENTENCES = 72
"""Of prose on a page: with the chrome that makes 8 KB, a small page as municipal ones go."""


@dataclass(frozen=True, slots=True)
class PlainWeb:
    """`hosts` sites with `pages` pages in all, the start pages not counted, on one port."""

    hosts: int
    pages: int
    port: int = 0

    @property
    def pages_each(self) -> int:
        """Pages of one host."""
        return self.pages // self.hosts

    def address(self, host: int) -> str:
        """127.20.0.1 and so on."""
        return f"127.20.{host // 250}.{host % 250 + 1}"

    def write_site_list(self) -> str:
        """The site list for a crawl, TOML; the budget of each site is the number of its pages."""
        return "\n".join(
            f'[[site]]\nid = "site{host}"\nowner = "{owner_of(host).id}"\n'
            f'start_urls = ["http://{self.address(host)}:{self.port}/"]\nmax_pages = {self.pages_each + 1}\n'
            for host in range(self.hosts)
        )

    def respond(self, host: int, path: str) -> str | None:
        """The page at a path; None where there is none."""
        if path == "/":
            links = "".join(
                f'<li><a href="/samverkan/avtal-{number}">Samverkansavtal {number}</a></li>' for number in range(self.pages_each)
            )
            return write_page(owner_of(host), "Välkommen", f"<ul>{links}</ul>")
        number = path.removeprefix("/samverkan/avtal-")
        return write_collaboration(host, int(number)) if number.isdigit() and int(number) < self.pages_each else None


def owner_of(host: int) -> Organisation:
    """Whose site it is: the municipalities in turn."""
    towns = municipalities()
    return towns[host % len(towns)]


def municipalities() -> Sequence[Organisation]:
    """Those of the registry."""
    return [organisation for organisation in load_registry().organisations.values() if organisation.is_municipality]


def write_collaboration(host: int, number: int) -> str:
    """A page about one collaboration: who is in it, a contact, two dates."""
    random = Random(f"{host} {number}")
    towns = random.sample(municipalities(), 5)
    owner, topic = owner_of(host), random.choice(TOPICS)
    body = f"{topic.split()[0].capitalize()}snämnden {towns[0].name.removesuffix('s kommun').removesuffix(' kommun')}"
    named = ", ".join(town.name for town in towns[:-1])
    prose = [random.choice(PROSE) for _ in range(SENTENCES)]
    phone = f"031-390 {random.randint(6000, 6999):04}"[:12]
    return write_page(
        owner,
        f"{body} – samverkan om {topic}",
        f"<p>{owner.name} ingår i {body}. {body} är en gemensam nämnd för {named} och {towns[-1].name}. "
        f"Avtalet om {topic} gäller från och med {random.randint(1, 28)} mars {random.randint(1998, 2025)}.</p>"
        f"<h2>Bakgrund</h2><p>{' '.join(prose[:36])}</p><h2>Så arbetar vi</h2><p>{' '.join(prose[36:])}</p>"
        f"<h2>Kontakt</h2><p>Samordnare {number} för {topic}<br>Telefon: {phone}<br>"
        f'E-post: <a href="mailto:samordnare{number}@example{host}.se">samordnare{number}@example{host}.se</a></p>'
        f"<p>Senast uppdaterad: 2026-0{random.randint(1, 9)}-1{random.randint(0, 9)}</p>",
    )


def write_page(owner: Organisation, title: str, main: str) -> str:
    """A whole page."""
    menu = "".join(f'<li><a href="/{index}-{name.split(",")[0].split()[0].lower()}">{name}</a></li>' for index, name in enumerate(MENU))
    return (
        f'<!doctype html><html lang="sv"><head><meta charset="utf-8"><title>{title} - {owner.name}</title></head><body>'
        f"<header><nav><ul>{menu}</ul></nav></header><main><h1>{title}</h1>{main}</main>"
        f"<footer><p>{owner.name}</p><ul>{menu}</ul></footer></body></html>"
    )


async def serve(web: PlainWeb) -> None:
    """Answers until the process ends; the port is told on stdout."""
    probe = await asyncio.start_server(lambda *_: None, web.address(0), 0)
    port = probe.sockets[0].getsockname()[1]
    probe.close()
    numbers = {web.address(host): host for host in range(web.hosts)}

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        host = numbers[writer.get_extra_info("sockname")[0]]
        with suppress(ConnectionError, asyncio.IncompleteReadError):  # the client went
            while True:
                writer.write(answer(web, host, (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")))
                await writer.drain()
        writer.close()

    async with await asyncio.start_server(talk, list(numbers), port, backlog=256) as server:
        sys.stdout.write(f"{port}\n")
        sys.stdout.flush()
        await server.serve_forever()


def answer(web: PlainWeb, host: int, request: str) -> bytes:
    """The bytes of an answer; 304 where the client holds the page already."""
    page = web.respond(host, request.split(" ", 2)[1])
    body = (page or "").encode()
    tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
    if page is None:
        return b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\nContent-Length: 0\r\n\r\n"
    if tag in request:
        return f"HTTP/1.1 304 Not Modified\r\nETag: {tag}\r\n\r\n".encode()
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nETag: {tag}\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


@contextmanager
def serve_plain_web(hosts: int, pages: int) -> Iterator[PlainWeb]:
    """The web in a process of its own, until the block is left."""
    command = [sys.executable, "-m", "benchmarks.web", json.dumps([hosts, pages])]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            yield PlainWeb(hosts, pages, int(process.stdout.readline()))
        finally:
            process.kill()


if __name__ == "__main__":
    asyncio.run(serve(PlainWeb(*json.loads(sys.argv[1]))))
