"""Lists of what municipalities do together: the joint boards among the items have those that the lead-in names as members."""

from collections.abc import Iterator

from parsers.members.parties import Party, find_parties
from parsers.members.party_clauses import WE
from parsers.names.body_listings import TOGETHER, leads_of
from parsers.names.page_names import Names
from parsers.page.document import Block
from schemas.facts import Evidence, Membership


def find_shared_boards(names: Names) -> Iterator[Membership]:
    """The members of each board that begins an item under a lead-in that says who does the list's things together."""
    for mention in names.mentions:
        block = names.document.block_at(mention.start) if mention.method == "listed_board" else None
        if block is not None and block.kind == "item" and block.start == mention.start:
            parties = find_joining(names, block)
            evidence = Evidence(block.text, block.start, block.end, "shared_list", 0.75)
            yield from (Membership(mention.organisation_id, p.organisation_id, "member", evidence) for p in parties)


def find_joining(names: Names, item: Block) -> list[Party]:
    """The parties of the lead-in that speaks of doing things together, the page's owner among them where it says "vi"; [] of one alone."""
    leads = leads_of(names.document, item)
    if not any(TOGETHER.search(lead.text) for lead in leads):
        return []
    parties = {p.organisation_id: p for lead in leads for p in find_parties(names, lead.start, lead.end)}
    if names.owner_id and not names.is_body(names.owner_id) and any(WE.search(lead.text) for lead in leads):
        parties.setdefault(names.owner_id, Party(names.owner_id, item.start, item.end))
    joining = [party for party in parties.values() if not names.is_body(party.organisation_id)]
    return joining if len(joining) > 1 else []
