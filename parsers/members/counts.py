"""How many members a page states of a body: "13 kommuner", "ytterligare 41 kommuner", "de tre medlemskommunerna"."""

import re
from collections.abc import Iterator

from parsers.members.members import make_evidence
from parsers.members.numbers import NUMBER, holds_number, read_number
from parsers.members.parties import SAME_SET, find_body, find_enumerated_before
from parsers.names.page_names import Names
from parsers.page.sentences import Sentence
from parsers.page.stems import holds_stem
from schemas.facts import MemberCount, Membership

UNIT = (
    r"(?:medlems|ägar|deltagar|samarbets|samverkans|parts|inlands|kust)?(?:kommuner|regioner|landsting|städer|organisationer"
    r"|föreningar|myndigheter)(?:na|nas|s)?(?: och (?:stadsdelar|regioner|landsting|organisationer)(?:na)?|/regioner)?"
    r"|kommunalförbund(?:en|ens|s)?|medlemmar(?:na|nas|s)?|parter(?:na|nas|s)?|ägare(?:n|ns)?|delägare|huvudmän(?:nen)?"
    r"|hamnar(?:na)?|företag(?= som (?:medlemmar|är med))|members(?! of (?:the )?(?:board|staff|committee|council))"
    r"|(?:member )?(?:municipalities|cities|regions|organi[sz]ations|universities|partners)"
)
# Of which each holds one.
UNIT_STEMS = (
    "kommun", "region", "landsting", "medlem", "part", "ägar", "städer", "organisation", "hamn", "förening", "myndighet", "huvudm",
    "member", "municipal", "cities",
)  # fmt: skip
# "ytterligare 41 kommuner", "de tre andra kommunalförbunden", "en av fyra kommuner"; not "12 av 13 kommuner", "15 ledamöter"
COUNT = re.compile(
    rf"(?<![\w,.§-])(?:(?P<more>ytterligare|övriga|de övriga|andra|de andra)\s)?(?:(?:drygt|cirka|ca|omkring|around|about"
    rf"|ungefär|totalt|sammanlagt|fler än|mer än|över|ett|de|alla|samtliga)\s)*(?P<number>{NUMBER})(?:-tal)?\s(?:st\s)?(?P<other>(?:andra"
    rf"|övriga|ytterligare|till)\s)?(?P<of>av länets\s)?(?:[a-zåäö]+(?:ande|iga|iska|na|a)\s)?(?P<unit>{UNIT})(?![\w-])",
    re.I,
)
LABELLED = re.compile(
    rf"\b(?P<unit>{UNIT})(?:\s\(?antal\)?)?:\s(?P<number>{NUMBER})(?:\sst)?(?![\w§-]| (?:kommun|region|organisation))"
    rf"|\bantal (?P<unit2>{UNIT}):?\s(?P<number2>{NUMBER})\b(?! (?:kommun|region|organisation))"
    rf"|\b(?P<unit3>kommuner|medlemmar|organisationer)\b[^.;()\n]{{0,30}} \((?P<number3>{NUMBER}) (?:st|stycken|till antalet)\)",
    re.I,
)
CONTEXT = re.compile(
    r"medlem|samla|\balla\b|\bbåda\b|ingår|ingick|samarbet|samverk|tillsammans|ihop|gemensam|ägs|ägar|ägare"
    r"|består|andra|övriga|ytterligare|anslut|bildat|parter|förbund|nätverk|organisation|en av|arbetar|företräd"
    r"|representer|förening|deltar|är med|mellan de|i de|huvudmän|member|mötesplats|bildar|utgör|brings? together|network|partnership",
    re.I,
)
# "invånarna i de elva kommunerna", "länets elva kommuner": a county's municipalities, no body's members
INHABITANTS = re.compile(r"\b(?:invånar\w*|bor|boende|medborgar\w*|befolkning\w*)\b[^.]{0,20}\bi\s(?:de\s)?$", re.I)
# "12 av 13 kommuner", "några av de 13 kommunerna"; "en av fyra kommuner" tells how many there are
SOME_OF = re.compile(r"\b(?:\d+|två|tre|fyra|fem|sex|sju|åtta|nio|tio|några|flera|hälften|flesta)\sav\s(?:de\s)?$", re.I)
# "de sju kommunerna i Blekinge": those of an area
OF_AREA = re.compile(r"\ssom\b|\si\s(?:[A-ZÅÄÖ]|länet|regionen|området)|\soch\sderas\b")
BODIES_COUNTED = re.compile(r"^kommunalförbund", re.I)
# "Förutom Ale ingår tio kommuner"
BESIDES = re.compile(r"(?:Förutom|Utöver|Jämte)\s[A-ZÅÄÖ]")
JOINED_PARTY = re.compile(r"\s(?:och|samt|jämte)\s(?:de\s|länets\s|regionens\s)?$")


def find_member_counts(names: Names, sentences: list[Sentence], members: list[Membership]) -> Iterator[MemberCount]:
    """The stated numbers of members, each (body, number, unit) once; the memberships tell whose are counted where no words do."""
    seen: set[tuple[str, int, str]] = set()
    for sentence in sentences:
        if not holds_stem(sentence.text, UNIT_STEMS) or not holds_number(sentence.text):
            continue
        for count in read_counts(names, sentence, members):
            key = (count.organisation_id, count.count, count.unit)
            if key not in seen:
                seen.add(key)
                yield count


def read_counts(names: Names, sentence: Sentence, members: list[Membership]) -> Iterator[MemberCount]:
    """The counts that one sentence states of a body."""
    for hit in LABELLED.finditer(sentence.text):
        body = find_counted_body(names, sentence, hit.start())
        number = read_number(hit["number"] or hit["number2"] or hit["number3"])
        if body and number and number > 1:
            unit = normalise_unit(hit["unit"] or hit["unit2"] or hit["unit3"])
            yield MemberCount(body, number, unit, "total", make_evidence(sentence, "count_label", 0.85))
    for hit in COUNT.finditer(sentence.text):
        number = read_number(hit["number"])
        at = sentence.start + hit.start("number")
        if not number or number < 2 or any(m.start <= at < m.end for m in names.at(sentence.start, sentence.end)):
            continue  # "Fyra Mälarstäder" is a name
        body = find_body_of_set(names, sentence.start + hit.start(), number, members)
        if body is None and is_of_body(names, sentence, hit, number):
            body = find_counted_body(names, sentence, hit.start())
        if body:
            is_besides = BESIDES.match(sentence.text) is not None and hit.start() > 0
            scope = "others" if hit["more"] or hit["other"] or is_besides else "total"
            yield MemberCount(body, number, normalise_unit(hit["unit"]), scope, make_evidence(sentence, "count_phrase", 0.8))


def find_body_of_set(names: Names, position: int, number: int, members: list[Membership]) -> str | None:
    """The body of which a counted set are the members: "de åtta kommunernas" said of those named before, "länets 13 kommuner" in a list."""
    listed = [
        m for m in members if m.basis == "implied" and m.evidence.start is not None and m.evidence.start <= position < (m.evidence.end or 0)
    ]
    if len(listed) == number and len({m.organisation_id for m in listed}) == 1:
        return listed[0].organisation_id
    found = SAME_SET.match(names.document.text, position)
    if found is None or not found[0].startswith("De ") or not found[0].endswith(("kommunerna", "kommunernas")):
        return None  # "i de tre kommunerna": the sentence speaks of a body
    meant = set(find_enumerated_before(names, position, number))
    bodies = {m.organisation_id: {o.member_id for o in members if o.organisation_id == m.organisation_id} for m in members}
    return next((body for body, parts in bodies.items() if meant and meant == parts), None)


def is_of_body(names: Names, sentence: Sentence, hit: re.Match[str], number: int) -> bool:
    """Whether a number counts a body's members, not a county's municipalities or some bodies."""
    before = sentence.text[: hit.start("number")]
    if sentence.block.kind == "heading" and not any(names.is_body(m.organisation_id) for m in names.at(sentence.start, sentence.end)):
        return False  # "27 nya medlemmar": the text below says of what
    if SOME_OF.search(before) or (INHABITANTS.search(before) and not hit["unit"].casefold().startswith(("medlem", "ägar"))):
        return False
    if BODIES_COUNTED.match(hit["unit"]) and not (hit["other"] or hit["more"]):
        return False
    if re.search(r"(?<!fler )(?<!mer )\bän\s$|\b(?:två|tre|några) av\s", before):
        return False
    is_own = names.owner_id is not None and names.is_body(names.owner_id) and hit["unit"].endswith("na")  # "de nio kommunerna"
    is_own = is_own and not OF_AREA.match(sentence.text, hit.end())
    head = names.document.blocks[sentence.block.head] if sentence.block.head >= 0 else None
    is_of_head = head is not None and any(names.is_body(m.organisation_id) for m in names.at(head.start, head.end))
    if hit["unit"].casefold() == "members" and re.search(r"\b(?:board|committee|council)\b", before, re.I):
        return False  # who sits on it, not who belongs
    return is_own or is_of_head or CONTEXT.search(sentence.text) is not None


def find_counted_body(names: Names, sentence: Sentence, position: int) -> str | None:
    """The body whose members are counted: named before the number, else after it, else what the section is about."""
    block = sentence.block
    at = sentence.start + position
    text = names.document.text
    if joined := JOINED_PARTY.search(text, sentence.start, at):  # "åt GR och två andra förbund": GR is one of them
        earlier = [m for m in names.at(sentence.start, joined.start() + 1) if names.is_body(m.organisation_id)]
        if len(earlier) > 1:
            return earlier[0].organisation_id
    return (
        find_body(names, sentence.start, at, block)
        or find_body(names, at, sentence.end, block, last=False)
        or find_counting_subject(names, sentence)
    )


def find_counting_subject(names: Names, sentence: Sentence) -> str | None:
    """What the section is about, if it can have members."""
    subject = names.subject_of(sentence.block)
    if subject and names.is_body(subject):
        return subject
    near = [m for m in names.mentions if m.start < sentence.start and names.is_body(m.organisation_id)]
    return near[-1].organisation_id if near and is_in_section(names, near[-1].start, sentence) else None


def is_in_section(names: Names, position: int, sentence: Sentence) -> bool:
    """Whether a place of the text lies in the section of a sentence."""
    block = names.document.block_at(position)
    return block is not None and block.section == sentence.block.section


def normalise_unit(unit: str) -> str:
    """What is counted, indefinite plural: "medlemskommunerna" -> "medlemskommuner"."""
    words = []
    if re.match(r"member |members|municip|cities|regions|universities|partners|organizations", unit, re.I):
        return unit.casefold()  # English: the -s is the plural's
    for word in unit.casefold().split():
        for ending in ("nas", "na", "s"):
            if (word.endswith(ending) and not word.endswith(("landstings", "ägares"))) or (word.endswith(ending) and ending == "s"):
                word = word.removesuffix(ending)
                break
        words.append({"kommunalförbunden": "kommunalförbund", "ägaren": "ägare"}.get(word, word))
    return " ".join(words)
