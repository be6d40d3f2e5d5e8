"""The cases of robots.txt, from `cases.toml`: what a host answers, and what may then be asked of it."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

OPEN = ("/samverkan/oppen",)
RULES = ({"status": 200},)


@dataclass(frozen=True, slots=True)
class Case:
    """One host. Its pages are "/" and those of `allowed` and `forbidden`; each links to all, and so does the sitemap."""

    name: str
    says: str
    robots: str = ""
    """The text of robots.txt; "{root}" is the host's own address, "{NAME}" that of the case of that name."""
    encoding: str = "utf-8"
    line_end: str = "\n"
    padding: int = 0
    """Bytes of comments before the rules, and as many behind them."""
    content_type: str = "text/plain"
    answers: Sequence[Mapping[str, Any]] = RULES
    """To requests for robots.txt, one after the other, the last for ever: `status`, `location`, `retry_after`; or `act`: reset | silent."""
    files: Mapping[str, str] = field(default_factory=dict)
    """Further paths that hold rules: where a redirect of robots.txt leads. They may be asked for before the host's robots.txt."""
    hops: int = 0
    """Redirects before the rules: /robots.txt leads to /hopp/1, that to /hopp/2, and the last has them."""
    busy: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Paths that answer so, in the form of `answers`, when asked for the first time."""
    allowed: Sequence[str] = OPEN
    """What must be asked for."""
    forbidden: Sequence[str] = ()
    """What may not be asked for: written by hand, whatever any parser of robots.txt makes of the file."""
    is_closed: bool = False
    """Whether nothing may be asked for but robots.txt."""
    outcome: str = ""
    """Of the site: "" where its pages tell."""
    delay: float = 0.0
    """Seconds that the file asks for between two requests."""
    starts: Sequence[str] = ("/",)
    sites: int = 1
    """Sites on the host, in the sections /del1/, /del2/ ..."""
    doors: int = 0
    """Hosts of their own whose sites begin there, and all at once link into the sections of this one; it is no site itself."""
    shares: str = ""
    """The case whose host this is, too: another origin of it, and a part of the same site."""
    scheme: str = "http"
    is_deaf: bool = False
    is_small: bool = False
    """Whether it stands in `make test`."""

    @property
    def aside(self) -> set[str]:
        """The paths that may be asked for before the rules are known: robots.txt and where it leads."""
        return {"/robots.txt", *self.files, *(f"/hopp/{number}" for number in range(1, self.hops + 1))}

    @property
    def pages(self) -> list[str]:
        """All pages but the start pages."""
        return [*self.allowed, *self.forbidden]


def load_cases() -> list[Case]:
    """All cases in the order of the table."""
    rows = tomllib.loads(Path(__file__).with_name("cases.toml").read_text("utf-8"))["case"]
    return [Case(**({"allowed": ()} if row.get("is_closed") else {}) | row) for row in rows]
