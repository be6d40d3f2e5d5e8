"""Runs of a small web that changes from day to day as webs do: edits, outages, losses, moves; the same for the same seed."""

import json
import random
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from schemas.output import MANIFEST
from schemas.page import Page
from tests.pipelines.small_pages import NOON, make_page, run_pages

HOSTS = ("https://ale.se", "https://partille.se")
BODIES = ("Göteborgsregionen", "Samverkansrådet", "Bibliotek i Väst", "Räddningsförbundet")
MEMBERS = ("Ale kommun", "Partille kommun", "Kungälvs kommun", "Lerums kommun", "Turistföreningen", "Skolnätverket")
PERSONS = ("Eva Ek", "Bo Alm", "Ida Rask")
SILENT = 0


@dataclass
class WebPage:
    """A page as it is now. `status`: what the server answers, SILENT where nothing."""

    url: str
    bodies: dict[str, set[str]] = field(default_factory=dict)
    contacts: dict[str, str] = field(default_factory=dict)
    counted: int | None = None
    status: int = 200
    days_down: int = 0
    moved_from: str | None = None

    @property
    def text(self) -> str:
        """Its lines, as `small_pages.read_lines` reads them."""
        lines = [f"{body}: {', '.join(sorted(members))}" for body, members in sorted(self.bodies.items()) if members]
        counts = [f"Antal: {self.counted} kommuner"] if self.counted and lines else []
        return "\n".join([*lines, *counts, *(f"Kontakt: {person}, {phone}" for person, phone in sorted(self.contacts.items()))])


class SimulatedWeb:
    """A web of some pages, looked at once a day."""

    def __init__(self, seed: int, kind: str = "crawl") -> None:
        self._random = random.Random(seed)
        self._kind = kind
        self._day = 0
        self._made = 0
        self._pages = [self._make_page() for _ in range(6)]

    def run(self, output: Path) -> str:
        """The run of this day, as if it had begun at noon; then a night goes by."""
        run_id = f"day-{self._day:03}"
        hours = 24 * self._day + 0.25
        home = make_page("https://ale.se/", f"Hem {self._day}", hours=hours)
        run = run_pages(output, home, *self._answer(hours), kind=self._kind, run_id=run_id)
        set_start(run.folder, self._day)
        self._change()
        self._day += 1
        return run_id

    def _answer(self, hours: float) -> list[Page]:
        """What comes of the pages; an archive lacks some of them."""
        asked = [page for page in self._pages if page.status != SILENT]
        if self._kind == "extract":
            asked = self._random.sample(asked, len(asked) * 2 // 3)
        return [
            make_page(page.url, page.text if page.status == 200 else "", status=page.status, hours=hours, asked=page.moved_from)
            for page in asked
        ]

    def _change(self) -> None:
        for page in self._pages:
            page.moved_from = None
            page.days_down = max(0, page.days_down - 1)
            if not page.days_down and page.status in (SILENT, 404, 500):
                page.status = 200
        events = (self._edit_members, self._edit_members, self._edit_contacts, self._edit_count, self._fail, self._lose, self._move)
        for _ in range(self._random.randint(0, 5)):
            self._random.choice(events)(self._random.choice(self._pages))
        if self._random.random() < 0.15:
            self._pages.append(self._make_page())

    def _make_page(self) -> WebPage:
        self._made += 1
        page = WebPage(f"{self._random.choice(HOSTS)}/sida-{self._made}")
        for _ in range(4):
            self._edit_members(page)
        self._edit_contacts(page)
        return page

    def _edit_members(self, page: WebPage) -> None:
        body = page.bodies.setdefault(self._random.choice(BODIES), set())
        body ^= {self._random.choice(MEMBERS)}  # comes, or goes

    def _edit_contacts(self, page: WebPage) -> None:
        person = self._random.choice(PERSONS)
        if page.contacts.pop(person, None) is None or self._random.random() < 0.5:
            page.contacts[person] = f"+463170123{self._random.randint(10, 99)}"

    def _edit_count(self, page: WebPage) -> None:
        page.counted = self._random.choice([None, 11, 12, 13])

    def _fail(self, page: WebPage) -> None:
        page.status, page.days_down = self._random.choice([(SILENT, 1), (500, 2), (404, 1), (404, 3)])

    def _lose(self, page: WebPage) -> None:
        page.status, page.days_down = 410, 0

    def _move(self, page: WebPage) -> None:
        self._made += 1
        page.moved_from, page.url = page.url, f"{page.url.rpartition('/')[0]}/flyttad-{self._made}"


def set_start(folder: Path, day: int) -> None:
    """Lets a run have begun at noon of a day."""
    manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
    manifest["started_at"] = (NOON + timedelta(days=day)).strftime("%Y-%m-%dT%H:%M:%SZ")
    (folder / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
