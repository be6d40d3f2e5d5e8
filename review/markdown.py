"""Markdown for e-mails: short lines, in which what pages say is text and nothing else."""

import re
import textwrap

from review.plain import fit_address, fit_line

WIDTH = 78
"""Characters; what mail programs show without breaking it themselves."""

# Emphasis, code, links, HTML, tables, struck text; an underscore within a word is none: eva_ek@ale.se
_ACTIVE = re.compile(r"[\\`*\[\]<>|~]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)")
# What makes a heading, list or rule of a line: "# 1", "- ett", "---", "==="; "+46 31" does not.
_LINE_START = re.compile(r"^(?=#{1,6}(?:\s|$)|[-+](?:\s|$)|[-=]+\s*$)")
_NUMBERED = re.compile(r"^(\d{1,9})(?=[.)](?:\s|$))")  # "13. Ale"


def escape_markdown(text: str, longest: int = 300) -> str:
    """The text on one line, so that it shows as it is wherever in a line it stands."""
    return _ACTIVE.sub(lambda found: f"\\{found[0]}", fit_line(text, longest))


def write_item(text: str, sign: str = "- ") -> list[str]:
    """A list item of the text, which is escaped here, in lines that a mail program need not break."""
    words = escape_markdown(text)
    lines = textwrap.wrap(words, WIDTH - len(sign), break_long_words=False, break_on_hyphens=False) or [""]
    return [f"{sign if number == 0 else ' ' * len(sign)}{guard_line(line)}" for number, line in enumerate(lines)]


def guard_line(line: str) -> str:
    """The line, escaped where its begin would make more of it than text."""
    return _NUMBERED.sub(r"\1\\", _LINE_START.sub(r"\\", line))


def write_address(url: str) -> str:
    """The address as a link that shows itself: "<https://ale.se/samverkan>"."""
    address = fit_address(url)
    return f"<{address}>" if address else escape_markdown(url)
