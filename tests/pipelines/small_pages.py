"""Pages of a few plain lines and a reader for them: facts as a test wants them, everything behind the parsers real.

A page's body holds a line per body, "Göteborgsregionen: Ale kommun, Partille kommun"; a line "Kontakt: Eva Ek, +46317012345"
gives a contact, "Antal: 13 kommuner" a stated count of the last body.
"""

import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pipelines.run import Run
from registry.identity import unregistered_id
from registry.registry import Registry
from registry.sites import Site, SiteList
from schemas.facts import Contact, Evidence, MemberCount, Membership, Mention, OrganisationFact, Reading
from schemas.page import ArchivePlace, Page
from schemas.values.url import canonical_url, page_id

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
SITES = SiteList(
    (
        Site("ale", "kommun:1440", ("https://ale.se/",), ("ale.se",)),
        Site("partille", "kommun:1402", ("https://partille.se/",), ("partille.se",)),
    )
)
GR = "https://ale.se/gr"
GR_TEXT = "Göteborgsregionen: Ale kommun, Partille kommun"


def make_page(
    url: str, text: str = "", *, status: int = 200, hours: float = 0, content_type: str = "text/html", asked: str | None = None
) -> Page:
    """A response that came some hours after noon."""
    body = text.encode()
    archived = ArchivePlace("pages.warc.gz", len(url) * 100, max(1, len(body)))
    return Page(url, status, (("Content-Type", content_type),), body, NOON + timedelta(hours=hours), archived, asked)


def read_lines(page: Page, site: Site | None, registry: Registry) -> Reading:
    """The page's lines as facts. A body "!" is a page that breaks its parser."""
    text = page.body.decode()
    if text == "!":
        raise ValueError("a page that breaks its parser")
    canonical = canonical_url(page.url)
    digest = hashlib.sha256(page.body).hexdigest()
    owner = site.owner if site else None
    reading = Reading(
        page_id(canonical), page.url, canonical, "Samverkan", "sv", None, "utf-8", None, None, True, text, digest, owner
    )  # fmt: skip
    known: dict[str, OrganisationFact] = {}
    start, body = 0, ""
    for line in text.split("\n"):
        label, _, rest = line.partition(": ")
        evidence = Evidence(line, start, start + len(line), "line", 0.9)
        if label == "Kontakt":
            person, phone = rest.split(", ")
            reading.contacts.append(Contact(reading.owner_id, "person", "contact", evidence, person=person, phone=phone))
        elif label == "Antal":
            number, unit = rest.split(" ")
            reading.member_counts.append(MemberCount(body, int(number), unit, "total", evidence))
        elif rest:
            body = add_organisation(label, "network", start, reading, known, registry)
            at = start + len(label) + 2
            for name in rest.split(", "):
                member = add_organisation(name, "association", at, reading, known, registry)
                reading.members.append(Membership(body, member, "member", Evidence(line, start, start + len(line), "line", 0.9)))
                at += len(name) + 2
        start += len(line) + 1
    reading.organisations = list(known.values())
    return reading


def add_organisation(name: str, kind: str, at: int, reading: Reading, known: dict[str, OrganisationFact], registry: Registry) -> str:
    """The id of an organisation named at a place of the text: the registry's where it knows the name."""
    registered = registry.by_name(name)
    identity = registered.id if registered else unregistered_id(name)
    if registered is None:
        known[identity] = OrganisationFact(identity, name, kind)
    reading.mentions.append(Mention(identity, name, at, at + len(name), "line", 0.9))
    return identity


def run_pages(output: Path, *pages: Page, kind: str = "crawl", run_id: str | None = None, sites: SiteList = SITES) -> Run:
    """A finished run of these pages."""
    with Run.open(output, kind=kind, run_id=run_id, sites=sites, read=read_lines) as run:
        for page in pages:
            run.add_page(page)
        run.finish()
    return run
