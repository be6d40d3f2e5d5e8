"""Scores one page: its row, organisations, members, stated counts, contacts and dates."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from samverkan.evaluation.annotations import AnnotatedPage, Fact
from samverkan.evaluation.comparing import edtf_of, first_words, fold, kind_of
from samverkan.evaluation.contacts import score_contacts
from samverkan.evaluation.found import Found, Row
from samverkan.evaluation.matching import match_organisations
from samverkan.evaluation.score import Score

PAGE_FIELDS = {"title": "title", "published": "published_on", "updated": "updated_on", "is_collaboration_page": "is_collaboration"}
"""Annotated field -> column."""


Pair = tuple[str, str]


class PageScorer:
    """One page that is in the run."""

    def __init__(self, page: AnnotatedPage, row: Row, found: Found, score: Score) -> None:
        self.page, self.row, self.found, self.score = page, row, found, score
        self.page_id = row["page_id"]
        self._ids: dict[str, str | None] = {}

    def score_page(self) -> None:
        """All kinds of fact; organisations first, for the others name them."""
        self.score_row()
        self.score_organisations()
        self.score_members()
        self.score_counts()
        score_contacts(self.page, self.found.on_page("contacts", self.page_id), self.resolve, self.score)
        self.score_dates()

    def score_row(self) -> None:
        """Title, the two dates, and whether it is about collaboration."""
        for field, column in PAGE_FIELDS.items():
            want, got = self.page.row.get(field), self.row[column]
            if field == "title":
                is_right = fold(want) == fold(got)
            elif field == "is_collaboration_page":
                is_right = bool(want) == bool(got)
            else:
                is_right = (str(want)[:10] if want else None) == (str(got)[:10] if got is not None else None)
            self.score.count(f"page.{field}", is_right)
            if not is_right:
                self.miss(f"page.{field}", f"{want} is right, not {got}")

    def score_organisations(self) -> None:
        """Which are named, and of what kind each is."""
        wanted, optional = self.page.facts["organisations"], self.page.optional["organisations"]
        named = {row["organisation_id"] for row in self.found.on_page("mentions", self.page_id)}
        known = self.found.organisations
        predicted = {identity: known[identity] for identity in sorted(named) if identity in known}
        matched = match_organisations(wanted, predicted)
        extra = predicted.keys() - set(matched.values()) - {self.row["owner_id"]}
        spare = match_organisations(optional, {identity: known[identity] for identity in sorted(extra)})
        extra -= set(spare.values())
        self.score.tallies["organisations"].add(len(matched), len(extra), len(wanted) - len(matched))
        for index, organisation in enumerate(wanted):
            self._judge_organisation(index, organisation, matched.get(index))
        right = set(matched.values())
        for row in self.found.on_page("mentions", self.page_id):
            if row["organisation_id"] in right | extra:
                self.score.judge(self.page.name, "mentions", row, holds=row["organisation_id"] in right)
        for identity in sorted(extra):
            self.miss("organisation extra", f"{known[identity].name} ({identity})", words=self._words_of(identity))
        self._learn_names(wanted, matched)
        self._learn_names(optional, spare)

    def score_members(self) -> None:
        """Who has a part in which body, and what part."""
        wanted: dict[Pair, set[str]] = defaultdict(set)
        accepted: dict[Pair, set[str]] = defaultdict(set)
        named: dict[Pair, Fact] = {}
        for index, member in enumerate(self.page.facts["members"]):
            pair = self.resolve(member["body"]) or "?" + member["body"], self.resolve(member["member"]) or "?" + member["member"]
            wanted[pair].add(member["role"])
            accepted[pair] |= set(self.page.accepted.get(("members", index, "role"), ()))
            named[pair] = member
        found: dict[Pair, set[str]] = defaultdict(set)
        words = {}
        rows = self.found.on_page("members", self.page_id)
        for row in rows:
            found[row["organisation_id"], row["member_id"]].add(row["role"])
            words[row["organisation_id"], row["member_id"]] = row["evidence"]
        free = {(self.resolve(member["body"]), self.resolve(member["member"])) for member in self.page.optional["members"]}
        found = {pair: roles for pair, roles in found.items() if pair in wanted or pair not in free}
        hits = wanted.keys() & found.keys()
        self.score.tallies["members"].add(len(hits), len(found.keys() - hits), len(wanted.keys() - hits))
        for row in rows:
            pair = row["organisation_id"], row["member_id"]
            if pair in found:
                self.score.judge(self.page.name, "members", row, holds=pair in hits and row["role"] in wanted[pair] | accepted[pair])
        for pair in hits:
            self._judge_roles(pair, wanted[pair], found[pair], accepted[pair], words[pair])
        for pair in sorted(wanted.keys() - hits):
            member = named[pair]
            self.miss(
                "member missed",
                f"{member['body']} <- {member['member']}: {member['role']}",
                words=self._find(member["member"], member["body"]),
            )
        for pair in sorted(found.keys() - hits):
            self.miss("member extra", " <- ".join(map(self._name_of, pair)), words=words[pair])

    def score_counts(self) -> None:
        """How many members a body is said to have."""
        wanted = {(self.resolve(fact["body"]) or "?" + fact["body"], str(fact["count"])): fact for fact in self.page.facts["member_counts"]}
        found = {(row["organisation_id"], str(row["count"])): row for row in self.found.on_page("member_counts", self.page_id)}
        free = {(self.resolve(fact["body"]), str(fact["count"])) for fact in self.page.optional["member_counts"]}
        self._judge("member_counts", "count", wanted, {pair: row for pair, row in found.items() if pair in wanted or pair not in free})

    def score_dates(self) -> None:
        """Kind and EDTF date. A date read from the URL is filed but not annotated; open ends are annotated without the dots."""
        wanted = {(fact["kind"], edtf_of(fact.get("start"), fact.get("end"))): fact for fact in self.page.facts["dates"]}
        rows = [row for row in self.found.on_page("dates", self.page_id) if row["evidence_source"] != "url"]
        found = {(row["kind"], row["edtf"].removesuffix("/..").removeprefix("../")): row for row in rows}
        for index, fact in enumerate(self.page.facts["dates"]):
            exact = fact["kind"], edtf_of(fact.get("start"), fact.get("end"))
            others = self._other_dates(index, fact) - {exact}
            if exact not in found and (shifted := others & found.keys()):
                found[exact] = found[min(shifted)]
                found = {pair: row for pair, row in found.items() if pair not in others}
        free = {(fact["kind"], edtf_of(fact.get("start"), fact.get("end"))) for fact in self.page.optional["dates"]}
        self._judge("dates", "date", wanted, {pair: row for pair, row in found.items() if pair in wanted or pair not in free})

    def resolve(self, name: str) -> str | None:
        """The organisation_id that an annotated name stands for: on the page, or (implied members) anywhere in the run."""
        folded = fold(name)
        return self._ids[folded] if folded in self._ids else self.found.by_name.get(folded)

    def miss(self, what: str, *detail: object, words: str | None = None) -> None:
        """Notes a difference on this page."""
        self.score.miss(self.page.name, what, *detail, words=words)

    def _judge_organisation(self, index: int, organisation: Fact, identity: str | None) -> None:
        if identity is None:
            names = [organisation["name"], *organisation.get("also", [])]
            self.miss("organisation missed", organisation["name"], words=self._find(*names))
            return
        kinds = {kind_of(kind) for kind in [organisation["kind"], *self.page.accepted.get(("organisations", index, "kind"), ())]}
        kind = self.found.organisations[identity].kind
        self.score.count("kinds", kind in kinds)
        if kind not in kinds:
            self.miss("kind", organisation["name"], f"{organisation['kind']} is right, not {kind}")

    def _judge_roles(self, pair: Pair, wanted: set[str], found: set[str], accepted: set[str], words: str) -> None:
        """A role that is accepted too stands for one that is wanted and not found."""
        for role in sorted(found - wanted):
            if role in accepted:
                found = found - {role} | set(sorted(wanted - found)[:1])
        self.score.count("roles", len(wanted & found), len(wanted | found))
        if wanted != found:
            right, wrong = (", ".join(sorted(roles)) for roles in (wanted, found))
            self.miss("role", " <- ".join(map(self._name_of, pair)), f"{right} is right, not {wrong}", words=words)

    def _judge(self, tally: str, what: str, wanted: Mapping[Pair, Fact], found: Mapping[Pair, Row]) -> None:
        """Facts that are the same where their keys are."""
        hits = wanted.keys() & found.keys()
        self.score.tallies[tally].add(len(hits), len(found.keys() - hits), len(wanted.keys() - hits))
        for key, row in found.items():
            self.score.judge(self.page.name, tally, row, holds=key in hits)
        for key in sorted(wanted.keys() - hits, key=str):
            self.miss(f"{what} missed", self._name_of(key[0]), key[1], words=wanted[key].get("text"))
        for key in sorted(found.keys() - hits, key=str):
            self.miss(f"{what} extra", self._name_of(key[0]), key[1], words=found[key]["evidence"])

    def _other_dates(self, index: int, fact: Fact) -> set[Pair]:
        def choices(field: str) -> list[str]:
            return [fact.get(field), *self.page.accepted.get(("dates", index, field), ())]

        return {(kind, edtf_of(start, end)) for kind in choices("kind") for start in choices("start") for end in choices("end")}

    def _learn_names(self, organisations: Sequence[Fact], matched: Mapping[int, str]) -> None:
        for index, organisation in enumerate(organisations):
            for name in [organisation["name"], *organisation.get("also", [])]:
                self._ids.setdefault(fold(name), matched.get(index))

    def _name_of(self, identity: str) -> str:
        known = self.found.organisations.get(identity)
        return known.name if known else identity.removeprefix("?")

    def _find(self, *names: str) -> str | None:
        return first_words(self.row["text"] or "", *names)

    def _words_of(self, identity: str) -> str | None:
        mentions = self.found.on_page("mentions", self.page_id)
        return next((row["text"] for row in mentions if row["organisation_id"] == identity), None)
