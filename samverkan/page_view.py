"""A page and its facts in words for a person: facts, and below them the words that state them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from samverkan.display import count, print_heading, print_line, print_whole, show_cell

Row = Mapping[str, Any]

PAGE_COLUMNS = (
    "url", "canonical_url", "site_id", "owner_id", "page_id", "language", "platform", "published_on", "updated_on",
    "is_collaboration", "fetched_at", "archive_file", "archive_offset",
)  # fmt: skip


def print_page(page: Row) -> None:
    """The page's own row, but for its text."""
    print_line(page["title"] or page["url"], style="bold")
    for column in PAGE_COLUMNS:
        if page[column] is not None and not (column == "canonical_url" and page[column] == page["url"]):
            print_whole(f"  {column:<16} {show_cell(page[column])}")


def print_facts(facts: Mapping[str, Sequence[Row]], names: Mapping[str, str]) -> None:
    """Each fact with the words that state it, each organisation with the words that name it, what went wrong."""
    relations = {(row["organisation_id"], row["member_id"], row["role"]): row for row in facts["relations"]}
    describers: dict[str, Callable[[Row], str]] = {
        "members": lambda row: tell_member(row) + tell_relation(relations.get((row["organisation_id"], row["member_id"], row["role"]))),
        "member_counts": tell_count,
        "contacts": tell_contact,
        "dates": tell_date,
    }
    for dataset, describe in describers.items():
        print_heading(count(len(facts[dataset]), dataset.replace("_", " ").removesuffix("s")))
        for words, rows in groupby(facts[dataset], key=tell_words):
            for row in rows:
                print_line(f"  {describe(row)}")
            print_line(f"      {words}", style="dim")
    print_heading(count(len(facts["mentions"]), "mention"))
    for name, words in group_mentions(facts["mentions"], names):
        print_line(f"  {name}: {words}")
    if facts["issues"]:
        print_heading(count(len(facts["issues"]), "issue"))
    for row in facts["issues"]:
        print_line(f"  {row['severity']} {row['code']}: {row['message']}")


def tell_words(row: Row) -> str:
    """ "“ägs av Ale kommun” (text, owned_by, 0.90)" """
    return f"“{show_cell(row['evidence'])}” ({row['evidence_source']}, {row['method']}, {row['confidence']:.2f})"


def tell_member(row: Row) -> str:
    """ "Bibliotek i Väst <- Kungälvs kommun: member (implied)" """
    notes = [row["role"], "host" if row["is_host"] else None, f"{row['share']:g} %" if row["share"] is not None else None, show_period(row)]
    basis = " (implied)" if row["basis"] == "implied" else ""
    return f"{row['organisation_name']} ← {row['member_name']}: {join(notes)}{basis}"


def tell_relation(relation: Row | None) -> str:
    """ " [2 pages, 2 hosts; contradicted]" where other pages state it too or disagree, else ""."""
    if relation is None or (relation["pages"] == 1 and not relation["contradicted"]):
        return ""
    notes = [
        f"{count(relation['pages'], 'page')}, {count(relation['hosts'], 'host')}",
        "contradicted" if relation["contradicted"] else None,
    ]
    return f" [{join(notes, '; ')}]"


def tell_count(row: Row) -> str:
    """ "GR: 13 kommuner (total, 13 listed)" """
    return f"{row['organisation_name']}: {join([str(row['count']), row['unit']], ' ')} ({row['scope']}, {row['listed']} listed)"


def tell_contact(row: Row) -> str:
    """ "Lena Ek, chef, +46313900600 (person, contact; Göteborgsregionen)" """
    return f"{tell_reach(row)} ({row['kind']}, {row['context']}; {row['organisation_name'] or 'no organisation'})"


def tell_reach(contact: Row) -> str:
    """Who it is and how to reach them: "Lena Ek, chef, +46313900600"."""
    address = join([contact["street_address"], join([contact["postal_code"], contact["locality"]], " ")])
    return join([contact["person"], contact["role"], contact["unit"], contact["phone"], contact["email"], address])


def tell_date(row: Row) -> str:
    """ "founded 2006: Skolmatsakademin" """
    return f"{row['kind']} {row['edtf']}{': ' if row['about'] else ''}{row['about'] or ''}"


def show_period(row: Row) -> str | None:
    """ "2022–", None where nothing is said."""
    return f"{row['since'] or ''}–{row['until'] or ''}" if row["since"] or row["until"] else None


def group_mentions(mentions: Sequence[Row], names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Each organisation named, in the order of the page, with the different words for it."""
    ordered = sorted(mentions, key=lambda row: row["text_start"])
    for organisation_id in dict.fromkeys(row["organisation_id"] for row in ordered):
        words = dict.fromkeys(f"“{row['text']}”" for row in ordered if row["organisation_id"] == organisation_id)
        yield f"{names.get(organisation_id, organisation_id)} ({organisation_id})", ", ".join(words)


def join(parts: Sequence[str | None], separator: str = ", ") -> str:
    """Those that are there."""
    return separator.join(part for part in parts if part)
