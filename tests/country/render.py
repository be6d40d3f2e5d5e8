"""Writes a page as HTML in the dress of its platform: menus, breadcrumbs, cards, contacts, footer, and the weight that real pages carry."""

import re
from collections.abc import Iterable, Iterator
from html import escape
from random import Random

from tests.country.addresses import hex_of, rules_of, slug
from tests.country.chrome import chrome_of, footer_of, list_links, menu_of, sprite_of, weight_of, write_crumbs
from tests.country.links import in_menus, list_shortcuts, list_submenu, list_teasers
from tests.country.model import Page, Site
from tests.country.prose import draw_contact, draw_sentences, mail_domain, write_prose
from tests.country.traps import list_trap_links
from tests.web.render import date_words, wrap_portlets

CARDS = 0.3
"""The share of pages that show all that lies below them as cards."""
MORE = ("Läs mer", "Mer information", "Till sidan")


def render_page(site: Site, page: Page, root: str) -> str:
    """The whole page. `root` is the address of the site without the slash: "http://127.10.1.7:8000"."""
    return dress_page(site, page.title, page.path, root, write_main(site, page), trail=page.trail[:-1], page=page)


def dress_page(
    site: Site,
    title: str,
    path: str,
    root: str,
    main: Iterable[str],
    *,
    trail: Iterable[Page] = (),
    page: Page | None = None,
    lang: str = "sv",
) -> str:
    """A page around its main text. Pages of traps and 404 pages have no `page`, and no menu of their own."""
    chrome = chrome_of(site.platform)
    mark = hex_of(site.seed, path, length=12)
    text = chrome.dress("\n".join(main))
    html = chrome.fill(
        "page",
        lang=lang,
        title=escape(title),
        site=escape(site.owner.name),
        host=mail_domain(site),
        url=escape(root + path),
        id=mark,
        id2=hex_of(site.seed, "side", length=12),
        description=escape(f"{title}, {site.owner.name}"),
        meta=chrome.fill("meta", **dates_of(site, path)),
        style=weight_of(site.platform)[0],
        sprite=sprite_of(site.platform, site.seed),
        state=weight_of(site.platform)[1],
        menu=menu_of(site, "menu"),
        drawer=menu_of(site, "drawer"),
        crumbs="\n".join(write_crumbs(chrome, trail, title)),
        submenu=write_submenu(site, page, mark) if page else "",
        main=wrap_portlets(chrome, mark, text) if "portlet" in chrome.parts else text,
        dates=chrome.fill("dates", **dates_of(site, path)),
        teasers="\n".join(f'<p><a href="{escape(with_session(site, p.href, mark))}">{escape(p.title)}</a></p>' for p in list_teasers(site)),
        footer=footer_of(site),
    )
    return html + "\n"


def write_main(site: Site, page: Page) -> Iterator[str]:
    """The main text of a page: prose, what lies below it, what it links to, documents, a contact."""
    random = Random(f"{site.seed}/main/{page.number}")
    yield from write_prose(site, page)
    yield from write_children(random, page)
    if page.parent is None:
        yield list_links("Genvägar", [(p.href, p.title) for p in list_shortcuts(site)])
    yield list_links("Relaterad information", [(p.href, p.title) for p in page.related])
    yield list_links("", list_trap_links(site, page))
    if "files" in site.traps and random.random() < 0.5:
        yield list_links("Dokument", draw_files(random, site))
    if page.body:
        yield f"<p>{external(site, page.body.name)}</p>"
    if page.body or random.random() < 0.4:
        contact = draw_contact(random, site)
        yield "<h2>Kontakt</h2>\n" + chrome_of(site.platform).fill("contact", tel=re.sub(r"\D", "", contact["phone"]), **contact)


def write_submenu(site: Site, page: Page, session: str) -> str:
    """The menu beside a page's text."""
    chrome = chrome_of(site.platform)
    items = [(with_session(site, p.href, session), p.title) for p in list_submenu(page)]
    return "\n".join(chrome.fill("submenu-item", href=escape(href), title=escape(title)) for href, title in items)


def external(site: Site, name: str) -> str:
    """A link to a body's own site, with what the platform adds to links that lead away."""
    return chrome_of(site.platform).fill("external", href=f"https://www.{slug(name)}.example/", text=f"Webbplatsen för {escape(name)}")


def write_children(random: Random, page: Page) -> Iterator[str]:
    """What lies below a page: links by name, or cards with the name as heading and a link that tells nothing."""
    if page.parent is None:
        return
    has_cards = random.random() < CARDS
    yield list_links("", [(p.href, p.title) for p in page.children if in_menus(p) and not has_cards])
    for child in page.children:
        if has_cards or not in_menus(child):
            teaser = draw_sentences(random, 1)[0]
            link = f'<a href="{escape(child.href)}">{random.choice(MORE)}</a>'
            yield f"<h2>{escape(child.heading or child.title)}</h2>\n<p>{teaser}</p>\n<p>{link}</p>"


def draw_files(random: Random, site: Site) -> list[tuple[str, str]]:
    """Links to one to three documents, which say what kind of file they are, as most sites do."""
    links = []
    for _ in range(random.randint(1, 3)):
        name = random.choice(("Protokoll", "Reglemente", "Samverkansavtal", "Årsredovisning", "Blankett", "Taxa", "Förbundsordning"))
        ext = random.choice(("pdf", "pdf", "docx", "xlsx"))
        number = random.randint(1, 400)
        path = rules_of(site)["file"].format(
            hex=hex_of(name, str(number), length=24), epoch=1700000000000 + number, slug=f"{slug(name)}-{number}", ext=ext
        )
        links.append((path, f"{name} ({ext}, {random.randint(40, 900)} kB)"))
    return links


def dates_of(site: Site, path: str) -> dict[str, str]:
    """When a page was published and last changed, in ISO 8601 and in words."""
    random = Random(f"{site.seed}/dates/{path}")
    published = f"{random.randint(2016, 2023)}-{random.randint(1, 12):02}-{random.randint(1, 28):02}"
    updated = f"{random.randint(2024, 2025)}-{random.randint(1, 12):02}-{random.randint(1, 28):02}"
    return {"published": published, "updated": updated, "published_words": date_words(published), "updated_words": date_words(updated)}


def with_session(site: Site, href: str, session: str) -> str:
    """The address with a session id, which differs from page to page, on sites that have the trap."""
    return f"{href};jsessionid={session.upper()}" if "sessions" in site.traps and "?" not in href else href
