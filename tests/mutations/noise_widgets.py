"""Noise that a reader sees and passes over: counters, banners, buttons, notes at links, dates of today."""

import re

from tests.mutations.dice import Dice
from tests.mutations.markup import parse, replace_spans
from tests.mutations.places import insert

FILE = re.compile(r"href=[\"'][^\"']+\.(?:pdf|docx?|xlsx?)[\"']", re.IGNORECASE)
EXTERNAL = re.compile(r"href=[\"']https?://", re.IGNORECASE)
UPDATED_META = re.compile(
    r"(<meta name=\"(?:DC\.(?:Date\.)?modified|EPi\.Modified|Last-Modified|rek:moddate)\" content=\")[^\"]*", re.IGNORECASE
)


def add_view_counter(html: str, dice: Dice) -> str:
    """How often the page was looked at, somewhere below its text."""
    return insert(html, dice.piece("view_counter"), dice.choice(("end", "footer", "after", "side")))


def add_cookie_banner(html: str, dice: Dice) -> str:
    """A vendor's consent box, before everything or behind it; each seed another vendor."""
    return insert(html, dice.piece("cookie_banner"), dice.choice(("top", "bottom")))


def add_listen_button(html: str, dice: Dice) -> str:
    """ReadSpeaker, TalkingWeb, BrowseAloud: "Lyssna", near the heading or among the tools."""
    return insert(html, dice.piece("listen_button"), dice.choice(("title", "start", "before", "end")))


def add_feedback_widget(html: str, dice: Dice) -> str:
    """Whether the page was of help, with counts of who thought so."""
    return insert(html, dice.piece("feedback"), dice.choice(("end", "after", "bottom")))


def add_share_links(html: str, dice: Dice) -> str:
    """Share, print, tell a friend."""
    return insert(html, dice.piece("share"), dice.choice(("title", "end", "after")))


def add_todays_date(html: str, dice: Dice) -> str:
    """Today's date, week and name day in the header or the footer."""
    return insert(html, dice.piece("today"), dice.choice(("top", "before", "footer")))


def add_status(html: str, dice: Dice) -> str:
    """Whether the switchboard is open, the weather, the queue: in header and footer."""
    return insert(html, dice.piece("status"), dice.choice(("top", "before", "footer")))


def add_chat(html: str, dice: Dice) -> str:
    """A chat window or bot."""
    return insert(html, dice.piece("chat"), "bottom")


def add_alert(html: str, dice: Dice) -> str:
    """A notice on all pages of a site for some days: a fault, a ban on fires."""
    return insert(html, dice.piece("alert"), dice.choice(("top", "before")))


def add_translation(html: str, dice: Dice) -> str:
    """A choice of languages."""
    return insert(html, dice.piece("translate"), dice.choice(("top", "before", "footer")))


def add_reading_time(html: str, dice: Dice) -> str:
    """How long it takes to read the page, under its heading."""
    return insert(html, dice.piece("reading_time"), "title")


def add_build(html: str, dice: Dice) -> str:
    """Version, server and copyright at the bottom."""
    return insert(html, dice.piece("build"), dice.choice(("footer", "bottom")))


def decorate_links(html: str, dice: Dice) -> str:
    """Links to other sites and to files say so, to screen readers or to all."""
    external, file = dice.piece("link_note"), dice.piece("file_note")
    spans = []
    for element in parse(html).elements:
        if element.tag == "a" and (EXTERNAL.search(element.attributes) or FILE.search(element.attributes)):
            note = file if FILE.search(element.attributes) else external
            spans.append((element.inner_end, element.inner_end, note))
    return replace_spans(html, spans)


def change_updated(html: str, dice: Dice) -> str:
    """The date of the last change alone, in the page and in its meta elements; a template that touches all pages does it."""
    html = UPDATED_META.sub(rf"\g<1>{dice.iso()}", html)
    return insert(html, dice.piece("updated"), dice.choice(("end", "title", "footer")))


WIDGETS = (
    add_view_counter, add_cookie_banner, add_listen_button, add_feedback_widget, add_share_links, add_todays_date, add_status, add_chat,
    add_alert, add_translation, add_reading_time, add_build, decorate_links, change_updated,
)  # fmt: skip
