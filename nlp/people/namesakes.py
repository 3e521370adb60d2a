"""Houses, parishes, ships, streets, shops and funds that bear somebody's name, and are nobody."""

import re

from nlp.people.words import is_given

_S = r"[ \t\xa0]"
_STREET = re.compile(r"(?i)s[ \t\xa0]+(?:gata|väg|gränd|torg|plats|allé|stig|backe|park)s?\Z")
# Trades and houses that stand behind a name; whose name is the firm's: Anders Bygg. Those that are surnames too want a genitive.
_TRADES = (
    r"(?:Hus|Hotell|Kök|Krog|Kafé|Café|Konditori|Salong|Inredning|Blommor|Bygg|El|VVS|Rör|Åkeri|Transport\w{0,4}|Städ|Flytt|Bil|Bilar|"
    r"Buss|Taxi|Foto|Frisör\w{0,4}|Plåt|Glas|Golv|Kakel|Trädgård\w{0,4}|Handel|Skor|Mode|Optik|Antik|Restaurang|Pizzeria|Kiosk|Livs|"
    r"Catering|Möbler|Trafikskola|Begravnings?(?:byrå)?|Redovisning|Revision|Juridik|Media|Reklam|Design|Maskin|Verkstad|Däck|Motor|Schakt|"
    r"Gräv|Lås|Larm|(?:Bag|Mål|Snick|Tryck|Mäkl|Brygg|Rost|Slakt|Svets|Tvätt|Garv|Konfektion)eri|"
    r"Villa|Säteri|Herrgård|Slott|Kvarn|Bruk|Mosse|Udde|Kulle|"
    r"Arkitekt(?:er|erna|kontor|byrå)|Konsult(?:er|erna|ing)|Ingenjörer|Entreprenad(?:er)?|Byggare|Partners|Consulting|Advokater|"
    r"Rekrytering|Bemanning|Logistik)"
)
_TRADE = re.compile(rf"(?i){_S}{_TRADES}s?\Z")
# Anna Lindhs minnesfond, Ulla Winbladhs Park; Park alone is a surname.
_NAMED_AFTER = re.compile(
    rf"(?:(?:\A|[ \t\xa0])\S+[szx][ \t\xa0]+(?:Park|Plats|Plan|Allé|Backe|Hage|Minne|Bod|\w{{0,10}}gård|{_TRADES})|"
    r"[ \t\xa0](?:\w{0,12}fond(?:en)?|\w{0,12}pris(?:et)?|\w{0,12}stipendi(?:um|et|efond)|Minneshall|Memorial|Foundation))s?\Z",
    re.IGNORECASE,
)
# What is called after somebody, before the name: kvarteret Elsa, m/s Carl Johan, äldreboendet Karl Oskar.
_HEADS = (
    r"(?:kvarteret|kv\.?|brf|hem|vandrarhem|vandrarhemmet|herrgården|hotell|hotel|hotellet|cafe|bio|biografen|camping|pensionat|pensionatet|villa|café|caféet|kafé|kaféet|restaurang|restaurangen|krogen|puben|[mrs]/[sy]|"
    r"h\.?m\.?s\.?|fartyg|galleri|galleriet|kören|skutan|briggen|jakten|kyrkan|kapellet|förskola|statyn|musikalen|"
    r"\w{0,20}(?:skeppet|båten|brytaren|färjan|fartyget|tåget|loket|boendet|hemmet|skolan|gymnasiet|biblioteket|museet|teatern|huset|salen|"
    r"rummet|gården|parken|stiftelsen|fonden|priset|stipendiet|sällskapet|föreningen|förbundet|terminalen|institutet|arenan))"
)
_BORNE = re.compile(rf"(?i)(?:\A|(?<=[\s(\"”'’/,.:-])){_HEADS}{_S}{{1,2}}[\"”'’]?\Z")
_HEADED = re.compile(rf"(?i)[\"”'’]?{_HEADS}{_S}")
# What is called after somebody, behind the name: Gustav Vasa församling, Karin Boyes bibliotek.
_TAILS = (
    r"(?:församling\w{0,3}|pastorat\w{0,3}|kyrkoråd\w{0,3}|(?:domkyrko|kyrko)\w{0,12}|kyrka|kapell\w{0,3}|\w{0,8}skol(?:a|an|as|ans)|gymnasi\w{0,10}|universitet\w{0,4}|"
    r"\w{0,12}sjukhus\w{0,4}|bibliotek\w{0,4}|muse(?:um|et)|\w{0,8}teatern?|stiftelse\w{0,6}|sällskap\w{0,4}|förbund\w{0,4}|förening\w{0,4}|"
    r"\w{0,12}fond(?:en)?|\w{0,12}pris(?:et)?|\w{0,12}stipendi\w{1,6}|minne|hem|arena|station|institut\w{0,3}|\w{0,10}gård|\w{2,10}eri)"
)
_NAMED_BEHIND = re.compile(rf"(?i){_S}{_TAILS}s?(?!\w)")
_WHOLE_TAIL = re.compile(rf"(?i){_TAILS}s?\Z")
_WHOLE_HEAD = re.compile(rf"(?i){_HEADS}\Z")
# A last word that ends so is a thing: Elin Wägnersällskapet, Nils Ericson Terminalen.
_THING = re.compile(
    r"(?i)(?:sällskapet|förbundet|föreningen|institutet|stiftelsen|terminalen|hemmet|huset|rummet|boendet|gården|parken|priset|fonden|stipendiet|skolan|"
    r"gymnasiet|biblioteket|museet|teatern|kyrkan|kapellet|torget|stationen|arenan|\w{4}salen|\w{4}hallen)\Z"
)

# Ground that no given name stands before: Tomtebo Hage, while Anna Hage is somebody.
_GROUND = re.compile(
    r"(?i)[ \t\xa0](?:hage|äng|ängar|höjd|holme|hamn|skog|fält|brygga|station|industriområde|köpcentrum)\Z"
)
# Parishes that bear two given names and nothing else; nobody is called so without a surname.
_PARISHES = frozenset(
    {
        "adolf fredrik",
        "hedvig eleonora",
        "maria magdalena",
        "oscar fredrik",
        "oskar fredrik",
        "ulrika eleonora",
    }
)


def is_named_after(name: str) -> bool:
    """Whether a house, a street, a shop or a fund bears somebody's name: Anna Lindhs minnesfond, Bergwalls Måleri."""
    words = name.split()
    while words and words[-1].isdigit():
        words.pop()
    name = " ".join(words)
    if len(words) > 1 and (_THING.search(words[-1]) or _HEADED.match(name) or _TRADE.search(name)):
        return True
    if name.lower().removesuffix("s") in _PARISHES:
        return True
    if len(words) == 2 and is_given(words[0]):
        return False
    if len(words) == 2 and _GROUND.search(name):
        return True
    return bool(_NAMED_AFTER.search(name) or (len(words) > 1 and _STREET.search(name)))


def is_borne(text: str, start: int, end: int) -> bool:
    """Whether the words right before or behind text[start:end] say that a thing bears this name."""
    return bool(_NAMED_BEHIND.match(text, end) or _BORNE.search(text, max(0, start - 32), start))


def bears(word: str) -> bool:
    """Whether a word beside somebody's name makes it a thing's: församling, äldreboendet."""
    return bool(_WHOLE_TAIL.match(word) or _WHOLE_HEAD.match(word))
