"""What a site answers to a path: its pages, redirects, robots.txt, sitemaps, files, pages of traps; else its 404 page."""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from tests.country.addresses import rules_of
from tests.country.chrome import list_links
from tests.country.model import Page, Site
from tests.country.prose import paragraph
from tests.country.render import dates_of, dress_page, render_page
from tests.country.sitemaps import is_old_news, write_robots, write_sitemaps
from tests.country.traps import make_trap_page

HTML = "text/html; charset=utf-8"
FILE = re.compile(r".*\.(?P<ext>pdf|docx|xlsx|jpg)")
FILE_TYPES = {"pdf": "application/pdf", "jpg": "image/jpeg", "docx": "application/msword", "xlsx": "application/vnd.ms-excel"}
SESSION = re.compile(r";jsessionid=\w+", re.IGNORECASE)


class Answer(NamedTuple):
    """Status, content type, body before any Content-Encoding, the day of the last change (ISO 8601), where a redirect leads."""

    status: int
    content_type: str
    body: bytes
    updated: str = ""
    location: str = ""


@dataclass
class Answers:
    """All answers of one site at its address: `root` is "http://127.10.1.7:8000"."""

    site: Site
    root: str
    pages: dict[str, Page] = field(init=False)
    hops: dict[str, Page] = field(init=False)
    files: dict[str, Answer] = field(init=False)

    def __post_init__(self) -> None:
        self.pages = {page.path: page for page in self.site.pages}
        self.hops = {page.hop: page for page in self.site.pages if page.hop}
        robots = "/robots.txt", "text/plain; charset=utf-8", write_robots(self.site, self.root).encode()
        files = [robots, *write_sitemaps(self.site, self.root)]
        self.files = {path: Answer(200, kind, body, dates_of(self.site, path)["updated"]) for path, kind, body in files}

    def respond(self, target: str) -> Answer:
        """The answer to a path with its query; a session id in it changes nothing."""
        target = SESSION.sub("", target)
        if target in self.files:
            return self.files[target]
        if target in self.hops:
            return Answer(301, HTML, b"", location=self.root + self.hops[target].path)
        page = self.pages.get(target) or self.printed(target)
        return self.write(page) if page else self.respond_otherwise(target)

    def printed(self, target: str) -> Page | None:
        """The page whose print version that is, on sites that have print versions."""
        suffix = rules_of(self.site)["print"]
        found = "print" in self.site.traps and target.endswith(suffix)
        return self.pages.get(target.removesuffix(suffix)[:-1]) if found else None

    def write(self, page: Page) -> Answer:
        """A page of the site."""
        return Answer(200, HTML, render_page(self.site, page, self.root).encode(), dates_of(self.site, page.path)["updated"])

    def respond_otherwise(self, target: str) -> Answer:
        """A file, a page of a trap, old news, or that there is nothing."""
        path, _, query = target.partition("?")
        if file := FILE.fullmatch(path):
            return Answer(200, FILE_TYPES[file["ext"]], f"%made file {path}\n".encode() * 40, dates_of(self.site, path)["updated"])
        if trap := make_trap_page(self.site, path, query):
            main = [paragraph([trap.text]), list_links("", trap.links)]
            return self.dress(200, trap.title, target, main, trap.lang)
        if is_old_news(path):
            return self.dress(
                200, "Äldre nyhet", target, [paragraph(["Nyheten har några år på nacken, och uppgifterna kan vara inaktuella."])]
            )
        return self.dress(404, "Sidan finns inte", target, [paragraph(["Sidan som du söker har tagits bort eller flyttats."])])

    def dress(self, status: int, title: str, target: str, main: list[str], lang: str = "sv") -> Answer:
        """A page that is not one of the site's own."""
        text = dress_page(self.site, title, target, self.root, main, trail=[self.site.start], lang=lang)
        return Answer(status, HTML, text.encode(), dates_of(self.site, target)["updated"])
