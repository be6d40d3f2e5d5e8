"""Hosts on loopback that note who asks when; what each answers stands in `answers.py`. All of them live in one thread."""

import asyncio
import socket
import ssl
import threading
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import accumulate

from tests.spiders.small_web import Reply

THOUGHT = 0.1
"""Seconds that a host takes before it answers, so that a second request at the same time would be seen."""
NOTICE = 0.05


@dataclass(slots=True)
class Asked:
    """One request, or one connection where the host looks at no request: when it came and when it was done with (monotonic)."""

    path: str
    began: float
    ended: float = float("inf")
    taken: int = 0
    """Bytes of the answer that the other side took, or that lie in between."""
    answered: float = float("inf")
    """When a whole answer began to leave: the other side cannot have had it earlier."""
    reply: Reply | None = None
    """That answer."""


@dataclass(slots=True)
class Host:
    """A host on an address of its own. `words` stand in its answers for what is only known once all hosts are there: "{root}"."""

    name: str
    address: str
    answer: "Answer"
    scheme: str = "http"
    is_deaf: bool = False
    """Whether it refuses connections."""
    hears_requests: bool = True
    """Whether it reads a request before it answers."""
    context: ssl.SSLContext | None = None
    port: int = 0
    log: list[Asked] = field(default_factory=list)
    words: dict[str, str] = field(default_factory=dict)

    @property
    def root(self) -> str:
        """The address of "/"."""
        return f"{self.scheme}://{self.address}:{self.port}/"

    def count_overlaps(self) -> int:
        """How often a request came while another one was under way, for longer than two processes need to notice each other."""
        log = sorted(self.log, key=lambda asked: asked.began)
        busy_until = accumulate((asked.ended for asked in log), max)
        return sum(asked.began + NOTICE < until for asked, until in zip(log[1:], busy_until, strict=False))

    def fill(self, text: str) -> str:
        """The text with the addresses filled in."""
        for word, address in {"{root}": self.root, **self.words}.items():
            text = text.replace(word, address)
        return text


@dataclass(slots=True)
class Peer:
    """Who asks, for what, and the connection."""

    host: Host
    asked: Asked
    writer: asyncio.StreamWriter

    @property
    def path(self) -> str:
        """The path asked for; "" where no request was read."""
        return self.asked.path

    async def send(self, data: bytes) -> None:
        """Sends bytes; waits while the other side does not take them."""
        self.writer.write(data)
        await self.writer.drain()
        self.asked.taken += len(data)

    async def reply(self, reply: Reply) -> None:
        """Sends a whole answer, its Content-Length right unless the headers of the reply give another."""
        await asyncio.sleep(THOUGHT)
        body = self.host.fill(reply.body).encode() if isinstance(reply.body, str) else reply.body
        headers = {"Content-Length": str(len(body)), "Connection": "close", "Content-Type": reply.content_type or ""} | dict(reply.headers)
        self.asked.reply, self.asked.answered = reply, time.monotonic()
        lines = [f"HTTP/1.1 {reply.status} OK", *(f"{name}: {self.host.fill(value)}" for name, value in headers.items() if value)]
        await self.send("\r\n".join([*lines, "", ""]).encode() + body)


Answer = Callable[[Peer], Awaitable[None]]


async def serve_connection(host: Host, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answers one request, unless the other side goes before; then closes."""
    asked = Asked("", time.monotonic())
    try:
        if host.hears_requests:
            asked.path = (await reader.readuntil(b"\r\n\r\n")).split(b" ")[1].decode("latin-1")
            asked.began = time.monotonic()
        host.log.append(asked)
        answering = asyncio.ensure_future(host.answer(Peer(host, asked, writer)))
        leaving = asyncio.ensure_future(wait_for_end(reader))
        _, others = await asyncio.wait({answering, leaving}, return_when=asyncio.FIRST_COMPLETED)
        for task in others:
            task.cancel()
        await asyncio.gather(answering, leaving, return_exceptions=True)
    except (OSError, EOFError, asyncio.LimitOverrunError):
        pass  # the other side went, or asked for an address of 64 kB
    finally:
        asked.ended = time.monotonic()
        with suppress(OSError):
            writer.close()


async def wait_for_end(reader: asyncio.StreamReader) -> None:
    """Returns when the other side has gone."""
    while await reader.read(65536):
        pass


async def open_host(host: Host) -> asyncio.Server | socket.socket:
    """Begins to serve; a deaf host holds its port, so that nobody else answers there."""
    if host.is_deaf:
        deaf = socket.socket()
        deaf.bind((host.address, 0))
        host.port = deaf.getsockname()[1]
        return deaf
    server = await asyncio.start_server(
        lambda reader, writer: serve_connection(host, reader, writer), host.address, 0, ssl=host.context, backlog=64
    )
    host.port = server.sockets[0].getsockname()[1]
    return server


@contextmanager
def serve_hosts(hosts: Sequence[Host]) -> Iterator[None]:
    """Serves all hosts until the block is left; their ports are known within it."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    opened = [asyncio.run_coroutine_threadsafe(open_host(host), loop).result() for host in hosts]
    try:
        yield
    finally:
        asyncio.run_coroutine_threadsafe(close_all(opened), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def close_all(opened: Sequence[asyncio.Server | socket.socket]) -> None:
    """Closes the hosts, and what they are about to say."""
    for one in opened:
        one.close()
    tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
