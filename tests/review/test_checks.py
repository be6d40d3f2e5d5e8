"""Each expectation holds or warns of what it should, and of nothing less; runs of real small pages, spoilt on the disk."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from registry.sites import Site, SiteList
from review.checks import MEASURES, check_run, is_full_crawl
from review.expectations import load_expectations, read_expectations
from schemas.manifest import Manifest, read_manifest
from schemas.review import Candidate, Finding
from schemas.tables import read_rows, write_rows
from tests.pipelines.small_pages import make_page, run_pages

Row = dict[str, Any]
Spoil = Callable[[Path], None]

COUNTRY = SiteList(tuple(Site(f"s{n:02}", f"Provkommun {n}", (f"https://s{n:02}.se/",), (f"s{n:02}.se",)) for n in range(12)))
PAGES = tuple(
    make_page(
        f"https://{site.id}.se/{n}",
        f"Förbund {site.id} {n}: Ale kommun, Partille kommun\nAntal: 13 kommuner\nKontakt: Eva Ek, +46317012345",
    )
    for site in COUNTRY
    for n in range(5)
)
"""60 pages with 120 members, 60 counts and 60 contacts: 20 facts a site."""
CHANGE = {"change": "removed", "cause": "page", "previous_run_id": "before"}


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two crawls that found the same."""
    output = tmp_path_factory.mktemp("output")
    for run_id in ("before", "now"):
        run_pages(output, *PAGES, run_id=run_id, sites=COUNTRY)
        write_rows("changes", [], output / "runs" / run_id / "changes.parquet")
        write_rows("page_changes", [], output / "runs" / run_id / "page_changes.parquet")
    return output


def check(output: Path, folder: Path, kind: str = "crawl", name: str | None = None, **options: object) -> tuple[Finding, ...]:
    """The findings of the second run, as it lies in a folder; those of one expectation where it is named."""
    manifest = read_manifest(folder)
    manifest.kind, manifest.options = kind, options
    expectations = tuple(expectation for expectation in load_expectations() if name in (None, expectation.name))
    return check_run(Candidate(output, folder, manifest, output / "runs" / "before"), expectations)


@pytest.fixture
def now(output: Path, tmp_path: Path) -> Path:
    """A copy of the second run that a test may spoil."""
    return shutil.copytree(output / "runs" / "now", tmp_path / "now")


def edit(dataset: str, change: Callable[[list[Row]], list[Row]]) -> Spoil:
    """Writes a dataset anew."""

    def spoil(folder: Path) -> None:
        path = folder / f"{dataset}.parquet"
        write_rows(dataset, change(read_rows(path)), path)

    return spoil


def keep(dataset: str, number: int) -> Spoil:
    """Leaves the first rows of a dataset."""
    return edit(dataset, lambda rows: rows[:number])


def put(dataset: str, number: int, /, **values: object) -> Spoil:
    """Puts values into the first rows of a dataset."""
    return edit(dataset, lambda rows: [row | values if n < number else row for n, row in enumerate(rows)])


def add(dataset: str, number: int, /, **values: object) -> Spoil:
    """Adds copies of the last row, or new rows where there is none, with other values: {n} is their number."""

    def change(rows: list[Row]) -> list[Row]:
        new = [{name: value.format(n=n) if isinstance(value, str) else value for name, value in values.items()} for n in range(number)]
        return rows + [(rows[-1] if rows else {"run_id": "now"}) | row for row in new]

    return edit(dataset, change)


def tell_changes(number: int, dataset: str = "contacts", **values: object) -> Spoil:
    """Some facts of a dataset as changed; one of two columns."""
    return both(
        add("changes", number, **CHANGE | {"dataset": dataset, "key": "{n}", "site_id": "s00", "column": "a"} | values),
        add("changes", number, **CHANGE | {"dataset": dataset, "key": "{n}", "site_id": "s00", "column": "b"} | values),
    )


def lose_site(number: int, facts: int) -> Spoil:
    """Some sites lose that many of their 20 facts."""
    losses = [
        add("changes", facts, **CHANGE | {"dataset": "members", "key": f"s{n:02} {{n}}", "site_id": f"s{n:02}"}) for n in range(number)
    ]
    return both(*losses)


def both(*spoils: Spoil) -> Spoil:
    """One after the other."""

    def spoil(folder: Path) -> None:
        for one in spoils:
            one(folder)

    return spoil


FIRING: list[tuple[str, str, Spoil]] = [
    ("unique_keys", "hold", add("contacts", 1)),
    ("references", "hold", put("members", 1, member_id="kommun:0000")),
    ("references", "hold", put("contacts", 1, page_id="0" * 16)),
    ("known_codes", "hold", put("contacts", 1, kind="robot")),
    ("known_codes", "hold", put("relations", 1, sides=["body", "uncle"])),
    ("personal_names", "warn", put("organisations", 1, name="eva.ek@ale.se")),
    ("personal_names", "warn", put("organisations", 1, other_names=["Eva Ek 850412-1234"])),
    ("kept_out", "warn", add("issues", 40, severity="error", dataset="contacts", code="invalid_record", message="x")),
    ("kept_out", "hold", add("issues", 900, severity="error", dataset="contacts", code="invalid_record", message="x")),
    ("pages_broken", "warn", add("issues", 2, severity="error", dataset="pages", code="parser_failed", message="x", page_id="new {n}")),
    ("pages_broken", "hold", add("issues", 20, severity="error", dataset="pages", code="parser_failed", message="x", page_id="new {n}")),
    ("pages_kept", "warn", keep("pages", 50)),
    ("pages_kept", "hold", keep("pages", 40)),
    ("rows_kept", "hold", keep("contacts", 29)),
    ("rows_kept", "warn", keep("contacts", 45)),
    ("rows_kept", "warn", add("contacts", 61, contact_id="{n:016}")),
    ("facts_lost", "warn", tell_changes(25)),
    ("facts_lost", "hold", both(tell_changes(50), tell_changes(30, "members"))),
    ("facts_lost_of_a_kind", "warn", tell_changes(13)),
    ("facts_lost_of_a_kind", "hold", tell_changes(31)),
    ("facts_changed", "warn", tell_changes(50, change="changed")),
    ("facts_changed", "hold", both(tell_changes(60, change="renamed"), tell_changes(90, "members", change="changed"))),
    ("readings_changed", "warn", tell_changes(13, cause="reading", change="added")),
    ("sites_emptied", "warn", lose_site(1, 18)),
    ("many_sites_emptied", "hold", lose_site(3, 20)),
    ("sites_lost", "warn", put("coverage", 2, outcome="unreachable")),
    ("contacts_reachable", "warn", put("contacts", 15, phone=None)),
    ("contacts_reachable", "hold", put("contacts", 35, phone=None)),
    ("contacts_named", "hold", put("contacts", 35, person=None)),
    ("pages_titled", "warn", put("pages", 5, title=None)),
    ("pages_titled", "hold", put("pages", 15, title=None)),
    ("pages_with_text", "hold", put("pages", 15, text=None)),
    ("enough_pages", "hold", keep("pages", 60)),
    ("enough_organisations", "hold", keep("organisations", 99)),
    ("enough_members", "hold", keep("members", 120)),
    ("enough_contacts", "hold", keep("contacts", 60)),
    ("enough_dates", "hold", keep("dates", 0)),
]

QUIET: list[tuple[str, Spoil]] = [
    ("unique_keys", put("contacts", 60, person="Eva Ek")),
    ("references", put("pages", 60, owner_id=None)),
    ("known_codes", put("contacts", 60, kind="office")),
    ("personal_names", put("organisations", 1, name="Förbundet 222000-0265", other_names=["Förbundet 1962"])),
    ("kept_out", add("issues", 15, severity="error", dataset="contacts", code="invalid_record", message="x")),
    ("kept_out", add("issues", 900, severity="warning", dataset="contacts", code="value_dropped", message="x")),
    ("pages_broken", add("issues", 1, severity="error", dataset="pages", code="parser_failed", message="x", page_id="new")),
    ("pages_kept", keep("pages", 55)),
    ("rows_kept", keep("contacts", 49)),
    ("rows_kept", add("contacts", 60, contact_id="{n:016}")),
    ("facts_lost", tell_changes(24)),
    ("facts_lost", tell_changes(60, cause="reading")),
    ("facts_lost_of_a_kind", tell_changes(12)),
    ("facts_changed", tell_changes(47, change="changed")),
    ("readings_changed", tell_changes(12, cause="reading", change="added")),
    ("sites_emptied", lose_site(12, 17)),
    ("many_sites_emptied", lose_site(2, 20)),
    ("sites_lost", put("coverage", 1, outcome="unreachable")),
    ("sites_lost", put("coverage", 12, outcome="not_visited")),
    ("contacts_reachable", put("contacts", 12, phone=None)),
    ("contacts_reachable", put("contacts", 60, phone=None, email="a@ale.se")),
    ("contacts_named", put("contacts", 12, person=None)),
    ("pages_titled", put("pages", 3, title=None)),
    ("pages_with_text", put("pages", 3, text=None)),
    ("enough_pages", add("pages", 2940, page_id="{n:016}")),
    ("enough_organisations", add("organisations", 300, organisation_id="org:{n}")),
    ("enough_members", add("members", 880, role="{n}")),
    ("enough_contacts", add("contacts", 440, contact_id="{n}")),
    (
        "enough_dates",
        add(
            "dates",
            1000,
            **dict.fromkeys(("date_id", "kind", "edtf", "precision", "page_id", "evidence", "evidence_source", "method"), "{n}"),
            confidence=1.0,
        ),
    ),
]


@pytest.mark.parametrize(("name", "severity", "spoil"), FIRING)
def test_what_is_not_as_expected_is_found(name: str, severity: str, spoil: Spoil, output: Path, now: Path) -> None:
    spoil(now)
    assert severity in {finding.severity for finding in check(output, now, name=name)}


@pytest.mark.parametrize(("name", "spoil"), QUIET)
def test_what_is_as_expected_is_not_told(name: str, spoil: Spoil, output: Path, now: Path) -> None:
    spoil(now)
    assert check(output, now, name=name) == ()


def test_every_expectation_and_every_measure_is_tried_either_way() -> None:
    names = {expectation.name for expectation in load_expectations()}
    assert {name for name, _, _ in FIRING} == {name for name, _ in QUIET} == names
    assert {expectation.measure for expectation in load_expectations()} == MEASURES.keys()
    limits = {
        (one.name, severity)
        for one in load_expectations()
        for severity, limits in (("hold", (one.minimum, one.hold_above)), ("warn", (one.maximum, one.warn_below)))
        if limits != (None, None)
    }
    assert {(name, severity) for name, severity, _ in FIRING} >= limits - {("contacts_named", "warn"), ("pages_with_text", "warn")}


def test_nothing_is_said_of_a_run_like_the_one_before(output: Path, now: Path) -> None:
    assert check(output, now, names="s00") == ()


def test_nothing_is_compared_in_a_first_run(output: Path, now: Path) -> None:
    keep("contacts", 1)(now)
    manifest = read_manifest(now)
    manifest.options = {"names": "s00"}
    assert check_run(Candidate(output, now, manifest)) == ()


def test_a_finding_says_what_is_and_what_was_expected(output: Path, now: Path) -> None:
    both(tell_changes(31), keep("contacts", 40), add("members", 1), put("coverage", 2, outcome="failed"))(now)
    found = check(output, now, names="s00")
    assert [finding.message for finding in found] == [
        "members: 119 of 121 rows have a key of their own (expected: all)",
        "contacts: 31 of the 60 of before are stated no more: 52% (expected: at most 50%)",
        "contacts: 40 rows on the pages of both runs, 60 in before: 67% (expected: at least 80%)",
        "all facts: 31 of the 240 of before are stated no more: 13% (expected: at most 10%)",
        "1 of 12 sites have lost nearly all their facts of before (s00) (expected: none)",
        "2 of 12 sites with facts in before gave nothing now (s00, s01): 17% (expected: at most 10%)",
    ]
    assert (found[1].check, found[1].subject, found[1].value, found[1].limit) == ("facts_lost_of_a_kind", "contacts", 0.5167, 0.5)


def test_an_outage_of_every_site_holds_nothing(output: Path, now: Path) -> None:
    put("coverage", 12, outcome="unreachable")(now)
    assert [(finding.check, finding.severity) for finding in check(output, now, names="s00")] == [("sites_lost", "warn")]


def test_a_small_run_is_not_held_by_chance(tmp_path: Path) -> None:
    pages = [make_page(f"https://ale.se/{n}", f"Förbund {n}: Ale kommun") for n in range(9)]
    contacts = "\n".join(f"Kontakt: Eva {name}, +46317012345" for name in ("Ek", "Al", "Ask", "Lind"))
    for run_id, text in (("before", contacts), ("now", contacts[:29])):
        run_pages(tmp_path, *pages, make_page("https://ale.se/kontakt", text), run_id=run_id)
    now = tmp_path / "runs" / "now"
    write_rows("changes", [{**CHANGE, "dataset": "contacts", "key": str(n), "run_id": "now"} for n in range(3)], now / "changes.parquet")
    assert check(tmp_path, now, names="ale") == ()


def test_pages_that_really_break_the_parsers_are_counted(tmp_path: Path) -> None:
    broken = [make_page(f"https://ale.se/trasig/{n}", "!") for n in range(20)]
    run_pages(tmp_path, *PAGES, *broken, run_id="now")
    [finding] = check(tmp_path, tmp_path / "runs" / "now", name="pages_broken")
    assert (finding.severity, finding.message) == ("hold", "20 of 80 pages broke the parsers: 25% (expected: at most 20%)")


def test_an_extract_of_other_pages_is_compared_on_the_pages_of_both(output: Path, now: Path) -> None:
    both(keep("pages", 30), keep("coverage", 0))(now)
    few = {row["page_id"] for row in read_rows(now / "pages.parquet")}
    for dataset in ("members", "member_counts", "contacts", "mentions"):
        edit(dataset, lambda rows: [row for row in rows if row["page_id"] in few])(now)
    assert check(output, now, kind="extract") == ()
    keep("members", 10)(now)
    assert [finding.check for finding in check(output, now, kind="extract")] == ["rows_kept"]


def test_a_run_that_lacked_a_dataset_or_a_column_can_be_compared_with(output: Path, now: Path, tmp_path: Path) -> None:
    before = shutil.copytree(output / "runs" / "before", tmp_path / "before")
    (before / "member_counts.parquet").unlink()
    contacts = pq.read_table(before / "contacts.parquet").drop_columns(["phone", "email"])
    pq.write_table(contacts, before / "contacts.parquet")
    assert check_run(Candidate(output, now, Manifest("now", "crawl", "running", "", options={"names": "s00"}), before)) == ()


@pytest.mark.parametrize(
    ("kind", "options", "is_full"),
    [
        ("crawl", {}, True),
        ("crawl", {"names": "", "max_pages": None}, True),
        ("crawl", {"names": "ale"}, False),
        ("crawl", {"sites": "own.toml"}, False),
        ("crawl", {"max_pages": 60}, False),
        ("crawl", {"max_time": 3600}, False),
        ("extract", {}, False),
        ("demo", {}, False),
    ],
)
def test_only_a_crawl_of_all_that_is_known_is_full(kind: str, options: dict[str, object], is_full: bool) -> None:
    assert is_full_crawl(Manifest("a", kind, "running", "", options=options)) == is_full


ENTRY = '[[expectation]]\nname = "a"\nmeasure = "rows"\nreason = "Because it is so in this test."\n'


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (ENTRY, "a has no limit"),
        (ENTRY + "minimun = 3", "minimun"),
        (ENTRY + 'minimum = 3\ndatasets = ["contact"]', "contact"),
        (ENTRY + 'minimum = 3\ndatasets = ["contacts"]\ncolumns = ["fone"]', "fone"),
        (ENTRY + 'minimum = 3\nkinds = ["crawls"]', "crawls"),
        (ENTRY + 'minimum = "3 %"', "minimum"),
        (ENTRY + "minimum = 3\n" + ENTRY + "minimum = 3", "expected twice: a"),
        (ENTRY.replace("Because it is so in this test.", "So.") + "minimum = 3", "reason"),
    ],
)
def test_a_mistake_in_the_expectations_is_told(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        read_expectations(text)
