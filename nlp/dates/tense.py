"""Whether a clause speaks of the past, by the nearest verb: it decides the year that nobody wrote."""

from enum import Enum
from functools import lru_cache

from nlp.dates.pattern import Pattern, holds


class Tense(Enum):
    FUTURE = "future"
    PAST = "past"
    NEAREST = "nearest"
    """Said in the past about a time to come ("ni lovade svar till den 4 maj"): the nearest one."""


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_PAST = _words("""
    skrev hade var fick gav gick kom kunde ville blev lät såg tog höll stod satt låg drog bjöd skedde inföll
    träffades sågs hördes talades sågs började slutade inkom utkom avslog antog godkändes fördes hölls togs gavs
    skickades sändes inleddes avslutades öppnade öppnades invigdes stängdes beslöt beslöts fattade fattades lämnade
    lämnades sa sade berättade ringde mejlade mailade meddelade informerade träffade bestod föll uppstod upphörde
    antogs kallade gjorde gjordes visste tyckte trodde tänkte ägde redovisade redovisades svarade framförde ändrade
    ändrades presenterade diskuterade behandlades behandlade undertecknades undertecknade skrevs tecknade besökte
    förra senaste föregående igår sedan tidigare daterad daterat daterade dagtecknad inkommen inkommet upprättad
    upprättat reviderad uppdaterad uppdaterat publicerad publicerat ankom köpte sålde sökte hyrde flyttade lanserades
    tillträdde förvärvades byggdes utsågs valdes möttes framgick anges framgår vann slog drev flög bröt grep bar
    övertog mottog åtog genomgick övergick tillkom avgick avled dog valde anmälde anmäldes ställde ställdes beställde
    beställdes kände gällde fyllde körde hörde lärde rörde berörde köptes hyrdes såldes söktes mötte åkte reste löste
    stängde hängde hängdes byggde följde följdes hände sände sändes vände levde styrde styrdes lade lades bestämdes tömdes
    krävde krävdes behövde behövdes genomförde genomfördes utförde utfördes införde infördes överförde medförde återkom
    upptäckte upptäcktes tryckte trycktes räckte väckte utgick ingick medgav framkom släppte släpptes sköttes försökte
    hann slapp slöt sköt sprang sov teg vek växte frös skar strök sjönk sprack hette rev led
    löstes lyfte lyftes bjöds skänkte märkte tänktes avbröts vanns angreps antecknades besöktes återkopplade
""")
# Words about the past that look ahead from there.
_AHEAD = _words("""
    lovade utlovade utlovades bestämde bestämdes bokade bokades beslutade beslutades planerade planerades avtalade
    skulle borde enades föreslog föreslogs bad begärde önskade väntades aviserade aviserades angav angavs sattes satte
    hoppades överenskommet utlovat utlovad
""")
_NOW = _words("""
    är ska skall kan vill bör måste får kommer kommit blir har återkommer skickar öppnar ses hörs träffas räknar
    planerar avser hoppas tänker ser behöver önskar ber vore passar gäller börjar startar sker äger hålls invigs
    lämnar levererar redovisas slutredovisas delredovisas beslutar beslutas behandlas bjuder välkomnar kallas
    föreslår bokar bokas planeras möts besöker ringer mejlar svarar svara
    återkomma skicka lämna anmäl meddela boka kontakta hör kontaktar tar ta ge ger låt skulle löper upphör
    pågår påbörjas väntas beräknas föreslagit tentativt preliminärt
""")
# "Hade gärna sett ett svar" is a wish; an infinitive ("att återkomma") leaves the tense to the verb before it.
_WISHED = _words("gärna önskat behövt passat varit velat uppskattat kunnat")
# These tell of a date that follows them, not of one before.
_ONLY_BEFORE = _words("förra senaste föregående sedan tidigare daterad daterat daterade anges framgår")
_PAST_FORM = Pattern(r"\w{2,30}(?:ades?|ddes?|ttes?)")
_ADJECTIVE_AFTER = _words("den det de en ett era våra vår ert er vårt sina sitt ny nya dess deras")
_NO_VERB = _words("andra både våra hade bredde nitte medde")
_WORD = Pattern(r"\w+")
_EDGE = Pattern(
    r"[.!?;:\x1e, ](?:(?<=[.!?;:\x1e])(?:(?=[ \x1e])|$)"
    r"|(?<=[, ]) ?(?:- |men|och (?=(?:vi|ni|jag|de|det|den|kommunen)\b)|så (?=vi\b|ni\b))|(?<= )om (?=vi|ni))"
)
_ABBREVIATION = Pattern(r"(?:^|\W)(?:\w\.|kl|v|nr|ca|okt|nov|dec|jan|febr?|apr|aug|sept?|d)$")
_DOCUMENT = Pattern(
    r"\b(?:\w{0,20}(?:brev|brevet|faktura|fakturan|offerten|rapporten|statistik|statistiken|siffror|siffrorna|mejl|mejlet|mail|mailet|post|skrivelse|skrivelsen|beslut|beslutet|protokoll|protokollet|svar|svaret"
    r"|offert|fråga|förfrågan|begäran|ansökan|påminnelse|inbjudan|kallelse|avtal|avtalet|överenskommelse|anteckningar|yttrande|remiss|rapport|besök|meddelande|samtal|möte|mötet"
    r"|pressmeddelande|uppdrag|dokument|version|hemställan|framställan|framställning|remissvar|brevväxling|promemoria|underrättelse|anhållan|rekvisition|propå)) (?:av|från|daterat|daterad|daterade|per|i) (?:den )?$"
)
# "Svar på er skrivelse den 12 april", "med anledning av ert mejl 12/4": what was written is in the past.
_ABOUT_SIGNS = ("svar ", "angående", "ang", "anledning", "hänvis", "apropå")
_ABOUT = Pattern(
    r"\b(?:svar (?:på|till)|angående|ang\.?|anledning av|hänvis\w{1,6} till|apropå) [^.!?;]{0,50}?\w{0,20}"
    r"(?:brev|brevet|mejl|mejlet|mail|mailet|skrivelse|skrivelsen|insändare|artikel|begäran|ansökan|anmälan|förfrågan|fråga|samtal|beslut|yttrande)"
    r"(?: till (?:oss|er|mig|dig))?,? (?:den )?$"
)
_TOLD_SIGNS = ("tack för", "enligt", "uppföljning", "anteckningar", "protokoll", "efter senaste")
_TOLD = Pattern(
    r"\b(?:tack för|enligt|uppföljning av|minnesanteckningar från|protokoll från|efter senaste) [^.!?;,]{0,40}"
    r"(?:samtal|mail|mejl|brev|mötet|besöket|besök|dialog|telefonsamtal|anteckningar|protokoll|beslut)[^.!?;,]{0,12}$"
)
# "Vi flyttar mötet från den 8 maj": that day may be to come.
_MOVING = Pattern(r"\b(?:flytt|skjut|ändra|boka om|omboka)")
# "Fakturan avser april månad".
_CONCERNS = Pattern(
    r"\b(?:avser|avseende|för perioden|under perioden|(?:hyran?|faktura|fakturan|avgiften|kostnaden|kostnaderna|lönerna"
    r"|statistik|statistiken|utfallet|rapporten|siffrorna) (?:för|i))(?: perioden)?(?: den)? {1,3}$"
)
_SUPINES = "(?:för|be|ef|under|upp)?(?:sökt|köpt|läst|hyrt|ringt|byggt|hört|fört|kört|gjort|ställt|fyllt|sänt|löst|prövt|utfört|infört|genomfört|tryckt|väckt|upptäckt)"
# "Vi har den 1 mars skickat" is past; "vi har bokat den 1 mars" need not be.
_PERFECT = Pattern(
    rf"\bhar (?:(?!att\b)\w{{1,20}} {{1,3}}){{0,5}}?(\w{{2,25}}(?:ats?|its?|tts?|rts|gts|lts)|{_SUPINES})\b"
)
_NO_PERFECT = _words("""
    att ett nytt rätt lätt sätt mitt ditt sitt fritt helt bokat inbokat planerat föreslagit blivit flyttat flyttats
    lovat utlovat bestämt beslutat avtalat reserverat satt kallat bjudit mandat resultat format privat separat aktuellt
    akut visst antalet snitt kvitt privat plats mats kapitlets
""")
# "Kom" and "inkom" are a past tense as well as an imperative.
_IMPERATIVE = _words("kom återkom inkom")
_JOINING = _words("och eller men så")
_POLITE = _words("vänligen snälla gärna")
# "Skulle ha kommit i augusti" has not come; "du skulle ju återkomma i april" may be behind or ahead.
_UNKEPT = Pattern(r"\bskulle (?:\w{1,20} ){0,3}ha (?!önskat|behövt|velat|kunnat|uppskattat|varit)\w")
_OWED = Pattern(r"\bskulle (?:ju|egentligen|väl) ")
_TOWARDS = Pattern(r"\b(?:till|tills|senast|före|innan)(?: den)? {0,3}$")
# "Har skjutit ärendet till sitt sammanträde i mars", "har fått förhinder den 9 februari".
_LATER_SIGNS = ("till ", "förhinder")
_LATER = Pattern(
    r"\btill (?:sitt|sin|nästa|kommande) (?:\w{1,30} ){1,2}(?:i |den |på |under )?$|\bfått förhinder (?:på |i )?(?:den )?$"
)
# "Vi kan sedan sitta ner på torsdag": what comes after something else.
_THEN = _words("kan ska skall får vill bör måste kommer så och")
_REACH = 120
_TAIL = 60  # signs of the words right before a date that only those can be


@lru_cache(maxsize=8)
def tense_at(text: str, start: int, end: int) -> Tense:
    """The tense of the clause around an expression of a normalised text; FUTURE where nothing speaks of the past."""
    return _tense_between(
        _clause_before(text[max(0, start - _REACH) : start]), _clause_after(text[end : end + _REACH])
    )


@lru_cache(maxsize=4096)
def _tense_between(before: str, after: str) -> Tense:
    """Of an expression between two pieces of its sentence: several rules ask, and the same words come again."""
    tail = max(0, len(before) - _TAIL)
    if holds(before, _LATER_SIGNS) and _LATER.search(before):
        return Tense.NEAREST
    told = _DOCUMENT.search(before, tail) or (holds(before, _TOLD_SIGNS) and _TOLD.search(before))
    told = told or (holds(before, _ABOUT_SIGNS) and _ABOUT.search(before))
    if told and not _MOVING.search(before):
        return Tense.PAST
    if _CONCERNS.search(before, tail):
        return Tense.NEAREST
    tense = _by_clauses(before, after.partition(" som ")[0])
    # "Mötet som var planerat till den 10 mars": the past looks ahead.
    return Tense.NEAREST if tense is Tense.PAST and _TOWARDS.search(before, tail) else tense


def _by_clauses(before: str, after: str) -> Tense:
    """The verb before in the same part of the clause, then one behind, then one farther away."""
    near, _, rest = after.partition(",")
    own = before.rpartition(",")[2]
    tense = _by_construction(own, near)
    if tense is not None:
        return tense
    for words, nearest_first in ((own, True), (near, False), (rest, False), (before, True)):
        tense = _by_verb(words, reverse=nearest_first)
        if tense is not None:
            return tense
    return Tense.FUTURE


def _by_construction(own: str, near: str) -> Tense | None:
    """What more than one word tells: skulle ha, att-clauses, the perfect."""
    if "skulle " in own:
        if _UNKEPT.search(own):
            return Tense.PAST
        if _OWED.search(own):
            return Tense.NEAREST
    told, _, said = own.rpartition(" att ")
    if told and not said.startswith("återkomma"):
        spoken = _by_verb(said, reverse=True)
        if spoken is Tense.FUTURE:
            return Tense.FUTURE  # "jag har förstått att ni återkommer i april"
        if spoken is None and said.split() and _by_verb(told, reverse=True) is Tense.PAST:
            return Tense.NEAREST  # "vi fick besked om att hissen byts i november"
    if "har " in own or "har " in near:
        perfect = _PERFECT.search(" ".join(f"{own} {near}".split()))
        if perfect and perfect.group(1) not in _NO_PERFECT:
            # "Har gett i utsikt att ta upp ärendet i oktober": it is told what was meant to be done.
            meant = said.split() and perfect.end() <= len(told)
            return Tense.NEAREST if meant else Tense.PAST
    return None


def _clause_before(text: str) -> str:
    cut = 0
    for edge in _EDGE.finditer(text):
        if text[edge.start()] != "." or not _ABBREVIATION.search(
            text[max(0, edge.start() - 8) : edge.start()]
        ):
            cut = edge.end()
    return text[cut:]


def _clause_after(text: str) -> str:
    edge = _EDGE.search(text)
    return text[: edge.start()] if edge else text


def _by_verb(words: str, *, reverse: bool) -> Tense | None:
    listed = _WORD.findall(words)
    order = range(len(listed) - 1, -1, -1) if reverse else range(len(listed))
    for i in order:
        previous = listed[i - 1] if i else ""
        if listed[i] == "hade" and i + 1 < len(listed) and listed[i + 1] in _WISHED:
            return Tense.FUTURE
        if previous == "att" or (listed[i] == "sedan" and previous in _THEN):
            continue
        if listed[i] in _PAST and (
            previous in _POLITE or (listed[i] in _IMPERATIVE and (not i or previous in _JOINING))
        ):
            return Tense.FUTURE
        tense = _word_tense(listed[i], after_article=previous in _ADJECTIVE_AFTER)
        if tense is Tense.NEAREST and reverse and i >= len(listed) - 2:
            return Tense.PAST  # "vi bad i augusti": the time of the asking itself
        if tense is not None and (reverse or listed[i] not in _ONLY_BEFORE):
            return tense
    return None


@lru_cache(maxsize=4096)
def _word_tense(word: str, *, after_article: bool) -> Tense | None:
    if word in _NOW:
        return Tense.FUTURE
    if word in _AHEAD:
        return None if after_article else Tense.NEAREST
    if word in _PAST:
        return Tense.PAST
    if word not in _NO_VERB and not after_article and _PAST_FORM.fullmatch(word):
        return Tense.PAST
    return None
