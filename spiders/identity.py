"""Who we say we are: a User-Agent with an address at which a webmaster reaches a person."""

import re

from schemas.errors import UsageError

# "drift@kommun.se", not "drift@localhost", "@kommun.se" or "a b@c.se"; no brackets: it stands between them in the header
_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]+")
# An address such as "https://example.org/crawler", not "https://" or "http://localhost page"
_URL = re.compile(r"https?://[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?::\d+)?(?:/[^\s()<>\"]*)?")


def make_user_agent(product: str, contact: str | None) -> str:
    """ "samverkan/0.1 (+drift@kommun.se)". Raises UsageError where the contact is missing or neither an e-mail address nor a URL."""
    contact = (contact or "").strip()
    if not contact:
        raise UsageError("A live crawl needs a contact address: set SAMVERKAN_CONTACT to an e-mail address or a URL.")
    if not (_EMAIL.fullmatch(contact) or _URL.fullmatch(contact)):
        raise UsageError(f"SAMVERKAN_CONTACT is neither an e-mail address nor a URL: {contact!r}.")
    return f"{product} (+{contact})"
