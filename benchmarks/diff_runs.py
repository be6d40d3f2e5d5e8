"""Two made runs of any size, of which the second has other values in one fact of a hundred; DuckDB writes them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from schemas.comparison import COMPARED
from schemas.tables import arrow_schema

FACTS_ON_A_PAGE = 20
TEXT_WORDS = 8
"""Of a page's text in the large runs, where pages are not what is measured."""
WORDS = (
    *(
        "samverkan",
        "kommunerna",
        "gemensam",
        "nämnd",
        "avtal",
        "regionen",
        "medlemmarna",
        "ledamöter",
        "förbundet",
        "styrelsen",
        "utveckling",
    ),
    *(
        "verksamhet",
        "räddningstjänst",
        "kollektivtrafik",
        "vatten",
        "avlopp",
        "bibliotek",
        "gymnasium",
        "sammanträder",
        "beslutar",
        "ägare",
    ),
)
EVIDENCE = {
    "page_id": "page",
    "text_start": "i % 4000",
    "text_end": "i % 4000 + length(evidence)",
    "evidence_source": "'text'",
    "method": "'member_list'",
    "confidence": "0.9",
}
BODY = {"organisation_id": "'org:natverket-' || body || '-i-vast'", "organisation_name": "'Nätverket ' || body || ' i väst'"}
MEMBER = {"member_id": "'kommun:' || (1000 + i % 290)", "member_name": "'Kommunen med nummer ' || (i % 290)", "role": "'member'"}

COLUMNS: Mapping[str, Mapping[str, str]] = {
    "pages": {
        **{"page_id": "substr(md5('p' || i), 1, 16)", "site_id": "'site' || i % 300", "owner_id": "'kommun:' || (1000 + i % 290)"},
        **{"url": "'https://www.kommun' || i % 300 || '.se/kommun-och-politik/samverkan/sida-' || i", "canonical_url": "url"},
        **{"title": "'Samverkan i nätverket ' || i || if(is_other, ' nu', '')", "http_status": "200", "content_length": "25000"},
        **{"fetched_at": "TIMESTAMPTZ '2026-11-21 12:00:00+00'", "checked_at": "fetched_at", "is_collaboration": "i % 7 > 0"},
        **{"text": "words || if(is_other, ' Mötet är flyttat till onsdag den ' || i || ' mars.', '')"},
        **{"content_sha256": "sha256(text)", "body_sha256": "content_sha256"},
    },
    "organisations": {
        **{"organisation_id": "'org:natverket-' || i || '-i-vast'", "name": "'Nätverket ' || i || ' i väst'", "kind": "'network'"},
        **{"website": "if(is_other, 'https://natverket.se/', NULL)", "other_names": "['Nätverk ' || i]", "is_registered": "false"},
        **{"page_ids": "[substr(md5('p' || i), 1, 16), substr(md5('p' || (i + 1)), 1, 16)]"},
    },
    "members": {
        **BODY,
        **MEMBER,
        **{"basis": "'named'", "since": "if(is_other, '2015', NULL)"},
        "evidence": "organisation_name || ' har ' || (i % 90) || ' medlemmar: Ale, Partille och ' || member_name || since_words",
        **EVIDENCE,
    },
    "relations": {
        **BODY,
        **MEMBER,
        **{"pages": "1 + i % 3", "hosts": "1", "sides": "['body']", "since": "if(is_other, '2015', NULL)"},
        **{"contradicted": "false", "confidence": "0.9"},
    },
    "member_counts": {
        **BODY,
        **{
            "count": "i % 290 * 10 + is_other::INTEGER",
            "unit": "'kommuner i grupp ' || i % 20",
            "scope": "'total'",
            "ordinal": "1",
            "listed": "i % 290 * 10",
        },
        "evidence": "'Förbundet har ' || (i % 290 * 10 + is_other::INTEGER) || ' medlemskommuner i ' || organisation_name",
        **EVIDENCE,
    },
    "contacts": {
        "contact_id": "substr(md5('c' || i), 1, 16)",
        **BODY,
        **{"kind": "'person'", "context": "'contact'", "person": "'Eva Ek nummer ' || i", "role": "'samordnare'"},
        **{"phone": "'+4631' || (7000000 + i + is_other::INTEGER)", "email": "'eva.ek' || i || '@kommun' || i % 300 || '.se'"},
        "evidence": "person || ', samordnare, 031-' || (7000000 + i + is_other::INTEGER) || ', ' || email",
        **EVIDENCE,
    },
    "dates": {
        "date_id": "substr(md5('d' || i), 1, 16)",
        **{"organisation_id": BODY["organisation_id"], "kind": "'valid'", "edtf": "(2000 + i % 20) || '/' || (2025 + is_other::INTEGER)"},
        **{"about": "'avtalet om ' || (i % 50)", "precision": "'year'"},
        "evidence": "'Avtalet om ' || (i % 50) || ' gäller ' || edtf",
        **EVIDENCE,
    },
}
SHARES = {"members": 0.45, "contacts": 0.25, "dates": 0.15, "member_counts": 0.15, "relations": 0.2, "organisations": 0.02}
"""How many rows there are of each dataset to a fact; relations and organisations are no facts."""


def count_rows(facts: int, pages: int) -> dict[str, int]:
    """dataset -> rows"""
    return {dataset: pages if dataset == "pages" else int(facts * SHARES[dataset]) for dataset in COMPARED}


def write_runs(folder: Path, facts: int, pages: int | None = None, words: int = TEXT_WORDS) -> tuple[Path, Path]:
    """The folders of both runs; `words`: of each page's text. Of a thousand rows eight have another value, one went and one came."""
    rows = count_rows(facts, pages or max(1, facts // FACTS_ON_A_PAGE))
    for name in ("before", "after"):
        (folder / name).mkdir(parents=True)
        for dataset in COMPARED:
            _write_dataset(folder / name / f"{dataset}.parquet", dataset, rows, words, is_after=name == "after")
    return folder / "before", folder / "after"


def _write_dataset(path: Path, dataset: str, rows: Mapping[str, int], words: int, *, is_after: bool) -> None:
    columns = {"run_id": f"'{path.parent.name}'", **COLUMNS[dataset]}
    schema = arrow_schema(dataset)
    select = ", ".join(f'CAST({columns.get(field.name, "NULL")} AS {_name_type(field)}) AS "{field.name}"' for field in schema)
    vocabulary = ", ".join(f"'{word}'" for word in WORDS)
    word = f"[{vocabulary}][1 + (hash(i, number) % {len(WORDS)})::INTEGER]"
    text = f"array_to_string([{word} FOR number IN range({words if dataset == 'pages' else 0})], ' ')"
    source = f"""
        SELECT *, substr(md5('p' || i // {max(1, rows[dataset] // rows["pages"])}), 1, 16) AS page, i // 13 AS body,
            {is_after} AND i % 1000 < 8 AS is_other, if(is_other, ' sedan 2015', '') AS since_words, {text} AS words
        FROM range({rows[dataset]}) numbers(i) WHERE i % 1000 <> {8 if is_after else 9}"""
    with duckdb.connect() as connection:
        connection.execute("SET preserve_insertion_order = false; SET memory_limit = '2GB'; SET TimeZone = 'UTC'")
        connection.execute(f"""
            COPY (SELECT {select} FROM ({source}))
            TO '{path}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 100000)""")


def _name_type(field: Any) -> str:
    kinds = {pa.string(): "VARCHAR", pa.bool_(): "BOOLEAN", pa.int64(): "BIGINT", pa.float64(): "DOUBLE", pa.date32(): "DATE"}
    if pa.types.is_list(field.type):
        return "VARCHAR[]"
    return kinds.get(field.type, "TIMESTAMPTZ")
