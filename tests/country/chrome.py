"""What all pages of a site have in common: the chrome of its platform, menus, footer, style, icons."""

from collections.abc import Iterable, Iterator
from functools import cache
from html import escape

from tests.country.links import list_footer, list_mega, list_sections
from tests.country.model import HERE, Page, Site
from tests.country.prose import mail_domain
from tests.web.platforms import Chrome, load_chrome, write_sprite, write_state, write_style


@cache
def chrome_of(platform: str) -> Chrome:
    """The chrome that pages of a platform wear."""
    own = HERE / "chrome" / f"{platform}.html"
    return load_chrome(platform, own.parent) if own.exists() else load_chrome(platform)


@cache
def weight_of(platform: str) -> tuple[str, str]:
    """The style rules and the script state that every page of a platform carries."""
    return write_style(chrome_of(platform)), write_state(chrome_of(platform), platform, [])


@cache
def sprite_of(platform: str, seed: str) -> str:
    """A site's icons."""
    return write_sprite(chrome_of(platform), seed)


@cache
def menu_of(site: Site, kind: str) -> str:
    """The main menu of a site (`menu`), or its copy for telephones (`drawer`)."""
    chrome = chrome_of(site.platform)
    items = []
    for section in list_sections(site):
        children = [chrome.fill(f"{kind}-child", href=escape(p.href), title=escape(p.title)) for p in list_mega(site, section)]
        items.append(chrome.fill(f"{kind}-item", href=escape(section.href), title=escape(section.title), children="\n".join(children)))
    return "\n".join(items)


@cache
def footer_of(site: Site) -> str:
    """Who runs the site, and the links that stand on every page."""
    owner = escape(site.owner.name)
    links = list_links("", [(p.href, p.title) for p in list_footer(site)])
    english = '<p><a href="/en" lang="en">In English</a></p>' if "english" in site.traps else ""
    mail = f"info@{mail_domain(site)}"
    number = f"<p>Organisationsnummer: {site.owner.organisation_number}</p>" if site.owner.organisation_number else ""
    return f'<p>{owner}</p>\n<p>Telefon: 08-465 004 00</p>\n<p>E-post: <a href="mailto:{mail}">{mail}</a></p>\n{number}\n{links}\n{english}'


def write_crumbs(chrome: Chrome, trail: Iterable[Page], title: str) -> Iterator[str]:
    """The way from the start page to this one."""
    for page in trail:
        yield chrome.fill("crumb", href=escape(page.href), title="Start" if page.parent is None else escape(page.title))
    yield chrome.fill("crumb-here", title=escape(title))


def list_links(heading: str, links: Iterable[tuple[str, str]]) -> str:
    """A list of links, with a heading or without; "" where there are none."""
    items = "".join(f'<li><a href="{escape(href)}">{escape(text)}</a></li>' for href, text in links)
    return (f"<h2>{heading}</h2>\n" if heading else "") + f"<ul>{items}</ul>" if items else ""
