"""Bytes to text: the charset from BOM, header, meta or what the bytes themselves look like."""

import codecs
import re

from charset_normalizer import from_bytes

# Order matters: the UTF-32 marks begin with the UTF-16 ones.
BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
HEADER_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.I)
# <meta charset="utf-8"> and <meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">, and the XML declaration's encoding
META_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]+)"
)  # of bytes in lower case
META_WINDOW = 4096  # the HTML standard looks at 1024 bytes; Swedish CMS pages put scripts before it
DETECTION_WINDOW = 20_000  # enough for charset_normalizer to tell, and bounded in time
# What no text holds: NUL, escape and the like; not tab, line break or form feed.
CONTROLS = bytes((*range(0x09), *range(0x0E, 0x20)))
TEXT_PER_CONTROL = 100  # a pasted control character is met in real pages; of random bytes every tenth is one
GOOD_PER_BAD = 4  # letters beyond ASCII for each bad byte; in Latin-1 text nearly all are bad
# What browsers do (WHATWG): a page that says Latin-1 is read as Windows-1252, whose 0x80-0x9F are printable.
AS_BROWSERS_DO = {"iso8859-1": "windows-1252", "ascii": "windows-1252", "cp1252": "windows-1252"}


def decode_body(body: bytes, content_type: str | None) -> tuple[str, str]:
    """The text of a body and the name of the charset it was read in (lower case). Never raises.

    A declared charset that does not fit the bytes is overruled by UTF-8 where the bytes are valid UTF-8; bytes that fit nothing
    are replaced by U+FFFD.
    """
    for mark, name in BOMS:
        if body.startswith(mark):
            return body[len(mark) if name == "utf-8" else 0 :].decode(name, "replace"), name
    declared = read_declared_charset(body, content_type)
    if declared and declared.startswith(("utf-16", "utf-32")) and b"\0" not in body[:META_WINDOW]:
        declared = None  # a page that can say so in ASCII bytes is not UTF-16
    for name in filter(None, (declared, "utf-8")):
        try:
            text = body.decode(name)
        except (UnicodeError, LookupError):  # "idna" raises the former, "hex" (no text encoding) the latter
            continue
        return (text, name) if name == "utf-8" or not looks_like_utf8(body) else (body.decode("utf-8"), "utf-8")
    if (damaged := decode_damaged_utf8(body)) is not None:
        return damaged, "utf-8"
    best = from_bytes(body[:DETECTION_WINDOW], cp_isolation=["utf_8", "cp1252", "iso8859_15", "mac_roman"]).best()
    name = "windows-1252" if best is None else best.encoding.replace("_", "-").replace("cp1252", "windows-1252")
    if name in ("utf-8", "ascii"):
        name = "utf-8"
    return body.decode(name, "replace"), name


def looks_binary(text: str) -> bool:
    """Whether a decoded body is no text at all: bytes of an image or a film under the name of a page."""
    window = text[:DETECTION_WINDOW]
    encoded = window.encode("utf-8", "replace")  # of bytes all controls are deleted in one go, several times faster than they are searched
    return (len(encoded) - len(encoded.translate(None, CONTROLS))) * TEXT_PER_CONTROL > len(window)


def decode_damaged_utf8(body: bytes) -> str | None:
    """The text of UTF-8 with few bad bytes (a cut character, a pasted letter), those replaced by U+FFFD; None for all else."""
    text = body.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(not character.isascii() for character in text) - bad
    return text if good > GOOD_PER_BAD * bad else None


def read_declared_charset(body: bytes, content_type: str | None) -> str | None:
    """The charset that header or document declare, as Python names it; None where none is declared or known."""
    found = HEADER_CHARSET.search(content_type or "")
    name = found[1] if found else None
    if name is None and (meta := META_CHARSET.search(body[:META_WINDOW].lower())):
        name = (meta[1] or meta[2]).decode("ascii", "replace")
    if name is None:
        return None
    try:
        name = codecs.lookup(name).name
    except LookupError:
        return None
    return AS_BROWSERS_DO.get(name, name)


def looks_like_utf8(body: bytes) -> bool:
    """Whether bytes that were declared otherwise are UTF-8 all the same: valid, and with more than ASCII in them."""
    if body.isascii():
        return False
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
