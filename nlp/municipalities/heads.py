"""What makes a municipality's name part of another name: a university, a club, a company, a property, a street.

Tables, with `*` for up to twenty letters: `whole` words end there, `stems` may go on.
"""

import re

from nlp.municipalities.gazetteer import given_names, spellings

S = r"[ \t\xa0]"  # white space within a line
W = r"\s{1,4}"  # white space that may wrap


def _either(whole: str, stems: str = "") -> str:
    """One alternation of words; `_` stands for a blank."""
    words = [rf"{word}\b" for word in whole.split()] + stems.split()
    return "|".join(words).replace("*", r"\w{0,20}").replace("_", " ")


# "Linköpings universitet", "Kalmar slott": nouns whatever the case of the name.
_NOUN_AFTER = re.compile(
    W
    + "(?:"
    + _either(
        "läns? länet länets stift stifts stiftet stiftets nation kyrka slott *bruk öl arena teater energi glass ost senap porslin "
        "tegel keramik modellen avtalet konventionen fördraget central lakers vikings dolphins dragons eagles kings queens tigers wolves bears lions "
        "*badhus *simhall *ishall stadslopp *loppet vattentorn *fängelse",
        "universitet *högskola tekniska handelshögskola handelskammare tingsrätt hovrätt *församling *domkyrko domkyrka pastorat "
        "*sjukhus lasarett flygplats stadsmission stadsteater konstnärliga symfoni filharmoni *förening *klubb *förbund *tidning "
        "*badanstalt *badhuset *simhallen *ishallen skärgård konsthall *museum museer travbana galopp marathon garnison ångmaskin gruva *skidanläggning *golfbana havsbad "
        "*hembygdsgård *hembygdsförening *flygfält regemente bryggeri anstalt häkte *kraftverk musteri centralstation sparbank internationella fotboll hockey handboll *filmfestival",
    )
    + ")",
    re.IGNORECASE,
)
# "Ale torg 7" is an address, "Habo-modellen" a way of doing things.
_ADDRESS_AFTER = re.compile(rf"{W}(?:torg|gata|väg|allé|gränd|kaj){S}\d", re.IGNORECASE)
_HYPHENED = re.compile(
    r"[-\u2010\u2011](?:modell|metod|avtal|överenskommelse|fall|mål|projekt|skandal|dom|effekt|affär)\w{0,3}\b"
)
# "Malmö FF", "Umeå Energi": words that are written with a capital.
_NAME_AFTER = re.compile(
    rf"(?:{S}(?:Norra|Södra|Östra|Västra|City|Nya))?{S}{{1,2}}(?:"
    + _either(
        "FF IF BK HK IK FK SK AIK HF HC GIF IBK BoIS DFF FC IBF BTK GK RK BBK AFF SIF C Hockey Fotboll Basket Arlanda Landvetter Sturup "
        "Skavsta Airport Energi Vatten Arena Live Opera Hamn Bostäder Fastigheter Stadsfastigheter Tidningar Tidning Nyheter "
        "Allehanda Posten Teater Symfoniorkester Konserthus Filmfestival Open Pride Marathon Redhawks Parkering Elnät Taxi Buss "
        "Avfall Logistik Invest Science Business Convention Universitet Högskola Tingsrätt rödfärg Kraft Lakers Vikings Dolphins "
        "Dragons Eagles Kings Queens Tigers Wolves Bears Lions Innebandy Handboll Volley Bandy Friidrott Simsällskap Golfklubb "
        "Ridklubb Idrottsförening Bollklubb Sportklubb Bryggeri Bruk Slott Museum Folkblad Dagblad Kuriren Central Näringslivs* "
        "Kommunföretag Bostads* Vattenfestival Jazz Festival Stadsteater Stadsmission Hus Mässan Expo"
    )
    + ")"
)
_COMPANY_AFTER = re.compile(
    rf"(?:{S}(?:[A-ZÅÄÖ&][\w&.-]{{0,30}}|i|och|&)){{0,4}}{S}(?:AB|HB|KB|Aktiebolag|Ek\.?{S}?[Ff]ör|ekonomisk{S}förening)\b"
)
_PROPERTY_AFTER = re.compile(rf"(?:{S}[A-ZÅÄÖ][\w-]{{1,30}}){{0,2}}{S}\d{{1,4}}:\d{{1,4}}\b")
_BEFORE = re.compile(
    r"(?:\b(?:IFK|IF|BK|FC|AIK|GIF|IK|HV|KFUM|SK|Scandic|Hotell?|Elite|Clarion|Quality|Restaurang|Kvarteret|[Kk]v\.?|AB|Stiftelsen|"
    r"Radio|P4|Rederiet|Röda korset|[Tt]ekniska högskolan i|[Hh]ögskolan(?: i)?|[Uu]niversitetet(?: i)?|[Ss]jukhus(?:et)?|"
    r"\w{0,24}rätten i|\w{3,24}domstolen i|(?:[Hh]yres|arrende)nämnden i|Länsstyrelsen(?: i)?|Region|Gamla|Tidningen|Familjen|Familjerna|Bröderna|"
    rf"Makarna|Firma|Bolaget|Föreningen|Handelskammaren i|Museet i|Stiftet i)|rätten i){S}$"
)

# "Hjo Mejeri", "Umeå BSKT": a capital word behind the name goes on with it, unless it is a part of the town or a person.
_CAPITAL_AFTER = re.compile(rf"{S}{{1,2}}([A-ZÅÄÖ](?:[a-zåäöéü]{{2,30}}|[A-ZÅÄÖ]{{2,4}}))(?![\w-])")
_DISTRICTS = frozenset(
    "centrum city norra södra östra västra innerstad angered kista rinkeby tensta skärholmen farsta vällingby spånga hisingen rosengård "
    "hyllie gottsunda ytterby frölunda bergsjön biskopsgården hammarkullen vivalla skäggetorp navestad kronogården fittja alby ronna hovsjö".split()
)


# "Karlskrona-Ronneby flygplats": two towns share the noun.
_OTHER_HALF = re.compile(r"[-\u2010\u2011–][A-ZÅÄÖ][a-zåäö]{1,30}")


def shares_noun(after: str) -> bool:
    """Whether a noun follows that makes the name, and those enumerated with it, another name."""
    return _NOUN_AFTER.match(after) is not None


def is_other_name(before: str, after: str) -> bool:
    """Whether what stands beside the name makes it part of another."""
    return bool(
        _NOUN_AFTER.match(after)
        or ((half := _OTHER_HALF.match(after)) and _NOUN_AFTER.match(after, half.end()))
        or _NAME_AFTER.match(after)
        or _HYPHENED.match(after)
        or _ADDRESS_AFTER.match(after)
        or _PROPERTY_AFTER.match(after)
        or _COMPANY_AFTER.match(after)
        or _BEFORE.search(before[-28:])
    )


def opens_name(after: str) -> bool:
    """Whether a capital word follows that is neither a part of the town, another place nor a person."""
    following = _CAPITAL_AFTER.match(after)
    if following is None:
        return False
    word = following[1].lower()
    return not (word in _DISTRICTS or word in given_names() or word in spellings())
