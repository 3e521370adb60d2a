"""Meetings: bookings, invitations, proposals and questions of time that both sides attend."""

from collections.abc import Sequence
from functools import lru_cache

from nlp.followups import lexicon as lex
from nlp.followups.clauses import Clause

_ASIDE = lex.words("många antal antalet vid inför efter före innan från sedan av på under")
_MINUTES = lex.words("""
    minnesanteckningar protokoll dagordning anteckningar underlag presentation tack mötesanteckningar bilder
    protokollet anteckningarna agenda minnesanteckningarna inspelning
""")
_PAST = lex.words("""
    var hade hölls blev gick diskuterades beslutades höll träffades sågs hördes ägde sade sa skrev kom besökte bjöd
    bestämdes behandlades pratade talade uppstod gjorde genomfördes lyftes framkom fick ställdes tog möttes hållits
    haft nämnde beslutade
""")
_COMING = lex.words("delta deltar medverka komma kommer välkomna välkommen bjuder kallas kallar")
_TIMES = lex.words("tid tider mötestid mötestider datum tidsförslag mötestillfällen tidpunkter")
_OFFERED = lex.words("förslag föreslår föreslagna tidsförslag alternativ möjliga kan bokat bokad")
_I_CAN = lex.words("jag vi kan eller och båda både gärna även också bäst antingen")
_SENT = lex.words("skickar skickas kommer sänds skicka får går")
_CALLING = lex.words("kallar kallas inbjuder inbjuds inbjudna kallad kallade inbjuden inbjudas")
_TOGETHER = lex.words("syns ses träffas mötas möts höras hörs sammanträffa synas ses.")
_SHORT = 7
_BY_WIRE = lex.words("telefon telefonen teams video länk")
_THEN = lex.words("då så ok okej")
_FITS = lex.words("passar passa funkar fungerar funka fungera")
_INVITES = lex.words("bjuder bjuds bjuda")
_BOOKS = lex.words("bokar bokat")
_WELCOMES = lex.words("välkomna välkommen")
_OPENS = lex.words("inviga inviger")
_FREE = lex.words("utrymme lucka tid timme halvtimme stund lucka möjlighet tillgänglig tillgängliga lediga")
_PROPOSES = lex.words("föreslår föreslå")
_VISITS = lex.words("träffa möta besöka besöker kommer komma visa visar")
_HELD = lex.words("äger hålls inplanerad inplanerat bokad bokat infaller inbokad inbokat nästa")
LOOKS = lex.words("titta tittar mäta mäter besiktiga besiktigar inspektera inventera fota syna hälsa hälsar")
INVITING = ("kallelse", "inbjudan")
_SUITS = lex.words("blir går funkar passar fungerar")
_WELL = lex.words("bra fint utmärkt perfekt toppen jättebra utmärkt")
_MEETS = _TOGETHER | lex.MEETING
HUNTS = lex.words("hitta finna få boka sätta bestämma")
_BEST = lex.words("bäst bra okej ok lämpligt lämplig möjlig möjligt ledig lediga bättre")
WORDS = (
    (
        _TIMES
        | _TOGETHER
        | _FITS
        | _INVITES
        | _CALLING
        | _BOOKS
        | _WELCOMES
        | _OPENS
        | _FREE
        | _PROPOSES
        | _VISITS
        | _HELD
        | LOOKS
        | _SUITS
        | _BY_WIRE
        | HUNTS
    )
    | _BEST
    | {"hur", "finns", "kan", "säger", "säga", "emot", "möts"}
)
"""One of these, a meeting's name or a move stands in every clause that sets up a meeting."""


@lru_cache(16_384)
def names_meeting(word: str) -> bool:
    """Whether a word is a meeting, by itself or by what it ends in."""
    if word in lex.MEETING or word.endswith(lex.MEETING_TAILS):
        return True
    return word.endswith(lex.MEETING_ENDINGS) and word not in lex.NO_MEETING


def meeting_noun(clause: Clause) -> int | None:
    """The position of a meeting that the clause is about, not one that is mentioned beside it."""
    for at, word in enumerate(clause.words):
        if names_meeting(word) and (clause.has(_COMING) or not _aside(clause.words, at)):
            return at
    return None


def _aside(words: Sequence[str], at: int) -> bool:
    before = words[max(0, at - 3) : at]
    if (
        "till" in before
        and not any(word.endswith(INVITING) for word in words[:at])
        and not _SETTING & set(words)
    ):
        return True
    if not _ASIDE.isdisjoint(before):
        return True
    return bool({"tack", "tackar"} & set(words[:at]))


_SETTING = lex.words(
    "bjuder bjuds bjuda kallar kallas inbjuder inbjuds bokat bokad bokar flyttas flyttat förslag föreslår sätter"
)


def is_past(clause: Clause) -> bool:
    """Told as something that has been."""
    if clause.has(_PAST) and not clause.has(("ska", "kommer", "blir", "nytt")):
        return True
    return clause.has(("tack", "tackar")) and not clause.has(lex.FUTURE)


def cancelled(clause: Clause) -> bool:
    """As in "Visningen är avbokad", "måste tyvärr ställa in"."""
    if not clause.has(lex.CANCELLED):
        return False
    if clause.has(("ställs", "ställa")):
        return "in" in clause.words
    return True


def moved(clause: Clause) -> bool:
    """As in "Mötet flyttas till den 11 maj"."""
    return clause.has(lex.MOVED)


def is_booking(clause: Clause) -> bool:
    """A meeting as subject or object of something that sets it up; or a line that only names it."""
    at = meeting_noun(clause)
    if at is None or is_past(clause) or clause.has(_MINUTES):
        return False
    if not any(token.finite for token in clause.tokens):
        return True
    return clause.has(lex.SET_UP)


def is_gathering(clause: Clause) -> bool:
    """As in "Vi ses på torsdag", "Kan vi träffas …": vi without another subject."""
    words = clause.words
    if {"tar", "ta"} & set(words) and _BY_WIRE & set(words) and "vi" in words and not is_past(clause):
        return True
    for at, word in enumerate(words):
        if word in _TOGETHER and not is_past(clause):
            around = words[max(0, at - 6) : at + 3]
            return (
                "vi" in around
                or at <= 1
                or {"att", "möjlighet"} <= set(around)
                or bool({"ni", "du"} & set(around))
            )
    return False


def is_visit(clause: Clause) -> bool:
    """As in "Vi hälsar gärna på hos er vecka 14", "kommer gärna ut till er"."""
    words = clause.bag
    if {"låta", "låter"} & words:
        return False
    if {"kan", "kunna"} & words and {"träffa", "möta", "besöka"} & words and {"er", "dig"} & words:
        return True
    if "kommer" in words and "på" in words and any(word.endswith("besök") for word in words):
        return True
    if "kommer" in words and _to_you(clause.words):
        return True
    return _we_visit(words) if "vi" in words or "jag" in words else False


def _we_visit(words: frozenset[str]) -> bool:
    """As in "Vi kommer gärna ut till er", "Jag visar lokalen": said by one who comes or receives."""
    if {"besöka", "besöker"} & words:
        return True
    if {"kommer", "komma"} & words and any(word.endswith("besök") for word in words):
        return True
    if {"träffa", "möta"} & words and lex.YOU & words:
        return True
    if {"ta", "tar"} & words and "emot" in words and lex.YOU & words:
        return True
    if {"komma", "kommer"} & words and LOOKS & words:
        return True
    if {"visa", "visar"} & words and any(word.startswith(("lokal", "fastighet", "hus")) for word in words):
        return True
    return bool(
        {"kommer", "komma"} & words and {"förbi", "ut", "upp", "ner", "över"} & words and lex.YOU & words
    )


def _to_you(words: Sequence[str]) -> bool:
    return any(words[i : i + 2] in _TO_YOU for i in range(len(words) - 1)) and "att" not in words


_TO_YOU = {("till", "er"), ("till", "dig"), ("hos", "er")}


def is_board(clause: Clause) -> bool:
    """As in "Nästa styrgrupp äger rum den 1 mars", "Dialogen är inplanerad till …"."""
    named = any(word.endswith(_BOARDS) for word in clause.words)
    return named and clause.has(_HELD) and not clause.has(lex.HABITS) and not is_past(clause)


_BOARDS = ("styrgrupp", "styrgruppen", "projektgrupp", "referensgrupp", "arbetsgrupp", "dialog", "dialogen", "råd", "samtal",
           "samtalet", "forum", "konferens", "temadag", "nätverk")  # fmt: skip


def is_inauguration(clause: Clause) -> bool:
    """As in "Kommunalrådet kan inviga den 5 april"."""
    return bool(_OPENS & clause.bag) and clause.has(("kan", "kunna"))


def is_invitation(clause: Clause) -> bool:
    """As in "Välkomna den 5 maj", "vi bjuder in er", "härmed kallas ni"."""
    words = clause.bag
    if _INVITES & words and "in" in words:
        return True
    called = any(word.endswith(INVITING) for word in words)
    if called and _SENT & words:
        return False
    if called or _CALLING & words or (_BOOKS & words and _in_calendar(words)):
        return True
    return bool(_WELCOMES & set(clause.words[:4])) and not {"höra", "kontakta", "återkomma", "ringa"} & words


def _in_calendar(words: frozenset[str]) -> bool:
    """As in "bokar oss", "har bokat in er"."""
    return "oss" in words or ("in" in words and bool({"er", "dig"} & words))


def is_agreed(clause: Clause) -> bool:
    """As in "Då säger vi torsdag kl. 10", "Ska vi säga torsdag?"."""
    if {"ska", "vi", "säga"} <= set(clause.words[:4]):
        return True
    if clause.tokens[0].dated and clause.has(_SUITS) and clause.has(_WELL):
        return True
    return "säger" in clause.words and "vi" in clause.words and bool(_THEN & set(clause.words[:3]))


def asks_time(clause: Clause, *, question: bool) -> bool:
    """As in "Passar tisdag?", "Hur ser det ut för er den 5 maj?", "Har ni tid på tisdag?"."""
    words = clause.bag
    if (
        _FITS & words
        and clause.kind != "relative"
        and not {"inte", "om"} & words
        and (question or (clause.kind == "main" and {"skulle", "kanske", "bra", "bäst"} & words))
    ):
        return True
    if not question:
        return False
    if clause.words[:2] == ("går", "det") and len(clause.words) <= _SHORT:
        return "att" not in words or _gathers(clause)
    if clause.words[0] in _IS and clause.tokens[1:2] and clause.tokens[1].dated and _BEST & words:
        return True
    if {"hur", "ser", "ut"} <= words or (
        "finns" in words
        and ({"tid", "lucka", "utrymme"} & words or ("möjlighet" in words and _MEETS & words))
    ):
        return True
    if _FREE & words and {"har", "är"} & words:
        return not words.isdisjoint(lex.SECOND) and (
            "att" not in words or _gathers(clause) or "möjlighet" not in words
        )
    return False


def _gathers(clause: Clause) -> bool:
    """Whether what is possible is to come together."""
    return bool(_COME & clause.bag) or any(names_meeting(word) for word in clause.words)


_IS = frozenset({"är", "vore"})
_COME = _TOGETHER | lex.words("komma delta besöka medverka närvara boka vara prata tala ringa titta visa ta")


def proposes_time(clause: Clause) -> bool:
    """As in "Vi föreslår tisdag den 4 maj kl. 10", "Förslag på tider: …"."""
    words = clause.bag
    if _TIMES & words:
        return bool(_OFFERED & words)
    if "kan" in words and {word for word in words if word[:1].isalnum()} <= _I_CAN:
        return True
    verb = _PROPOSES & words
    return (
        bool(verb)
        and all(t.dated or len(t.text) < 12 for t in clause.tokens)
        and len([t for t in clause.tokens if t.word and not t.dated]) <= 5
    )
