"""The labels of a header block and what stands behind each, as far as its lines go: folded, listed, set apart, unknown."""

import re
from dataclasses import dataclass, field

from ingest.chain.labels import MARKUP, MAX_LABEL, Role, is_rule, marker_of, roles_of, table
from ingest.chain.lines import MAX_HEADER_LINE, Line, next_filled, previous_filled
from ingest.chain.unknown import label_of, role_of, value_of

MAX_BLOCK = 2_000
MAX_WRAPPED = 2
_SPACED = 3  # labels that stand as paragraphs, so that the next one does as well
_WIDEST, _NARROW, _LEEWAY, _FOLDS = 80, 72, 6, 3
_RECIPIENTS = frozenset({"to", "cc", "bcc", "reply_to"})
_ADDRESSED = re.compile(r"[<\[(]\s?[^<>\[\]()\s]{1,64}@[^<>\[\]()\s]{1,255}[>\])<]|\[?mailto:")
_MESSAGE_ID = re.compile(r"<[^<>\s]{3,250}>")


@dataclass(slots=True)
class Fields:
    """The labels of a block while it is read: values as they stand, lines broken by newlines."""

    values: dict[Role, str] = field(default_factory=dict)
    languages: list[frozenset[str]] = field(default_factory=list)
    last: Role | None = None
    end: int = 0
    indent: int = 0
    spaced: int = 0
    run: int = 0
    stacked: bool = False
    sent: bool = False
    inside: bool = False
    announced: bool = False
    glued: bool = False
    inline: bool = False
    message_id: str | None = None
    pending: list[str] = field(default_factory=list)

    def has(self, *roles: Role) -> bool:
        return all(role in self.values for role in roles)


def read_fields(lines: list[Line], first: int) -> Fields:
    """Take labels in any order until a blank line, a label for the second time, or words that continue nothing."""
    fields = Fields(end=first, indent=_indent(lines[first].words))
    fields.inside = first > 0 and roles_of(lines[first - 1].words) is not None
    above = previous_filled(lines, first - 1, 0, 2)
    fields.announced = above is not None and marker_of(lines[above].words) is not None
    fields.glued = fields.inline = first > 0 and lines[first].start == lines[first - 1].end
    number: int | None = first
    while number is not None and number < len(lines) and number - first < MAX_BLOCK:
        line = lines[number]
        if line.depth != lines[first].depth:
            break
        if line.blank:
            number = None if fields.pending else _over_blank(lines, number, fields)
        elif _take_line(fields, line.words, number):
            number += 1
        else:
            break
    if fields.last == "subject" and fields.pending:
        _take_folded_subject(lines, fields)
    return fields


def _take_folded_subject(lines: list[Line], fields: Fields) -> None:
    """A subject that a program broke where the next word had no room on the line, above the blank line that ends a block."""
    at = last = fields.end
    if marker_of(lines[at].words) or is_rule(lines[at].words):
        return
    while (
        last < min(at + _FOLDS, len(lines)) and not lines[last].blank and lines[last].depth == lines[at].depth
    ):
        last += 1
    ended = at < last < len(lines) and lines[last].blank and lines[last - 1].words[-1:] not in ",.!?:"
    if not ended or not _is_broken(lines[at - 1], lines[at].words) or lines[at - 1].depth != lines[at].depth:
        return
    if all(_is_small(line.words) for line in lines[at + 1 : last]):
        for line in lines[at:last]:
            _extend(fields, line.words)
        fields.end = last


def _is_broken(above: Line, words: str) -> bool:
    """Whether the next word had no room on the line above, counted with or without quote marks."""
    word, small = len(words.split(" ", 1)[0]), _is_small(words)
    return any(
        width <= _WIDEST and (width + _LEEWAY + word > _WIDEST or (small and width + 1 + word > _NARROW))
        for width in (above.end - above.start, len(above.words))
    )


def _is_small(words: str) -> bool:
    return words[:1].islower() or words[:1].isdigit()


def _take_line(fields: Fields, words: str, number: int) -> bool:
    """Enter a line's labels, or what it adds to the value above; one that may do either waits for a further label."""
    labels = _labels(words, inline=fields.inline) or _compound(words, fields)
    fields.inline = fields.inline or len(labels) > 1
    if labels and not labels[0][0]:
        _extend(fields, labels.pop(0)[1])
    if labels:
        if not _take_label(fields, labels[0]):
            return False
        for label in labels[1:]:
            _take_label(fields, label)
        fields.run += 1
    elif fields.pending or not _goes_on(fields, words):
        fields.pending.append(words)
        return _may_wait(fields, words)
    fields.end = number + 1
    return True


def _goes_on(fields: Fields, words: str) -> bool:
    """Enter a line without a known label if it surely belongs to the block."""
    if _is_party(fields, words):
        _take_unknown(fields, words, "other")
    elif _continues(fields, words):
        _extend(fields, words)
    else:
        return False
    return True


def _labels(words: str, *, inline: bool) -> list[tuple[dict[Role, frozenset[str]], str]]:
    """The labels of a line with their values; several where a program put `From: … Sent: … To: …` on one.

    `inline`: the line above had several, and this may be the rest of it, which has no label before its first words.
    """
    first = roles_of(words)
    least = 1 if inline else 2 if "@" in words else 3
    if len(words) > MAX_HEADER_LINE or words.count(":") < least or (first and "subject" in first[0]):
        return [first] if first else []
    if first is None and not inline:
        return []
    found = [words[:0]]
    for word in words.replace("\xa0", " ").split(" "):
        known = word.endswith(":") and word[:1].isupper() and found[-1] and roles_of(word)
        subject = "subject" in (roles_of(found[-1]) or ({}, ""))[0]
        if known and not subject:
            found.append(word)
        else:
            found[-1] = f"{found[-1]} {word}" if found[-1] else word
    labels = [label for label in map(roles_of, found) if label is not None]
    if first is None:
        return [({}, found[0]), *labels] if labels else []
    return labels if len(labels) > 1 else [first]


def _compound(words: str, fields: Fields) -> list[tuple[dict[Role, frozenset[str]], str]]:
    """A label that ends with one for a subject, as systems of their own make them: Ärenderubrik, Meddelandeämne."""
    if "subject" in fields.values or ":" not in words[:MAX_LABEL] or not fields.has("sender", "date"):
        return []
    label, value = label_of(words), value_of(words)
    spoken = {code for languages in fields.languages for code in languages}
    for size in range(4, len(label) - 2):
        roles = table().roles.get(label[-size:], {})
        if value and roles.get("subject", frozenset()) & spoken:
            return [({"subject": roles["subject"]}, value)]
    return []


def _take_label(fields: Fields, label: tuple[dict[Role, frozenset[str]], str]) -> bool:
    """Enter a label unless it stood already; lines that waited for it belong to the label before."""
    roles, value = label
    spelled, languages = _likeliest(roles, fields.languages)
    role = _key(spelled)
    if role in fields.values and role != "other":
        return False
    for words in fields.pending:
        _take_unknown(fields, words, role)
    fields.pending = []
    fields.values[role] = value
    fields.languages.append(languages)
    fields.last, fields.sent = role, fields.sent or spelled == "sent"
    if role == "other" and (found := _MESSAGE_ID.fullmatch(value)) and "@" in value:
        fields.message_id = fields.message_id or found[0]
    return True


def _likeliest(
    roles: dict[Role, frozenset[str]], spoken: list[frozenset[str]]
) -> tuple[Role, frozenset[str]]:
    """The role of a label, where it has several the one in the languages of the labels above."""
    if len(roles) == 1:
        return next(iter(roles.items()))
    known = {code for languages in spoken for code in languages}
    return max(roles.items(), key=lambda item: len(item[1] & known))


def _is_party(fields: Fields, words: str) -> bool:
    """Whether a line holds parties behind a label that no table has: `Cc` in a language that few mails come in."""
    if ":" not in words or "<" not in words or not fields.has("sender", "date") or fields.last == "subject":
        return False
    value = value_of(words)
    return value is not None and bool(fields.values.get("to")) and role_of(value, fields.values) == "cc"


def _take_unknown(fields: Fields, words: str, after: Role) -> None:
    """A line between two labels: a label that no table has, else more of the value above."""
    value = value_of(words)
    role = role_of(value, fields.values) if value else None
    if role == "sender" and not fields.has("date", "subject"):
        role = None
    if role is None or role == after:
        _extend(fields, words)
    else:
        fields.values[role] = value or ""


def _extend(fields: Fields, words: str) -> None:
    if fields.last is None:
        return
    value = fields.values[fields.last]
    fields.stacked = fields.stacked or not value
    fields.values[fields.last] = f"{value}\n{words.strip()}" if value else words.strip(MARKUP)


def _continues(fields: Fields, words: str) -> bool:
    """Whether a line without label surely goes on with the value above it."""
    if fields.last is None or is_rule(words) or marker_of(words):
        return False
    if fields.glued and fields.last == "subject":
        return False
    value = fields.values[fields.last]
    if not value:
        return fields.last != "subject" or fields.stacked
    if _indent(words) > fields.indent and words[:1].isspace():
        return True
    if fields.last not in _RECIPIENTS:
        return False
    return value.rstrip()[-1:] in {";", ","} or _is_cut(value, words) or _is_list(words)


def _is_cut(value: str, words: str) -> bool:
    """Whether a list of addresses breaks off in an address, or in a name whose address the next line has."""
    opened, closed = value.rfind("<"), value.rfind(">")
    if opened > closed:
        return True
    if any(letter.isalpha() for letter in value[closed + 1 :]):
        found = _ADDRESSED.search(words[:MAX_HEADER_LINE].lstrip())
        return found is not None and (closed >= 0 or found.start() == 0)
    return False


def _is_list(words: str) -> bool:
    return bool(_ADDRESSED.search(words[:MAX_HEADER_LINE])) and words.rstrip()[-1:] in {
        ">",
        "]",
        ")",
        ";",
        ",",
    }


def _may_wait(fields: Fields, words: str) -> bool:
    """Whether a line may belong to the value above, if a further label follows."""
    if is_rule(words) or marker_of(words) or len(words) > MAX_HEADER_LINE:
        return False
    if fields.last in _RECIPIENTS:
        return (
            len(fields.pending) <= MAX_BLOCK
            and len(words) < 200
            and words.rstrip()[-1:] not in {".", "?", "!"}
        )
    return len(fields.pending) <= MAX_WRAPPED


def _over_blank(lines: list[Line], number: int, fields: Fields) -> int | None:
    """Go on over blank lines where every label is a paragraph, or where the block cannot be whole yet."""
    after = next_filled(lines, number, 3)
    if after is None or lines[after].depth != lines[number].depth:
        return None
    label = roles_of(lines[after].words)
    if label is not None and (
        _is_missing_subject(lines, after, fields) or _is_flag(lines[after].words, fields)
    ):
        return after
    if (
        label is None
        or all(_key(role) in fields.values for role in label[0])
        or (set(label[0]) == {"other"} and fields.spaced < _SPACED)
    ):
        return None
    if fields.run > 1 or ("sender" in label[0] and not _comes_late(fields)):
        return None
    whole = fields.has("sender", "date", "subject") or (
        fields.has("sender", "date", "to") and not fields.spaced
    )
    if whole and fields.spaced < 2:
        return None
    fields.spaced += 1
    fields.run = 0
    return after


def _is_flag(words: str, fields: Fields) -> bool:
    """Outlook sets the flag of a message apart, below its whole block."""
    return fields.has("sender", "subject") and label_of(words) in table().flags


def _comes_late(fields: Fields) -> bool:
    """Whether the sender may stand below a subject, as in Thunderbird's order of labels."""
    announced = fields.announced or "date" in fields.values
    return "sender" not in fields.values and "subject" in fields.values and announced


def _is_missing_subject(lines: list[Line], number: int, fields: Fields) -> bool:
    """QQ parts the subject from the labels above it by a blank line, and has another below."""
    label = roles_of(lines[number].words)
    alone = number + 1 == len(lines) or lines[number + 1].blank
    return (
        label is not None
        and alone
        and "subject" in label[0]
        and "subject" not in fields.values
        and bool(label[1])
        and fields.has("sender", "date", "to")
    )


def _key(role: Role) -> Role:
    return "date" if role == "sent" else role


def _indent(words: str) -> int:
    return len(words) - len(words.lstrip(" \t\xa0"))
