"""How Swedish joins, counts and inflects: enumerations of municipalities, numbers in words, dates, capitals."""

import random
from collections.abc import Sequence
from datetime import date

from registry.organisations import Organisation

MONTHS = ("januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november", "december")
UNITS = (
    "noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv", "tretton", "fjorton", "femton", "sexton",
    "sjutton", "arton", "nitton",
)  # fmt: skip
TENS = ("", "tio", "tjugo", "trettio", "fyrtio", "femtio", "sextio", "sjuttio", "åttio", "nittio")


def number_word(number: int) -> str:
    """2 -> "två", 34 -> "trettiofyra", 100 -> "hundra"; numbers below 101, larger ones in digits."""
    if number > 100:
        return str(number)
    if number == 100:
        return "hundra"
    tens, units = divmod(number, 10)
    return UNITS[number] if number < 20 else TENS[tens] + (UNITS[units] if units else "")


def round_number(tens: int) -> str:
    """20 -> "ett tjugotal", 100 -> "ett hundratal"."""
    return f"ett {number_word(tens)}tal"


def join_names(names: Sequence[str], joint: str = "och") -> str:
    """ "A", "A och B", "A, B och C"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {joint} {names[-1]}"


def attributive(municipality: Organisation) -> str:
    """The form before "kommun": "Lekebergs", "Ale", "Göteborgs"."""
    return municipality.name.rpartition(" ")[0]


def enumerate_municipalities(members: Sequence[Organisation], form: str, joint: str) -> str:
    """Municipalities in one of the ways of ENUMERATIONS."""
    places, stems = [str(m.place) for m in members], [attributive(m) for m in members]
    if form == "attributive":  # "Laxå, Lekebergs och Hallsbergs kommuner"
        return f"{join_names(stems, joint)} kommuner"
    if form == "genitive_last":  # "Laxå, Lekeberg och Hallsbergs kommuner"
        return f"{join_names([*places[:-1], stems[-1]], joint)} kommuner"
    if form == "kommunerna":  # "kommunerna Laxå, Lekeberg och Hallsberg"
        return f"kommunerna {join_names(places, joint)}"
    if form == "each":  # "Laxå kommun, Lekebergs kommun och Hallsbergs kommun"
        return join_names([m.name for m in members], joint)
    return join_names(places, joint)


ENUMERATIONS = ("attributive", "genitive_last", "kommunerna", "each", "place")


def write_date(day: date, form: str) -> str:
    """A day as full (den 3 mars 2019), short (3 mars 2019), day (3 mars), numeric (3/3), month (mars 2019),
    iso, yearmonth (2019-03), monthday (03-03)."""
    month = MONTHS[day.month - 1]
    forms = {
        "full": f"den {day.day} {month} {day.year}",
        "short": f"{day.day} {month} {day.year}",
        "iso": day.isoformat(),
        "edtf": day.isoformat(),
        "yearmonth": day.isoformat()[:7],
        "monthday": day.isoformat()[5:],
        "day": f"{day.day} {month}",
        "numeric": f"{day.day}/{day.month}",
        "month": f"{month} {day.year}",
    }
    return forms[form]


def capitalise(text: str) -> str:
    """The text with its first letter in upper case and the rest as it is."""
    return text[:1].upper() + text[1:]


def pick_day(rng: random.Random, years: Sequence[int]) -> date:
    """A random day of these years."""
    return date(rng.choice(years), rng.randint(1, 12), rng.randint(1, 28))
