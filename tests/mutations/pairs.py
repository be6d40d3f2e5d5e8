"""Pairs by seed: noise, a real edit, or an edit among noise; in batches in which every page stands once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from tests.mutations.bases import Base
from tests.mutations.dice import Dice
from tests.mutations.edits import PLAIN, Edit, edit_page
from tests.mutations.fact_edits import OF_FACTS
from tests.mutations.noise import add_noise
from tests.mutations.runs import Pair


@dataclass(frozen=True, slots=True)
class Edited:
    """A pair with a real edit between its versions."""

    pair: Pair
    edit: Edit


def make_noise_pair(base: Base, seed: str, *, is_held: bool) -> Pair:
    """A page and the same page with noise."""
    before, after, names = add_noise(base.html, Dice(seed, is_held=is_held))
    return Pair(base, seed, before, after, names)


def make_edited_pair(base: Base, seed: str, *, is_held: bool, is_noisy: bool) -> Edited | None:
    """A page and the page after one edit, among noise where told so; facts are edited twice as often as other text."""
    dice = Dice(seed, is_held=is_held)
    editors = [*(OF_FACTS.items() if dice.random() < 0.67 else ()), *(PLAIN.items())]
    tries = [*dice.sample(editors[: -len(PLAIN)], len(editors) - len(PLAIN)), *dice.sample(editors[-len(PLAIN) :], len(PLAIN))]
    for name, editor in tries:
        if edit := edit_page(base, base.html, editor, dice.branch(name)):
            noisy = dice.branch("noise")
            before, _, names = add_noise(base.html, noisy.branch("a"), 2) if is_noisy else (base.html, "", ())
            after = add_noise(edit.html, noisy.branch("a"), 2)[1] if is_noisy else edit.html
            return Edited(Pair(base, seed, before, after, (name, *names)), edit)
    return None


def batch_pairs(bases: Sequence[Base], seed: int, total: int, kind: str) -> Iterator[list[Pair | Edited]]:
    """`total` pairs of a kind (noise | signal | mixed) in batches of different pages. Odd seeds take the wordings held back."""
    is_held = bool(seed % 2)
    left = total
    for round_number in count():
        dice = Dice(f"{seed}/{kind}/{round_number}")
        batch: list[Pair | Edited] = []
        for base in dice.sample(bases, len(bases)):
            pair_seed = f"{seed}/{kind}/{round_number}/{base.name}"
            if kind == "noise":
                batch.append(make_noise_pair(base, pair_seed, is_held=is_held))
            elif not base.is_listing and (edited := make_edited_pair(base, pair_seed, is_held=is_held, is_noisy=kind == "mixed")):
                batch.append(edited)
            if len(batch) == left:
                break
        yield batch
        left -= len(batch)
        if left <= 0:
            return
