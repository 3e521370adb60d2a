"""Mail addresses and postal addresses in running text. Every pattern is bounded; the time is linear."""

import re

from nlp.model import TextMention

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


def find_mail_addresses(text: str) -> list[TextMention]:
    """Mail addresses (label ADDRESS); the value is in lower case."""
    return [
        TextMention("ADDRESS", m.group(), m.start(), m.end(), m.group().lower(), "address.mail", 0.99)
        for m in _MAIL.finditer(text)
    ]


def find_postal_addresses(text: str) -> list[TextMention]:
    """Streets with a number, boxes, post codes with a town, together where they stand together."""
    found = []
    for match in _PLACE.finditer(text):
        rule = "address.street" if match["street"] else "address.box" if match["box"] else "address.postcode"
        value = " ".join(match.group().split())
        found.append(TextMention("ADDRESS", match.group(), *match.span(), value, rule, 0.9))
    return found


def find_addresses(text: str) -> list[TextMention]:
    """Mail and postal addresses in text order."""
    found = [*find_mail_addresses(text), *find_postal_addresses(text)]
    return sorted(found, key=lambda mention: mention.start)
