"""What the history holds of one organisation: found by id or name, through its renames, as of any day."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from review.history import update_history
from review.past import Past, find_organisation, read_past, trace_ids
from samverkan.past_view import print_past, print_past_as_of
from schemas.errors import UsageError
from schemas.values.timestamps import stockholm_day_end
from tests.pipelines.small_pages import GR, NOON
from tests.review.days import Days, Row

OLD, NEW = "org:bohusradet", "org:bohus-samrad"
PAGE = "Bohusrådet: Ale kommun, Partille kommun\nAntal: 2 kommuner"


def renamed(before: str, after: str) -> Row:
    """A row of `changes`."""
    key = f'{{"organisation_id": "{after}"}}'
    ids = {"column": "organisation_id", "before": before, "after": after}
    return {"dataset": "organisations", "key": key, "change": "renamed", "cause": "page", **ids}


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    days = Days(tmp_path_factory.mktemp("past"))
    days.run({GR: PAGE})
    days.run({GR: PAGE.replace("2 kommuner", "3 kommuner")})
    days.run({GR: PAGE.replace("Bohusrådet", "Bohus samråd").replace(", Partille kommun", "")})
    days.write_log(2, "changes", renamed(OLD, NEW))
    days.run({GR: 500, "https://ale.se/": "Hem"})
    update_history(days.output)
    return days.output


def list_members(past: Past) -> list[tuple[str, str]]:
    """The members and their status."""
    return [(row["member_id"], row["status"]) for row in past.versions["relations"]]


@pytest.mark.parametrize("words", [NEW, NEW.upper(), "Bohus samråd", " bohus SAMRÅD "])
def test_an_organisation_is_found_by_its_id_or_its_name(output: Path, words: str) -> None:
    assert read_past(output, words).organisation_id == NEW


def test_the_past_holds_what_stood_under_earlier_ids(output: Path) -> None:
    past = read_past(output, NEW)
    assert (past.earlier_ids, past.later_id, past.known_since) == ((OLD,), None, NOON)
    assert list_members(past) == [("kommun:1402", "gone"), ("kommun:1440", "gone"), ("kommun:1440", "unobserved")]
    assert [row["count"] for row in past.versions["member_counts"]] == [2, 3, 2]


def test_an_earlier_id_tells_the_later_one(output: Path) -> None:
    past = read_past(output, OLD)
    assert (past.earlier_ids, past.later_id) == ((), NEW)


@pytest.mark.parametrize(("days", "count", "members"), [(-1, [], 0), (0, [2], 2), (1, [3], 2), (2, [2], 1), (300, [2], 1)])
def test_as_of_a_day_stands_what_stood_at_its_end(output: Path, days: int, count: list[int], members: int) -> None:
    day = NOON.date() + timedelta(days=days)
    past = read_past(output, NEW, stockholm_day_end(day))
    assert [row["count"] for row in past.versions["member_counts"]] == count
    assert len(past.versions["relations"]) == members


@pytest.mark.parametrize(
    ("day", "end"),
    [
        (date(2026, 11, 21), "2026-11-21T22:59:59.999+00:00"),
        (date(2026, 6, 30), "2026-06-30T21:59:59.999+00:00"),
        (date(2026, 10, 25), "2026-10-25T22:59:59.999+00:00"),
    ],
)
def test_a_day_ends_at_midnight_in_stockholm(day: date, end: str) -> None:
    assert stockholm_day_end(day).isoformat(timespec="milliseconds") == end


def test_renames_are_followed_through_merges_and_circles() -> None:
    assert list(trace_ids("d", [("a", "b"), ("b", "d"), ("c", "d"), ("d", "a")])) == ["b", "c", "a"]


def test_a_member_is_told_what_it_is_a_member_of(output: Path, capsys: pytest.CaptureFixture[str]) -> None:
    print_past(read_past(output, "Ale kommun"))
    shown = capsys.readouterr().out
    assert shown.startswith("Ale kommun (kommun:1440)\nknown since: 2026-11-21\n")
    section = shown.partition("\nMember of\n")[2].splitlines()
    assert section[1:3] == [
        "2026-11-21  2026-11-23  gone                              Bohusrådet (member)",
        "2026-11-23  -           unobserved, last seen 2026-11-23  Bohus samråd (member)",
    ]


def test_the_facts_of_a_day_are_a_table(output: Path, capsys: pytest.CaptureFixture[str]) -> None:
    day = NOON.date() + timedelta(days=1)
    print_past_as_of(read_past(output, NEW, stockholm_day_end(day)), day.isoformat())
    assert capsys.readouterr().out.splitlines() == [
        "Bohus samråd (org:bohus-samrad)",
        "known since: 2026-11-21",
        "before: org:bohusradet",
        "",
        "4 facts as of 2026-11-22",
        "kind          from        what",
        "organisation  2026-11-21  Bohusrådet (network)",
        "member        2026-11-21  Partille kommun (member)",
        "member        2026-11-21  Ale kommun (member)",
        "count         2026-11-22  3 kommuner (total)",
    ]


def test_an_unknown_name_is_told_with_the_nearest(output: Path) -> None:
    with pytest.raises(UsageError, match=r"no organisation Bohus samradet\. Did you mean .*Bohus samråd"):
        read_past(output, "Bohus samradet")


def test_a_name_that_two_organisations_share_is_no_name() -> None:
    names = {"org:radet": ["Rådet"], "org:radet@region:14": ["Rådet"], "org:ett": ["Ett råd", "Rådet"]}
    with pytest.raises(UsageError, match="2 organisations: org:radet, org:radet@region:14"):
        find_organisation(names, "rådet")


def test_without_a_history_another_folder_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="There is no history in"):
        read_past(tmp_path, NEW)
