"""What a page shows and no rule explained: names that stand together and relate to nothing, words for a role that we do not know."""

import re
from collections.abc import Iterator, Sequence

from parsers.members.list_leads import LIST_ROLES
from parsers.members.triggers import NOT_NOW
from parsers.names.page_names import Names
from parsers.page.document import Block
from parsers.page.sentences import Sentence
from parsers.page.tables import ROLE_COLUMN, find_tables
from schemas.facts import Issue, Membership

FEWEST = 3
"""As many names in one place are no accident."""
# "(observatör)", "(associerad medlem)" after a member; not "(värdkommun)", "(genom kommundirektören)", "(M)", "(51 procent)"
REMARK = re.compile(r"\s\(([a-zåäö]+(?:[ -][a-zåäö]+){0,2})\)")
KNOWN_REMARK = re.compile(
    r"\bvärd|ordförande|ledamot|ersättare|suppleant|sammankallande|vakant|genom|tidigare|sedan|från|och med|\bkommun|\bregion|pdf|word|länk"
)


def find_unexplained(names: Names, sentences: Sequence[Sentence], members: Sequence[Membership]) -> Iterator[Issue]:
    """The issues `names_not_related` and `role_unknown` of a page whose memberships are known."""
    related = {party for fact in members for party in (fact.organisation_id, fact.member_id)}
    yield from find_unrelated_lists(names, related)
    yield from find_unrelated_sentences(names, sentences, related)
    yield from find_unknown_roles(names, members)


def find_unrelated_lists(names: Names, related: set[str]) -> Iterator[Issue]:
    """Lists and tables of which three blocks or more begin with an organisation that the page relates to nothing."""
    leading = {mention.start: mention for mention in names.mentions}
    lists: dict[int, list[tuple[Block, str]]] = {}
    for block in names.document.blocks:
        mention = leading.get(block.start) if block.group >= 0 and block.zone == "content" else None
        if mention and mention.organisation_id not in related | {names.owner_id}:
            lists.setdefault(block.group, []).append((block, mention.text))
    for found in lists.values():
        if len({text for _, text in found}) >= FEWEST:
            heading = names.document.heading_of(found[0][0])
            where = f' under "{heading.text}"' if heading else ""
            yield tell_unrelated(f"A list{where} names organisations that could not be related to a body", [text for _, text in found])


def find_unrelated_sentences(names: Names, sentences: Sequence[Sentence], related: set[str]) -> Iterator[Issue]:
    """Sentences that name a body and three parties or more, none of which the page relates to anything."""
    for sentence in sentences:
        mentions = names.at(sentence.start, sentence.end)
        if len(mentions) <= FEWEST:
            continue
        parties = {m.organisation_id: m.text for m in mentions if not names.is_body(m.organisation_id)}
        if len(parties) < FEWEST or sentence.block.group >= 0 or sentence.block.zone != "content" or related & set(parties):
            continue
        if any(names.is_body(m.organisation_id) for m in mentions) and not NOT_NOW.search(sentence.text):
            yield tell_unrelated("A sentence names a body and organisations that could not be related to it", list(parties.values()))


def tell_unrelated(message: str, named: list[str]) -> Issue:
    """The issue of names that stand together and relate to nothing."""
    return Issue("names_not_related", message + ".", "info", "members", "organisation_id", ", ".join(named)[:200])


def find_unknown_roles(names: Names, members: Sequence[Membership]) -> Iterator[Issue]:
    """Words for a role that were read as none: in a table's column of roles, or in parentheses after a member."""
    words: dict[str, None] = {}
    for table in find_tables(names.document):
        column = table.column(ROLE_COLUMN)
        cells = [row[column] for row in table.rows if column in row and names_party(names, row)] if column is not None else []
        told = (cell.text for cell in cells if cell.text.strip() and not names.at(cell.start, cell.end))
        words.update((text, None) for text in told if not is_known_role(text))
    by_member: dict[str, list[Membership]] = {}
    for fact in members:
        by_member.setdefault(fact.member_id, []).append(fact)
    for mention in names.mentions:
        remark = REMARK.match(names.document.text, mention.end)
        if remark is None or remark[1] in words or is_known_role(remark[1]):
            continue
        if any(covers(fact, mention.start) for fact in by_member.get(mention.organisation_id, ())):
            words[remark[1]] = None
    for word in words:
        yield Issue(
            "role_unknown",
            f'"{word[:60]}" stands for a role that the vocabulary lacks; the member was kept.',
            "info",
            "members",
            "role",
            word[:200],
        )


def names_party(names: Names, row: dict[int, Block]) -> bool:
    """Whether a row of a table names an organisation."""
    return any(names.at(cell.start, cell.end) for cell in row.values())


def covers(fact: Membership, position: int) -> bool:
    """Whether a place of the text lies in the words that state a membership."""
    start, end = fact.evidence.start, fact.evidence.end
    return start is not None and end is not None and start <= position < end


def is_known_role(words: str) -> bool:
    """Whether words say a role of the vocabulary, an office or something else that is no role."""
    return any(pattern.search(words) for _, pattern in LIST_ROLES) or KNOWN_REMARK.search(words.casefold()) is not None
