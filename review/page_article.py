"""One changed page as HTML: what happened to it, where it is and where it is archived, and both texts side by side."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from review.counting import count_words
from review.markup import Element, link, tag
from review.plain import fit_line, join_words
from review.side_by_side import GAP, Line, Side, read_diff

Row = Mapping[str, Any]

ARCHIVES = "../../archive/"
"""Where the archives lie, seen from the folder of a run."""
MOST_LINES = 400
"""Of one page, sentences on either side; whole books of minutes are better read at their place."""


def write_article(row: Row) -> Element:
    """The page with all that is known of its change."""
    return tag(
        "article",
        write_heading(row),
        tag("p", link(row["url"], row["url"]), class_="dim"),
        tag("p", "before: ", link(row["previous_url"], row["previous_url"]), class_="dim") if is_moved(row) else None,
        write_place(row, "before", "previous_"),
        write_place(row, "now", ""),
        tag("p", words) if (words := describe_extent(row)) else None,
        write_diff(row["diff"]) if row["diff"] else write_text(row),
    )


def write_heading(row: Row) -> Element:
    """Its title, marked with what happened to it."""
    return tag("h3", tag("span", row["change"], class_=f"mark {row['change']}"), fit_line(row["title"] or row["url"]), lang="sv")


def is_moved(row: Row) -> bool:
    """Whether it stands at another address than before."""
    return bool(row["previous_url"]) and row["previous_url"] != row["url"]


def describe_extent(row: Row) -> str:
    """How alike both texts are, and how many facts changed with it: "83% the same, 4 facts changed"."""
    is_part = row["similarity"] is not None and row["similarity"] < 1
    facts = count_words(row["facts_changed"], "fact")
    return join_words([f"{row['similarity']:.0%} the same" if is_part else None, f"{facts} changed" if row["facts_changed"] else None])


def write_place(row: Row, name: str, prefix: str) -> Element | None:
    """Where a version is archived; None where it is not."""
    file, offset, fetched = (row[f"{prefix}{column}"] for column in ("archive_file", "archive_offset", "fetched_at"))
    if not file:
        return None
    is_ours = file.endswith(".wacz") and "/" not in file  # an extract reads archives that lie elsewhere
    words = [
        f", {row[f'{prefix}archive_length'] or 0:,} bytes from {offset:,}" if offset is not None else None,
        f", fetched {fetched:%Y-%m-%d %H:%M} UTC" if fetched else None,
    ]
    return tag("p", f"archived {name}: ", tag("a", file, href=ARCHIVES + quote(file)) if is_ours else file, words, class_="dim")


def write_diff(diff: str) -> Element:
    """Both texts side by side, sentence by sentence."""
    lines = list(read_diff(diff))
    rest = len(lines) - MOST_LINES
    return tag(
        "div",
        tag("div", tag("div", "before"), tag("div", "now"), class_="pair head"),
        map(write_line, lines[:MOST_LINES]),
        tag("div", f"{rest:,} more sentences are left out here", class_="gap") if rest > 0 else None,
        class_="diff",
        lang="sv",
    )


def write_line(line: Line) -> Element:
    """A sentence before and after; the words that changed stand out where both sides have it."""
    if line == GAP:
        return tag("div", "…", class_="gap")
    if line.before == line.after:
        return tag("div", tag("div", _write_side(line.before, "span")), tag("div", _write_side(line.after, "span")), class_="pair same")
    sides = (("before", "del", line.before), ("after", "ins", line.after))
    cells = [tag("div", _write_side(side, mark), class_=name if side else "none") for name, mark, side in sides]
    return tag("div", cells, class_="pair both" if line.before and line.after else "pair")


def write_text(row: Row) -> Element | None:
    """The text of a page that came or went, folded; None where both versions say the same."""
    side = {"new": "added", "gone": "removed"}.get(row["change"])
    text = row[side] if side else None
    if not text:
        return None
    sentences = text.split("\n")
    shown = tag("div", "\n".join(sentences[:MOST_LINES]), class_="pair", lang="sv")
    words = "what it says" if row["change"] == "new" else "what it said"
    return tag("details", tag("summary", f"{words}: {count_words(len(sentences), 'sentence')}"), shown)


def _write_side(side: Side | None, mark: str) -> Iterator[Element | str]:
    for piece in side or ():
        yield tag(mark, piece.text) if piece.is_marked else piece.text
