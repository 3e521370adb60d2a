"""What the sender lacks and the recipients have: "vi behöver …", "vi emotser …", "tacksam för …"."""

from nlp.followups import lexicon as lex
from nlp.followups.context import Context, Finding
from nlp.followups.requests import request
from nlp.followups.verbs import VERBS

GET = lex.words("få fått ha veta se höra be behöva")
_WAIT = lex.words(
    "emotser emotses önskas efterfrågas inväntar motses emotse efterfrågar efterlyser avvaktar väntar"
)
_INFORMED = lex.words("informerad informerade underrättad underrättade uppdaterad uppdaterade")
_WANTED = lex.DELIVERABLES | lex.YOU | {"få", "ha", "veta"}
GRATEFUL = lex.THANKS | {"uppskattar", "tack"}
_ELLIPTIC = lex.words("behöver önskar saknar emotser inväntar väntar efterfrågar")

WORDS = _WAIT | _INFORMED | lex.words("ser hoppas räknar väntar vill behöver önskar saknar behövs krävs")
"""One of these stands in whatever `need` answers to."""


def asks_to_get(context: Context) -> Finding | None:
    """As in "Kan vi få ritningarna …", "Vi skulle vilja ha …", "Får jag be om …", "När kan vi räkna med …"."""
    part = {"ta", "del", "av"} <= context.clause.bag
    if context.role != "sender" or context.negated or not (part or context.has(*GET, "räkna", "förvänta")):
        return None
    before = context.clauses[context.index - 1] if context.index else None
    if context.conditional and not (context.question or context.dated):
        return None
    if context.has("ha", "få") and context.has("fått", "hunnit", "tagit"):
        return None  # "Jag räknar med att ha fått fram uppgifterna"
    if context.clause.kind == "that" and before is not None and before.has(lex.REPORTED):
        return None  # "Hon sa att jag skulle få ett intyg": told of, not asked for
    if context.beside(("med",), ("er", "dig")) is not None and "ha" in context.words:
        return None  # "vi skulle gärna ha med er" invites
    wish = context.has(
        "skulle", "vill", "önskar", "hoppas", "behöver", "tacksamma", "räknar", "måste", "begär"
    )
    can = context.beside(("kan", "får", "kunde"), lex.FIRST) is not None
    if not (wish or (can and context.question)) or context.has("meddela", "informera", "återkomma", "träffa"):
        return None
    wanted = (
        context.clause.names(lex.DELIVERABLES)
        or context.clause.has(lex.YOU)
        or context.has("in", "del", "veta", "tillbaka", "åter")
        or context.beside(("vilja",), ("ha", "få")) is not None
    )
    if not wanted:
        return None
    return request(
        context,
        "need",
        0.85 if context.dated else 0.7,
        undated=context.question
        or part
        or context.has(
            "in", "senast", "skulle", "veta", "be", "gärna", "tillbaka", "besked", "svar", *lex.YOU
        ),
    )


def need(context: Context) -> Finding | None:
    """As in "Vi behöver ert underlag i maj", "Vi emotser ert svar inom …", "Underlaget behövs senast …"."""
    if context.negated or (context.conditional and not context.dated):
        return None
    ours = context.has("ert", "er", "era", "din", "ditt", "in", "dig")
    if {"fram", "emot", "ser"} <= context.clause.bag or {"fram", "mot", "ser"} <= context.clause.bag:
        hoped = context.dated and context.clause.names(lex.DELIVERABLES)
        return request(context, "await", 0.8) if hoped else None
    if context.role == "sender" and context.has("bli", "hållas", "vara") and context.clause.has(_INFORMED):
        wished = context.has("önskar", "vill", "behöver", "skulle")
        return request(context, "need", 0.65, undated=True) if wished else None
    sender = context.role == "sender" or (context.role is None and context.words[0] in _ELLIPTIC)
    sender = sender or context.has("emotser")  # who waits for an answer in a letter is its writer
    if sender and context.clause.names(lex.DELIVERABLES) and _looks_for(context):
        return request(context, "await", 0.8, undated=ours)
    wishes = {"ser", "gärna"} <= context.clause.bag or {"vill", "gärna", "ha"} <= context.clause.bag
    if sender and wishes and context.dated and context.clause.names(lex.DELIVERABLES):
        return request(context, "need", 0.8)
    if context.clause.has(_WAIT):
        passive = context.has("önskas", "emotses", "efterfrågas", "motses")
        if (sender or passive) and (context.clause.names(lex.DELIVERABLES) or ours):
            firm = ours or passive or context.has("emotser", "efterlyser", "efterfrågar")
            return request(context, "await", 0.85, undated=firm)
        return request(context, "await", 0.8) if passive and _last_day(context) else None
    if sender and context.has("behöver", "önskar", "saknar"):
        return _needs_thing(context, ours=ours)
    if context.has("behövs", "krävs") and context.clause.names(lex.DELIVERABLES):
        return request(context, "need", 0.75)
    return None


def _last_day(context: Context) -> bool:
    return any(mention.mod in {"BEFORE", "ON_OR_BEFORE"} for mention in context.dates)


def _looks_for(context: Context) -> bool:
    """As in "hoppas på svar", "räknar med ert besked"."""
    words = context.words
    heads = {("hoppas", "på"), ("räknar", "med"), ("väntar", "på")}
    plain = [word for word in words if word not in {"därför", "alltså", "nu", "också", "dock"}]
    return any(tuple(plain[i : i + 2]) in heads and plain[i + 2] != "att" for i in range(len(plain) - 2))


def _needs_thing(context: Context, *, ours: bool) -> Finding | None:
    words = context.words
    at = next(i for i, w in enumerate(words) if w in {"behöver", "önskar", "saknar"})
    following = [
        w
        for w in words[at + 1 : at + 5]
        if w and w not in {"nu", "också", "därför", "även", "vi", "jag", "snarast"}
    ]
    if not following or (
        following[0] in {"mer", "inte", "längre", "tid"} and not context.clause.names(lex.DELIVERABLES)
    ):
        return None
    if following[0] in {"er", "dig"} and not context.clause.names(lex.DELIVERABLES):
        return None
    infinitive = any(f.tense == "infinitive" for f in VERBS.get(following[0], ())) or following[0].endswith(
        "a"
    )
    thing = following[0] not in {"vara", "göra"} and not (infinitive and following[0] not in _WANTED)
    if not thing:
        return None
    deliverable = context.clause.names(lex.DELIVERABLES) or ours
    undated = (
        deliverable and (ours or context.vague or words[at] in {"saknar", "behöver"})
    ) or "veta" in words
    return request(context, "need", 0.85 if deliverable else 0.65, undated=undated)


_YOU_OR_GET = lex.SECOND | {"få", "får"}
_COULD = {
    ("kommunen", "kunde"),
    ("myndigheten", "kunde"),
    ("kommunen", "kan"),
    ("myndigheten", "kan"),
    ("någon", "kunde"),
}


def _would_be_good(context: Context) -> bool:
    """As in "Hade varit värdefullt att få era tankar": in one clause with what is asked for."""
    words = context.words
    if not _WOULD.isdisjoint(words[:4]) and context.beside(("bra", "fint", "toppen"), ("med",)) is not None:
        return context.clause.names(lex.DELIVERABLES)
    opened = not _WOULD.isdisjoint(words[:6]) and "att" in words
    return (
        opened
        and context.has("få", "ha")
        and (context.clause.has(lex.YOU) or context.clause.names(lex.DELIVERABLES))
    )


_WOULD = lex.words("vore hade skulle är")


def _wishes_so(context: Context) -> bool:
    """As in "Det vore bra att ni …", "Vi uppskattar att ni …"; "Fint att ni vill komma" is pleased."""
    return context.clause.has(_WOULD - {"är"}) or (
        context.clause.has(_ASKING_SO) and "tack" not in context.words
    )


_ASKING_SO = lex.words("uppskatta uppskattar uppskattas tacksam tacksamma tacksamt")


def thanks(context: Context) -> Finding | None:
    """As in "Tacksam för svar senast …", "Vi vore tacksamma om ni …", "Det vore bra om ni kunde …"."""
    if context.negated or not context.clause.has(GRATEFUL):
        return None
    following = context.clauses[context.index + 1] if context.index + 1 < len(context.clauses) else None
    asked = (
        following is not None
        and following.lead in {"om", "att", "ifall"}
        and (following.has(_YOU_OR_GET) or following.words[1:3] in _COULD)
    )
    told = following is not None and any(f.tense == "past" for t in following.tokens for f in t.forms)
    if (
        asked
        and following is not None
        and (not told or following.has(("kunde", "ville")))
        and (following.lead != "att" or _wishes_so(context))
    ):
        return request(context, "thanks", 0.85, undated=True, whole=True)
    if _would_be_good(context):
        return request(context, "thanks", 0.8, undated=True)
    hopeful = context.has("uppskatta", "tacksam", "tacksamma", "tacksamt", "uppskattar", "uppskattas")
    if (
        hopeful
        and context.clause.names(lex.DELIVERABLES)
        and context.has("uppskatta", "för", "uppskattas", "uppskattar", "tacksamt")
    ):
        return request(context, "thanks", 0.9, undated=True)
    if (
        context.has("tack")
        and context.has("senast", "före", "innan", "snarast")
        and context.clause.names(lex.DELIVERABLES)
    ):
        return request(context, "thanks", 0.7)
    return None
