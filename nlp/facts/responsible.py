"""Who is responsible: "Bo Ekdahl är projektledare för kontoret i Ånge", "kontaktperson i kommunen är Bo Ekdahl"."""

import re
from collections.abc import Iterator

from nlp.facts import lexicon as lex
from nlp.facts.said import WISHED, Said
from nlp.model import Fact, FactRole

_POST = r"(?:del)?(?:projektledare|projektansvarig|kontaktperson|ansvarig handläggare|ansvarig|samordnare|huvudansvarig)"
_BE = r"(?:är|blir|har blivit|har utsetts till|är utsedd till|utsågs till|kommer att (?:vara|bli)|ska vara|tar över som|går in som|tillträder som|tillträdde som)"
_HIS_POST = re.compile(
    rf"^,? ?(?:som )?{_BE} (?:nu )?(?:(?:er|vår|ny|nya|kommunens|kommunernas|tf|t\.f\.|tillförordnad|biträdande|myndighetens) ){{0,2}}(?P<post>{_POST})\b(?P<rest>.{{0,80}})"
)
_POST_HIS = re.compile(
    rf"(?P<post>{_POST})(?P<rest>(?: [\w.]+){{0,7}}?) (?:är|blir|heter|är nu|blir nu)(?: nu)? ?$"
)
_ANSWERS = re.compile(r"^ (?:ansvarar (?:nu )?för|leder|håller i|har ansvar(?:et)? för)\b(?P<rest>.{0,60})")
_OFFICE = re.compile(r"\b(?:service)?kontor|etablering")
_IN_MUNICIPALITY = re.compile(
    r"\b(?:i|på|hos|från) (?:er )?kommunen\b|\bkommunens\b|\bhos er\b|\b\w+ kommun\b"
)
_OF_MUNICIPALITY = re.compile(r"\bkommunens\b|\bhos er\b|\b(?:på|från) (?:er )?kommunen\b")
# A name that nobody knows, where a person must stand.
_UNKNOWN = re.compile(
    r"\b(?:är|blir|heter)(?: nu)? (?P<name>[A-ZÅÄÖ][^\W\d_]+(?: [A-ZÅÄÖ][\w-]+){1,2})(?!\w)"
)
_WORD_BEFORE = 90


def responsible(said: Said) -> Iterator[Fact]:
    """People with their part in an office, or in one of its steps."""
    if said.negated or WISHED.search(said.low):
        return
    for person in said.people:
        fact = _of_person(said, said.at(person.start), said.at(person.end), person.name)
        if fact is not None:
            yield fact
    unknown = _UNKNOWN.search(said.raw)
    if not said.people and unknown is not None:
        fact = _of_person(said, unknown.start("name"), unknown.end("name"), unknown["name"])
        if fact is not None:
            yield fact
    if said.sender and said.low.startswith("jag "):
        fact = _of_person(said, 0, 3, said.sender)
        if fact is not None:
            yield fact


def _of_person(said: Said, start: int, end: int, name: str) -> Fact | None:
    before, after = said.low[max(0, start - _WORD_BEFORE) : start], said.low[end:]
    match = _HIS_POST.match(after) or _POST_HIS.search(before)
    if match is not None:
        return _with_post(said, name, match["post"], match["rest"])
    answers = _ANSWERS.match(after)
    if answers is None:
        return None
    step = _step_in(answers["rest"])
    if step is None and not _OFFICE.search(answers["rest"]):
        return None
    return said.fact("responsible", "responsible.answers", 0.8, value=name, step=step, role="lead")


def _with_post(said: Said, name: str, post: str, rest: str) -> Fact | None:
    step = _step_in(rest)
    contact = post == "kontaktperson"
    if step is None and not contact and not _OFFICE.search(said.whole):
        return None
    if contact and not (
        _OFFICE.search(said.whole) or _IN_MUNICIPALITY.search(said.low) or said.office_letter
    ):
        return None
    role: FactRole = "contact" if contact else "lead"
    if (_IN_MUNICIPALITY if contact else _OF_MUNICIPALITY).search(said.low):
        role = "municipality_contact"
    return said.fact("responsible", "responsible.post", 0.85, value=name, step=step, role=role)


def _step_in(words: str) -> str | None:
    return next((step for step, noun in lex.NOUNS.items() if noun.search(words)), None)
