"""Houses, streets, shops and funds that bear somebody's name, and are nobody."""

import re

from nlp.people.words import is_given

_STREET = re.compile(r"(?i)s[ \t\xa0]+(?:gata|väg|gränd|torg|plats|allé|stig|backe|park)s?\Z")
# Anna Lindhs minnesfond, Ulla Winbladhs Park; Park alone is a surname.
_NAMED_AFTER = re.compile(
    r"(?:(?:\A|[ \t\xa0])\S+[szx][ \t\xa0]+(?:Park|Plats|Plan|Hus|Hotell|Kök|Krog|Kafé|Café|Konditori|Allé|Backe|Hage|Minne|Salong|Bod|"
    r"Inredning|Blommor|Bageri|Måleri|Bygg|El|VVS|Rör|Åkeri|Transport\w{0,4}|Städ|Flytt|Bil|Bilar|Buss|Taxi|Foto|Frisör\w{0,4}|Snickeri|Plåt|Glas|"
    r"Golv|Kakel|Trädgård\w{0,4}|Handel|Skor|Mode|Optik|Antik|Restaurang|Pizzeria|Kiosk|Livs|Catering|Möbler|Tryckeri|Trafikskola|"
    r"Begravningsbyrå|Redovisning|Revision|Juridik|Media|Reklam|Design|Maskin|Verkstad|Däck|Motor|Schakt|Gräv|Lås|Larm)|"
    r"[ \t\xa0](?:\w{0,12}fond(?:en)?|\w{0,12}pris(?:et)?|\w{0,12}stipendi(?:um|et|efond)|Minneshall|Memorial|Foundation))s?\Z",
    re.IGNORECASE,
)


def is_named_after(name: str) -> bool:
    """Whether a house, a street, a shop or a fund bears somebody's name: Anna Lindhs minnesfond, Bergwalls Måleri."""
    words = name.split()
    while words and words[-1].isdigit():
        words.pop()
    if len(words) == 2 and is_given(words[0]):
        return False
    name = " ".join(words)
    return bool(_NAMED_AFTER.search(name) or (len(words) > 1 and _STREET.search(name)))
