"""The greatest noise: the same content in another content management system, with that one's page around it."""

import re
from pathlib import Path
from string import Template

from tests.mutations.dice import Dice
from tests.mutations.markup import Element, Parsed, parse, replace_spans

TEMPLATES = Path(__file__).parent / "templates"
SHOWN = ("sitevision", "wordpress", "optimizely")
HELD = ("drupal", "next")
LEFT_BEHIND = re.compile(
    r"(?i)class=[\"'][^\"']*(?:breadcrumb|brodsmul|feedback|share|social-|teaser|cookie|page-tools|rs_skip|submenu|undermeny)|data-nosnippet"
    r"|sv-template-portlet\"><div id=\"(?:Under|Feed|Relat)"
)
"""What the old system had set around the content, which the new one does not know."""
UNKNOWN = ("nav", "script", "style", "form", "button", "noscript", "template", "dialog")
KEPT_HEAD = re.compile(
    r"<title>.*?</title>|<link[^>]+rel=[\"']?canonical[^>]*>|<script[^>]+ld\+json[^>]*>.*?</script>"
    r"|<meta[^>]+(?:date|modified|publish|created|updated|moddate|pubdate|og:|language|description)[^>]*>",
    re.IGNORECASE | re.DOTALL,
)
COLUMNS = re.compile(r"(?i)right-?col|sidebar|h(?:o|ö)gerspalt|aside|side-column|sidopanel|kontaktspalt|col-right")
FOOTER = re.compile(r"(?i)(?:id|class)=[\"'](?:[^\"']*[\s_-])?(?:page-?)?(?:footer|sidfot|foot|bottom|colophon)\b")
LANG = re.compile(r"<html\b[^>]*?\blang=[\"']?([\w-]+)", re.IGNORECASE)
CHARSET = re.compile(r"<meta[^>]+charset=[\"']?([\w-]+)", re.IGNORECASE)


def change_platform(html: str, dice: Dice) -> str:
    """The page after a change of system: main, side column and footer in another template, titles, dates and data as they were."""
    page = parse(html)
    content = page.content
    h1 = page.find("h1")
    if (content.tag != "main" and "role=" not in content.attributes) or h1 is None:
        return html
    side = [e for e in page.elements if is_column(e) and not is_inside(e, content) and not is_inside(content, e)]
    side = [e for e in side if not any(is_inside(e, other) for other in side if other is not e)]
    feet = [e for e in page.elements if (e.tag == "footer" or FOOTER.search(e.attributes)) and not is_inside(e, content)]
    footer = max((e for e in feet if not is_inside(content, e)), key=lambda e: e.end - e.start, default=None)
    if footer is None:
        return html
    template = Template((TEMPLATES / f"{dice.choice(HELD if dice.is_held else SHOWN)}.html").read_text("utf-8"))
    return template.substitute(
        lang=found[1] if (found := LANG.search(html)) else "sv",
        charset=found[1] if (found := CHARSET.search(html)) else "utf-8",
        head="\n".join(found[0] for found in KEPT_HEAD.finditer(html)),
        id=str(dice.randrange(1000, 9999)),
        title=html[h1.inner : h1.inner_end].strip(),
        content=carry(page, content, h1),
        side="\n".join(carry(page, element, h1) for element in side),
        footer=carry(page, footer, h1),
    )


def is_column(element: Element) -> bool:
    """Whether it is a column beside the content."""
    return element.tag == "aside" or (element.tag == "div" and COLUMNS.search(element.attributes) is not None)


def is_inside(element: Element, other: Element) -> bool:
    """Whether an element lies in another or is it."""
    return other.start <= element.start and element.end <= other.end


def carry(page: Parsed, element: Element, h1: Element) -> str:
    """What an element holds, without the old system's own things and without the page's heading."""
    dropped: list[Element] = [h1] if is_inside(h1, element) else []
    for inner in page.elements:
        is_known = inner.tag == "button" and "aria-expanded" in inner.attributes  # the head of a part that unfolds
        is_old = inner is not element and not is_known and (inner.tag in UNKNOWN or LEFT_BEHIND.search(inner.attributes))
        if is_old and is_inside(inner, element) and not any(is_inside(inner, other) or is_inside(other, inner) for other in dropped):
            dropped.append(inner)
    spans = [(e.start - element.inner, e.end - element.inner, "") for e in dropped]
    return replace_spans(page.html[element.inner : element.inner_end], spans).strip()


PLATFORM = (change_platform,)
