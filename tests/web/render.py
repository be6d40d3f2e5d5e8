"""Renders a fragment into a whole page of its site's platform: menus, way, cards, portlets, dates, weight."""

import re
import unicodedata
from html import escape

from tests.web.fragments import HEADING, Fragment, Site, strip_tags
from tests.web.platforms import Chrome, mark, write_sprite, write_state, write_style

MONTHS = ["januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november", "december"]

# A card in a fragment: <!-- contact name="Ylva Norrby" role="kanslichef" phone="08-465 004 12" -->
CONTACT = re.compile(r"<!-- contact ((?:\w+=\"[^\"]*\" ?)+)-->")
# <a class="ext" href="https://www.skr.se">SKR</a>: a link to another site, which some platforms say in words.
EXTERNAL = re.compile(r'<a class="ext" href="([^"]+)">(.*?)</a>', re.DOTALL)
# <!-- portlet Ingress -->: what follows is a portlet of its own, with the name that the editor sees.
PORTLET = re.compile(r"<!-- portlet ([^>]+?) -->\n?")


def render_page(site: Site, page: Fragment) -> bytes:
    """The whole page in the site's encoding; letters that it lacks stand as character references."""
    chrome = site.chrome
    seed = site.host + page.path
    html = chrome.fill(
        "page",
        lang=page.meta.get("lang", "sv"),
        title=escape(page.title),
        site=escape(site.name),
        host=site.host,
        url=f"{site.scheme}://{site.host}{page.path}",
        id=mark(seed),
        id2=mark(seed, "side"),
        description=escape(page.meta.get("description", "")),
        meta=chrome.fill("meta", **dates_of(page)),
        style=write_style(chrome),
        sprite=write_sprite(chrome, site.host),
        state=write_state(chrome, seed, [p.title for p in site.fragments.values()]),
        head=site.settings.get("head", ""),
        alert=site.settings.get("alert", ""),
        menu=render_menu(site, page, "menu"),
        drawer=render_menu(site, page, "drawer"),
        crumbs=render_crumbs(site, page),
        submenu=render_submenu(site, page),
        main=render_main(site, page, page.main),
        aside=render_main(site, page, page.aside) if page.aside else "",
        dates=chrome.fill("dates", **dates_of(page)),
        teasers=site.settings.get("teasers", ""),
        footer=site.settings.get("footer", ""),
    )
    bom = b"\xef\xbb\xbf" if page.meta.get("bom") == "yes" else b""
    return bom + (html + "\n").encode(site.encoding, "xmlcharrefreplace")


def render_missing(site: Site, path: str) -> bytes:
    """The site's own page for a path that it does not have."""
    text = '<p>Sidan du letar efter finns inte här. Den kan ha flyttats eller tagits bort.</p>\n<p><a href="/">Till startsidan</a></p>'
    return render_page(site, Fragment("missing", path, {"title": "Sidan kunde inte hittas"}, text, ""))


def dates_of(page: Fragment) -> dict[str, str]:
    """`updated` and `published` as written (ISO), and in words as `updated_words` and `published_words`."""
    dates = {key: page.meta[key] for key in ("updated", "published", "author") if key in page.meta}
    words = {f"{key}_words": date_words(value) for key, value in dates.items() if key != "author"}
    return dates | words


def date_words(iso: str) -> str:
    """ "14 september 2026" for "2026-09-14"."""
    year, month, day = (int(part) for part in iso.split("-"))
    return f"{day} {MONTHS[month - 1]} {year}"


def render_main(site: Site, page: Fragment, text: str) -> str:
    """The author's HTML with the platform's cards, link decorations, heading ids, portlets and classes."""
    chrome = site.chrome
    text = CONTACT.sub(lambda found: chrome.fill("contact", **contact_fields(found[1])), text)
    text = EXTERNAL.sub(lambda found: chrome.fill("external", href=found[1], text=found[2]), text)
    text = HEADING.sub(lambda found: f'<h2 id="{heading_id(found[1])}">{found[1]}</h2>', text)
    if "portlet" in chrome.parts:
        text = wrap_portlets(chrome, site.host + page.path, text)
    return chrome.dress(PORTLET.sub("", text))


def contact_fields(attributes: str) -> dict[str, str]:
    """The card's fields, with `tel` (digits for a link) beside `phone`."""
    fields = dict(re.findall(r'(\w+)="([^"]*)"', attributes))
    if "phone" in fields:
        fields["tel"] = re.sub(r"[^\d+]", "", fields["phone"])
    return fields


def wrap_portlets(chrome: Chrome, seed: str, text: str) -> str:
    """Each piece between portlet marks as a portlet of its own; what stands before the first is called Innehåll."""
    first, *pieces = PORTLET.split(text)
    named = [("Innehåll", first), *zip(pieces[::2], pieces[1::2], strict=True)]
    return "\n".join(
        chrome.fill("portlet", id=mark(seed, name, str(number)), name=name, anchor=slug(name), content=piece.strip())
        for number, (name, piece) in enumerate(named)
        if piece.strip()
    )


def render_menu(site: Site, page: Fragment, kind: str) -> str:
    """The site's main menu: the sections of `_site.toml`, each with its child pages and the headings of its own page."""
    chrome = site.chrome
    items = []
    for stem in site.settings["menu"]:
        section = site.fragments[stem]
        links = [(child.path, child.title) for child in children(site, stem)]
        links += [(f"{section.path}#{heading_id(heading)}", heading) for heading in section.headings]
        sub = "\n".join(chrome.fill(f"{kind}-child", href=href, title=escape(title)) for href, title in links)
        items.append(chrome.fill(f"{kind}-item", href=section.path, title=escape(section.title), children=sub))
    return "\n".join(items)


def render_submenu(site: Site, page: Fragment) -> str:
    """Links to the page's siblings and children."""
    parent = page.stem.rpartition("/")[0]
    family = [*children(site, page.stem), *(p for p in children(site, parent) if p is not page)] if parent else children(site, page.stem)
    return "\n".join(site.chrome.fill("submenu-item", href=p.path, title=escape(p.title)) for p in family)


def render_crumbs(site: Site, page: Fragment) -> str:
    """The way from the start page to this one."""
    if page.stem == "index":
        return ""
    segments = page.stem.split("/")
    above = ["index", *("/".join(segments[:depth]) for depth in range(1, len(segments)))]
    pages = [site.fragments[stem] for stem in above if stem in site.fragments]
    links = [site.chrome.fill("crumb", href=p.path, title=escape(p.title)) for p in pages]
    return "\n".join([*links, site.chrome.fill("crumb-here", title=escape(page.title))])


def children(site: Site, stem: str) -> list[Fragment]:
    """The pages one step below a stem that menus show (`menu: no` in the front matter hides one)."""
    return [p for p in site.fragments.values() if p.stem.rpartition("/")[0] == stem and p.meta.get("menu") != "no"]


def heading_id(heading: str) -> str:
    """ "h-Vararbolag" for "Våra bolag": as SiteVision makes them."""
    return "h-" + re.sub(r"\W", "", unaccent(strip_tags(heading)))


def slug(text: str) -> str:
    return re.sub(r"\W+", "", unaccent(text))


def unaccent(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
