"""What a crawler can lose itself in: calendars, filters, endless lists, print versions and a language mirror, made as they are asked for.

Session ids stand in the links of `render.with_session`; files in `render.draw_files`.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple
from urllib.parse import parse_qsl

from tests.country.addresses import rules_of, slug
from tests.country.model import Page, Site, load_words

Links = list[tuple[str, str]]


class TrapPage(NamedTuple):
    """A page made on the fly: its title, its text, and its links by address and text."""

    title: str
    text: str
    links: Links
    lang: str = "sv"


def list_trap_links(site: Site, page: Page) -> Links:
    """The links that lead from a page of the site into its traps."""
    return [link for trap in sorted(site.traps) if trap in DOORS for link in DOORS[trap](site, page)]


def make_trap_page(site: Site, path: str, query: str) -> TrapPage | None:
    """The page of a trap, at an address without host; None where no trap of the site has it."""
    fields = dict(parse_qsl(query))
    for trap in sorted(site.traps & ROOMS.keys()):
        pattern, make = ROOMS[trap]
        if re.fullmatch(pattern, path) and (trap == "english" or fields):
            return make(path, fields)
    return None


def link_calendar(site: Site, page: Page) -> Iterator[tuple[str, str]]:
    if page.title in ("Evenemang", "Aktuellt", "Kultur", "Nyheter"):
        yield "/kalender?ar=2026&manad=12", "Kalender"


def make_month(_: str, fields: dict[str, str]) -> TrapPage:
    """A month, with links to the months beside it and to its days, without end."""
    month = number_of(fields, "ar", 2026) * 12 + number_of(fields, "manad", 1) - 1
    beside = [
        (f"/kalender?ar={m // 12}&manad={m % 12 + 1}", text) for m, text in ((month - 1, "Föregående månad"), (month + 1, "Nästa månad"))
    ]
    days = [(f"/kalender?ar={month // 12}&manad={month % 12 + 1}&dag={day}", str(day)) for day in range(1, 29)]
    return TrapPage(f"Kalender {month // 12}-{month % 12 + 1:02}", "Inga evenemang denna dag.", [*beside, *days])


def link_facets(site: Site, page: Page) -> Iterator[tuple[str, str]]:
    if page.title in ("E-tjänster och blanketter", "Föreningar", "Lediga jobb", "Diarium", "Projektmedel", "För vårdgivare"):
        yield f"/{slug(page.title)}/sok?sort=namn&filter=alla", "Sök och filtrera"


def make_facets(path: str, fields: dict[str, str]) -> TrapPage:
    """Results that can be sorted and filtered, each filter adding to those chosen."""
    chosen = fields.get("filter", "alla")
    filters = [f"{chosen},{name}" for name in ("samverkan", "barn", "bygga", "avtal", "miljo") if name not in chosen]
    links = [(f"{path}?sort={sort}&filter={chosen}", f"Sortera på {sort}") for sort in ("namn", "datum", "omrade")]
    links += [(f"{path}?sort={fields.get('sort', 'namn')}&filter={added}", added.rpartition(",")[2].capitalize()) for added in filters]
    return TrapPage("Sök och filtrera", "Välj vad du vill se i listan.", links)


def link_pagination(site: Site, page: Page) -> Iterator[tuple[str, str]]:
    if page.title == "Nyheter" and page.level == 1:
        yield "/nyhetsarkiv?sida=2", "Äldre nyheter"


def make_list(path: str, fields: dict[str, str]) -> TrapPage:
    """A page of old news, and there is always an older one; or one such news item."""
    if "id" in fields:
        return TrapPage("Äldre nyhet", "Nyheten har några år på nacken.", [(path + "?sida=1", "Alla nyheter")])
    number = number_of(fields, "sida", 1)
    titles = load_words("prose")["news"]
    items = [(titles[(number * 7 + i) % len(titles)].format(p="Storgatan", n=number), i) for i in range(8)]
    links = [(f"{path}?sida={number + 1}", "Nästa sida"), (f"{path}?sida={max(number - 1, 1)}", "Föregående sida")]
    return TrapPage(f"Nyheter, sida {number}", "", [*[(f"{path}?id={number}{i}", title) for title, i in items], *links])


def link_print(site: Site, page: Page) -> Iterator[tuple[str, str]]:
    yield f"{page.path}{'&' if '?' in page.path else '?'}{rules_of(site)['print']}", "Skriv ut"


def make_english(path: str, _: dict[str, str]) -> TrapPage | None:
    """The start page of the mirror, a section, or a page of a section."""
    words = load_words("prose")
    sections = {slug(title): title for title in words["english"]}
    parts = path.strip("/").split("/")[1:]
    text = " ".join(words["english_text"])
    if not parts:
        return TrapPage("In English", text, [(f"/en/{name}", title) for name, title in sections.items()], "en")
    if parts[0] not in sections:
        return None
    below = [(f"/en/{parts[0]}/{name}", name.capitalize()) for name in ("apply", "fees", "rules", "contact", "about")]
    return TrapPage(sections[parts[0]], text, below, "en")


def number_of(fields: dict[str, str], name: str, otherwise: int) -> int:
    """A number of the query; what is none is taken for `otherwise`."""
    return int(value) if (value := fields.get(name, "")).isdecimal() else otherwise


DOORS: dict[str, Callable[[Site, Page], Iterator[tuple[str, str]]]] = {
    "calendar": link_calendar,
    "facets": link_facets,
    "pagination": link_pagination,
    "print": link_print,
}
ROOMS: dict[str, tuple[str, Callable[[str, dict[str, str]], TrapPage | None]]] = {
    "calendar": (r"/kalender", make_month),
    "facets": (r"/[\w-]+/sok", make_facets),
    "pagination": (r"/nyhetsarkiv", make_list),
    "english": (r"/en(/.*)?", make_english),
}
