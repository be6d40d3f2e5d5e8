"""What a link promises before anything is fetched: its address, its words, the heading above it, the names in it. The words are data."""

import re
import tomllib
from pathlib import Path

from registry.registry import load_registry
from spiders.folding import fold_words
from spiders.links import Link
from spiders.traps import segments_of

GOOD = 5
"""Points from which an address looks like a collaboration page; fewer are a section on the way."""

_WORDS = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))
_COLLABORATION: dict[str, int] = _WORDS["collaboration"]
_SECTION: dict[str, int] = _WORDS["section"]
_SELDOM: dict[str, int] = _WORDS["seldom"]
_DOCUMENTS = frozenset(_WORDS["documents"]["suffixes"])

_SUFFIX = re.compile(r"(?: [0-9]+ [0-9a-f]{16,})?(?: html?| aspx?| php)?$")  # of "bolag 4 1f3a3f84162b424002fa html"
_OPAQUE = re.compile(r"[0-9]{3}|^$")  # "sida 4 1f3a3f84162b424002fa html", "69992"; not "avtal 2026"? a year is one too: harmless

_BODIES = frozenset({"municipal_association", "coordination_association", "joint_committee", "company", "network", "collaboration"})
_BODY = 10
"""Points for the name of a body that the registry knows: "SOLTAK", "Räddningstjänsten Syd"."""
_NAMED = 3
"""Points for a proper name beside the word for a field of cooperation. Swedish titles have capitals in names only: "Vatten och avlopp"
is a section, "Norra Dalarnas Vatten" somebody."""
_NAME_INSIDE = re.compile(r"^\S+[ –-]+(?:\S+ )*?[A-ZÅÄÖ][\wåäöé]")  # "Räddningstjänsten Syd", "Om Kustens Vatten"; not "Vatten och avlopp"
_NEIGHBOUR = {1: 3, 2: 7}
"""Points for other municipalities named on a municipality's site: "Avtal med Ånge", "Miljönämnden Boxholm Vadstena"."""
_SHARE = 5
"""What lies below a page that promised collaboration gets so many points for that."""


class LinkScorer:
    """Weighs the links of one site; `owner_id`: whose site it is, whose own name tells nothing."""

    def __init__(self, owner_id: str | None = None) -> None:
        self._owner_id = owner_id
        self._counts_places = bool(owner_id and owner_id.startswith("kommun:"))
        is_authority = owner_id is None or owner_id.startswith(("kommun:", "region:", "lansstyrelse:"))
        self._least = 0 if is_authority else 1
        """On the site of a joint body any page may tell of it; they come last."""

    def score(self, link: Link, parent_url: str = "", parent: int = 0, *, is_first: bool = False) -> int:
        """Points for a link; `parent_url` and `parent`: the page that holds it, and its points; `is_first`: no page did before."""
        said = f"{link.words}. {link.heading}" if link.words or link.heading else ""
        own = score_link(link.url, link.words) + self._score_names(said)
        heading = min(GOOD, score_words(link.heading)) if link.heading else 0
        is_below = lies_below(link.url, parent_url) or (is_first and is_opaque(link.url))
        points = own + heading + (inherit(parent) if is_below else 0)
        return points or self._least

    def _score_names(self, words: str) -> int:
        if not words:
            return 0
        registry = load_registry()
        named = [registry.organisations[hit.organisation_ids[0]] for hit in registry.find_names(words) if hit.organisation_ids]
        others = {organisation for organisation in named if organisation.id != self._owner_id}
        bodies = sum(organisation.kind in _BODIES for organisation in others)
        places = sum(organisation.is_municipality for organisation in others) if self._counts_places else 0
        return (_BODY if bodies else 0) + _NEIGHBOUR.get(min(places, 2), 0)


def score_link(url: str, words: str = "") -> int:
    """Points for an address and the words of the link that led to it; at least `GOOD` looks like collaboration, 0 or less like nothing."""
    *above, last = [fold_words(part) for part in segments_of(url)] or [""]
    near = f" {last} {fold_words(words)} "
    far = " ".join(above)
    collaboration = sum(points if stem in near else points // 2 for stem, points in _COLLABORATION.items() if stem in near or stem in far)
    section = max((points for stem, points in _SECTION.items() if stem in near), default=0)
    section += _NAMED if section and _NAME_INSIDE.search(words) else 0
    seldom = sum(points for stem, points in _SELDOM.items() if stem in near or stem in far)
    return collaboration + section + seldom


def score_words(words: str) -> int:
    """Points for words alone: those of a heading."""
    folded = f" {fold_words(words)} "
    return sum(points for stem, points in _COLLABORATION.items() if stem in folded)


def inherit(parent: int) -> int:
    """What a page's own links get of its points; a start page, which was asked for anyway, hands nothing on."""
    if parent <= 0 or parent >= 1000:
        return 0
    return _SHARE if parent >= GOOD else 0


def lies_below(url: str, parent_url: str) -> bool:
    """Whether an address lies below a page: what the page is called stands further up in it."""
    *above, _ = [fold_words(part) for part in segments_of(url)] or [""]
    name = section_name(parent_url)
    return name != "" and name in above


def section_name(url: str) -> str:
    """What a page is called in the addresses below it: "bolag" of "/politik/bolag.4.1f3a3f84162b424002fa.html"; "" for a start page."""
    return _SUFFIX.sub("", fold_words((segments_of(url) or ("",))[-1]))


def parent_name(url: str) -> str:
    """What the page above it is called in an address; "" where it does not tell. SharePoint sets "/Sidor/" or "/Pages/" before a page."""
    above = [name for part in segments_of(url)[:-1] if (name := fold_words(part)) not in ("sidor", "pages")]
    return above[-1] if above else ""


def is_opaque(url: str) -> bool:
    """Whether an address does not tell where its page lies: "/69992", "/sida.4.1f3a3f84162b424002fa2bbf.html", "/?p=12", "/link/1f..."."""
    return bool(_OPAQUE.search(fold_words((segments_of(url) or ("",))[-1])))


def is_document(link: Link) -> bool:
    """Whether a link leads to a file (PDF, Word, ...) that looks like collaboration: an agreement, a list of members."""
    last = (segments_of(link.url) or ("",))[-1]
    return last.rpartition(".")[2].casefold() in _DOCUMENTS and score_link(link.url, link.words) >= GOOD
