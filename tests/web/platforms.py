"""A platform's chrome: the parts of its HTML file, filled in line by line, and the dead weight that real pages carry."""

import hashlib
import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template

FOLDER = Path(__file__).parent / "chrome"

# "<!--% contact -->" begins the part `contact` of a chrome file; it ends where the next one begins.
PART = re.compile(r"^<!--% ([\w-]+) -->\n", re.MULTILINE)

SIZES = ("xx-small", "x-small", "small", "medium", "large", "x-large", "xx-large")
SIDES = ("top", "right", "bottom", "left", "inline", "block", "inline-start")
BREAKPOINTS = (("", ""), ("xs", "36em"), ("sm", "48em"), ("md", "62em"), ("lg", "75em"), ("xl", "90em"))


@dataclass(frozen=True, slots=True)
class Chrome:
    """One platform: its parts by name, its tag changes, and how much style, icons and state a page of it carries."""

    parts: Mapping[str, str]
    tags: Mapping[str, str]
    prefix: str
    breakpoints: int
    icons: int
    settings: int
    etag: bool

    def fill(self, part: str, **fields: str) -> str:
        """The part with its `$fields` filled in; a line is left out when a field of it is empty or unknown."""
        templates = [Template(line) for line in self.parts.get(part, "").splitlines()]
        return "\n".join(t.substitute(fields) for t in templates if all(fields.get(name) for name in t.get_identifiers()))

    def dress(self, html: str) -> str:
        """The platform's classes on an author's plain tags."""
        for plain, dressed in self.tags.items():
            html = html.replace(plain, dressed)
        return html


def load_chrome(platform: str, folder: Path = FOLDER) -> Chrome:
    """The chrome of `<platform>.html` in a folder, `chrome/` here unless told otherwise, with its settings in `platforms.toml` there."""
    settings = tomllib.loads((folder / "platforms.toml").read_text("utf-8"))[platform]
    _, *pieces = PART.split((folder / f"{platform}.html").read_text("utf-8"))
    parts = dict(zip(pieces[::2], pieces[1::2], strict=True))
    return Chrome(
        parts,
        settings.get("tags", {}),
        settings.get("prefix", ""),
        settings.get("breakpoints", 0),
        settings.get("icons", 0),
        settings.get("settings", 0),
        settings.get("etag", False),
    )


def mark(*words: str, length: int = 12) -> str:
    """Hex digits that stay the same for the same words: the ids that a CMS gives its portlets."""
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:length]


def write_style(chrome: Chrome) -> str:
    """Utility classes, as design systems print them into every page."""
    rules = []
    for name, width in BREAKPOINTS[: chrome.breakpoints]:
        infix = f"-{name}" if name else ""
        block = [
            f".{chrome.prefix}-{key}{infix}-{side}--{size}{{{prop}-{side}:{step * 0.25:g}rem!important}}"
            for key, prop in (("m", "margin"), ("p", "padding"))
            for side in SIDES
            for step, size in enumerate(SIZES, 1)
        ]
        rules.append(f"@media (min-width:{width}){{{''.join(block)}}}" if width else "\n".join(block))
    return "\n".join(rules)


def write_sprite(chrome: Chrome, seed: str) -> str:
    """Icons as an inline SVG sprite; their paths differ from site to site."""
    symbols = []
    for number in range(chrome.icons):
        digits = [int(digit, 16) for digit in mark(seed, str(number), length=32)]
        points = zip(digits[::2], digits[1::2], strict=True)
        path = "".join(f"{'L' if index % 4 else 'M'}{x} {y}" for index, (x, y) in enumerate(points))
        symbols.append(f'<symbol id="icon-{number}" viewBox="0 0 16 16"><path d="{path}z" fill="none" stroke="currentColor"/></symbol>')
    return "\n".join(symbols)


def write_state(chrome: Chrome, seed: str, titles: list[str]) -> str:
    """JSON that scripts of the page start from: settings and the titles of the site's pages, none of it content."""
    modules = {
        f"12.{mark(seed, str(number))}": {"visible": True, "limit": number * 5, "sortBy": "published", "showDate": number % 2 == 0}
        for number in range(chrome.settings)
    }
    return json.dumps({"modules": modules, "suggestions": titles}, ensure_ascii=False).replace("</", "<\\/")
