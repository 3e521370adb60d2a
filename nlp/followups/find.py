"""A letter's follow-ups: every sentence is read by itself, then what neighbours say of one thing is joined."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from nlp.dates import find_vague
from nlp.followups import lexicon as lex
from nlp.followups.actors import Voices, noun_role, voices
from nlp.followups.anchors import anchored
from nlp.followups.clauses import is_piece, split
from nlp.followups.context import Hit, Scene, first_word
from nlp.followups.headings import Heading, heading
from nlp.followups.hours import on_its_day
from nlp.followups.lists import by_place
from nlp.followups.reading import features_of, read_sentence
from nlp.followups.standing import places
from nlp.followups.tokens import tokens
from nlp.followups.windows import Window, joined, look_ahead, usable
from nlp.model import DateMention, FollowUp, Letter, Obligor
from nlp.screen import Screened
from nlp.sentences import sentences

_BULK = Screened(
    r"nyhetsbrev|prenumerant|följ oss på (?:linkedin|facebook|instagram|x\b|sociala)|missa inte (?:vår|våra|höstens|vårens|årets)\b|(?:årets|höstens|vårens|månadens|veckans) (?:\w+ )?utskick"
    r"|nyhetsutskick|informationsutskick|(?:vill du|vill ni|önskar du|önskar ni) (?:sluta|inte längre|inte) (?:få|ta emot|ha|fler)|sluta få|klicka (?:här )?för att (?:sluta|avsluta)"
    r"|avregistrera (?:här|via|genom)|avregistrering|(?:detta|det här) (?:utskick|mejl) (?:skickas|går|sänds) (?:ut )?(?:till (?:alla|dig som|er som|samtliga)|automatiskt)"
    r"|(?:utskick|utskicket) (?:går|skickas|sänds) (?:ut )?till|(?:läs|se) (?:hela )?(?:artikeln|nyheten|nyheterna|inlägget)|läs mer (?:här|på vår webb|>>|»|→)|sändlista|avsluta (?:ditt )?(?:abonnemang|utskick)"
    r"|inte längre (?:få|ha) (?:våra |dessa |fler )?utskick"
    r"|avanmäl (?:dig|er)|% rabatt|(?:visa|öppna|läs)(?: brevet| det| mejlet)? i (?:din )?webbläsare|webbversion"
    r"|(?:får|fått) (?:det här|detta) (?:utskicket?|mejlet|mailet|mail|mejl) (?:eftersom|för att|då)"
    r"|avsluta (?:din )?prenumeration|hantera (?:dina )?inställningar|avprenumerera|avregistrera (?:dig|er)|prenumer(?:ation|erar)|unsubscribe|newsletter"
    r"|autosvar|automatiskt (?:svar|genererat|utskick|meddelande|mejl|mail)|auto(?:matic)?[- ]?reply|out of office"
    r"|no-?reply|frånvaromeddelande|(?:går|kan) (?:inte|ej) (?:att )?(?:svara på|besvaras)|detta mejl går inte att besvara",
    "nyhetsbrev prenumer följ_oss missa_inte utskick sluta_få vill_du_inte vill_ni_inte önskar_du_inte önskar_ni_inte vill_du_sluta vill_ni_sluta avregistrer "
    "artikeln nyheten nyheterna inlägget läs_mer sändlista klicka abonnemang avanmäl %_rabatt webbläsare webbversion får_det får_detta fått_det inställningar "
    "unsubscribe newsletter autosvar automatisk reply out_of_office frånvaromeddelande svara_på besvara går_automatiskt skickas_automatiskt skickas_till_alla",
    re.NOFLAG,
)
# A number of a letter that comes round: "Månadsbrev nr 3", "Servicenytt 2/2024".
_ISSUE = Screened(
    r"(?:månads|vecko|info|medlems|kund|partner|informations)brev(?:et)?(?:\s+(?:från|till|för|nr|nummer|\d|[-–])|\s*$|\s*\n)|[a-zåäö]{3,20}nytt,?\s+(?:nr|nummer|vecka|v\.|\d)",
    "månadsbrev veckobrev infobrev medlemsbrev kundbrev partnerbrev informationsbrev nytt_nr nytt_nummer nytt_vecka nytt_v. nytt,_ "
    + " ".join(f"nytt_{digit}" for digit in range(10)),
    re.NOFLAG,
)
_SPEECH = re.compile(r"[–—-]\s?\S")
_SAYS = re.compile(r"\b(?:säger|sade|sa|menar|berättar|förklarar|konstaterar)\b")
_MEETS = Screened(
    r"\b(?:inbjud|kallelse|välkom|möte|träff|besiktning|visning|invigning|workshop|avstämning|seminari)",
    "inbjud kallelse välkom möte träff besiktning visning invigning workshop avstämning seminari",
    re.NOFLAG,
)
_ABSENCE = Screened(
    r"\b(?:semester|ledig|frånvarande|föräldraledig|tjänst(?:e)?ledig|tjänsteresa|sjukskriven|åter (?:på|i|den)|"
    r"(?:jul|sommar|semester)?stängt|vabbar|tillbaka (?:på|i|igen|den \d))\b",
    "semester ledig frånvarande tjänsteresa sjukskriven åter_ stängt vabbar tillbaka",
)
_TO_YOU = re.compile(
    r"\b(?:er|dig|med (?:besked|svar|förslag|mer|en|ett)|skickar|dessförinnan|innan dess)\b", re.IGNORECASE
)
# An auto-reply that its headers do not betray speaks of being away and of who answers meanwhile.
_AWAY = Screened(
    r"\b(?:är|har) (?:för närvarande |nu |just nu |tyvärr )?(?:på (?:semester|tjänsteresa|resande fot|kurs)|ledig|föräldraledig|tjänst(?:e)?ledig"
    r"|sjukskriven|frånvarande|bortrest|semester|gått på semester|inte (?:på kontoret|i tjänst))\b",
    "semester tjänsteresa resande_fot på_kurs ledig sjukskriven frånvarande bortrest på_kontoret i_tjänst",
)
_MEANWHILE = re.compile(
    r"\b(?:läser (?:inte|ej) (?:min |mina )?(?:e-?post|mejl|mail)|(?:vid|i) brådskande|akuta ärenden|under (?:denna|min|den här) (?:tid|frånvaro|period|ledighet)"
    r"|begränsad (?:tillgång|möjlighet)|tack för ditt (?:mejl|mail|meddelande|e-postmeddelande)|kontakta (?:gärna |då |istället |i stället )?(?:min kollega|min ersättare|registrator)"
    r"|(?:ditt|er|ert) (?:mejl|mail|meddelande) (?:vidarebefordras|kommer (?:inte )?att))\b",
    re.IGNORECASE,
)
# A contact centre's receipt thanks whoever writes, by no name, and tells of the matter's number or of its queue.
_RECEIVED = Screened(
    r"tack för att (?:du|ni) (?:har )?(?:kontakta[rt]|mejla[rt]|hör|hörde|hört|vänder|vänt|skrev|skriver|skickade)|vi har (?:nu )?(?:tagit emot|mottagit) (?:ditt|din|er|ert)\b"
    r"|(?:ditt|ert) (?:ärende|meddelande) har (?:registrerats|tagits emot|mottagits)|(?:detta|det här) är (?:en )?(?:bekräftelse|mottagningsbekräftelse)",
    "tack_för_att tagit_emot mottagit ärende_har meddelande_har bekräftelse",
)
_REGISTERED = re.compile(
    r"(?:ärende|referens)(?:nummer|nr)|\bkö\b|(?:svarar|återkommer|handlägger|besvarar) (?:normalt|vanligtvis|oftast|i regel|så snart vi kan)|(?:oftast|normalt|vanligtvis) inom|kontaktcenter|kundtjänst",
    re.IGNORECASE,
)
_LONGEST_ABSENCE = 800
_LONGEST_NOTE = 240
_SURE_GUESS = 0.57
_FEW_GUESSES = 1
_LEADING_SIGNS = 3
_LONGEST_LIST = 600
_POINTS_BACK = re.compile(
    r"\b(?:ha|få|lämna|skicka|behöver)\s+(?:in\s+)?(?:dem|den|det|detta|dessa)\b(?!\s+\d)"
    r"|^(?:svar|svaren|besked|det|de|dessa|uppgifterna)\s+(?:önskas|bör|ska|behövs|emotses)\b",
    re.IGNORECASE,
)
# "Ni bereds tillfälle att yttra er. Yttrandet ska vara här senast den 4 maj."
_OPENS = re.compile(
    r"\b(?:tillfälle|möjlighet) (?:till yttrande|att (?:yttra|lämna|inkomma|komma in))\b", re.IGNORECASE
)
_ANNOUNCING = frozenset({"followup.request.need", "followup.request.await"})
_PROPOSED = frozenset({"followup.meeting.proposal", "followup.turn.times"})
_BULLET = re.compile(r"\n\s*(?:[-–—*•·▪o]|\(?\w[.)])\s")
_MOST_FRAGMENT = 12
_WILL_DO, _MOST_SAID = (
    lex.words("är duger räcker funkar går"),
    3,
)  # "Fredag nästa vecka är bra", "Tisdag duger"
_LONGEST_NAME, _MOST_NAMED = 40, 4
_LONGEST_KEPT = 8_000  # signs of a body that is remembered
_WORDS_KEPT = 1_024


def find_follow_ups(letter: Letter, dates: Sequence[DateMention]) -> list[FollowUp]:
    """The follow-ups of letter.body up to its signature, in text order; `dates` are those of the body.

    None from automatic mail and newsletters. Obligors are seen from the letter's sender; windows are closed
    days as docs/reading.md has it; `text` is the sentence, body[start:end]. Never raises on any text.
    """
    end = len(letter.body) if letter.signature_start is None else letter.signature_start
    body = letter.body[:end]
    subject = letter.subject or ""
    low, low_subject = body.lower(), subject.lower()
    if is_mass_mail(letter, low) or _is_absence(body, low) or _is_receipt(body, low):
        return []
    meets = _MEETS.found(low, low) or _MEETS.found(low_subject, low_subject)
    read = _read_words if len(body) > _LONGEST_KEPT else _kept_words
    return list(read(body, letter.reference, voices(letter), tuple(dates), meets))


def is_mass_mail(letter: Letter, low: str) -> bool:
    """Whether a program or a newsletter speaks; `low` is the letter's body, up to its signature, in lower case."""
    subject = letter.subject or ""
    return letter.automatic or _sent_to_many(low) or _sent_to_many(subject.lower())


@lru_cache(4)
def _sent_to_many(low: str) -> bool:
    """Kept for the last texts, since facts ask as well."""
    return _BULK.found(low, low) or _ISSUE.found(low, low)


def _read_words(
    body: str, reference: date, who: Voices, dates: Sequence[DateMention], meets: bool
) -> Sequence[FollowUp]:
    """What words say, by whom and to whom; of writer and readers no more than their kind is looked at."""
    scene = _scene(body, reference, who, dates, meets=meets)
    found = by_place(scene, [found for found in _read_letter(scene) if not _empty_proposal(found)])
    found = _unique(found)
    guessed = len(found) <= _FEW_GUESSES and all(map(_is_guessed, found))
    return [] if len(body) > _LONGEST_NOTE and guessed else found


# A letter comes quoted with fewer readers than it went to, and they are of the same kind.
_kept_words = lru_cache(_WORDS_KEPT)(_read_words)


def _is_guessed(found: FollowUp) -> bool:
    """Seen by the model alone and without a day: a whole letter of nothing else is news or good company."""
    undated = found.due_start is None and found.due_end is None
    return undated and found.rule.startswith("followup.model.") and found.confidence < _SURE_GUESS


def _scene(body: str, reference: date, who: Voices, dates: Sequence[DateMention], *, meets: bool) -> Scene:
    ahead = [look_ahead(mention, reference) for mention in dates if mention.end <= len(body)]
    return Scene(
        body=body,
        reference=reference,
        who=who,
        dates=usable(ahead),
        vague=sorted(find_vague(body)),
        meets=meets,
        away=_ABSENCE.may_match(body.lower()),
    )


def examined(letter: Letter, dates: Sequence[DateMention]) -> Iterator[tuple[int, int, set[str]]]:
    """Every sentence of a letter with what the second opinion sees of it: what it learns from."""
    body = letter.body[: letter.signature_start]
    scene = _scene(body, letter.reference, voices(letter), dates, meets=False)
    spans = sentences(body)
    for (start, end), place in zip(spans, places(body, spans), strict=True):
        yield start, end, features_of(scene, start, end, place)


def _is_absence(body: str, low: str) -> bool:
    """A short letter that says its writer is away and what to do meanwhile."""
    return len(body) <= _LONGEST_ABSENCE and _AWAY.found(body, low) and _MEANWHILE.search(body) is not None


def _is_receipt(body: str, low: str) -> bool:
    """A short letter by a program that has taken a matter in: "Tack för att du kontaktar oss! Ärendenummer …"."""
    return (
        len(body) <= _LONGEST_ABSENCE and _RECEIVED.found(body, low) and _REGISTERED.search(body) is not None
    )


def _empty_proposal(found: FollowUp) -> bool:
    return found.rule in _PROPOSED and found.due_start is None and found.due_end is None


def _read_letter(scene: Scene) -> list[FollowUp]:
    found: list[FollowUp] = []
    fresh: list[FollowUp] = []
    asked_end = 0
    listed = False
    above: Heading | None = None
    owner: Obligor | None = None
    spans = sentences(scene.body)
    for (start, end), place in zip(spans, places(scene.body, spans), strict=True):
        beside = fresh and _adjacent(scene.body, asked_end, start)
        window = _fragment(scene, start, end) if beside else None
        if window is not None:
            joined_up = [_with_window(f, window, scene.body, asked_end) for f in fresh]
            if joined_up != fresh:
                found[-len(fresh) :] = fresh = joined_up
                asked_end = end
                continue
        fresh = [
            anchored(_follow_up(scene.body, start, end, hit), scene.dates, scene.reference)
            for hit in _hits(scene, start, end, place)
        ]
        dated = bool(fresh and scene.dates_in(start, end))
        fresh = [on_its_day(f, dated=dated, reference=scene.reference) for f in fresh]
        if owner is not None and _is_point(scene.body, asked_end, start):
            fresh = [_owned(f, owner) for f in fresh]
        else:
            owner = None if fresh else _owner(scene, start, end)
        if above is not None and _is_item(scene.body, asked_end, start, fresh):
            # The point of a list takes the day that stands above the list, and the line above owes nothing more.
            fresh = above.of_each(fresh)
            if found and found[-1] is above.said:
                found.pop()
        elif above is None or not _is_point(scene.body, asked_end, start):
            above = heading(scene, start, end, fresh)
            if fresh and listed and all(f.rule == "followup.request.facts" for f in fresh):
                continue  # the questions of a list that the line before it asks for
        if fresh and found and _takes_over(scene.body, found[-1], fresh):
            found.pop()
        found.extend(fresh)
        asked_end = end
        listed = scene.body[end - 1] == ":" and any(f.kind == "request" for f in fresh)
    return found


def _owner(scene: Scene, start: int, end: int) -> Obligor | None:
    """Who owes the points of a list below a line that is a name alone: "Kommunen", "Statens servicecenter:"."""
    if end - start > _LONGEST_NAME or "\n" not in scene.body[max(0, start - 1) : start]:
        return None
    words = tokens(scene.body, start, end, ())
    if any(token.finite for token in words) or len(words) > _MOST_NAMED:
        return None
    role = noun_role(words, scene.who, opening=True)
    return role if role in {"sender", "recipient"} else None


def _is_point(body: str, end: int, start: int) -> bool:
    return _BULLET.search(body, max(end - 1, 0), start) is not None and _adjacent(body, end, start)


def _owned(found: FollowUp, owner: Obligor) -> FollowUp:
    """A point of that list, in the infinitive or the imperative: what the sender is to do is a promise."""
    if found.kind not in {"request", "commitment"}:
        return found
    return replace(found, obligor=owner, kind="commitment" if owner == "sender" else found.kind)


def _is_item(body: str, end: int, start: int, fresh: Sequence[FollowUp]) -> bool:
    """Whether these are the undated requests of the next point of a list; a question on a line of its own needs no sign."""
    undated = all(f.kind == "request" and f.due_start is None and f.due_end is None for f in fresh)
    asked = "\n" in body[end:start] and all(f.text.endswith("?") for f in fresh)
    return bool(fresh) and undated and _adjacent(body, end, start) and (asked or _is_point(body, end, start))


def _takes_over(body: str, asked: FollowUp, fresh: Sequence[FollowUp]) -> bool:
    """Whether what follows says again, and nearer, what an undated request announced.

    As in "Vi behöver hjälp med följande: …" before its list, and "Vi behöver era krav. Vi vill ha dem senast …".
    """
    first = fresh[0]
    bare = asked.due_start is None and asked.due_end is None
    if bare and first.kind == "deadline" and first.due_end is not None and _OPENS.search(asked.text):
        return _adjacent(body, asked.end, first.start)
    undated = asked.kind == "request" and bare
    undated = undated and (asked.text.endswith(":") or asked.rule in _ANNOUNCING)
    if not undated or first.obligor != asked.obligor or first.kind not in {"request", "deadline"}:
        return False
    if asked.text.endswith(":"):
        return first.start - asked.end < _LONGEST_LIST
    dated = len(fresh) == 1 and (first.due_start is not None or first.due_end is not None)
    return dated and _adjacent(body, asked.end, first.start) and _POINTS_BACK.search(first.text) is not None


def _hits(scene: Scene, start: int, end: int, place: frozenset[str]) -> Sequence[Hit]:
    text = scene.body[start:end]
    if (scene.away and _is_away(text)) or _is_speech(scene, start, text):
        return []
    hits = read_sentence(scene, start, end, place)
    if not scene.who.known:
        return [hit for hit in hits if hit.window.dated]
    return hits


def _is_away(sentence: str) -> bool:
    """As in "Jag är ledig på fredag", which promises nothing."""
    return _ABSENCE.found(sentence, sentence.lower()) and _TO_YOU.search(sentence) is None


def _is_speech(scene: Scene, start: int, text: str) -> bool:
    """A line of spoken words in a news item: nobody there writes to the reader."""
    line = scene.body.rfind("\n", 0, start) + 1
    spoken = _SPEECH.match(scene.body, line) is not None
    return (spoken and not scene.who.known) or (spoken and _SAYS.search(text) is not None)


def _fragment(scene: Scene, start: int, end: int) -> Window | None:
    """The window of a sentence without a verb that only adds a day: "Gärna före den 6 maj."."""
    inside = scene.dates_in(start, end)
    if not inside or not _opens_fragment(scene.body[start:end], inside[0].start - start):
        return None
    words = tokens(scene.body, start, end, inside)
    if len([t for t in words if t.word]) > _MOST_FRAGMENT + 4 * len(inside) or not words:
        return None
    if not (words[0].dated or first_word(words) in lex.FRAGMENT_LEADS):
        return None
    plain = [t for t in words if t.word and not t.dated]
    if words[0].dated and 0 < len(plain) <= _MOST_SAID and plain[0].lower in _WILL_DO:
        return joined(inside, scene.body, scene.reference).by()
    if len(plain) > _MOST_FRAGMENT or not all(is_piece(clause) for clause in split(words)):
        return None
    return joined(inside, scene.body, scene.reference)


def _opens_fragment(text: str, date_at: int) -> bool:
    """A look at the first word before all are taken apart: a date, or a word like "senast"."""
    return (
        date_at <= _LEADING_SIGNS
        or text.split(None, 1)[0].strip("\"'”“(*•·>,:").lower() in lex.FRAGMENT_LEADS
    )


def _adjacent(body: str, end: int, start: int) -> bool:
    return body[end:start].count("\n") <= 2 and start - end < 20


def _with_window(found: FollowUp, window: Window, body: str, end: int) -> FollowUp:
    """An undated follow-up takes the window; proposed times listed after a colon are joined."""
    if found.due_start is None and found.due_end is None:
        meets = found.kind == "meeting"
        return replace(
            found,
            due_start=window.start,
            due_end=window.end,
            approximate=window.approximate,
            part=window.part,
            start_time=window.start_time if meets else None,
            end_time=window.end_time if meets else None,
        )
    if found.kind == "meeting" and (body[end - 1] == ":" or found.rule in _PROPOSED):
        return replace(found, due_end=_later(found.due_end, window.end), start_time=None, end_time=None)
    return found


def _later(one: date | None, other: date | None) -> date | None:
    return max(one, other) if one is not None and other is not None else None


def _follow_up(body: str, start: int, end: int, hit: Hit) -> FollowUp:
    finding, window = hit.finding, hit.window
    return FollowUp(
        kind=finding.kind,
        obligor=finding.obligor,
        due_start=window.start,
        due_end=window.end,
        text=body[start:end],
        start=start,
        end=end,
        rule=finding.rule,
        confidence=round(finding.confidence, 2),
        start_time=window.start_time,
        end_time=window.end_time,
        approximate=window.approximate,
        part=window.part,
        who=hit.who,
    )


def _unique(found: list[FollowUp]) -> list[FollowUp]:
    """A meeting that is named again, on the same days or on none, is the first one."""
    kept: list[FollowUp] = []
    met: set[tuple[date | None, date | None]] = set()
    for one in found:
        days = (one.due_start, one.due_end)
        if one.kind == "meeting":
            if days in met or (met and days == (None, None)):
                continue
            met.add(days)
        kept.append(one)
    return kept
