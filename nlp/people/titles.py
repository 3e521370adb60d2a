"""Titles and posts beside a name, by their last part: -chef, -direktör, -ledare, -samordnare …"""

import re
from dataclasses import dataclass
from functools import lru_cache

_LAST = (
    r"(?:chef|direktör|ledare|samordnare|strateg|handläggare|sekreterare|ordförande|minister|kommunalråd|oppositionsråd|regionråd|"
    r"statsråd|landshövding|förvaltare|mäklare|rektor|arkitekt|jurist|ingenjör|ekonom|koordinator|specialist|assistent|registrator|"
    r"controller|utvecklare|ansvarig|kommunikatör|administratör|utredare|rådgivare|inspektör|konsult|analytiker|tekniker|arkivarie|"
    r"bibliotekarie|kurator|coach|expert|expertis|planerare|upphandlare|projektör|pressekreterare|generalsekreterare|talesperson|"
    r"ombud|advokat|notarie|stabschef|vd|lärare|professor|socionom|psykolog|handledare|servicehandläggare|översättare|intendent|"
    r"antikvarie|vaktmästare|receptionist|departementsråd|kansliråd|ämnesråd|borgmästare|dataskyddsombud|säljare|manager|director|officer|"
    r"vårdare|konstruktör|kamrer|reporter|redaktör|journalist|producent|målare|snickare|komminister|kyrkoherde|pastor|präst|biskop|kaplan|kommissarie|kassör|revisor|kantor|diakon|montör|elektriker|kanslist|servicevärd|supervisor|coordinator|"
    r"representative|administrator|accountant|adviser|advisor|secretary|engineer|analyst|developer)"
)
_S = r"[ \t\xa0]"
_TITLE = re.compile(rf"(?:[^\W\d_]{{0,30}}-?)?{_LAST}(?:en|n|et|a)?", re.IGNORECASE)
_ADJECTIVE = r"(?:biträdande|tillförordnad|t\.?f\.?|tf|ställföreträdande|vice|vik\.?|vikarierande|senior|operativ|förste|avgående|tillträdande|teknisk|administrativ)"
_WORD = r"[^\W\d_][\w/&-]{0,40}"

# A title right before a name, or a word that announces a person.
_BEFORE = re.compile(
    rf"(?<![\w-])(?:(?P<title>(?:{_ADJECTIVE}{_S}){{0,2}}[^\W\d_]{{0,30}}{_LAST}(?:en|n|et|a)?|vd)|kontaktperson(?:en)?:?|"
    rf"kollega(?:n)?|kollegor|herr|fru|handläggare:|kontakta|säger|hälsar|skriver|undertecknad|m\.?v\.?h\.?|hälsningar|vänligen)(?:{_S}heter)?{_S}{{1,2}}(?=[A-ZÅÄÖÉ])",
    re.IGNORECASE,
)
_AFTER = re.compile(
    rf"(?:,{_S}{{0,2}}|{_S}?\({_S}?|{_S}[–-]{_S}|{_S}är{_S}|{_S}?,{_S}?som{_S}är{_S})(?P<title>(?:vår{_S}|ny{_S})?(?:{_ADJECTIVE}{_S}){{0,2}}"
    rf"(?P<post>[^\W\d_][^\W\d_-]{{0,45}})(?P<rest>{_S}för{_S}{_WORD}(?:{_S}{_WORD}){{0,5}})?)"
)
_REST_STOP = re.compile(
    rf"{_S}(?:och|samt|på|vid|hos|eller|som|kan|har|är|i|via|telefon|tel|mobil|med){_S}.*", re.DOTALL
)
_ANNOUNCES = re.compile(
    rf"[^\W\d_]*{_LAST}(?:en|n|et|a)?|vd|kontaktperson(?:en)?|kollega(?:n)?|kollegor|herr|fru|kontakta|säger|hälsar|skriver|undertecknad|mvh|hälsningar|vänligen",
    re.IGNORECASE,
)
_LONGEST = 60  # signs of a title's last word
_REACH = 40  # signs of the two adjectives that may stand before it
_RUN = re.compile(r"[\w.]+")
_BLANKS = " \t\xa0"


@dataclass(frozen=True, slots=True)
class Title:
    """A title and where it ends in the text."""

    text: str
    end: int


@lru_cache(maxsize=8192)
def is_post(word: str) -> bool:
    """Whether a word is a post: chef, enhetschefen, IT-samordnare."""
    return len(word) <= _LONGEST and _TITLE.fullmatch(word) is not None


def announced(text: str, start: int) -> re.Match[str] | None:
    """What right before a capital word at `start` announces a person: `title`, None for herr, säger, kontakta."""
    end = start
    while end > 0 and start - end < 2 and text[end - 1] in _BLANKS:
        end -= 1
    if end == start:
        return None
    end -= text.startswith(":", end - 1)
    begin = end
    while begin > 0 and end - begin <= _LONGEST and text[begin - 1].isalpha():
        begin -= 1
    if text[begin:end] == "heter":
        end = max(begin - 1, 0)
        begin = end
        while begin > 0 and end - begin <= _LONGEST and text[begin - 1].isalpha():
            begin -= 1
    if not _announces(text[begin:end]):
        return None
    low = max(0, begin - _REACH)
    starts = [low + run.start() for run in _RUN.finditer(text[low:begin])][-2:]
    matches = (_BEFORE.match(text, at, start + 1) for at in (*starts, begin))
    return next((match for match in matches if match and match.end() == start), None)


@lru_cache(maxsize=8192)
def _announces(word: str) -> bool:
    """Asked first: hardly any word before a capital one does, and the same words come again."""
    return len(word) <= _LONGEST and _ANNOUNCES.fullmatch(word) is not None


def is_title(words: str) -> bool:
    """Whether the first or last word of a line is a post: Divisionschef Medborgarservice."""
    parts = words.split()
    return bool(parts) and any(is_post(part.strip(",.")) for part in parts[:3] + parts[-1:])


def title_after(text: str, end: int) -> Title | None:
    """The apposition after a name that ends at `end`: `, programsamordnare för nya kontor`."""
    match = _AFTER.match(text, end)
    if match is None or not is_post(match["post"]):
        return None
    title = _REST_STOP.sub("", match["title"]) if match["rest"] else match["title"]
    return Title(title.strip(), match.start("title") + len(title))
