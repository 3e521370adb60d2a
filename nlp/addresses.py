"""Mail addresses and postal addresses in running text. Every pattern is bounded; the time is linear."""

import re
from collections.abc import Iterator

from nlp.model import TextMention

_LOCAL_SIGNS = frozenset("_.+%'-")
_LOCAL_LONGEST = 64
# The look-behind lets a run of letters be tried once, from its beginning.
_MAIL = re.compile(
    r"(?<![\w.+%'-])[\w+%'-][\w.+%'-]{0,63}@(?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,24}(?![\w-])(?!\.[^\W\d_])"
)

_S = r"[ \t\xa0]"
_TOWN = r"[A-ZÅÄÖ][^\W\d_]{1,30}(?:[ -][A-ZÅÄÖ][^\W\d_]{1,30}){0,2}"
_POSTCODE = rf"(?:S(?:E|WE)?{_S}?[-–]{_S}?)?[1-9]\d{{2}}{_S}?\d{{2}}{_S}{{1,3}}{_TOWN}"
_STREET = (
    rf"(?:(?<![^\W_])[A-ZÅÄÖ][^\W\d_]{{1,20}}{_S}){{0,2}}(?<![^\W_])[A-ZÅÄÖa-zåäö][^\W\d_]{{0,30}}"
    r"(?:gatan|gata|vägen|väg|gränden|gränd|stigen|stig|torget|torg|plan|platsen|plats|allén|allé|backen|leden|esplanaden|kajen|"
    rf"slingan|ringen|promenaden|stråket|tvärgatan|{_S}(?:gata|väg|gränd|torg|plats|plan|allé|stig|backe))"
    rf"{_S}\d{{1,4}}(?:[-–]\d{{1,4}})?(?:{_S}?[A-Fa-f](?![^\W_]))?"
)
_BOX = rf"\bBox{_S}\d{{1,6}}"
_PLACE = re.compile(
    rf"(?:(?P<street>{_STREET})|(?P<box>{_BOX})|(?<![\w-]){_POSTCODE})(?:{_S}?,?\s{{0,3}}{_POSTCODE})?(?!\w)"
)


# The last word of a street, and Box, before a number: the signs by which postal addresses are looked for.
_NUMBERED = tuple(
    "gatan gata vägen väg gränden gränd stigen stig torget torg plan platsen plats allén allé backen backe leden "
    "esplanaden kajen slingan ringen promenaden stråket Box".split()
)
_NUMBER = re.compile(r"\d+")
_POSTCODE_HERE = re.compile(rf"[1-9]\d{{2}}{_S}?\d{{2}}{_S}{{1,3}}[A-ZÅÄÖ]")
# Tidplan 2022–2023, Handlingsplan 3, mötesplats 2, på plan 4: documents, floors and years; where a post code follows it is a street.
_NO_STREET = re.compile(
    r"(?:tid|detalj|översikts|verksamhets|handlings|åtgärds|projekt|arbets|genomförande|förvaltnings|affärs|utvecklings|etablerings|"
    r"lokalförsörjnings|aktivitets|kommunikations|process|års|budget|investerings|underhålls|semester|fördjupnings|struktur|"
    r"kris|beredskaps|utbildnings|kvalitets|jämställdhets|miljö|mål|långtids|flerårs|utbyggnads|bostads|vecko|rese|"
    r"mötes|parkerings|p-|arbetsmarknads|utställnings|lag|hand|vård|skol)(?:plan|plats|platsen)[ \t\xa0]|"
    r"(?<![^\W_])(?:på|till|från|i|av|om|nu|se|enligt|vår|er|ny)[ \t\xa0](?:plan|plats|torg|väg|gata)[ \t\xa0]\d|"
    r"[ \t\xa0](?:19|20)\d{2}(?:[-–]\d{2,4})?\Z",
    re.IGNORECASE,
)
_BEFORE_NUMBER = 100  # signs of a postal address before its first number


def find_mail_addresses(text: str) -> list[TextMention]:
    """Mail addresses (label ADDRESS); the value is in lower case."""
    return [
        TextMention("ADDRESS", m.group(), m.start(), m.end(), m.group().lower(), "address.mail", 0.99)
        for m in _mails(text)
    ]


def _mails(text: str) -> Iterator[re.Match[str]]:
    """From every @ back to where its local part begins: few texts hold one, and those few."""
    last, at = 0, text.find("@")
    while at >= 0:
        start = at
        while start > last and at - start <= _LOCAL_LONGEST and _is_local(text[start - 1]):
            start -= 1
        match = _MAIL.match(text, start)
        if match:
            yield match
            last = match.end()
        at = text.find("@", max(at + 1, last))


def _is_local(sign: str) -> bool:
    return sign.isalnum() or sign in _LOCAL_SIGNS


def find_postal_addresses(text: str) -> list[TextMention]:
    """Streets with a number, boxes, post codes with a town, together where they stand together."""
    found = []
    for match in _places(text):
        if match["street"] and match.end() == match.end("street") and _NO_STREET.search(match["street"]):
            continue
        rule = "address.street" if match["street"] else "address.box" if match["box"] else "address.postcode"
        value = " ".join(match.group().split())
        found.append(TextMention("ADDRESS", match.group(), *match.span(), value, rule, 0.9))
    return found


def _places(text: str) -> Iterator[re.Match[str]]:
    """Looks only around numbers that can belong to an address."""
    last = 0
    for number in _NUMBER.finditer(text):
        if number.start() < last or not _may_belong(text, number.start()):
            continue
        match = _PLACE.search(text, max(last, number.start() - _BEFORE_NUMBER))
        if match is None:
            return
        yield match
        last = match.end()


def _may_belong(text: str, number: int) -> bool:
    return text.endswith(_NUMBERED, 0, max(0, number - 1)) or _POSTCODE_HERE.match(text, number) is not None


def find_addresses(text: str) -> list[TextMention]:
    """Mail and postal addresses in text order."""
    found = [*find_mail_addresses(text), *find_postal_addresses(text)]
    return sorted(found, key=lambda mention: mention.start)
