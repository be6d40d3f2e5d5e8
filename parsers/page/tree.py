"""HTML to lxml's tree, whatever it is, in bounded time and memory: what would take the parser minutes or gigabytes is cut off before."""

import re
from itertools import islice
from typing import Any

from lxml import etree

from parsers.page.document import Element

MAIN_ROLE: Any = etree.XPath("boolean(//*[@role='main'])")
LONGEST_SOURCE = 10_000_000
"""Characters that are parsed; the largest municipal pages are near 5 million, most of it pictures written into the page."""
MOST_TAGS = 400_000
"""Start and end tags that are parsed. The longest real page seen has 20,000; 20 MB of nothing but tags would make a tree of a gigabyte."""
# libxml2 2.14 compares each attribute of an element with all before it: 10,000 take it 0.1 s, 200,000 a minute. Real tags have up to 40.
MOST_ATTRIBUTES = 10_000
SUSPICIOUS_LENGTH = 100_000
"""Characters of a tag worth counting its attributes: 10,000 of them, each with a name of its own, need half as many again."""
# A tag from "<" to its ">" or, unclosed, to the end of the text; a ">" in a quoted value is none, and a quote elsewhere opens nothing
# (`<a title="12" bred">`). Possessive, and never failing once begun: one pass over the text.
TAG = re.compile(r"""<[a-z](?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+)*+""", re.I)
ATTRIBUTE = re.compile(r"""[^\s>/=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]++))?+""")


def parse_html(text: str) -> tuple[Element | None, bool]:
    """The tree of any text, without comments; None where there is nothing in it. And whether its end is missing.

    The parser gives up at 2,048 levels; we do at a tag of more than `MOST_ATTRIBUTES`, after `MOST_TAGS`, and after `LONGEST_SOURCE`.
    """
    end = find_monstrous_end(text)
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_pis=True, remove_comments=True)
    try:
        tree = etree.fromstring(text[:end].replace("\0", "").encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None, False
    if tree is None:
        return None, False
    for other in list(tree.itersiblings()):  # what stands behind </html>, of careless includes: libxml2 begins anew, browsers go on
        tree.append(other)
    return tree, end is not None or any("xcessive depth" in entry.message for entry in parser.error_log)


def find_monstrous_end(text: str) -> int | None:
    """Where to stop parsing: at the first tag of too many attributes, the first tag too many, or the bound; None for all real pages."""
    if len(text) < SUSPICIOUS_LENGTH:
        return None
    ends = [LONGEST_SOURCE] if len(text) > LONGEST_SOURCE else []
    if text.count("<") > MOST_TAGS:
        ends += (tag.start() for tag in islice(re.finditer("<", text), MOST_TAGS, MOST_TAGS + 1))
    long = (tag for tag in TAG.finditer(text) if tag.end() - tag.start() > SUSPICIOUS_LENGTH)
    ends += islice((tag.start() for tag in long if sum(1 for _ in ATTRIBUTE.finditer(tag[0])) > MOST_ATTRIBUTES), 1)
    return min(ends, default=None)


def has_main(tree: Any) -> bool:
    """Whether the page marks its main part, by tag or role."""
    return next(tree.iter("main"), None) is not None or bool(MAIN_ROLE(tree))
