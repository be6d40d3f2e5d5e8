"""Measures of a run by itself: keys that are unique, references that lead somewhere, codes that the vocabularies know."""

from collections.abc import Iterator

import pyarrow as pa

from review.measures import Aim, Measurement, quote, share
from review.run_pair import RunPair
from schemas.datasets import DATASETS, FACTS, KEYS, KNOWN
from schemas.dictionary import describe_dataset
from schemas.tables import arrow_schema
from schemas.vocabularies import VOCABULARIES

REFERENCES = (
    *((dataset, "page_id", "pages") for dataset in ("mentions", *FACTS)),
    *((dataset, "organisation_id", "organisations") for dataset in ("mentions", "relations", *FACTS)),
    *((dataset, "member_id", "organisations") for dataset in ("members", "relations")),
    ("pages", "owner_id", "organisations"),
)
"""Dataset, column, and the dataset in which its value is the key. `coverage` tells of sites whose owners no page may name, `issues` of
pages that could not be read."""
# "eva.ek@ale.se"; "850412-1234" of a person: the third and fourth digits are a month, those of an organisation number 20 or more
PERSONAL = r"@\w|\b(?:19|20)?\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01]|[6-8]\d|9[01])-\d{4}\b"


def measure_unique_keys(pair: RunPair, aim: Aim) -> Iterator[Measurement]:
    """The share of rows that have their key for themselves."""
    for dataset in aim.datasets or KNOWN:
        if key := ", ".join(KEYS[dataset]):
            rows = pair.size("now", dataset)
            groups = f"SELECT count(*) AS alike FROM now_{dataset} GROUP BY {key}"
            unique = pair.count(f"SELECT count(*) FROM ({groups}) WHERE alike = 1")
            yield from share(unique, rows, f"{dataset}: {unique:,} of {rows:,} rows have a key of their own", dataset)


def measure_references(pair: RunPair, aim: Aim) -> Iterator[Measurement]:
    """The share of the ids in a column that have a row of their own where they are explained."""
    for dataset, column, target in REFERENCES:
        known = f"{column} IN (SELECT {KEYS[target][0]} FROM now_{target})"
        yield from measure_column(pair, dataset, column, known, f"have a row in {target}")


def measure_known_codes(pair: RunPair, aim: Aim) -> Iterator[Measurement]:
    """The share of the codes in a column that its vocabulary knows."""
    for dataset, column, vocabulary in list_code_columns():
        codes = quote(tuple(VOCABULARIES[vocabulary].labels))
        is_list = pa.types.is_list(arrow_schema(dataset).field(column).type)
        known = f"list_has_all([{codes}], {column})" if is_list else f"{column} IN ({codes})"
        yield from measure_column(pair, dataset, column, known, f"are codes of {vocabulary}")


def measure_column(pair: RunPair, dataset: str, column: str, condition: str, words: str) -> Iterator[Measurement]:
    """The share of a column's values of which a condition holds."""
    [(part, whole)] = pair.rows(f"SELECT count(*) FILTER ({condition}), count(*) FROM now_{dataset} WHERE {column} IS NOT NULL")
    yield from share(part, whole, f"{dataset}.{column}: {part:,} of {whole:,} values {words}", f"{dataset}.{column}")


def measure_personal_names(pair: RunPair, aim: Aim) -> Iterator[Measurement]:
    """The share of organisations whose name holds an e-mail address or a person's number."""
    rows = pair.size("now", "organisations")
    personal = pair.count(
        f"SELECT count(*) FROM now_organisations WHERE regexp_matches(concat_ws(' ', name, other_names::VARCHAR), '{PERSONAL}')"
    )
    yield from share(
        personal, rows, f"{personal:,} of {rows:,} names of organisations hold an e-mail address or a person's number", "organisations"
    )


def list_code_columns() -> Iterator[tuple[str, str, str]]:
    """Dataset, column, vocabulary."""
    for dataset in DATASETS:
        for column in describe_dataset(dataset).columns:
            if column.vocabulary:
                yield dataset, column.name, column.vocabulary
