"""Raw HTML as tokens with their places, so that a mutation changes what it means to change and no other byte."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

# Comments and declarations; elements whose text nobody reads, whole; tags with their quoted attributes; text; a lone "<".
TOKEN = re.compile(
    r"(?P<other><!--.*?-->|<[!?][^>]*>|<(?P<raw>script|style|noscript|template|svg|textarea|select|title)\b.*?</(?P=raw)\s*>)"
    r"|<(?P<close>/?)(?P<tag>[a-zA-Z][\w:-]*)(?P<attributes>(?:\"[^\"]*\"|'[^']*'|[^>\"'])*)>"
    r"|(?P<text>[^<]+|<)",
    re.DOTALL | re.IGNORECASE,
)
ATTRIBUTE = re.compile(r"([^\s=/\"'>]+)(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"'>]+))?")
VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"))
SIBLINGS = frozenset(("p", "li", "tr", "td", "th", "dt", "dd", "option"))
"""Elements that the next of their kind closes."""
BLOCKS = frozenset(("p", "li", "td", "th", "dd", "dt", "h2", "h3", "h4", "div", "blockquote", "figcaption", "caption", "address"))
STAMP = re.compile(r"(?i)\s*(?:sidan |page )?(?:senast |last )?(?:uppdatera|ändra|publicera|granska|updated|published)")
HOLDERS = frozenset(("article", "section", "div", "td", "table", "body"))
UNREAD = frozenset(("nav", "footer", "header", "fieldset", "button", "label", "aside", "dialog", "head", "details", "summary", "figure"))
# What a site's machinery adds beside what an editor wrote, as sites name it.
MACHINERY = re.compile(
    r"(?i)bread-?crumb|brodsmul|feedback|share\b|sharing|social|teaser|related|relaterat|cookie|\bmenu|menu\b|\bnav|tools\b|page-?(?:facts|info)|sidinfo|=.meta\b|rs_skip|channel|__date"
    r"|updated|publi(?:shed|cerad)|signature|entry-meta|post-meta|\b-?dat(?:e|um)\b|-date\b|news|alert|footer|site-header|banner|skip-link"
    r"|views-element|widget_nav|linked-portlet|\bfoot|sidfot|bottom|visually-?hidden|assistive|sr-only|submitted|linkblock|dialog|search|\btoc\b|aria-hidden"
)


@dataclass(slots=True)
class Element:
    """An element: where its start tag begins and ends, where its content ends, where its end tag ends."""

    tag: str
    attributes: str
    start: int
    inner: int
    parent: "Element | None" = field(repr=False, default=None)
    inner_end: int = 0
    end: int = 0

    def ancestors(self) -> Iterator["Element"]:
        """Itself and what it lies in, outwards."""
        element: Element | None = self
        while element is not None:
            yield element
            element = element.parent


class Text(NamedTuple):
    """A run of text between two tags, and the element that it lies in; None outside of all."""

    start: int
    end: int
    words: str
    parent: Element | None


@dataclass(frozen=True, slots=True)
class Parsed:
    """A page's elements and texts in their order."""

    html: str
    elements: list[Element]
    texts: list[Text]

    def find(self, tag: str, words: str = "") -> Element | None:
        """The first element of a tag whose attributes hold these words."""
        return next((element for element in self.elements if element.tag == tag and words in element.attributes), None)

    @property
    def content(self) -> Element:
        """The element that holds what the page is about: main, or the smallest with most of its prose."""
        named = self.find("main") or next((e for e in self.elements if re.search(r"role=[\"']?main", e.attributes)), None)
        if named:
            return named
        prose = [text for text in self.texts if is_editorial(text, None)]
        total = sum(len(text.words.strip()) for text in prose)
        weights: dict[int, int] = {}
        for text in prose:
            for element in text.parent.ancestors() if text.parent else ():
                weights[element.start] = weights.get(element.start, 0) + len(text.words.strip())
        heavy = [e for e in self.elements if e.tag in HOLDERS and weights.get(e.start, 0) * 10 >= total * 7]
        return min(heavy, key=lambda element: element.end - element.start)

    def list_editorial(self) -> list[Text]:
        """The texts that an editor wrote into the page's content."""
        content = self.content
        return [text for text in self.texts if content.inner <= text.start < content.inner_end and is_editorial(text, content)]


def parse(html: str) -> Parsed:
    """Reads raw HTML as browsers roughly do: what is never closed ends with what it lies in."""
    elements: list[Element] = []
    texts: list[Text] = []
    open_ones: list[Element] = []

    def close(element: Element, inner_end: int, end: int) -> None:
        while (popped := open_ones.pop()) is not element:
            popped.inner_end = popped.end = inner_end
        popped.inner_end, popped.end = inner_end, end

    for token in TOKEN.finditer(html):
        tag = (token["tag"] or "").lower()
        if token["text"] and token["text"].strip():
            texts.append(Text(token.start(), token.end(), token["text"], open_ones[-1] if open_ones else None))
        elif tag and token["close"]:
            if opened := next((element for element in reversed(open_ones) if element.tag == tag), None):
                close(opened, token.start(), token.end())
        elif tag and tag not in VOID:
            if tag in SIBLINGS and open_ones and open_ones[-1].tag == tag:
                close(open_ones[-1], token.start(), token.start())
            element = Element(tag, token["attributes"], token.start(), token.end(), open_ones[-1] if open_ones else None)
            elements.append(element)
            open_ones.append(element)
    for element in open_ones:
        element.inner_end = element.end = len(html)
    return Parsed(html, elements, texts)


def is_editorial(text: Text, within: Element | None) -> bool:
    """Whether a text is of a page's own content and not of the machinery around it; `within`: how far out to look."""
    if text.parent is None or "&gt;" in text.words or " > " in text.words or STAMP.match(text.words):
        return False
    for element in text.parent.ancestors():
        if element is within or element.tag == "body":
            break
        if element.tag in UNREAD or element.tag in ("a", "h1") or MACHINERY.search(element.attributes):
            return False
    return any(element.tag in BLOCKS for element in text.parent.ancestors())


def map_tags(html: str, change: Callable[[str, str], str]) -> str:
    """The page with every start tag replaced by what `change(tag, attributes)` makes of it: the whole "<p class=x>"."""

    def replace(token: re.Match[str]) -> str:
        return token[0] if not token["tag"] or token["close"] else change(token["tag"], token["attributes"])

    return TOKEN.sub(replace, html)


def map_texts(html: str, change: Callable[[str], str]) -> str:
    """The page with every text of its body replaced."""
    body = re.search(r"<body\b[^>]*>", html, re.IGNORECASE)
    start = body.end() if body else 0
    return html[:start] + TOKEN.sub(lambda token: change(token[0]) if token["text"] else token[0], html[start:])


def replace_spans(html: str, spans: list[tuple[int, int, str]]) -> str:
    """The page with some stretches replaced; they may not overlap."""
    for start, end, words in sorted(spans, reverse=True):
        html = html[:start] + words + html[end:]
    return html
