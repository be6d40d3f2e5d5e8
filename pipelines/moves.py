"""Pages that moved without a redirect: the old address does not lead to them any more, and the same page is at another one."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from parsers.page.content import join_words, list_sentences, measure_similarity
from pipelines.keys import Row, Rows
from schemas.keys import fold_case

FEWEST_WORDS = 20
"""Of a content by which a page is known again: "Sidan är under uppbyggnad" may stand anywhere."""
SHARED = 0.5
"""Of all sentences of both, and of all their words, the share that a page that moved still has at least."""
SHARED_UNDER_ONE_TITLE = 0.8
"""Of the words, where the page kept its title and all its sentences were gone over."""

Pair = tuple[str, str]
"""The id that the page had, and that of the page at the new address."""


@dataclass(frozen=True, eq=False)
class Sketch:
    """What a page is known again by."""

    page_id: str
    site_id: str | None
    title: str
    platform_id: str | None
    sentences: tuple[str, ...]
    """Their words."""

    @cached_property
    def content(self) -> str | None:
        """What it says; None where that is too little to know it by."""
        said = " ".join(self.sentences)
        return said if said.count(" ") >= FEWEST_WORDS - 1 else None


def sketch_page(row: Row) -> Sketch:
    """The sketch of a row of `pages`; one that an older version wrote has no `platform_id`."""
    sentences = tuple(join_words([sentence]) for sentence in list_sentences(row["text"] or ""))
    return Sketch(row["page_id"], row["site_id"], fold_case(row["title"] or ""), row.get("platform_id"), sentences)


def find_moves(left: Iterable[Sketch], found: Iterable[Sketch]) -> dict[str, str]:
    """The id of a page found -> the id that it had, of those that are surely one page of one site.

    `left`: pages to which their address does not lead any more. `found`: pages that were not known before. A pair is taken where each is
    the only one that fits the other: by the id that their platform gives them, else by the same content, else by most of it.
    """
    moves: dict[str, str] = {}
    for find_pairs in (pair_by(lambda page: page.platform_id), pair_by(lambda page: page.content), pair_similar):
        left = [page for page in left if page.page_id not in moves.values()]
        found = [page for page in found if page.page_id not in moves]
        moves |= {new: old for old, new in keep_single(find_pairs(left, found))}
    return moves


def keep_single(pairs: Iterable[Pair]) -> list[Pair]:
    """The pairs neither page of which stands in another pair."""
    pairs = set(pairs)
    olds, news = (Counter(pair[side] for pair in pairs) for side in (0, 1))
    return sorted((old, new) for old, new in pairs if olds[old] == news[new] == 1)


def pair_by(mark: Callable[[Sketch], Hashable | None]) -> Callable[[Sequence[Sketch], Sequence[Sketch]], Iterator[Pair]]:
    """All pairs of one site that have the same mark."""

    def find_pairs(left: Sequence[Sketch], found: Sequence[Sketch]) -> Iterator[Pair]:
        known = group(found, lambda page: [mark(page)])
        return ((old.page_id, new.page_id) for old in left if (value := mark(old)) for new in known[old.site_id, value])

    return find_pairs


def pair_similar(left: Sequence[Sketch], found: Sequence[Sketch]) -> Iterator[Pair]:
    """All pairs of one site that share most sentences, or the title and most words."""
    found = [page for page in found if page.content]
    said, titled = group(found, lambda page: set(page.sentences)), group(found, lambda page: [page.title])
    for old in left:
        if not old.content:
            continue
        shared = Counter(new for sentence in set(old.sentences) for new in said[old.site_id, sentence])
        near = {new: SHARED for new, count in shared.items() if 2 * count >= SHARED * (len(set(old.sentences)) + len(set(new.sentences)))}
        near = dict.fromkeys(titled[old.site_id, old.title], SHARED_UNDER_ONE_TITLE) | near
        for new, share in near.items():
            if measure_similarity(old.sentences, new.sentences) >= share:
                yield old.page_id, new.page_id


def group(pages: Iterable[Sketch], marks: Callable[[Sketch], Iterable[Hashable | None]]) -> defaultdict[Hashable, list[Sketch]]:
    """The pages by site and by each of their marks."""
    groups: defaultdict[Hashable, list[Sketch]] = defaultdict(list)
    for page in pages:
        for mark in marks(page):
            groups[page.site_id, mark].append(page)
    return groups


def rename_page(rows: Rows, page_id: str) -> Rows:
    """The rows of one page under another id; ids of contacts and dates, which are made of it, are given when they are deduplicated."""
    renamed = {dataset: [row | {"page_id": page_id} for row in there] for dataset, there in rows.items() if dataset != "organisations"}
    return renamed | {"organisations": [row | {"page_ids": [page_id]} for row in rows["organisations"]]}
