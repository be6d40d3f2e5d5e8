"""Where a site's machinery sets something into a page."""

import re

from tests.mutations.markup import parse

BODY = re.compile(r"<body\b[^>]*>", re.IGNORECASE)
BODY_END = re.compile(r"</body\s*>|</html\s*>|\Z", re.IGNORECASE)
HEAD_END = re.compile(r"</head\s*>|(?=<body)", re.IGNORECASE)


def find_place(html: str, where: str) -> int:
    """The offset of a place.

    head: the end of <head> · top, bottom: of the body · before, after: of the content · start, end: inside of it ·
    title: after its h1 · side: the end of the side column · footer: the end of the footer. What a page lacks: its body's end.
    """
    if where == "head":
        return found.start() if (found := HEAD_END.search(html)) else 0
    if where == "top":
        return found.end() if (found := BODY.search(html)) else 0
    if where in ("before", "after", "start", "end"):
        content = parse(html).content
        if content.tag not in ("body", "html"):
            return {"before": content.start, "after": content.end, "start": content.inner, "end": content.inner_end}[where]
        return find_place(html, "top" if where in ("before", "start") else "bottom")
    tag = {"title": "h1", "side": "aside", "footer": "footer"}.get(where)
    named = [element for element in parse(html).elements if element.tag == tag]
    if named:
        return named[0].end if tag == "h1" else named[-1].inner_end  # of several feet the page's own is the last
    return found.start() if (found := BODY_END.search(html)) else len(html)


def insert(html: str, piece: str, where: str) -> str:
    """The page with a piece at a place."""
    at = find_place(html, where)
    return f"{html[:at]}\n{piece}\n{html[at:]}"
