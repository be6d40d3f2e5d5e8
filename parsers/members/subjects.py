"""Whether a phrase leaves its subject open, so that it can be the body that the section is about, or speaks of something else."""

import re

# "Styrelsen består av", "Verksamheten finansieras av": an organ or the work of a body stands for the body itself.
OWN_NOUNS = (
    r"(?:förbunds)?direktion(?:en)?|styrelse[nr]?|verksamhet(?:en)?|kansli(?:et)?|organisation(?:en)?|arbete[t]?|satsning(?:en)?|projekt(?:et|en)?"
    r"|insatser(?:na)?|medlem(?:mar(?:na)?)?|parter(?:na)?|ägare|ledamöter(?:na)?|presidi(?:um|et)|ledningsgrupp(?:en)?|styrgrupp(?:en)?|samverkan"
    r"|samarbete[t]?|partnerskap(?:et)?|majoriteten|huvudmän(?:nen)?|medlemskommuner(?:na)?"
)
# Words that come before the verb and name nothing.
FILLERS = (
    r"det|den|de|detta|här|där|idag|nu|numera|sedan|också|även|dels|som|och|samt|tillsammans|gemensamt|vi|våra|vår|vårt|har"
    r"|är|alla|samtliga|ordinarie|politiska|gemensamma|regionala|lokala|nya|många|flera|totalt|dessutom|dag|år|i|för|av|till|med"
    r"|från|en|ett|oss|medlemskommunernas|under|egen|it|they|the|our|is|are|association|network|office|council|project"
)
OPEN = re.compile(rf"[\s,.:;()–—•*\"”-]*(?:(?:{OWN_NOUNS}|{FILLERS}|\d+)\b[\s,.:;()–—•*\"”-]*)*", re.I)
# "ett hus som ägs av", "från ett bolag som ägs av": what is new in the sentence; not "BODY är ett bolag som ägs av"
SOMETHING_WHICH = re.compile(r"(?<!är )(?<!\w)(?:ett|en|några|flera)\s(?:[a-zåäö]+\s)?[a-zåäö]+,?\s(?:som|vilket|vilka)\s$", re.I)
# "I skolans styrgrupp ingår": the phrase says itself in what
INTO_OTHER = re.compile(
    rf"(?:^|[.,;]\s)(?:i|till|på)\s(?!(?:{OWN_NOUNS}|dag|år|rådet|nämnden|nätverket|förbundet|gruppen|kommittén|föreningen|bolaget)\b)(?:[a-zåäö]+\s){{1,3}}$",
    re.I,
)


def leaves_subject_open(before: str) -> bool:
    """Whether the words before a verb name nothing that could be its subject: "", "Idag", "Styrelsen"; not "Marken", "Juryn"."""
    return OPEN.fullmatch(before) is not None


def speaks_of_other(before: str) -> bool:
    """Whether the words before a phrase give it something else to speak of: "ett hus som", "I skolans styrgrupp"."""
    return SOMETHING_WHICH.search(before) is not None or INTO_OTHER.search(before) is not None
