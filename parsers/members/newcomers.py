"""Who must be members today by what is told of tomorrow: those who decide on another's entry, those who are to leave."""

import re
from collections.abc import Iterator

from parsers.members.parties import find_body, find_parties
from parsers.names.page_names import Names
from parsers.page.sentences import Sentence
from schemas.facts import Evidence, Membership
from schemas.values import find_dates

# "A, B och C är överens om att C ska bli medlem i BODY", "har beslutat att ta in C som ny medlem"
DECIDE = re.compile(
    r"\b(?:siktet inställt på|överens om|(?:beslut(?:at|ade|ar)|enats|enades|godkänt|godkände|sagt ja)(?: om| till)?)\s"
    r"(?=att\b[^.:;]*\b(?:ny(?:a)? )?(?:medlem(?:mar)?|delägare)\b)",
    re.I,
)


def find_deciding_members(names: Names, sentences: list[Sentence]) -> Iterator[Membership]:
    """The parties that decide on another's entry, as implied members of the body; who enters is none of them, and no member yet."""
    for sentence in sentences:
        hit = DECIDE.search(sentence.text) if "medlem" in sentence.text or "delägare" in sentence.text else None
        if hit is None:
            continue
        middle = sentence.start + hit.end()
        entering = {party.organisation_id for party in find_parties(names, middle, sentence.end)}
        body = find_body(names, middle, sentence.end, sentence.block)
        deciding = [party for party in find_parties(names, sentence.start, middle) if party.organisation_id not in entering]
        if body and entering - {body} and len(deciding) > 1:
            role = "owner" if names.kind_of(body) == "company" else "member"
            evidence = Evidence(sentence.text, sentence.start, sentence.end, "decides_on_entry", 0.7)
            yield from (Membership(body, p.organisation_id, role, evidence, "implied") for p in deciding if p.organisation_id != body)


# "har sagt upp sitt medlemskap och lämnar förbundet den 31 december 2026"
LEAVING = ("lämnar", "utträder ur", "går ur", "träder ur")
LEAVES = re.compile(r"\b(?:lämnar|utträder ur|går ur|träder ur)\b(?! (?:in|över|sitt|sin|sina)\b)")


def find_leaving_members(names: Names, sentences: list[Sentence]) -> Iterator[Membership]:
    """The members that are to leave on a day after the page was fetched, with that day as `until`."""
    if names.today is None or not any(verb in names.document.lower_text for verb in LEAVING):
        return
    for sentence in sentences:
        hit = LEAVES.search(sentence.text)
        if hit is None:
            continue
        leaves = sentence.start + hit.end()
        day = next((edtf for start, _, edtf in find_dates(sentence.text) if start > hit.start() and edtf[:4].isdigit()), None)
        body = find_body(names, leaves, sentence.end, sentence.block)
        if body is None or day is None or "/" in day or day <= str(names.today)[: len(day)]:
            continue
        for party in find_parties(names, sentence.start, leaves):
            if not names.is_body(party.organisation_id):
                evidence = Evidence(sentence.text, sentence.start, sentence.end, "leaves_later", 0.8)
                role = "owner" if names.kind_of(body) == "company" else "member"
                yield Membership(body, party.organisation_id, role, evidence, until=day)
