"""What a person would call the content of a page: its text without noise (`content.toml`), sentence by sentence or as one hash."""

import hashlib
import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.resources import files

from parsers.page.document import Document, drop_invisible
from parsers.page.sentences import NO_BREAK
from parsers.page.tree import has_main

KNOWLEDGE = tomllib.loads(files("parsers.page").joinpath("content.toml").read_text("utf-8"))

ALIKE = str.maketrans(
    {**dict.fromkeys("‐‑‒–—―−⁃", "-"), **dict.fromkeys("“”„‟«»″", '"'), **dict.fromkeys("‘’‚‛′`´", "'"), "\t": "\n", "\r": "\n"}
)
"""Characters that editors and systems take for each other. A cell of a table stands on a line of its own, as in a list."""
BULLET = re.compile(r"^[\s•·●○◦▪▫■□►▸→*|>-]+(?=\s|$)|^[•·●○◦▪▫■□►▸→]+", re.MULTILINE)
ENDS = re.compile(r"(?<=[.!?])[)\"]? (?=[A-ZÅÄÖÉ0-9\"-])")  # of a sentence in a line: as in `parsers.page.sentences`, in settled spelling
RANGE = re.compile(r"(?<=\d) ?- ?(?=\d)")  # "2022 – 2026" is "2022-2026"
# A number with the marks inside it ("2026-11-21", "-5", "1,5"), or what stands between blanks and punctuation: punctuation makes no other
# content, so that a new list's commas and colons do not count. Signs are words: "+46", "50 %".
WORD = re.compile(r"(?<![^\s(])-?\d+(?:[.,:/-]\d+)*|\d+(?:[.,:/-]\d+)*|[^\s\d!\"'()*,./:;<>?\[\\\]_{|}~•·●…-]+")


LONGEST_MACHINERY = 300
"""Characters of a block."""


def list_sentences(text: str) -> list[str]:
    """The content of a page's text in reading order: no noise, spelling of blanks, quotes, dashes and bullets settled."""
    return [sentence for line in drop_noise(settle_spelling(text)).split("\n") for sentence in split_line(line)]


def hash_content(text: str) -> str:
    """SHA-256 of the words of the content, 64 hex digits: the same however a theme cuts the text into blocks and lines."""
    return hashlib.sha256(join_words(list_sentences(text)).encode("utf-8", "surrogatepass")).hexdigest()


def select_content(document: Document) -> str:
    """The part of a page's text that its content is: without the foot, and where no <main> is marked without the head above the h1.

    A foot is the same on all pages of a site: its new telephone number is a change of a contact, and of no page. In the head stand the
    site's name, the day of the visit, a menu; a head of a quarter of all words is none, but a page whose h1 stands in the wrong place.
    """
    blocks = [block for block in document.blocks if block.zone != "footer"]
    first = next((index for index, block in enumerate(blocks) if block.kind == "heading" and block.level == 1), 0)
    lengths = [len(block.text) for block in blocks]
    is_head = sum(lengths[:first]) * 4 < sum(lengths) and not has_main(document.tree)
    return "\n".join(block.text for block in (blocks[first:] if is_head else blocks))


def join_words(sentences: Iterable[str]) -> str:
    """What sentences say, without punctuation, as one line; equal where they say the same."""
    return " ".join(word for sentence in sentences for word in WORD.findall(sentence))


def measure_similarity(before: Iterable[str], after: Iterable[str]) -> float:
    """How much of their words two contents share, 0 to 1; two empty ones share all."""
    counts = [Counter(WORD.findall("\n".join(sentences))) for sentences in (before, after)]
    total = counts[0].total() + counts[1].total()
    return 2 * (counts[0] & counts[1]).total() / total if total else 1.0


def settle_spelling(text: str) -> str:
    """The text in the one spelling in which it is compared: compatible characters alike (NFKC), single blanks, no bullets."""
    text = RANGE.sub("-", unicodedata.normalize("NFKC", drop_invisible(text)).translate(ALIKE))
    return BULLET.sub("", "\n".join(" ".join(line.split()) for line in text.split("\n")))


def is_machinery(text: str) -> bool:
    """Whether a block says nothing but what a site's machinery writes ("Sidan genererades 10:32", "Visad 12 gånger")."""
    return len(text) <= LONGEST_MACHINERY and not MACHINERY.sub("", settle_spelling(text)).strip()


def drop_decoration(text: str) -> str:
    """The words of a link without what says where it leads or how large the file is."""
    return DECORATION.sub("", text) if DECORATED.search(text) else text


def drop_noise(text: str) -> str:
    """A text of settled spelling without decorations of links and lines of noise."""
    return NOISE.sub("", ATTACHED.sub("", DECORATION.sub("", text)))


def is_noise(line: str) -> bool:
    """Whether a line of a page's text is nothing but noise."""
    return NOISE.fullmatch(settle_spelling(line)) is not None


def split_line(line: str) -> list[str]:
    """The sentences of a line that say anything; where it has several, those that are noise are not among them."""
    sentences = [sentence.strip() for sentence in cut_sentences(line)]
    return [sentence for sentence in sentences if WORD.search(sentence) and (len(sentences) == 1 or not NOISE.fullmatch(sentence))]


def cut_sentences(line: str) -> Iterator[str]:
    """The sentences of a line, whatever they are."""
    begin = 0
    for found in ENDS.finditer(line):
        if not NO_BREAK.search(line, max(begin, found.start() - 12), found.start()):
            yield line[begin : found.start()]
            begin = found.end()
    yield line[begin:]


def spell_out(pattern: str, parts: Mapping[str, str]) -> str:
    """A pattern with the parts in it that it names."""
    while names := {name for name in parts if f"<{name}>" in pattern}:
        for name in names:
            pattern = pattern.replace(f"<{name}>", f"(?:{parts[name]})")
    return pattern


def compile_noise(rules: Sequence[Mapping[str, list[str]]], parts: Mapping[str, str]) -> re.Pattern[str]:
    """One expression for a line, or for several in a run, of noise."""
    lines = [spell_out(line, parts) for rule in rules for line in rule.get("lines", ())]
    runs = [spell_out(run, parts).replace(" ", r"\s+") for rule in rules for run in rule.get("runs", ())]
    return re.compile(f"^(?:{'|'.join((*runs, *lines))})$", re.IGNORECASE | re.MULTILINE)


def compile_attached(attached: Sequence[str], parts: Mapping[str, str]) -> re.Pattern[str]:
    """One expression for noise that stands at an end of a line, parted from the rest of it."""
    return re.compile("|".join(spell_out(pattern, parts) for pattern in attached), re.IGNORECASE | re.MULTILINE)


def compile_decoration(decorations: Mapping[str, str], parts: Mapping[str, str]) -> re.Pattern[str]:
    """One expression for what hangs on a link, with the marks that part it from the link."""
    kinds = "|".join(f"(?:{spell_out(decorations[kind], parts)})" for kind in ("links", "bracketed", "files"))
    return re.compile(rf"(?:[ ,(]*(?<!\w)(?:{kinds})(?!\w))+[.)]*", re.IGNORECASE | re.MULTILINE)


NOISE = compile_noise(KNOWLEDGE["rule"], KNOWLEDGE["parts"])
MACHINERY = compile_noise([rule for rule in KNOWLEDGE["rule"] if rule.get("is_machinery")], KNOWLEDGE["parts"])
DECORATED = re.compile(r"webb|fönster|flik|window|tab|extern|\d ?[kmg]?b\b", re.IGNORECASE)
"""A quick look, for the links of a page are many and decorated ones few."""
DECORATION = compile_decoration(KNOWLEDGE["decorations"], KNOWLEDGE["parts"])
ATTACHED = compile_attached(KNOWLEDGE["attached"]["lines"], KNOWLEDGE["parts"])
