"""Case numbers in one form: as a diary writes them, and as a key under which different spellings are the same."""

import re

LONGEST = 100

_LABEL = re.compile(
    r"(?:dnr|d\.nr|diarienr|diarienummer|ärendenr|ärendenummer|ärende)\b\.?[ ]?:?[ ]?(?=[^\d:]{0,10}\d)",
    re.IGNORECASE,
)
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
_MINISTRY = re.compile(
    r"(fi|ju|fö|ku|kn|li|ud|sb|s|m|n|u|a|i)[ ]?((?:19|20)\d{2}/\d{4,5}(?:/\w{1,6})?)", re.IGNORECASE
)
_SPACED = re.compile(r"[ ]?([/:])[ ]?")


def normalised(number: str) -> str:
    """`Dnr: ks  2021 / 123` → `ks 2021/123`, `FI2024/02222` → `Fi2024/02222`: one space, plain dashes, no label."""
    text = " ".join(number.replace("\xa0", " ").translate(_DASHES).split())
    label = _LABEL.match(text)
    text = _SPACED.sub(r"\1", text[label.end() if label else 0 :]).lstrip("#")
    ministry = _MINISTRY.fullmatch(text)
    return _ministry(ministry[1], ministry[2]) if ministry else text


def _ministry(letters: str, rest: str) -> str:
    known = letters.upper() if letters.upper() in {"KN", "LI", "UD", "SB"} else letters.capitalize()
    return f"{known}{rest}"


def key(number: str) -> str:
    """Equal for spellings of one number: `KS 2021/123`, `ks2021/123` and `KS-2021/123`."""
    return re.sub(r"(?<=[a-zåäö])-(?=\d)", "", normalised(number).casefold().replace(" ", ""))
