"""What somebody takes on: the sender, the sender's organisation, a named other; and what is due by its nature."""

from collections.abc import Sequence

from nlp.followups import lexicon as lex
from nlp.followups.actors import Role, given_names, noun_role
from nlp.followups.clauses import Clause
from nlp.followups.context import Context, Finding
from nlp.followups.verbs import VERBS, VerbForm
from nlp.model import DateMention

# Verbs of which the bare present tense promises: "jag återkommer", "vi kollar det".
_OPEN = lex.words("""
    återkomma återkoppla höra ringa kolla undersöka se ordna fixa ta ställa sammanställa utreda titta kika lösa låta
    ombesörja dubbelkolla kontrollera fråga efterhöra säkerställa tillse stämma reda sköta plocka leta rådgöra skriva
    lyfta föra räkna slå prata tala
""")
# Verbs that do in a letter what they say: "vi bekräftar", "jag meddelar att".
_SAYING = lex.words(
    "meddela informera bekräfta kontakta skriva mejla maila svara tillskriva påminna lova begära yttra"
)
_TO_US = lex.words("skicka sända översända lämna ge presentera inkomma tillsända delge återkoppla leverera")
_CHAINED = frozenset(
    {"kommer", "avser", "planerar", "räknar", "hoppas", "lovar", "åtar", "siktar", "tänker", "ämnar"}
)
_PAST_AUXILIARY = lex.words("skulle kunde hade ville borde hann fick tänkte")
_ENGAGED = (
    "arkitekten", "entreprenören", "konsulten", "projektören", "leverantören", "elektrikern", "snickaren",
    "byggaren", "målaren", "hantverkaren", "mäklaren", "ingenjören", "installatören", "ledaren", "samordnaren",
)  # fmt: skip
INTENDED = lex.words("avser planerar kommer räknar siktar hoppas")
_POINTING_AHEAD = lex.FUTURE | lex.PLEDGED | lex.INTENTIONS
_DOUBTFUL = lex.DOUBTS | {"hoppas", "försöker", "kan"}
_AIMED = _CHAINED | {"ska", "lovar"}
_ACTING = lex.FIRST | lex.SECOND | lex.THIRD_PRONOUNS
_HANDED = lex.DELIVERABLES | {"svar", "förfrågan"}
_SITTINGS = ("möte", "sammanträde")
_ATTENDING = frozenset({"delta", "medverka"})


def _active(context: Context) -> list[tuple[int, VerbForm]]:
    return [
        (at, form)
        for at, form in context.verbs()
        if form.tense in {"present", "infinitive"} or _completed(context, at, form)
    ]


def _completed(context: Context, at: int, form: VerbForm) -> bool:
    """As in "Ska vi ha åtgärdat": done by then."""
    return form.tense == "supine" and "ha" in context.words[:at] and context.has("ska", "kommer", "räknar")


def _future(context: Context, at: int, form: VerbForm) -> bool:
    """Present tense, or an infinitive under an auxiliary that points ahead."""
    before = set(context.words[:at])
    if form.tense == "present" and form.lemma != context.words[at]:
        return "har" not in before or bool(before & lex.PLEDGED) or "som" in before
    words = context.clause.bag
    return bool(words & _POINTING_AHEAD) or form.lemma.endswith("s")


def _blocked(context: Context) -> bool:
    """Negated, conditional, doubtful, habitual, told of the past or done by this very letter."""
    words = context.clause.bag
    if context.negated or context.conditional or words & lex.HABITS:
        return True
    if words & _PAST_AUXILIARY and not context.question:
        return True
    if words & lex.DOUBTS and not context.dated:
        return True
    return not context.dated and bool(_performed(context))


def _performed(context: Context) -> bool:
    """Done by this very letter; "det här" points at something."""
    said = [word for word in context.words if word in lex.PERFORMED]
    pointing = context.beside(("det", "den", "de"), ("här",)) is not None
    return len(said) > pointing


def own(context: Context) -> Finding | None:
    """The sender as subject: "Vi återkommer …", "Kommunen lämnar …", and without subject "Hör av mig …"."""
    if (
        context.role != "sender"
        or _blocked(context)
        or context.clause.kind in {"condition", "time", "question"}
    ):
        return None
    if context.question and context.words[:2] in _MAY_I:
        return None
    if context.clause.kind == "relative" and not (context.dated and context.clause.has(lex.FIRST)):
        return None
    if context.has("lovade") and not context.dated:
        return None  # "Jag lovade att återkomma om lokalen": and does so now
    if context.clause.kind == "that" and _explains(context):
        return None
    if context.question and context.clause.kind == "that":
        return None  # "Vill du att jag tar kontakt?" offers
    found = [
        form
        for at, form in _active(context)
        if _future(context, at, form) and not _only_moves(context, form) and form.frame != "meet"
    ]
    if not context.clause.has(lex.FIRST):
        # A board that decides on a day keeps its own calendar.
        found = [form for form in found if form.lemma not in lex.DECIDING]
    if found and all(form.lemma in _BEGGING for form in found):
        return None
    if not found:
        return _pledged_thing(context, "sender") or _unlisted(context)
    if context.dated and _own_business(context, found):
        return None
    if _gives_account(found) and context.dated and not context.who.known:
        return Finding("deadline", context.obligor("sender"), "followup.deadline.report", 0.85)
    undated = any(_stands_alone(context, form) for form in found) and not _performing(context, found)
    sure = 0.9 if context.dated else 0.75
    doubt = 0.15 if context.clause.bag & _DOUBTFUL else 0.0
    return Finding("commitment", context.obligor("sender"), _own_rule(context), sure - doubt, undated)


_BEGGING = frozenset({"begära", "ansöka"})
_MAY_I = {(may, who) for may in ("får", "kan", "kunde") for who in ("jag", "vi")}


def _only_moves(context: Context, form: VerbForm) -> bool:
    """Nobody gets anything, as in "Jag deltar i mötet", "Jag kommer in på kontoret på onsdag"."""
    comes = form.lemma == "komma" and not context.has("med")
    if form.lemma == "ta" and context.has("tag"):
        return True  # "Efter påsk tar vi nya tag"
    if context.has("själva", "själv") and not context.clause.has(lex.YOU):
        return True  # "Lunch ordnar vi själva"
    welcomes = form.lemma == "ta" and context.has("emot") and not context.dated
    return form.lemma in _ATTENDING or comes or welcomes


def _own_business(context: Context, found: list[VerbForm]) -> bool:
    """As in "Under sommaren byter vi tak": a plan for a season that is nobody's in particular."""
    acts = all(form.frame == "act" and form.lemma not in _OPEN for form in found)
    afar = all(mention.grain in {"season", "half", "year", "quarter"} for mention in context.dates)
    return acts and afar and not context.clause.has(lex.YOU) and not context.clause.names(lex.DELIVERABLES)


def _gives_account(found: list[VerbForm]) -> bool:
    return any(form.frame == "report" and form.lemma not in lex.DECIDING for form in found)


def _own_rule(context: Context) -> str:
    first = context.clause.has(lex.FIRST) or context.clause.coordinated or context.clause.words[0] in VERBS
    return "followup.promise.first-person" if first else "followup.promise.own-organisation"


def _performing(context: Context, found: list[VerbForm]) -> bool:
    """As in "Vi vill informera om att …", "Jag får meddela …": said is done."""
    later = context.vague or context.has("kommer", "så", "när") or time_clause_follows(context) or _goes_on(context)
    return not later and all(form.lemma in _SAYING for form in found)


def _stands_alone(context: Context, form: VerbForm) -> bool:
    """Whether the promise is one without a day."""
    if context.has("vill") and not context.vague:
        return False  # "Vi vill återkomma med några frågor": and does so now
    if _at_next_meeting(context):
        return True
    later = context.vague or time_clause_follows(context)
    if form.lemma == "kalla":
        return later
    if form.frame == "contact":
        return form.lemma in _OPEN or _goes_on(context) or later or context.has("kommer", "ska", "lovar")
    pledged = context.has("lovar", "åtar", "lovat") or (
        context.has("ska", "kommer") and (context.clause.has(lex.YOU) or context.clause.names(lex.DELIVERABLES))
    )
    mine = context.has("jag", "vi") and not context.has("på", "kan")
    if form.frame == "deliver":
        return later or pledged or (form.lemma in _OPEN and mine) or _goes_on(context) or context.has(*_ASSURED)
    return (form.lemma in _OPEN and form.frame == "act" and (mine or context.has("ska", "kommer"))) or (
        later and form.frame == "act" and context.clause.has(lex.YOU)
    )


_ASSURED = lex.words("självklart naturligtvis givetvis")


def _goes_on(context: Context) -> bool:
    """As in "Jag räknar på det och skickar ett pris": what is done first is still to be done."""
    before = context.clauses[context.index - 1] if context.index else None
    chained = before is not None and context.clause.coordinated and before.kind == "main"
    return chained and before.has(lex.FIRST) and _has_deed(before)


def _has_deed(clause: Clause) -> bool:
    forms = [form for token in clause.tokens for form in token.forms if form.lemma != token.lower]
    return any(f.tense == "present" and f.frame == "act" for f in forms) and not clause.has(lex.PERFORMED)


def _at_next_meeting(context: Context) -> bool:
    """As in "Vi tar ställning på nästa möte"."""
    words = context.words
    at = next((i for i, word in enumerate(words) if word in {"nästa", "kommande", "vid"}), len(words))
    return any(word in lex.MEETING or word.endswith(_SITTINGS) for word in words[at + 1 : at + 3])


def time_clause_follows(context: Context) -> bool:
    around = context.clauses[max(0, context.index - 1) : context.index + 2]
    return (
        any(clause.kind == "time" for clause in around)
        or context.has("efter", "därefter")
        or (context.index > 0 and context.words[:1] == ("då",))
    )


def _pledged_thing(context: Context, role: Role) -> Finding | None:
    """As in "Kommunen har lovat besked under vecka 13": the thing stands for the deed."""
    if not (context.dated and context.clause.has(lex.PLEDGED) and context.clause.names(lex.DELIVERABLES)):
        return None
    return Finding("commitment", context.obligor(role), "followup.promise.vouched", 0.75)


def _unlisted(context: Context) -> Finding | None:
    """A verb that no table knows, promised to the other side for a day: "vi ska visa er lokalen på fredag"."""
    aimed = context.clause.has(("er", "dig")) and context.clause.has(_AIMED)
    if aimed and context.dated and not context.clause.has(lex.OTHER_FINITE - lex.FUTURE):
        return Finding("commitment", context.obligor("sender"), "followup.promise.unlisted-verb", 0.6)
    return None


def subjectless(context: Context) -> Finding | None:
    """As in "Återkommer i nästa vecka", "Ringer dig i morgon": the writer left out jag."""
    if context.role is not None or _blocked(context) or (context.index and not _none_acts(context)):
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
        for at, f in _active(context)
        if at == first and f.tense == "present" and f.lemma != context.words[at]
    ]
    if not forms or any(f.frame == "meet" or f.lemma in {"bekräfta", "informera"} for f in forms):
        return None
    if not context.dated and context.has("angående", "gällande", "avseende", "ang", "på", "kring", "rörande"):
        return None  # "Återkopplar angående din fråga": and does so now
    if context.dated and all(mention.grain == "year" for mention in context.dates):
        return None  # "Översänder utkast för budgetåret 2022"
    undated = forms[0].lemma in {"återkomma", "återkoppla"} or (
        forms[0].lemma == "höra" and context.has("mig")
    )
    return Finding("commitment", context.obligor("sender"), "followup.promise.elliptic", 0.8, undated)


_NO_OBJECT = lex.SUBJECTS | {""}
_MOST_LEFT_OUT = 2
SHALL = lex.words("ska skall tänker tänkte lovar försöker hoppas")


def _none_acts(context: Context) -> bool:
    """As in "Kan inte svara nu men mejlar på onsdag": no clause before has a subject."""
    before = context.clauses[: context.index]
    unsaid = not any(clause.has(_ACTING) for clause in before) and context.role_before is None
    return unsaid and context.clause.coordinated and before[0].tokens[0].finite


def _shall(context: Context, at: int) -> Finding | None:
    """As in "Ska höra med tekniska och återkomma i morgon"."""
    found = [form for i, form in _active(context) if i > at and form.tense == "infinitive"]
    if not found or context.question or context.words[at + 1] in _NO_OBJECT:
        return None
    undated = any(form.lemma in _OPEN for form in found)
    return Finding("commitment", context.obligor("sender"), "followup.promise.elliptic", 0.75, undated)


def you_will_get(context: Context) -> Finding | None:
    """As in "Ni får besked i nästa vecka", "du hör från oss": promised to the recipients."""
    if context.role != "recipient" or context.negated or context.conditional or context.question:
        return None
    words = context.clause.bag
    hear = {"hör", "höra"} & words and {"av", "från", "ifrån"} & words and {"oss", "mig"} & words
    lying = "har" in words and {"det", "den", "dem"} & words and _last_day(context.dates)
    have = bool(lying) or bool({"ska", "kommer"} & words and {"ha", "få"} & words and _ours(context))
    ready = bool("har" in words and context.dated and _will_have(context))
    get = (
        have
        or ready
        or (
            {"får", "få"} & words
            and context.clause.names(_HANDED)
            and not _active_beside(context)
        )
    )
    get = get or {"få", "ta", "del", "av"} <= words
    get = get or ("får" in words and bool(words & {"den", "det", "dem"}) and _then_given(context))
    later = context.dated or context.vague or time_clause_follows(context)
    if hear or (get and context.clause.kind in {"main", "that"} and later):
        return Finding(
            "commitment", context.obligor("sender"), "followup.promise.you-will-get", 0.8, undated=True
        )
    return None


def _ours(context: Context) -> bool:
    """As in "ska ni få av oss", "ska ha ett utkast i era händer": not what they have to have done."""
    if context.has("mig", "oss"):
        return True
    done = any(form.tense == "supine" for _, form in context.verbs())
    return context.dated and not done and context.clause.names(_HANDED)


def _then_given(context: Context) -> bool:
    """As in "Så fort den dyker upp får du den"."""
    before = context.clauses[context.index - 1] if context.index else None
    return before is not None and before.kind == "time" and context.words[0] == "får"


def _explains(context: Context) -> bool:
    """As in "Det innebär att vi ska se över …"."""
    before = context.clauses[context.index - 1] if context.index else None
    if before is None:
        return False
    # "Avtalet behövs senast i maj för att vi ska kunna betala": what it is for.
    return before.words[-1:] in {("för",), ("så",)} or before.has(_TELLING)


_TELLING = lex.REPORTED | {"innebär", "betyder", "medför", "gör", "står", "framgår"}


def _will_have(context: Context) -> bool:
    """As in "På fredag har du underlaget", "Ni har vårt svar hos er den 3 mars"."""
    if any(form.tense == "supine" for _, form in context.verbs()) or context.clause.kind != "main":
        return False
    if context.beside(("på",), lex.YOU) is not None:
        return False  # "Ni har till den 3 mars på er"
    ours = context.has("vårt", "mitt", "vår", "min")
    return ours or (context.has("ni", "du") and context.clause.names(lex.DELIVERABLES) and _ahead(context))


def _ahead(context: Context) -> bool:
    return any(mention.grain in {"day", "week"} for mention in context.dates)


def _active_beside(context: Context) -> bool:
    return any(f.tense == "infinitive" and f.lemma not in {"få", "höra"} for _, f in _active(context))


def other(context: Context) -> Finding | None:
    """A named other: "Polisen har lovat att höra av sig", "vår jurist, som svarar på måndag"."""
    if (
        context.role != "third_party"
        or _blocked(context)
        or context.clause.kind in {"condition", "time", "question"}
    ):
        return None
    if context.clause.has(lex.REPORTED) and not context.clause.has(lex.PLEDGED):
        return None
    found = [form for at, form in _active(context) if _future(context, at, form) and form.frame != "meet"]
    if not found:
        return _pledged_thing(context, "third_party")
    if _gives_account(found) and context.dated:
        return Finding("deadline", "third_party", "followup.deadline.report", 0.85)
    pledged = context.clause.has(lex.PLEDGED)
    owing = _by_name(context) and context.dated and any(form.frame in {"deliver", "act"} for form in found)
    turned = any(form.frame == "contact" or form.lemma in _TO_US - {"leverera"} for form in found)
    bound = _last_day(context.dates) and context.has("ska", "skall", "måste", "behöver", "kommer")
    engaged = context.dated and _engaged(context) and any(form.tense == "present" for form in found)
    next_time = _engaged(context) and _at_next_meeting(context)
    if not (pledged or turned or bound or engaged or next_time or owing):
        return None
    alone = any(form.lemma in {"återkomma", "höra", "återkoppla"} for form in found) or pledged or next_time
    alone = alone or (
        context.has("ska", "kommer") and any(form.lemma in {"kontakta", "ringa"} for form in found)
    )
    return Finding("commitment", "third_party", "followup.promise.third-party", 0.8, undated=alone)


def _by_name(context: Context) -> bool:
    """As in "Sten tar fram en kalkyl till den 1 mars", "Han gör en bedömning före …": somebody, no body of men."""
    words = context.words
    if context.clause.has(_HE) or (context.clause.coordinated and not context.clause.tokens[0].capital):
        return context.has(*_HE) or context.role_before == "third_party"
    capitals = [token.capital and token.word and not token.dated for token in context.clause.tokens[:2]]
    known = words[0] in given_names() or (all(capitals) and len(capitals) > 1)
    return known and words[0] not in lex.ACTORS and not lex.is_agent(words[0])


_HE = frozenset({"han", "hon", "hen"})


def _engaged(context: Context) -> bool:
    """Somebody who works for one of the two: an architect, a contractor, the landlord."""
    words = context.words[:4]
    return any(word.endswith(_ENGAGED) or lex.ACTORS.get(word) == "landlord" for word in words)


def yours(context: Context) -> Finding | None:
    """The recipients' own promise as the sender repeats it: "Kommunen avser att återkomma under november"."""
    if context.role != "recipient" or _blocked(context) or context.question:
        return None
    if context.clause.kind in {"condition", "time", "question", "relative"}:
        return None
    meant = context.clause.has(INTENDED | lex.PLEDGED)
    found = [f for at, f in _active(context) if _future(context, at, f) and f.frame in {"contact", "deliver"}]
    if not meant or not found:
        return None
    return Finding("commitment", context.obligor("recipient"), "followup.promise.noted", 0.75)


def _last_day(dates: Sequence[DateMention]) -> bool:
    return any(mention.mod in {"BEFORE", "ON_OR_BEFORE"} for mention in dates)


_BIDDEN = {("honom",), ("henne",), ("dem",), ("hen",)}


def asked_other(context: Context) -> Finding | None:
    """As in "Jag har bett Karin kontakta er på måndag": bidden by the sender, owed by the other."""
    words = context.words
    at = next((i for i, word in enumerate(words) if word in {"bett", "ber"}), None)
    if at is None or context.conditional or context.negated:
        return None
    named = noun_role(context.clause.tokens[at + 1 : at + 5], context.who, opening=False)
    role = "third_party" if words[at + 1 : at + 2] in _BIDDEN else named
    verbs = [f for i, f in context.verbs() if i > at + 1 and f.tense == "infinitive"]
    if role is None or role == "sender" or not verbs:
        return None
    return Finding("commitment", context.obligor(role), "followup.promise.third-party", 0.75, undated=True)


def vouched(context: Context) -> Finding | None:
    """As in "Vi lovar att dörren är på plats senast den 1 april": whatever stands after att."""
    before = context.clauses[context.index - 1] if context.index else None
    if before is None or context.clause.kind != "that" or not context.dated or _blocked(context):
        return None
    pledge = before.has(("lovar", "garanterar", "utlovar", "försäkrar", "lovat", "åtar"))
    if not pledge or before.has(lex.NEGATIONS) or context.role == "recipient":
        return None
    role = context.role_before or "sender"
    return Finding("commitment", context.obligor(role), "followup.promise.vouched", 0.75)
