"""The Frictionless data package of a run: its files, their columns and keys, for programs that know nothing of samverkan."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from schemas.datasets import KEYS, SCHEMA_VERSION
from schemas.disk import write_text
from schemas.manifest import StoredTable
from schemas.tables import arrow_schema

FILE_NAME = "datapackage.json"

TYPES = {
    "string": "string",
    "int64": "integer",
    "double": "number",
    "bool": "boolean",
    "date32[day]": "date",
    "timestamp[ms, tz=UTC]": "datetime",
}
"""Arrow -> Table Schema; anything else is a list."""


def write_data_package(folder: Path, run_id: str, tables: Mapping[str, StoredTable]) -> None:
    """Writes `datapackage.json` beside the datasets."""
    package = {
        "profile": "data-package",
        "name": f"samverkan-{run_id.lower()}",
        "title": f"samverkan {run_id}",
        "version": SCHEMA_VERSION,
        "resources": [describe_resource(dataset, table) for dataset, table in tables.items()],
    }
    write_text(folder / FILE_NAME, json.dumps(package, ensure_ascii=False, indent=2) + "\n")


def describe_resource(dataset: str, table: StoredTable) -> dict[str, Any]:
    """One dataset as a tabular resource."""
    fields = [
        {
            "name": field.name,
            "type": TYPES.get(str(field.type), "array"),
            "description": field.metadata[b"description"].decode(),
            "constraints": {"required": not field.nullable},
        }
        for field in arrow_schema(dataset)
    ]
    return {
        "name": dataset.replace("_", "-"),
        "path": table.file,
        "format": "parquet",
        "hash": f"sha256:{table.sha256}",
        "schema": {"fields": fields} | ({"primaryKey": list(KEYS[dataset])} if KEYS[dataset] else {}),
    }
