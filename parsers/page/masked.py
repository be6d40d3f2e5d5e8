"""E-mail addresses that a page hides from robots and shows by script or style: written into the tree as a reader sees them."""

import base64
import binascii
import codecs
import re
from collections.abc import Callable, Iterator
from urllib.parse import unquote

from parsers.page.document import Element
from parsers.page.scripted import find_scripted_address
from schemas.values.email import read_email

LONGEST_MASK = 160  # characters that stand where the address belongs: "This email address is being protected from spambots. ..."
TAGS = ("span", "bdo", "img", "script", "joomla-hidden-mail")  # one quick pass looks at these; links with words are read where they stand
# The halves of an address in attributes: `<a data-user="eva.ekdal" data-domain="granvik" data-tld="se">`.
_LOCALS = ("data-user", "data-name", "data-local", "data-account", "data-mailbox", "data-username", "data-recipient")
_DOMAINS = ("data-domain", "data-host", "data-website", "data-server")
_TOPS = ("data-tld", "data-ext", "data-top")
_WHOLES = ("data-email", "data-mail", "data-mailto", "data-emailaddress")
_TURNED_TOPS = ("es.", "un.", "ue.", "moc.", "gro.", "ten.", "ofni.")  # top domains written backwards
_RIGHT_TO_LEFT = re.compile(r"bidi-override[^\"']*rtl|rtl[^\"']*bidi-override", re.IGNORECASE)
_HIDDEN = re.compile(r"display:\s?none", re.IGNORECASE)
_LETTER = re.compile(r"[\w.@+-]")
_REVERSED_CLASS = re.compile(r"(?:^|\s)(?:eeb-rtl|codedirection|reverse[d]?(?:-?e?mail|-?text)?)(?=\s|$)", re.IGNORECASE)
# TYPO3: `javascript:linkTo_UnCryptMailto(%27ocknvq%2CgxcBitcpxkm0ug%27);`
_UNCRYPT = re.compile(r"UnCryptMailto\(\s*(?:'|%27)(?P<token>.+?)(?:'|%27)\s*(?:,\s*-?\d+\s*)?\)")
# The characters that TYPO3 turns, each within its ring: "+" to ":", "@" to "Z", "a" to "z".
_RINGS = ((0x2B, 0x3A), (0x40, 0x5A), (0x61, 0x7A))


def reveal_addresses(tree: Element, source: str) -> None:
    """Puts every masked address where a reader sees it: in the target of its link, else as text; what is no address stays as it is."""
    tags = (*TAGS, "a") if "data-domain" in source else TAGS
    for element in list(tree.iter(*tags)):
        if element.tag == "script":
            if found := find_scripted_address(element, tree):
                show_address(*found)
        elif element.tag == "img":
            if element.get("alt") == "@":
                element.tail = "@" + (element.tail or "").lstrip()
        elif not element.attrib:
            continue
        elif is_trap(element):
            clear(element)
        elif address := read_mask(element):
            show_address(element, address)


def is_trap(element: Element) -> bool:
    """Whether only a robot reads an element inside an address: `eva<span style="display:none">x</span>@granvik.se`."""
    if not _HIDDEN.search(element.get("style") or ""):
        return False
    before, parent, after = element.getprevious(), element.getparent(), element.tail or ""
    left = (parent.text if before is None else before.tail) or ""
    return "@" in left + after and all(map(_LETTER.fullmatch, (left[-1:], after[:1])))


def read_mask(element: Element) -> str | None:
    """The address that an element's attributes or its direction hide; None where they hide none."""
    return next(filter(None, map(read_email, read_masks(element))), None)


def read_masks(element: Element) -> Iterator[str]:
    """What an element may hide, each way of hiding once; most are no addresses."""
    attributes = element.attrib
    if is_reversed(element):
        yield "".join(element.itertext()).strip()[::-1]
    if not any(name.startswith("data-") for name in attributes) and element.tag == "span":
        return
    for names, decode in _ATTRIBUTE_MASKS:
        for name in names:
            if value := attributes.get(name):
                yield decode(value)
    yield from join_halves(element)
    href = attributes.get("href") or ""
    if "UnCryptMailto" in href and (match := _UNCRYPT.search(href)):
        yield uncrypt(unquote(match["token"]))
    if "/cdn-cgi/l/email-protection#" in href:
        yield decode_cloudflare(href.rpartition("#")[2])
    if element.tag == "joomla-hidden-mail":
        yield f"{decode_base64(attributes.get('first') or '')}@{decode_base64(attributes.get('last') or '')}"


def join_halves(element: Element) -> Iterator[str]:
    """The address whose parts stand in attributes of their own, forwards or backwards."""
    local, domain, top = (next(filter(None, map(element.get, names)), None) for names in (_LOCALS, _DOMAINS, _TOPS))
    if not local or not domain:
        return
    if top:
        domain = f"{domain}.{top.lstrip('.')}"
    is_backwards = domain.startswith(_TURNED_TOPS)
    yield f"{local[::-1]}@{domain[::-1]}" if is_backwards else f"{local}@{domain}"


def is_reversed(element: Element) -> bool:
    """Whether the browser shows an element's letters from right to left."""
    return (
        element.get("dir") == "rtl"
        or _RIGHT_TO_LEFT.search(element.get("style") or "") is not None
        or _REVERSED_CLASS.search(element.get("class") or "") is not None
    )


def uncrypt(token: str) -> str:
    """What TYPO3 turned by a secret number of places: the turning that gives "mailto:", else ""."""
    turned = (turn_letters(token, places) for places in range(-26, 27))
    return next((text for text in turned if text.startswith("mailto:")), "")


def turn_letters(text: str, places: int) -> str:
    """Every character moved by a number of places within its ring."""
    return "".join(chr(turn_code(ord(character), places)) for character in text)


def turn_code(code: int, places: int) -> int:
    """One character's code, moved."""
    first, last = next((ring for ring in _RINGS if ring[0] <= code <= ring[1]), (code, code))
    return first + (code - first + places) % (last - first + 1)


def decode_base64(text: str) -> str:
    """The text in base64; "" where it is none."""
    try:
        return base64.b64decode(text, validate=True).decode("utf-8")
    except (binascii.Error, ValueError):
        return ""


def decode_cloudflare(code: str) -> str:
    """The address in Cloudflare's `data-cfemail`: hexadecimal bytes, each combined with the first; "" where it is none."""
    try:
        key, *rest = bytes.fromhex(code)
        return bytes(byte ^ key for byte in rest).decode("utf-8")
    except ValueError:
        return ""


def turn_half(text: str) -> str:
    """ROT13 with a readable sign: "rin[at]tenaivx.fr" is "eva@granvik.se"."""
    return codecs.decode(text.replace("[at]", "@"), "rot13")


_ATTRIBUTE_MASKS: tuple[tuple[tuple[str, ...], Callable[[str], str]], ...] = (
    (("data-cfemail",), decode_cloudflare),
    (("data-enc-email",), turn_half),  # WordPress, Email Encoder
    (("data-mailto-token",), uncrypt),  # TYPO3 from version 11
    (_WHOLES, lambda text: text[::-1] if text.startswith(_TURNED_TOPS) else text),
    (_WHOLES, decode_base64),
)


def show_address(element: Element, address: str) -> None:
    """Writes an address into an element: a link gets its target and keeps its words, anything else gets the address as its text."""
    is_script = element.tag == "script"
    words = "" if is_script else "".join(element.itertext()).strip()
    if len(words) > LONGEST_MASK:
        return
    if element.tag == "a":
        element.set("href", f"mailto:{address}")
    if element.tag != "a" or not words:
        clear(element)
        element.text = address
    if is_script or element.tag == "joomla-hidden-mail":
        element.tag = "span"


def clear(element: Element) -> None:
    """Takes out all that is in an element, not what follows it."""
    element.text = None
    for child in list(element):
        element.remove(child)
