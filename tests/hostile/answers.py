"""What each kind of hostile server answers, by its name in `kinds.toml`."""

import asyncio
import socket
import struct
import zlib
from collections.abc import Callable, Mapping
from functools import cache
from itertools import count

from tests.hostile.server import Answer, Peer
from tests.samverkan.program import GOOD_PAGE
from tests.spiders.small_web import Reply, link_page

NOT_FOUND = Reply("gone", 404)
SERVICE_PATHS = ("/robots.txt", "/sitemap.xml")
PAUSE = 0.2
"""Seconds between two bytes of a server that drips."""
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n"
serials = count(1)


def on_pages(make_reply: Callable[[str], Reply | str]) -> Answer:
    """An answer by path to all but robots.txt and sitemap, which are not there. A text is a page with status 200."""

    async def answer(peer: Peer) -> None:
        reply = NOT_FOUND if peer.path in SERVICE_PATHS else make_reply(peer.path)
        await peer.reply(Reply(reply) if isinstance(reply, str) else reply)

    return answer


def on_robots(reply: Reply) -> Answer:
    """An answer to robots.txt, behind which there are good pages."""

    async def answer(peer: Peer) -> None:
        await peer.reply(reply if peer.path == "/robots.txt" else Reply(GOOD_PAGE))

    return answer


def raw_on_pages(act: Answer) -> Answer:
    """The same of what is more than a reply."""

    async def answer(peer: Peer) -> None:
        await (peer.reply(NOT_FOUND) if peer.path in SERVICE_PATHS else act(peer))

    return answer


def good_site(path: str) -> Reply | str:
    """A start page, and the page of the facts."""
    return {"/": link_page("/kontakt", "/samverkan"), "/samverkan": GOOD_PAGE, "/kontakt": "<h1>Kontakt</h1><p>Ring oss."}.get(
        path, NOT_FOUND
    )


def extend(more: str) -> str:
    """The good page with more at its end."""
    return GOOD_PAGE.replace("</main>", f"{more}</main>")


def link(*hrefs: str, words: str = "Samverkan") -> str:
    """Links, one paragraph each."""
    return "".join(f'<p><a href="{href}">{words}</a></p>' for href in hrefs)


# --- below HTTP


async def say_nothing(_: Peer) -> None:
    """Until the other side goes."""
    await asyncio.Event().wait()


async def reset(peer: Peer) -> None:
    """Ends the connection with a reset: what lingers is thrown away."""
    peer.writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    peer.writer.transport.abort()


async def send_rubbish(peer: Peer) -> None:
    """Bytes of another protocol."""
    await peer.send(b"SSH-2.0-OpenSSH_9.6\r\n\x00\x00\x03\x14\x08\x14" + bytes(range(256)))


# --- answers without an end, or with a wrong one


async def drip(peer: Peer) -> None:
    """A body, byte by byte."""
    await peer.send(HEAD + b"\r\n# ")
    while True:
        await peer.send(b"x")
        await asyncio.sleep(PAUSE)


async def drip_robots(peer: Peer) -> None:
    """A robots.txt, byte by byte."""
    await (drip(peer) if peer.path == "/robots.txt" else peer.reply(Reply(GOOD_PAGE)))


async def flood_headers(peer: Peer) -> None:
    """Headers, as many as the other side takes."""
    await peer.send(HEAD)
    while True:
        await peer.send(b"".join(b"X-Header-%d: %s\r\n" % (next(serials), b"x" * 80) for _ in range(500)))
        await asyncio.sleep(0)


async def flood_body(peer: Peer) -> None:
    """A body, as much as the other side takes."""
    await peer.send(HEAD + b"\r\n<h1>Samverkan</h1>")
    while True:
        await peer.send(b"<p>Ale kommun" * 5000)
        await asyncio.sleep(0)


async def announce_less(peer: Peer) -> None:
    """The good page, and on the same open connection more that nobody announced."""
    page = GOOD_PAGE.encode()
    head = HEAD.replace(b"close", b"keep-alive") + b"Content-Length: %d\r\n\r\n" % len(page)
    await peer.send(head + page + b"<p>och mer</p>" * 5000)
    await asyncio.Event().wait()


@cache
def make_bomb() -> bytes:
    """10 MB of gzip that unfold to 10 GB: one megabyte of zeros, again and again in one stream."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    begin = packer.compress(bytes(1_000_000)) + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(bytes(1_000_000)) + packer.flush(zlib.Z_FULL_FLUSH)
    return begin + block * 10_000


# --- pages


def make_calendar(path: str) -> str:
    """The good page at "/", else an empty month; with links to the month before, the one after, and a year on."""
    month = int(path.rpartition("/")[2]) if path.startswith("/samverkan/") else 0
    months = [month + step for step in (-1, 1, 12)]
    links = link(*(f"/samverkan/moten/{number}" for number in months), *(f"/samverkan/moten?manad={number}" for number in months))
    return extend(links) if path == "/" else f"<h1>Möten</h1><p>Inga möten i månad {month}.</p>{links}"


def make_session_page(_: str) -> str:
    """The good page, with links to itself under new names."""
    ids = [f"{next(serials):032x}" for _ in range(6)]
    links = [f"/samverkan;jsessionid={ids[0]}", f"/samverkan?PHPSESSID={ids[1]}", f"/natverk?sid={ids[2]}", f"/natverk?sessionid={ids[3]}"]
    return extend(link(*links, f"/s/{ids[4]}/samverkan", f"/samverkan?x={ids[5]}"))


BAD_LINKS = (
    "http://[",
    "http://[::1",
    "javascript:void(0)",
    "http://a b/",
    "//",
    "http://:80/",
    "https://",
    "http://\x00/",
    "?" + "x" * 1_000_000,
)
PRIVATE_LINKS = ("{watcher}samverkan", "http://10.0.0.1/samverkan", "http://169.254.169.254/samverkan", "http://[::1]/samverkan")
REFRESH = '<meta http-equiv="refresh" content="0; url={watcher}natverk">'
PASSWORD = '<form><input name="u"><input type="password" name="p"><button>Logga in</button></form>'
CONSENT = "<title>Kommunen</title><h1>Vi använder kakor</h1><p>Godkänn dem för att gå vidare.</p><button>Godkänn alla</button>"
CHECK = "<title>Just a moment...</title><noscript>Please enable JavaScript</noscript><p>Checking your browser before accessing kommunen.se."
MISSING = (
    "<title>Sidan hittades inte | Kommunen</title><h1>Sidan hittades inte</h1><p>Den kan ha flyttats.</p><a href='/samverkan'>Samverkan</a>"
)
CLOSED = "<title>Kommunen</title><h1>Vi utför underhåll</h1><p>Välkommen åter.</p>"


def redirect(target: str) -> Reply:
    """A redirect to an address in which words stand for hosts."""
    return Reply("", 302, (("Location", target),))


async def say_missing(peer: Peer) -> None:
    """The same page at every address, robots.txt among them."""
    await peer.reply(Reply(MISSING))


ANSWERS: Mapping[str, Answer] = {
    "good": on_pages(good_site),
    "watcher": on_pages(lambda _: GOOD_PAGE),
    "unknown_host": say_nothing,
    "refused": say_nothing,
    "reset": reset,
    "silent": say_nothing,
    "self_signed": on_pages(good_site),
    "garbage_tls": send_rubbish,
    "rubbish": send_rubbish,
    "robots_503": on_robots(Reply("busy", 503)),
    "robots_429": on_robots(Reply("busy", 429, (("Retry-After", "86400"),))),
    "robots_drip": drip_robots,
    "robots_to_private": on_robots(redirect("{watcher}robots.txt")),
    "robots_forbids": on_robots(Reply("User-agent: *\nDisallow: /\n", content_type="text/plain")),
    "pages_reset": raw_on_pages(reset),
    "redirect_loop": on_pages(lambda path: redirect("/b" if path == "/a" else "/a")),
    "endless_redirects": on_pages(lambda _: redirect(f"/samverkan/{next(serials)}")),
    "off_site": on_pages(lambda _: redirect("{watcher}samverkan")),
    "to_private": on_pages(lambda _: redirect("http://10.0.0.1/samverkan")),
    "bad_location": on_pages(lambda _: redirect("http://[")),
    "error_500": on_pages(lambda _: Reply("broken", 500)),
    "retry_tomorrow": on_pages(lambda _: Reply("busy", 429, (("Retry-After", "86400"),))),
    "header_flood": raw_on_pages(flood_headers),
    "slow_drip": raw_on_pages(drip),
    "endless_body": raw_on_pages(flood_body),
    "gzip_bomb": on_pages(lambda _: Reply(make_bomb(), headers=(("Content-Encoding", "gzip"),))),
    "length_too_large": on_pages(lambda _: Reply(GOOD_PAGE, headers=(("Content-Length", "100000"),))),
    "length_too_small": raw_on_pages(announce_less),
    "latin1_as_utf8": on_pages(lambda _: Reply(GOOD_PAGE.encode("latin-1"))),
    "utf8_as_utf16": on_pages(lambda _: Reply(GOOD_PAGE, content_type="text/html; charset=utf-16")),
    "empty": on_pages(lambda _: ""),
    "soft_404": say_missing,
    "cookie_wall": on_pages(lambda _: CONSENT),
    "bot_wall": on_pages(lambda _: CHECK),
    "login_wall": on_pages(lambda _: f"<title>Logga in - Kommunen</title><h1>Logga in</h1>{PASSWORD}"),
    "maintenance": on_pages(lambda _: CLOSED),
    "many_tags": on_pages(lambda _: extend("<i></i>" * 100_000)),
    "nested_deep": on_pages(lambda _: extend("<div>" * 20_000 + "djup")),
    "many_attributes": on_pages(lambda _: extend("<p " + " ".join(f"a{number}=x" for number in range(200_000)) + ">djup</p>")),
    "bad_links": on_pages(lambda _: extend(link(*BAD_LINKS))),
    "private_links": on_pages(lambda _: extend(REFRESH + link(*PRIVATE_LINKS))),
    "calendar": on_pages(make_calendar),
    "sessions": on_pages(make_session_page),
}
