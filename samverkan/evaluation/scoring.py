"""Scores a run: page by page, and whether all its evidence stands where it says."""

from collections.abc import Iterable

from samverkan.evaluation.annotations import LISTS, AnnotatedPage, Fact
from samverkan.evaluation.contacts import SLOTS
from samverkan.evaluation.found import Found, Row
from samverkan.evaluation.page_scoring import PageScorer
from samverkan.evaluation.score import Score


def score_run(pages: Iterable[AnnotatedPage], found: Found) -> Score:
    """The score of all pages; evidence and mentions are checked on every page of the run."""
    score = Score()
    for page in pages:
        row = found.page_at(page.url)
        score.count("pages_found", row is not None)
        if row is None:
            miss_page(page, score)
        else:
            PageScorer(page, row, found, score).score_page()
    check_evidence(found, score)
    return score


def miss_page(page: AnnotatedPage, score: Score) -> None:
    """A page that is not in the run: all its facts are missed."""
    score.miss(page.name, "page not found", page.url)
    for name in LISTS:
        facts = page.facts[name]
        score.tallies[name].add(0, 0, count_slots(facts) if name == "contacts" else len(facts))
    score.tallies["reachable"].add(0, 0, count_slots(contact for contact in page.facts["contacts"] if is_reachable(contact)))


def count_slots(contacts: Iterable[Fact]) -> int:
    """The filled fields of annotated contacts."""
    return sum(1 for contact in contacts for slot in SLOTS if contact.get(slot))


def is_reachable(contact: Fact) -> bool:
    """Whether an annotated contact can be reached, or is named as the one to ask."""
    return bool(contact.get("context", "contact") == "contact")


def check_evidence(found: Found, score: Score) -> None:
    """Whether evidence and mentions are the slices of the page's text that they say they are."""
    for dataset in ("members", "member_counts", "contacts", "dates"):
        for row in found.rows[dataset]:
            is_text = row["evidence_source"] == "text"
            score.count("evidence_in_text", is_text)
            if is_text:
                is_there = stands_in(row["evidence"], row, found)
                score.count("evidence", is_there)
                if not is_there:
                    score.miss(row["page_id"], "evidence not at its offsets", row["evidence"])
    for row in found.rows["mentions"]:
        score.count("mentions", stands_in(row["text"], row, found))


def stands_in(words: str, row: Row, found: Found) -> bool:
    """Whether the words are at the row's offsets."""
    return row["text_start"] is not None and found.texts.get(row["page_id"], "")[row["text_start"] : row["text_end"]] == words
