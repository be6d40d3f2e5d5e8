"""The lines of a page as parts: telephone numbers, addresses, labels, names of persons, roles and organisations, each at its offsets."""

import re
from collections.abc import Iterator, Sequence

from parsers.contacts.parts import TRIM, Line, Names, Part, is_sentence
from parsers.contacts.persons import has_given_name, read_person, read_role
from parsers.contacts.pieces import read_piece, read_role_piece
from parsers.contacts.surnames import read_reversed_person
from parsers.contacts.values import find_values
from parsers.page.document import Block, Inline

_TRIM_LEFT, _TRIM_RIGHT = TRIM.replace("(", ""), TRIM.replace(")", "")  # "(M)" keeps its parentheses
# Between the pieces of a line: bullets, bars, tabs, colons, commas, dashes between spaces, the end of a sentence, white space run wild.
_SEPARATOR = re.compile(r"\s*[•|·;\t»]\s*|\s*:\s+|:$|\s+[–—-]+\s+|,\s+|,$|\s/\s|[?!]\s+|\.\s+(?=[A-ZÅÄÖ])|^[-–•*]\s*")
_MARK = re.compile(r"[•|·;\t»:–—,/?!.*-]")  # one of which each separator holds: most texts hold none, and are quickly known to be one piece
# Words that lead up to a value or a name and tell nothing themselves: "Kontakta", "eller via mail", "på telefon", "Ring".
_LEAD = re.compile(
    r"(?:(?:och|eller|samt|kontakta|ring|mejla|maila|via|på|per|till|gärna|hör av dig|vänd dig|välkommen att|är du välkommen att|du når|"
    r"för mer information|vid frågor|nås)\s+)+",
    re.IGNORECASE,
)
# How one of them begins: few pieces do, and to know that is quicker than to match.
_LEAD_STARTS = (
    "och",
    "elle",
    "samt",
    "kont",
    "ring",
    "mejl",
    "mail",
    "via",
    "på",
    "per",
    "till",
    "gärn",
    "hör",
    "vänd",
    "välk",
    "är",
    "du",
    "för",
    "vid",
    "nås",
)
# And after a name: "Eva Ekdal på", "Eva Ekdal tfn".
_TRAILING = ("på", "via", "per", "tfn", "tel", "telefon", "eller", "samt", "och", "med", "nås", "e-post", "mejl", "mail")
_TRAIL = re.compile(rf"(?<=\w)(?:\s+(?:{'|'.join(_TRAILING)})){{1,4}}\.?$", re.IGNORECASE)
# "Eva Ekdal (S" of "Eva Ekdal (S, Granvik)": the party before the comma.
_OPEN_PARTY = re.compile(r"\s*\([A-ZÅÄÖ]{1,2}$")
# "Eva Ekdal är projektledare", where how to reach her follows.
_STATED = re.compile(r"(?P<person>\S[^()]{3,50}?)\s(?:är|är\s+vår)\s(?P<role>\S.*)")


def read_lines(block: Block, names: Names, hints: Sequence[tuple[int, int, str]] = ()) -> list[Line]:
    """The lines of a block with their parts in order; `hints` say what the markup of a card calls a span of the text."""
    hinted = [part for hint in hints for part in read_hint(block, *hint, names)] or [
        *find_marked_persons(block),
        *find_reversed_persons(block),
    ]
    values = [v for v in find_values(block) if v.is_markup or not any(v.start < part.end and part.start < v.end for part in hinted)]
    known = sorted([*values, *hinted], key=lambda part: (part.start, part.end))
    return [read_line(block, start, end, known, names) for start, end in block.lines()]


def find_marked_persons(block: Block) -> Iterator[Part]:
    """The names that are links or bold of their own, whatever stands beside them: "Sidansvarig: [Eva Ekdal] Senast uppdaterad"."""
    position = -1
    for inline in block.inlines:
        text = block.text[inline.start - block.start : inline.end - block.start]
        is_part = inline.start >= position and 4 < len(text) < min(60, len(block.text))  # where it is all, it is read as such
        person = read_person(text) if is_part else None
        if person and (has_given_name(person) or has_piece_after(inline)):
            position = inline.end
            yield Part("person", inline.start, inline.end, person)


def has_piece_after(inline: Inline) -> bool:
    """Whether another piece stands right after, parted by its style alone: "<b>Eva Ekdal</b><span>Projektledare"."""
    following = inline.element.getnext()
    return following is not None and not inline.element.tail and following.tag in ("span", "small", "em", "i")


def find_reversed_persons(block: Block) -> Iterator[Part]:
    """The names that lines begin with, surname first: "Ekdal, Eva (M)"."""
    for start, end in block.lines() if "," in block.text else ():
        if found := read_reversed_person(block.text[start - block.start : end - block.start]):
            yield Part("person", start, start + found[0], found[1])


def read_line(block: Block, start: int, end: int, known: list[Part], names: Names) -> Line:
    """One line, the parts between those already known read; a sentence without any stays whole."""
    line = Line(start, end, block.text[start - block.start : end - block.start], block)
    line.parts = [part for part in known if start <= part.start < end and part.kind != "other"]
    line.is_sentence = is_sentence(line)
    if line.is_sentence:
        line.parts.append(Part("text", start, end, line.text))
    else:
        line.parts.extend(read_pieces(block, start, end, known, names))
    line.parts.sort(key=lambda part: (part.start, part.end, part.is_markup))
    return line


def read_hint(block: Block, start: int, end: int, kind: str, names: Names) -> Iterator[Part]:
    """The part that the markup marks; nothing where its text cannot be that ("Melleruds kommun" as the name of a person)."""
    text = block.text[start - block.start : end - block.start]
    if kind == "person":
        if person := read_person(text):
            yield Part(kind, start, end, person)
    elif kind == "role" and read_role(text):
        yield from read_role_piece(text, start, names)
    else:
        yield Part(kind, start, end, " ".join(text.split()))


def read_pieces(block: Block, start: int, end: int, values: list[Part], names: Names) -> Iterator[Part]:
    """The parts of a line between its values; the words of a link that hides a value are pieces of their own."""
    position = start
    for value in [*(v for v in values if v.end > start and v.start < end), None]:
        stop = min(end, value.start) if value else end
        if stop > position:
            yield from split_pieces(block, position, stop, names)
        if value and value.is_markup and value.start >= position:
            yield from split_pieces(block, value.start, min(end, value.end), names)
        position = max(position, value.end) if value else end


def split_pieces(block: Block, start: int, end: int, names: Names) -> Iterator[Part]:
    """The parts of a stretch of text without values, split where its pieces meet."""
    text = block.text[start - block.start : end - block.start]
    position = 0
    for separator in [*(_SEPARATOR.finditer(text) if _MARK.search(text) else ()), None]:
        stop = separator.start() if separator else len(text)
        if stop > position and (piece := text[position:stop].rstrip(_TRIM_RIGHT)):
            left = len(piece) - len(piece.lstrip(_TRIM_LEFT))
            lead = _LEAD.match(piece, left) if piece[left : left + 4].lower().startswith(_LEAD_STARTS) else None
            left = lead.end() if lead and lead.end() < len(piece) else left
            words = piece[left:]
            if words.casefold().endswith(_TRAILING):
                words = _TRAIL.sub("", words)
            words = _OPEN_PARTY.sub("", words) if "(" in words else words
            is_stated = len(words) < len(piece) - left and (stated := _STATED.fullmatch(words))
            if is_stated and stated and read_person(stated["person"]) and read_role(stated["role"]):
                yield from read_piece(stated["person"], start + position + left, names)
                yield from read_piece(stated["role"], start + position + left + stated.start("role"), names)
            elif words:
                yield from read_piece(words, start + position + left, names)
        position = separator.end() if separator else stop
