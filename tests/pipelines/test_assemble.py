"""Laws of the whole way from pages to datasets, for any pages in any order."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from pipelines.assemble import assemble_datasets
from pipelines.carry_over import Snapshot
from pipelines.collect import Collector
from pipelines.keys import Rows, canonical_json
from pipelines.ledger import Ledger
from registry.registry import load_registry
from schemas.datasets import DATASETS, KEYS, KNOWN
from schemas.page import Page
from tests.pipelines.small_pages import SITES, make_page, read_lines

NAMES = ("Ale kommun", "Partille kommun", "Göteborgsregionen", "Nätverket", "nätverket", "NÄTVERKET")
lines = st.builds("{}: {}".format, st.sampled_from(NAMES), st.lists(st.sampled_from(NAMES), min_size=1, max_size=3).map(", ".join))
contacts = st.sampled_from(["Kontakt: Eva Ek, +46317012345", "Kontakt: EVA EK, +46317012346", "Kontakt: Bo Ek, 031"])
counts = st.sampled_from(["Antal: 13 kommuner", "Antal: 2 kommuner", "Antal: 3 parter"])
texts = st.lists(st.one_of(lines, contacts, counts), min_size=1, max_size=5).map(lambda found: "\n".join(["Nätverket: Ale kommun", *found]))
pages = st.builds(
    make_page,
    st.sampled_from(["https://ale.se/a", "https://ale.se/b", "https://partille.se/c", "https://annan.se/d"]),
    st.one_of(texts, st.just("!")),
    status=st.sampled_from([200, 200, 200, 404, 410, 503]),
    hours=st.integers(0, 3),
)


def assemble(found: Sequence[Page], previous: Snapshot) -> tuple[Rows, Ledger]:
    collector = Collector(SITES, load_registry(), previous, read_lines)
    for page in found:
        collector.add_page(page)
    datasets, ledger = assemble_datasets(collector, SITES, {}, load_registry())
    return {dataset: list(rows) for dataset, rows in datasets.items()}, ledger


@given(st.lists(pages, max_size=6), st.lists(pages, max_size=6), st.data())
def test_any_two_runs_balance_whatever_the_order_of_their_pages(first: list[Page], second: list[Page], data: st.DataObject) -> None:
    before, ledger = assemble(first, Snapshot())
    ledger.close(KNOWN)
    after, ledger = assemble(second, Snapshot("1", before))
    ledger.close(KNOWN)
    again, _ = assemble(data.draw(st.permutations(second)), Snapshot("1", before))
    assert canonical_json(after) == canonical_json(again)


@given(st.lists(pages, max_size=6))
def test_the_rows_of_any_pages_are_valid_and_have_unique_keys(found: list[Page]) -> None:
    rows, _ = assemble(found, Snapshot())
    known = {row["organisation_id"] for row in rows["organisations"]}
    for dataset in KNOWN:
        for row in rows[dataset]:
            DATASETS[dataset].model_validate(row | {"run_id": "1"})
            assert dataset in ("coverage", "issues") or {row.get("organisation_id"), row.get("member_id")} <= known | {None}
        keys = [tuple(row[column] for column in KEYS[dataset]) for row in rows[dataset]]
        assert dataset == "issues" or len(set(keys)) == len(keys)
