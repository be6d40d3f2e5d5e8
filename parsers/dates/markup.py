"""A page's own dates where only its markup states them: <time>, itemprop, <meta>, JSON-LD and the URL."""

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from parsers.dates.labels import PageDate, is_day
from parsers.dates.words import WORDS
from parsers.page.document import Document, Element
from schemas.values.dates import read_date

FIELDS = ("published", "updated")
TIME_WORDS = {field: frozenset(WORDS["time"][field]) for field in FIELDS}
META_NAMES = {field: {name: rank for rank, name in enumerate(WORDS["meta"][field])} for field in FIELDS}
JSON_LD_TYPES = frozenset(WORDS["json_ld"]["types"])
MICRODATA_DATES: Any = etree.XPath("//*[@itemprop='datePublished' or @itemprop='dateModified'][not(self::time)]")
# Where a <time> tells of something else: a teaser in a list, a side column, an event, a comment.
FOREIGN_TAGS = frozenset(("li", "aside", "nav", "footer"))
FOREIGN_TYPES = re.compile(r"schema\.org/(?:\w*Event|Comment|JobPosting|Person)\b")
# "/2023-04-05-samarbete.html", "/2023/04/05/"; not "/2018/03/", "/120230405-x", "/2023-04-05-12".
URL_DATE = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2}[-/][01][0-9][-/][0-3][0-9])(?![0-9]|-[0-9]{2}(?![0-9]))")


def read_day(stated: str) -> str | None:
    """The full date in an attribute ("2022-10-14T13:05:00+02:00", "02 juli 2026", "Thu, 09 Apr 2026 11:35:04 GMT") in Stockholm."""
    day = read_date(stated)
    return day if day and is_day(day) else None


def find_time_elements(document: Document) -> Iterator[PageDate]:
    """The dates of <time> and of microdata that name themselves published or updated."""
    for element in document.elements("time"):
        words = f"{element.get('class') or ''} {element.get('itemprop') or ''}".casefold()
        if words.strip() and (field := field_of_words(words)) and is_own(element):
            yield from state_date(field, element.get("datetime") or "".join(element.itertext()), "time_element", 0.93)
    for element in MICRODATA_DATES(document.tree) if "itemprop" in document.source else ():
        if is_own(element) and (field := field_of_words(element.get("itemprop").casefold())):
            yield from state_date(field, element.get("content") or "".join(element.itertext()), "microdata", 0.93)


def field_of_words(words: str) -> str | None:
    """The field that the words of class and itemprop name; None where they name none, or both."""
    tokens = set(re.split(r"[\s_-]+", words))
    named = [field for field in FIELDS if tokens & TIME_WORDS[field]]
    return named[0] if len(named) == 1 else None


def is_own(element: Element) -> bool:
    """Whether what an element says is about the page, and not about a teaser, an event or a comment on it."""
    for outer in element.iterancestors():
        if outer.tag in FOREIGN_TAGS or FOREIGN_TYPES.search(outer.get("itemtype") or ""):
            return False
        if outer.tag == "article" and next(outer.iter("h1"), None) is None and next(outer.iter("h2", "h3"), None) is not None:
            return False
    return True


def find_metas(document: Document) -> Iterator[PageDate]:
    """The dates of <meta>, of each field in the order of trust."""
    stated: dict[str, str] = {}
    for meta in document.elements("meta"):
        name = (meta.get("name") or meta.get("property") or meta.get("http-equiv") or "").strip().casefold()
        if name and (content := (meta.get("content") or "").strip()):
            stated.setdefault(name, content)
    for field in FIELDS:
        for name in sorted(stated.keys() & META_NAMES[field].keys(), key=META_NAMES[field].__getitem__):
            yield from state_date(field, stated[name], "meta_date", 0.9)


def find_json_ld(document: Document) -> Iterator[PageDate]:
    """The dates of the first JSON-LD object that is a page or an article."""
    for script in document.elements("script"):
        if (script.get("type") or "").strip().casefold() != "application/ld+json" or "date" not in (script.text or ""):
            continue
        for node in iterate_nodes(read_json(script.text)):
            for field in FIELDS:
                stated = node.get(WORDS["json_ld"][field])
                if isinstance(stated, str):
                    yield from state_date(field, stated.strip(), "json_ld_date", 0.9, "json-ld")


def read_json(text: str) -> Any:
    """The value of a JSON text; None where it is none."""
    try:
        return json.loads(text, strict=False)  # line breaks within strings are common
    except (ValueError, RecursionError):
        return None


def iterate_nodes(value: Any) -> Iterator[dict[str, Any]]:
    """The pages and articles among the objects of a JSON-LD text, at the top or in a @graph."""
    for node in value if isinstance(value, list) else [value]:
        if not isinstance(node, dict):
            continue
        types = node.get("@type")
        if any(isinstance(t, str) and t.casefold() in JSON_LD_TYPES for t in (types if isinstance(types, list) else [types])):
            yield node
        graph = node.get("@graph")
        if isinstance(graph, list):
            yield from iterate_nodes([inner for inner in graph if isinstance(inner, dict) and "@graph" not in inner])


def state_date(field: str, stated: str, method: str, confidence: float, source: str = "markup") -> Iterator[PageDate]:
    """The date that an attribute states, if it is a full one."""
    if day := read_day(stated):
        yield PageDate(field, day, " ".join(stated.split()), None, None, method, confidence, source)


def read_url_date(url: str) -> PageDate | None:
    """The last full date in the path of a URL, as it stands there; None where there is none."""
    for stated in reversed(URL_DATE.findall(urlsplit(url).path)):
        if day := read_day(stated.replace("/", "-")):
            return PageDate("published", day, stated, None, None, "url_date", 0.85, "url")
    return None
