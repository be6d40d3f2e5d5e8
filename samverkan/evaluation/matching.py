"""Which organisation that was found is which of those annotated."""

from collections.abc import Mapping, Sequence

from samverkan.evaluation.annotations import Fact
from samverkan.evaluation.comparing import digits_of, fold, ids_of, kind_of
from samverkan.evaluation.found import Known


def match_organisations(wanted: Sequence[Fact], predicted: Mapping[str, Known]) -> dict[int, str]:
    """Index of an annotated organisation -> the id found for it, one to one: by registry code or canonical name first, then by any name."""
    matched: dict[int, str] = {}
    for is_strict in (True, False):
        for index, organisation in enumerate(wanted):
            if index not in matched:
                free = (item for item in predicted.items() if item[0] not in matched.values())
                same = next((identity for identity, known in free if is_same(organisation, identity, known, is_strict)), None)
                if same is not None:
                    matched[index] = same
    return matched


def is_same(organisation: Fact, identity: str, known: Known, is_strict: bool) -> bool:
    """Whether an annotated organisation is the one found. Strict: its code, number or canonical name; else any of its names."""
    if not is_strict:
        return not known.folded.isdisjoint(map(fold, [organisation["name"], *organisation.get("also", [])]))
    ids, digits = ids_of(organisation.get("identifier")), digits_of(organisation.get("identifier"))
    # a county code is that of the region and of the county board: the kind tells which
    has_code = identity in ids and (len(ids) == 1 or kind_of(organisation["kind"]) == known.kind)
    has_number = len(digits) == 10 and digits_of(known.number) == digits
    return has_code or has_number or fold(known.name) == fold(organisation["name"])
