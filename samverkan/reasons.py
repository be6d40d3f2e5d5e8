"""What went wrong at a site, in few words: without the address, since the site is named beside it."""

import re
from textwrap import shorten

LONGEST = 60
"""Characters: with a site's id before it one line of a terminal."""
UNVERIFIED = "the certificate cannot be verified"
# "https://ale.se/a: no answer in time", "HTTP 503 for https://ale.se/a", "robots.txt forbids https://ale.se/", ", to https://x.se/"
ADDRESS = re.compile(r"^https?://\S+:? |(?:,? (?:for|to))? https?://\S+")


def shorten_reason(reason: str) -> str:
    """One reason for all sites at which the same went wrong."""
    if "certificate verify failed" in reason:
        return UNVERIFIED
    return shorten(ADDRESS.sub("", reason) or reason, LONGEST, placeholder=" …")
