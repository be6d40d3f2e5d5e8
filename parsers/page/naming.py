"""Whether a body says anything of persons, whatever its markup, charset and masks do to hide it."""

import re
import unicodedata
from collections.abc import Iterator
from html import unescape
from urllib.parse import unquote

from lxml import etree

from parsers.page.charset import decode_body, looks_binary
from parsers.page.walk import read_document
from schemas.persons import Persons
from schemas.values.whitespace import drop_invisible

TAG = re.compile(r"<[^<>]*>")
JSON_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")  # "\u00c5sa" in a script


def names_any(body: bytes, content_type: str | None, persons: Persons) -> bool:
    """Whether a body, decoded of its Content-Encoding, says anything that the persons are known by; of nobody it says nothing."""
    if not persons:
        return False
    text, _ = decode_body(body, content_type)
    return not looks_binary(text) and any(map(persons.is_in, read_ways(text)))


def read_ways(source: str) -> Iterator[str]:
    """What a source says, read in several ways, the cheapest first: as it is, without its tags, as a reader sees it."""
    plain = unicodedata.normalize("NFC", drop_invisible(unescape(JSON_ESCAPE.sub(lambda found: chr(int(found[1], 16)), source))))
    yield plain
    yield unquote(plain)
    yield TAG.sub("", plain)  # "An<b>na</b>"; what a tag parts is found in the first already
    if (document := read_document(source)) is not None:  # addresses that a script or a style hides are shown now
        yield document.text
        yield unescape(etree.tostring(document.tree, encoding="unicode"))
