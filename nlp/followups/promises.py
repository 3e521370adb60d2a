"""What the sender takes on, or the sender's organisation in the third person."""

from nlp.followups import lexicon as lex
from nlp.followups.clauses import Clause
from nlp.followups.context import Context, Finding
from nlp.followups.questions import asks_leave
from nlp.followups.tenses import (
    active,
    at_next_meeting,
    blocked,
    future,
    gives_account,
    pledged_thing,
    time_clause_follows,
)
from nlp.followups.verbs import VERBS, VerbForm

# Verbs of which the bare present tense promises: "jag återkommer", "vi kollar det".
_OPEN = lex.words("""
    återkomma återkoppla höra ringa kolla undersöka se ordna fixa ta ställa sammanställa utreda titta kika lösa låta
    ombesörja dubbelkolla kontrollera fråga efterhöra säkerställa tillse stämma reda sköta plocka leta rådgöra skriva
    lyfta föra räkna slå prata tala
""")
# "Jag uppdaterar kallelsen": promised by the bare present alone, "vi behöver uppdatera" says nothing.
_AT_ONCE = lex.words("uppdatera justera rätta korrigera omboka bevaka beställa förbereda dubbelchecka")
# Verbs that do in a letter what they say: "vi bekräftar", "jag meddelar att".
_SAYING = lex.words(
    "meddela informera bekräfta kontakta skriva mejla maila svara tillskriva påminna lova begära yttra"
)
_CHAINED = frozenset(
    {"kommer", "avser", "planerar", "räknar", "hoppas", "lovar", "åtar", "siktar", "tänker", "ämnar"}
)
_DOUBTFUL = lex.DOUBTS | {"hoppas", "försöker", "kan"}
_AIMED = _CHAINED | {"ska", "lovar"}
_ACTING = lex.FIRST | lex.SECOND | lex.THIRD_PRONOUNS
_ATTENDING = frozenset({"delta", "medverka"})
_BEGGING = frozenset({"begära", "ansöka"})
_ASSURED = lex.words("självklart naturligtvis givetvis")
_NO_OBJECT = lex.SUBJECTS | {""}
_MOST_LEFT_OUT = 2
_SHORT_NOTE = 7
# "Bokar sessionssalen.", "Kollar med tekniska": what a hurried writer goes and does.
_NOTED = lex.words(
    "boka kolla dubbelkolla ordna fixa fråga lyfta stämma rätta beställa undersöka uppdatera jaga rota greja"
)
SHALL = lex.words("ska skall tänker tänkte lovar försöker hoppas")
_TELLING = lex.REPORTED | {"innebär", "betyder", "medför", "gör", "står", "framgår"}


def own(context: Context) -> Finding | None:
    """The sender as subject: "Vi återkommer …", "Kommunen lämnar …", and without subject "Hör av mig …"."""
    if context.role != "sender" or blocked(context) or _spoken_of(context):
        return None
    found = _deeds(context)
    if not found:
        return pledged_thing(context, "sender") or _unlisted(context)
    if all(form.lemma in _BEGGING for form in found):
        return None
    if context.dated and _own_business(context, found):
        return None
    if gives_account(found) and context.dated and not context.who.known:
        return Finding("deadline", context.obligor("sender"), "followup.deadline.report", 0.85)
    undated = any(_stands_alone(context, form) for form in found) and not _performing(context, found)
    sure = 0.9 if context.dated else 0.75
    doubt = 0.15 if context.clause.bag & _DOUBTFUL else 0.0
    return Finding("commitment", context.obligor("sender"), _own_rule(context), sure - doubt, undated)


def _spoken_of(context: Context) -> bool:
    """Not promised but asked, offered, explained or said in passing."""
    kind = context.clause.kind
    if kind in {"condition", "time", "question"} or asks_leave(context):
        return True
    if kind == "relative" and not (context.dated and context.clause.has(lex.FIRST)):
        return True
    if context.has("lovade") and not context.dated:
        return True  # "Jag lovade att återkomma om lokalen": and does so now
    # "Vill du att jag tar kontakt?" offers.
    return kind == "that" and (context.question or _explains(context))


def _deeds(context: Context) -> list[VerbForm]:
    """The verbs of the clause that promise something to somebody."""
    found = [
        form
        for at, form in active(context)
        if future(context, at, form) and not _only_moves(context, form) and form.frame != "meet"
    ]
    if context.clause.has(lex.FIRST):
        return found
    if context.has("myndigheten", "servicecenter") and context.beside(("kommer",), ("att",)) is not None:
        return found
    # A board that decides on a day keeps its own calendar.
    return [form for form in found if form.lemma not in lex.DECIDING]


def _only_moves(context: Context, form: VerbForm) -> bool:
    """Nobody gets anything, as in "Jag deltar i mötet", "Jag kommer in på kontoret på onsdag"."""
    comes = form.lemma == "komma" and (form.frame == "deliver") is not _brings(context)
    if form.lemma == "ta" and context.has("tag"):
        return True  # "Efter påsk tar vi nya tag"
    if context.has("själva", "själv") and not context.clause.has(lex.YOU):
        return True  # "Lunch ordnar vi själva"
    welcomes = form.lemma == "ta" and context.has("emot") and not context.dated
    return form.lemma in _ATTENDING or comes or welcomes


def _brings(context: Context) -> bool:
    """As in "Vi kommer med ett förslag vecka 30", not "Jag kommer med tåget"."""
    at = next((i for i, word in enumerate(context.words) if word == "med"), None)
    if at is None or not context.has("kommer", "komma"):
        return False
    thing = context.words[at + 1 : at + 2]
    return bool(thing and thing[0]) and thing[0] not in _CARRIERS


_CARRIERS = (
    lex.words(
        "tåg tåget buss bussen bil bilen flyg flyget båt båten cykel oss er dig mig honom henne dem på till i post posten två tre fyra fem sex flera"
    )
    | lex.SUBJECTS
    | lex.OUR
)


def _own_business(context: Context, found: list[VerbForm]) -> bool:
    """As in "Under sommaren byter vi tak": a plan for a season that is nobody's in particular."""
    acts = all(form.frame == "act" and form.lemma not in _OPEN for form in found)
    afar = all(mention.grain in {"season", "half", "year", "quarter"} for mention in context.dates)
    return acts and afar and not context.clause.has(lex.YOU) and not context.clause.names(lex.DELIVERABLES)


def _own_rule(context: Context) -> str:
    first = context.clause.has(lex.FIRST) or context.clause.coordinated or context.clause.words[0] in VERBS
    return "followup.promise.first-person" if first else "followup.promise.own-organisation"


def _performing(context: Context, found: list[VerbForm]) -> bool:
    """As in "Vi vill informera om att …", "Jag får meddela …": said is done."""
    later = (
        context.vague
        or context.has("kommer", "så", "när")
        or time_clause_follows(context)
        or _goes_on(context)
    )
    return not later and all(form.lemma in _SAYING for form in found)


def _stands_alone(context: Context, form: VerbForm) -> bool:
    """Whether the promise is one without a day."""
    if context.has("vill") and not context.vague:
        return False  # "Vi vill återkomma med några frågor": and does so now
    if at_next_meeting(context) or _thing_first(context, form):
        return True
    later = context.vague or time_clause_follows(context)
    if form.lemma == "kalla":
        return later
    if form.frame == "contact":
        return form.lemma in _OPEN or _goes_on(context) or later or context.has("kommer", "ska", "lovar")
    pledged = context.has("lovar", "åtar", "lovat") or (
        context.has("ska", "kommer")
        and (context.clause.has(lex.YOU) or context.clause.names(lex.DELIVERABLES))
    )
    mine = context.has("jag", "vi") and not context.has("på", "kan")
    if form.lemma in _AT_ONCE and form.tense == "present" and context.has("jag"):
        return True
    if form.frame == "deliver":
        return (
            later or pledged or (form.lemma in _OPEN and mine) or _goes_on(context) or context.has(*_ASSURED)
        )
    return (form.lemma in _OPEN and form.frame == "act" and (mine or context.has("ska", "kommer"))) or (
        later and form.frame == "act" and context.clause.has(lex.YOU)
    )


def _thing_first(context: Context, form: VerbForm) -> bool:
    """As in "Portkoden skickar jag", "Golvet lagar vi": the thing stands first, and its verb before the writer."""
    if (
        form.tense != "present"
        or context.clause.lead
        or context.index
        or context.vague
        or context.has("vidare")
    ):
        return False
    at = next((i for i, word in enumerate(context.words) if word in lex.FIRST), 0)
    named = at > 1 and any(known == form for known in context.clause.tokens[at - 1].forms)
    first = context.clause.tokens[0]
    noun = first.word and first.lower.endswith(_DEFINITE) and not (first.finite or first.dated)
    return named and noun and first.lower not in _NO_THINGS


_DEFINITE = ("en", "et", "na", "an", "erna")
_NO_THINGS = lex.words("även sedan därefter dessutom ofta redan innan egentligen igen förutom annars gärna")


def _goes_on(context: Context) -> bool:
    """As in "Jag räknar på det och skickar ett pris": what is done first is still to be done."""
    before = context.clauses[context.index - 1] if context.index else None
    if before is None or not context.clause.coordinated or before.kind != "main":
        return False
    return before.has(lex.FIRST) and _has_deed(before)


def _has_deed(clause: Clause) -> bool:
    forms = [form for token in clause.tokens for form in token.forms if form.lemma != token.lower]
    return any(f.tense == "present" and f.frame == "act" for f in forms) and not clause.has(lex.PERFORMED)


def _unlisted(context: Context) -> Finding | None:
    """A verb that no table knows, promised to the other side for a day: "vi ska visa er lokalen på fredag"."""
    if context.vague and not context.question and context.clause.has(_TURNED) and _turns_to(context):
        return Finding(
            "commitment", context.obligor("sender"), "followup.promise.unlisted-verb", 0.55, undated=True
        )
    return _aimed(context)


_TURNED = frozenset({"kommer", "ska", "avser"})


def _turns_to(context: Context) -> bool:
    """As in "Förvaltningen kommer inom kort att remittera förslaget"."""
    words = context.words
    at = next(i for i, word in enumerate(words) if word in _TURNED)
    after = words.index("att", at) if "att" in words[at:] else at
    return any(word.endswith("a") and len(word) > 4 for word in words[after + 1 : after + 3])


def _aimed(context: Context) -> Finding | None:
    """As in "Vi ska visa er lokalen på fredag"."""
    aimed = context.clause.has(("er", "dig")) and context.clause.has(_AIMED)
    if aimed and context.dated and not context.clause.has(lex.OTHER_FINITE - lex.FUTURE):
        return Finding("commitment", context.obligor("sender"), "followup.promise.unlisted-verb", 0.6)
    return None


def subjectless(context: Context) -> Finding | None:
    """As in "Återkommer i nästa vecka", "Ringer dig i morgon": the writer left out jag."""
    if context.role is not None or blocked(context) or (context.index and not _none_acts(context)):
        return None
    first = next((i for i, token in enumerate(context.clause.tokens) if token.word and not token.dated), None)
    if first is not None and context.words[first] == context.clause.lead:
        first += 1
    if first is None or first > _MOST_LEFT_OUT or first >= len(context.words):
        return None
    if context.words[first] in SHALL:
        return _shall(context, first)
    forms = [
        f
        for at, f in active(context)
        if at == first and f.tense == "present" and f.lemma != context.words[at]
    ]
    if context.words[first] in {"tar", "mottar"} and context.has("emot", "gärna"):
        return None  # "Tar gärna emot hjälp på torsdag": asks for it
    if not forms or any(f.frame == "meet" or f.lemma in {"bekräfta", "informera"} for f in forms):
        return None
    if not context.dated and context.has("angående", "gällande", "avseende", "ang", "på", "kring", "rörande"):
        return None  # "Återkopplar angående din fråga": and does so now
    if context.dated and all(mention.grain == "year" for mention in context.dates):
        return None  # "Översänder utkast för budgetåret 2022"
    undated = forms[0].lemma in {"återkomma", "återkoppla"} or (
        forms[0].lemma == "höra" and context.has("mig")
    )
    undated = undated or (first == 0 and len(context.words) <= _SHORT_NOTE and forms[0].lemma in _NOTED)
    return Finding("commitment", context.obligor("sender"), "followup.promise.elliptic", 0.8, undated)


def _none_acts(context: Context) -> bool:
    """As in "Kan inte svara nu, mejlar på onsdag": no clause before has a subject."""
    before = context.clauses[: context.index]
    unsaid = not any(clause.has(_ACTING) for clause in before) and context.role_before is None
    runs_on = context.clause.coordinated or (not context.clause.lead and context.clause.tokens[0].finite)
    return unsaid and runs_on and before[0].tokens[0].finite


def _shall(context: Context, at: int) -> Finding | None:
    """As in "Ska höra med tekniska och återkomma i morgon"."""
    found = [form for i, form in active(context) if i > at and form.tense == "infinitive"]
    if not found or context.question or context.words[at + 1] in _NO_OBJECT:
        return None
    undated = any(form.lemma in _OPEN for form in found)
    return Finding("commitment", context.obligor("sender"), "followup.promise.elliptic", 0.75, undated)


def _explains(context: Context) -> bool:
    """As in "Det innebär att vi ska se över …"."""
    before = context.clauses[context.index - 1] if context.index else None
    if before is None:
        return False
    # "Avtalet behövs senast i maj för att vi ska kunna betala": what it is for.
    return before.words[-1:] in {("för",), ("så",)} or before.has(_TELLING)
