"""The sample web: every answer that its hosts give, and their packing into the archive that `samverkan demo` crawls.

    python -m tests.web.build

packs `samverkan/sample_web/sample-web.warc.gz` and renews `tests/pages/*/page.html` of the annotated pages that come from here.
"""

import gzip
import io
import json
import mimetypes
import sys
import tomllib
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus
from pathlib import Path
from typing import Any, NamedTuple

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tests.web.fragments import Fragment, Site, load_site
from tests.web.platforms import mark
from tests.web.render import render_missing, render_page

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
ARCHIVE = ROOT / "samverkan" / "sample_web" / "sample-web.warc.gz"
SITE_LIST = ARCHIVE.with_name("sites.toml")
ANNOTATED = ROOT / "tests" / "pages"
WARC_DATE = "2026-11-21T04:00:00Z"
GZIP = b"\x1f\x8b"  # how every gzip file begins


class Answer(NamedTuple):
    """What a host answers: status, headers as sent, body as sent (after any Content-Encoding)."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def content(self) -> bytes:
        """The body with gzip undone, be it a Content-Encoding or a file of its own."""
        return gzip.decompress(self.body) if self.body.startswith(GZIP) else self.body

    def header(self, name: str) -> str | None:
        """The header of that name, without regard to case; None where it is not sent."""
        return next((value for key, value in self.headers if key.casefold() == name.casefold()), None)


@dataclass(frozen=True)
class Web:
    """All hosts of the sample web and what they answer, by host and by path with query."""

    sites: Mapping[str, Site]
    answers: Mapping[tuple[str, str], Answer]

    @property
    def hosts(self) -> list[str]:
        """The hosts that answer at all, with those that only redirect."""
        return sorted({host for host, _ in self.answers})

    def respond(self, host: str, path_and_query: str) -> Answer | None:
        """The answer; the site's own 404 page for a path that it lacks; None for a host that does not exist."""
        if (host, path_and_query) in self.answers:
            return self.answers[host, path_and_query]
        if host not in self.hosts:
            return None
        return not_found(self.sites.get(host), path_and_query)

    def url(self, host: str, path: str) -> str:
        """The URL under which the world knows a page: "https://lillaedet.se/"."""
        scheme = self.sites[host].scheme if host in self.sites else "https"
        return f"{scheme}://{host}{path}"

    def with_answer(self, host: str, path: str, answer: Answer | None) -> "Web":
        """A copy in which one page answers otherwise (None: is gone), to crawl a web that has changed."""
        changed = {key: value for key, value in self.answers.items() if key != (host, path)}
        return replace(self, answers=changed if answer is None else changed | {(host, path): answer})


def load_web() -> Web:
    """The web as the sources under `tests/web/` say it; the same sources give the same bytes."""
    sites = {folder.name: load_site(folder) for folder in sorted((HERE / "sites").iterdir()) if folder.is_dir()}
    answers: dict[tuple[str, str], Answer] = {}
    for site in sites.values():
        for path, answer in answer_site(site):
            answers[site.host, path] = answer
    for special in tomllib.loads((HERE / "web.toml").read_text("utf-8"))["answer"]:
        answers[special["host"], special["path"]] = answer_special(sites.get(special["host"]), special)
    return Web(sites, dict(sorted(answers.items())))


def answer_site(site: Site) -> Iterator[tuple[str, Answer]]:
    """The pages, the sitemaps, and the files that lie in the site's folder as they are."""
    for page in site.fragments.values():
        yield page.path, answer_page(site, page)
    yield from answer_sitemaps(site)
    folder = HERE / "sites" / site.host
    for file in sorted(folder.rglob("*")):
        if file.is_file() and file.suffix != ".html" and not file.name.startswith("_"):
            kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
            yield f"/{file.relative_to(folder).as_posix()}", Answer(200, (("Content-Type", kind),), file.read_bytes())


def answer_page(site: Site, page: Fragment) -> Answer:
    """A page that answers 200, with the headers that its site sends; `gzip: yes` in its front matter sends it compressed."""
    body = render_page(site, page)
    headers = [("Content-Type", site.content_type), ("Content-Language", page.meta.get("lang", "sv"))]
    if site.chrome.etag:
        headers.append(("ETag", f'"{mark(body.decode("latin-1"), length=16)}"'))
    if page.meta.get("gzip") == "yes":
        headers.append(("Content-Encoding", "gzip"))
        body = gzip.compress(body, mtime=0)
    return Answer(200, tuple(headers), body)


def answer_sitemaps(site: Site) -> Iterator[tuple[str, Answer]]:
    """`sitemap = "plain"`: /sitemap.xml. `sitemap = "gzip-index"`: /sitemapindex.xml with /sitemap1.xml.gz, as SiteVision has it."""
    kind = site.settings.get("sitemap")
    base = f"{site.scheme}://{site.host}"
    pages = [(base + page.path, page.meta.get("updated")) for page in site.fragments.values()]
    if kind == "plain":
        yield "/sitemap.xml", xml_answer(sitemap("urlset", "url", pages))
    if kind == "gzip-index":
        yield "/sitemapindex.xml", xml_answer(sitemap("sitemapindex", "sitemap", [(f"{base}/sitemap1.xml.gz", None)]))
        body = gzip.compress(sitemap("urlset", "url", pages).encode(), mtime=0)
        yield "/sitemap1.xml.gz", Answer(200, (("Content-Type", "application/gzip"),), body)


def sitemap(root: str, item: str, entries: list[tuple[str, str | None]]) -> str:
    """A sitemap (sitemaps.org 0.9) of addresses with the day of their last change, where it is known."""
    lines = [f"<{item}><loc>{url}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</{item}>" for url, day in entries]
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    return "\n".join([head, *lines, f"</{root}>", ""])


def xml_answer(text: str) -> Answer:
    return Answer(200, (("Content-Type", "application/xml"),), text.encode())


def answer_special(site: Site | None, special: Mapping[str, Any]) -> Answer:
    """An entry of web.toml: a redirect (`location`), an error, or a body as written there."""
    status = special["status"]
    if "location" in special:
        return Answer(status, (("Location", special["location"]), ("Content-Type", "text/html")), b"")
    if "body" in special:
        return Answer(status, (("Content-Type", special.get("content_type", "text/html; charset=utf-8")),), special["body"].encode())
    return not_found(site, special["path"])._replace(status=status)


def not_found(site: Site | None, path: str) -> Answer:
    if site is None:
        return Answer(404, (("Content-Type", "text/plain"),), b"Not found\n")
    return Answer(404, (("Content-Type", site.content_type),), render_missing(site, path))


def pack_web(web: Web, stream: io.BufferedIOBase) -> None:
    """Writes every answer as a WARC response record, in the order of host and path, all at one fixed time."""
    writer = WARCWriter(stream, gzip=True)
    for (host, path), answer in web.answers.items():
        url = web.url(host, path)
        status = StatusAndHeaders(f"{answer.status} {HTTPStatus(answer.status).phrase}", list(answer.headers), protocol="HTTP/1.1")
        fixed = {"WARC-Date": WARC_DATE, "WARC-Record-ID": f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, url)}>"}
        writer.write_record(
            writer.create_warc_record(url, "response", payload=io.BytesIO(answer.body), http_headers=status, warc_headers_dict=fixed)
        )


def annotated_pages(web: Web) -> Iterator[tuple[Path, Answer]]:
    """The folders under tests/pages/ whose source.json says `"from": "tests/web"`, with what the web answers for them."""
    by_url = {web.url(host, path): answer for (host, path), answer in web.answers.items()}
    for file in sorted(ANNOTATED.glob("*/source.json")):
        source = json.loads(file.read_text("utf-8"))
        if source.get("from") == "tests/web":
            yield file.parent, by_url[source["url"]]


def main() -> None:
    web = load_web()
    ARCHIVE.parent.mkdir(parents=True, exist_ok=True)
    with ARCHIVE.open("wb") as stream:
        pack_web(web, stream)
    for folder, answer in annotated_pages(web):
        (folder / "page.html").write_bytes(answer.content)
    size = ARCHIVE.stat().st_size
    sys.stdout.write(f"{len(web.answers)} answers of {len(web.hosts)} hosts in {ARCHIVE.relative_to(ROOT)} ({size:,} bytes)\n")


if __name__ == "__main__":
    main()
