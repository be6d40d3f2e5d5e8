"""Noise from the rest of the site: menus, footers, teasers of other pages, another theme."""

import re

from tests.mutations.dice import Dice
from tests.mutations.markup import MACHINERY, Element, parse, replace_spans
from tests.mutations.places import find_place, insert

CLASS = re.compile(r"\sclass=([\"'])([^\"']*)\1")
TITLE = re.compile(r"<title>\s*(.*?)\s*</title>", re.IGNORECASE | re.DOTALL)


def change_menu(html: str, dice: Dice) -> str:
    """Items come and go in a menu; where there is none, a menu comes."""
    menus = [element for element in parse(html).elements if element.tag == "nav"]
    lists = [element for element in parse(html).elements if element.tag == "ul" and any(e in menus for e in element.ancestors())]
    if not lists:
        return insert(html, dice.piece("menu"), dice.choice(("top", "before")))
    at = dice.choice(lists)
    return replace_spans(html, [(at.inner, at.inner, dice.piece("menu_items")), (at.inner_end, at.inner_end, dice.piece("menu_items"))])


def drop_menu_item(html: str, dice: Dice) -> str:
    """A page of the site is gone, and with it its line in the menus."""
    elements = parse(html).elements
    items = [e for e in elements if e.tag == "li" and e.parent and e.parent.tag == "ul" and any(a.tag == "nav" for a in e.ancestors())]
    return replace_spans(html, [(item.start, item.end, "") for item in items[:1]]) if items else html


def add_menu(html: str, dice: Dice) -> str:
    """A mega menu, or a menu of the section beside the text."""
    return insert(html, dice.piece("menu"), dice.choice(("top", "before", "start", "side")))


def change_footer(html: str, dice: Dice) -> str:
    """Links, social media, a new column in the footer."""
    return insert(html, dice.piece("footer_links"), "footer")


def add_teasers(html: str, dice: Dice) -> str:
    """Other pages of the same kind below the text, chosen anew for each visit."""
    return insert(html, dice.piece("teasers"), dice.choice(("end", "after", "side")))


def add_latest_news(html: str, dice: Dice) -> str:
    """The site's latest news beside or below the text."""
    return insert(html, dice.piece("latest_news"), dice.choice(("end", "after", "side", "bottom")))


def add_events(html: str, dice: Dice) -> str:
    """What is on in the municipality."""
    return insert(html, dice.piece("events"), dice.choice(("end", "after", "side")))


def add_most_read(html: str, dice: Dice) -> str:
    """Pages that others look at."""
    return insert(html, dice.piece("most_read"), dice.choice(("after", "side", "footer")))


def add_social_feed(html: str, dice: Dice) -> str:
    """Posts of Facebook and Instagram."""
    return insert(html, dice.piece("social_feed"), dice.choice(("after", "side", "bottom")))


def add_newsletter(html: str, dice: Dice) -> str:
    """An invitation to subscribe."""
    return insert(html, dice.piece("newsletter"), dice.choice(("end", "after", "footer")))


def change_title_suffix(html: str, dice: Dice) -> str:
    """The site's name behind the title in the browser's tab, in another form."""
    suffix = dice.choice((" - Startsida", " | Välkommen", " – Officiell webbplats"))
    return TITLE.sub(lambda found: f"<title>{found[1]}{suffix}</title>", html, count=1)


def wrap_content(html: str, dice: Dice) -> str:
    """Another theme: a grid of wrappers around the content and around all of the page."""
    wrappers = ("grid__item", "l-column l-column--8", "container-fluid", f"c-{dice.hex()}", "o-layout", "row", "env-m-top--large")
    names = dice.sample(wrappers, 3)
    start, end = "".join(f'<div class="{name}">' for name in names), "</div>" * len(names)
    inner, inner_end = find_place(html, "start"), find_place(html, "end")
    return replace_spans(html, [(inner, inner, start), (inner_end, inner_end, end)])


def rename_classes(html: str, dice: Dice) -> str:
    """Another theme's names on what lies around the content and on its wrappers; words that say what a thing is stay."""
    prefix = dice.choice(("t2-", "c-", f"css-{dice.hex()[:5]}-", "wp-block-"))

    def rename(element: Element) -> str:
        return CLASS.sub(
            lambda found: f" class={found[1]}{' '.join(rename_word(word) for word in found[2].split())}{found[1]}", element.attributes
        )

    def rename_word(word: str) -> str:
        return word if MACHINERY.search(word) or "contact" in word or word in MICROFORMATS else prefix + word

    spans = [
        (element.start, element.inner, f"<{element.tag}{rename(element)}>")
        for element in parse(html).elements
        if element.tag in ("div", "section", "ul", "li", "p", "h2", "h3") and CLASS.search(element.attributes)
    ]
    return replace_spans(html, spans)


MICROFORMATS = frozenset(
    ("vcard", "h-card", "fn", "p-name", "org", "title", "tel", "email", "adr", "street-address", "postal-code", "locality", "role")
)

SURROUNDINGS = (
    change_menu, drop_menu_item, add_menu, change_footer, add_teasers, add_latest_news, add_events, add_most_read, add_social_feed,
    add_newsletter, change_title_suffix, wrap_content, rename_classes,
)  # fmt: skip
