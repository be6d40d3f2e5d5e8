"""E-mail addresses that a script puts together: joined strings written into the page, as Joomla and WordPress's Email Encoder do."""

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import unquote

from parsers.page.document import Element
from schemas.values.email import find_emails

LONGEST_SCRIPT = 6_000  # a library holds no address of the page's
_WRITES = re.compile(r"document\.write|innerHTML|\.href\s*=")
_STRING = r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\""
_CALLS = re.compile(r"String\.fromCharCode\(([\d,\s]+)\)")
_UNESCAPED = re.compile(rf"(?:unescape|decodeURIComponent|decodeURI|atob)\(\s*({_STRING})\s*\)")
_TERM = rf"(?:{_STRING}|[A-Za-z_$][\w$]*)"
# "var addy12 = 'eva' + '&#64;' + host" and "document.write('<a href=' + addy12"
_SUM = re.compile(rf"(?:(?:(?P<name>[A-Za-z_$][\w$]*)\s*\+?=\s*)|document\.write(?:ln)?\(\s*)(?P<sum>{_TERM}(?:\s*\+\s*{_TERM})*)")
_PIECE = re.compile(_TERM)
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|(.))", re.DOTALL)
_PLACE = re.compile(r"getElementById\(\s*['\"]([\w:.-]+)['\"]\s*\)")
# Email Encoder: the letters, and at which of them each next one stands: `var ml="0n.ae",mi="2;31",o=""`
_LETTERS = re.compile(rf"\bml=(?P<letters>{_STRING}),mi=(?P<places>{_STRING})")


def find_scripted_address(script: Element, tree: Element) -> tuple[Element, str] | None:
    """The one address that a script writes, with the element that it is written into: by its id, else the script's own place."""
    code = script.text or ""
    if not code or len(code) > LONGEST_SCRIPT or not _WRITES.search(code) or "json" in (script.get("type") or ""):
        return None
    addresses = {address for text in evaluate_script(code) for _, _, address in find_emails(text)}
    if len(addresses) != 1:
        return None
    place = _PLACE.search(code)
    target = next(iter(tree.xpath("//*[@id=$id]", id=place[1])), None) if place else None
    return (script if target is None else target), addresses.pop()


def evaluate_script(code: str) -> Iterator[str]:
    """The texts that a script joins, markup and character references resolved."""
    if letters := _LETTERS.search(code):
        yield unquote(join_letters(read_string(letters["letters"]), read_string(letters["places"])))
    code = _CALLS.sub(lambda call: quote_string("".join(chr(int(n)) for n in call[1].split(",") if n.strip() and int(n) < 0x110000)), code)
    code = _UNESCAPED.sub(lambda call: quote_string(unquote(read_string(call[1]))), code)
    known: dict[str, str] = {}
    for statement in _SUM.finditer(code):
        pieces = [match[0] for match in _PIECE.finditer(statement["sum"])]
        text = "".join(read_string(piece) if piece[0] in "'\"" else known.get(piece, "") for piece in pieces)
        if name := statement["name"]:
            known[name] = (known.get(name, "") + text if "+=" in statement[0][: len(name) + 4] else text)[:LONGEST_SCRIPT]
        yield re.sub(r"<[^>]*>", " ", unescape(text)) + " " + " ".join(re.findall(r"mailto:([^'\">]+)", unescape(text)))


def join_letters(letters: str, places: str) -> str:
    """The letters in the order of their places, which are counted from the character "0"."""
    indexes = (ord(place) - 48 for place in places)
    return "".join(letters[index] for index in indexes if 0 <= index < len(letters))


def read_string(literal: str) -> str:
    """The text of a quoted string, its escapes resolved."""
    return _ESCAPE.sub(lambda e: chr(int(e[1] or e[2], 16)) if e[1] or e[2] else e[3], literal[1:-1])


def quote_string(text: str) -> str:
    """A text as a quoted string."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
