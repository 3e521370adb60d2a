"""What the recipients are told that they will get: owed by the sender."""

from nlp.followups import lexicon as lex
from nlp.followups.context import Context, Finding
from nlp.followups.tenses import active, last_day, time_clause_follows

_HANDED = lex.DELIVERABLES | {"svar", "förfrågan"}


def you_will_get(context: Context) -> Finding | None:
    """As in "Ni får besked i nästa vecka", "du hör från oss": promised to the recipients."""
    if context.role != "recipient" or context.negated or context.conditional or context.question:
        return None
    words = context.clause.bag
    hear = {"hör", "höra"} & words and {"av", "från", "ifrån"} & words and {"oss", "mig"} & words
    lying = "har" in words and {"det", "den", "dem"} & words and last_day(context.dates)
    have = bool(lying) or bool({"ska", "kommer"} & words and {"ha", "få"} & words and _ours(context))
    ready = bool("har" in words and context.dated and _will_have(context))
    get = (
        have
        or ready
        or ({"får", "få"} & words and context.clause.names(_HANDED) and not _active_beside(context))
    )
    get = get or {"få", "ta", "del", "av"} <= words
    it = "får" in words and bool(words & {"den", "det", "dem"})
    get = get or (it and (_then_given(context) or (context.dated and not _active_beside(context))))
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
    return any(f.tense == "infinitive" and f.lemma not in {"få", "höra"} for _, f in active(context))
