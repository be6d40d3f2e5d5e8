"""Which rows may be stored: each passes its dataset's record and the rules below, or is kept out as an issue that holds it whole."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pydantic import BaseModel, ValidationError

from pipelines.keys import Row, canonical_json
from schemas.facts import Issue

Verdict = tuple[str, str, str]
"""Why a row is kept out: a stable code, the column, a sentence for a person."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a row's references are checked against."""

    texts: Mapping[str, str | None]
    """page_id -> the text that evidence must be found in."""
    organisations: Collection[str]


def validate_records(dataset: str, record: type[BaseModel], rows: Sequence[Row]) -> tuple[list[Row], list[tuple[Row, Issue]]]:
    """The rows that the record accepts, as it normalises them; an issue for each value dropped and each row kept out.

    A bad value in a column that may be empty costs the row this value only, told as a warning; any other costs the row.
    """
    kept, issues = [], []
    for row in rows:
        try:
            kept.append(apply_record(record, row))
        except ValidationError as error:
            bad = find_bad_columns(record, error)
            repaired = row | dict.fromkeys(bad)
            try:
                kept.append(apply_record(record, repaired))
                issues += [(row, tell_dropped(dataset, column, row[column], reason)) for column, reason in bad.items()]
            except ValidationError:
                issues.append((row, keep_out(dataset, row, describe_error(error))))
    return kept, issues


def apply_record(record: type[BaseModel], row: Row) -> Row:
    """The row as its record normalises it; raises pydantic's ValidationError."""
    values = record.model_validate(row | {"run_id": "unpublished"}).model_dump()
    return {column: values[column] for column in values if column != "run_id"}


def find_bad_columns(record: type[BaseModel], error: ValidationError) -> dict[str, str]:
    """Column -> what is wrong with it, for the columns whose value may be missing."""
    found = {str(detail["loc"][0]): detail["msg"] for detail in error.errors(include_url=False) if detail["loc"]}
    fields = record.model_fields
    return {column: reason for column, reason in found.items() if column in fields and fields[column].default is None}


def describe_error(error: ValidationError) -> Verdict:
    """The first thing that a record finds wrong."""
    first = error.errors(include_url=False)[0]
    return "invalid_record", str(first["loc"][0]) if first["loc"] else "", first["msg"]


def tell_dropped(dataset: str, column: str, value: object, reason: str) -> Issue:
    """The issue for a value that was left out of a row that is kept."""
    return Issue("value_dropped", f"{column} was left out: {reason}", "warning", dataset, column, str(value))


def check_rows(dataset: str, rows: Sequence[Row], known: Known) -> tuple[list[Row], list[tuple[Row, Issue]]]:
    """The rows that no rule refuses; the others with an issue each."""
    kept, refused = [], []
    for row in rows:
        verdict = next((verdict for rule in RULES for verdict in rule(dataset, row, known)), None)
        if verdict is None:
            kept.append(row)
        else:
            refused.append((row, keep_out(dataset, row, verdict)))
    return kept, refused


def keep_out(dataset: str, row: Row, verdict: Verdict) -> Issue:
    """The issue that stands for a row in the run: nothing is lost, the whole record is in it."""
    code, field, message = verdict
    value = row.get(field)
    return Issue(code, message, "error", dataset, field or None, None if value is None else str(value), canonical_json(row))


def count_kept_out(issues: Iterable[Issue]) -> int:
    """How many of the issues stand for a row that was kept out."""
    return sum(issue.record is not None for issue in issues)


def check_page(dataset: str, row: Row, known: Known) -> Iterator[Verdict]:
    """A fact stands on a page of the run."""
    if "page_id" in row and row["page_id"] not in known.texts:
        yield "page_unknown", "page_id", "The page that states it is not in the run"


def check_organisations(dataset: str, row: Row, known: Known) -> Iterator[Verdict]:
    """Every organisation that a row names by id has a row of its own."""
    for column in ("organisation_id", "member_id"):
        if row.get(column) is not None and row[column] not in known.organisations:
            yield "organisation_unknown", column, f"No organisation of the run has the id {row[column]}"


def check_membership(dataset: str, row: Row, known: Known) -> Iterator[Verdict]:
    """Nobody is a member of itself."""
    if dataset == "members" and row["organisation_id"] == row["member_id"]:
        yield "member_of_itself", "member_id", f"{row['organisation_name']} would be its own member"


def check_evidence(dataset: str, row: Row, known: Known) -> Iterator[Verdict]:
    """Evidence from the text is found there again, at its offsets."""
    if row.get("evidence_source") == "text" and not is_at(row["evidence"], row, known):
        yield "evidence_not_found", "evidence", "The words are not in the page's text at their offsets"


def check_mention(dataset: str, row: Row, known: Known) -> Iterator[Verdict]:
    """A mention is the slice of the text that it names."""
    if dataset == "mentions" and not is_at(row["text"], row, known):
        yield "mention_not_found", "text", "The name is not in the page's text at its offsets"


def is_at(words: str, row: Row, known: Known) -> bool:
    """Whether the words stand in the page's text from `text_start` to `text_end` (Unicode code points)."""
    text, start, end = known.texts.get(row["page_id"]), row["text_start"], row["text_end"]
    return text is not None and start is not None and end is not None and 0 <= start < end and text[start:end] == words


Rule = Callable[[str, Row, Known], Iterator[Verdict]]

RULES: tuple[Rule, ...] = (check_page, check_organisations, check_membership, check_evidence, check_mention)
"""Beyond the record's own: what can only be told with the page and the other datasets at hand. The first that speaks decides."""
