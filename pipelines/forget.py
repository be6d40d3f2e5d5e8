"""Forgets persons in an output: in datasets, history, logs and archives, those on old pages and those who asked not to be published."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from archive.dropping import drop_records, find_dropped
from archive.instants import read_warc_date
from archive.page_records import read_page
from archive.reader import MAX_BODY
from archive.records import Record
from parsers.page.naming import names_any
from pipelines.forgotten_words import FILE_NAME, Words, begin_forgetting, read_begun, read_words
from pipelines.issues import is_html
from pipelines.kept_files import is_archive_of_ours, list_text_files, mask_text_file, renew_manifest
from pipelines.old_pages import OldPages, find_old_pages
from pipelines.run_masks import Masks, Spots, make_page_masks
from schemas.datasets import DATASETS
from schemas.disk import writing
from schemas.manifest import Manifest
from schemas.output import run_folder
from schemas.page import Page
from schemas.persons import Persons
from schemas.runs import list_runs
from schemas.tables import rewrite_rows


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was done."""

    runs: int = 0
    """In how many runs something was masked."""
    records: int = 0
    """How many records of archives were dropped, requests and revisits among them."""
    files: int = 0
    """How many other files had something masked: history, feeds, logs."""


def forget_persons(output: Path, listed: Persons, cutoff: datetime | None = None) -> Forgotten:
    """Masks what the output says of listed persons, and of all on pages that their sites last showed or confirmed before the cutoff.

    The caller holds the lock. May be called again, and ends what a call began that was killed. Raises OutputUnwritable.
    """
    begun = read_begun(output)
    if begun and begun[1]:
        cutoff = max(begun[1], cutoff or begun[1])
    if cutoff is None and not listed and not begun:
        return Forgotten()
    runs = [run for run in list_runs(output) if run.status != "running"]
    old = find_old_pages(output, runs, cutoff)
    words = read_words(output, old, listed) | (begun[0] if begun else Words())
    forgetting = Forgetting(output, words, old, is_again=begun is not None)
    begin_forgetting(output, words, cutoff)
    forgotten = forgetting.run_through(runs)
    with writing(output):
        (output / FILE_NAME).unlink()
    return forgotten


class Forgetting:
    """One going through all files of an output."""

    def __init__(self, output: Path, words: Words, old: OldPages, *, is_again: bool) -> None:
        """`is_again`: a call before was killed, so what manifests say of their files may be wrong."""
        self._output = output
        self._words = words
        self._old = old
        self._is_again = is_again

    def run_through(self, runs: list[Manifest]) -> Forgotten:
        """Rows lose the places of records before those go, and manifests are renewed last."""
        archives = [path for path in sorted((self._output / "archive").glob("*")) if is_archive_of_ours(path)]
        dropped = find_dropped(archives, self._is_unwanted)
        spots = {(place.file, place.offset) for places in dropped.values() for place in places}
        changed = {run.run_id for run in runs if self._mask_run(run, spots)}
        files = sum(self._mask_history(spots)) + sum(mask_text_file(path, self._words.gone) for path in list_text_files(self._output))
        for archive, places in dropped.items():
            drop_records(archive, places)
        changed |= {archive.name.removesuffix(".wacz") for archive in dropped}
        for run in runs:
            if self._is_again or run.run_id in changed:
                renew_manifest(self._output, run.run_id)
        return Forgotten(len(changed & {run.run_id for run in runs}), sum(map(len, dropped.values())), files)

    def _mask_run(self, run: Manifest, spots: Spots) -> bool:
        """Whether anything of it had to be. Contacts come last: until then they tell of whom nothing may be read."""
        folder = run_folder(self._output, run.run_id)
        old = self._old.pages.get(run.run_id)
        pages = make_page_masks(folder, old, self._words) if old is not None else {}
        masks = Masks(self._words, self._old, spots, run.run_id, pages)
        changed = [self._mask_dataset(folder / f"{dataset}.parquet", masks) for dataset in sorted(DATASETS, key="contacts".__eq__)]
        is_past = self._old.cutoff is not None and datetime.fromisoformat(run.started_at) < self._old.cutoff
        words = self._words.old if is_past else self._words.gone
        return any([*changed, *(mask_text_file(path, words) for path in list_text_files(folder))])

    def _mask_history(self, spots: Spots) -> list[bool]:
        masks = Masks(self._words, self._old, spots)
        return [self._mask_dataset(path, masks) for path in sorted((self._output / "history").glob("*.parquet"))]

    def _mask_dataset(self, path: Path, masks: Masks) -> bool:
        return path.exists() and rewrite_rows(path, partial(masks.change, path.stem))

    def _is_unwanted(self, archive: Path, response: Record) -> bool:
        """Whether a response is of an old page, or says anything of a listed person; what cannot be read is judged by its age alone."""
        page = read_page(response, None, MAX_BODY)
        if not isinstance(page, Page):
            return self._is_old(archive, response)
        is_old = is_html(page) and self._is_old(archive, response)
        return is_old or names_any(page.body, page.header("content-type"), self._words.listed)

    def _is_old(self, archive: Path, response: Record) -> bool:
        """Whether it came before the cutoff, and was not confirmed since."""
        when = read_warc_date(response.header("WARC-Date"))
        is_before = self._old.cutoff is not None and when is not None and when < self._old.cutoff
        return is_before and (archive.name, response.offset) not in self._old.kept
