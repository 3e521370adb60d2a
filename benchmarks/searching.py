"""Searching a large store: python benchmarks/searching.py [MESSAGES [DATABASE_URL]]

Made-up letters go straight into the tables, people and places as in a real mailbox: few write much, many little, and some
words stand in every other letter. Then each question is asked five times; the median is printed.
"""

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from common import count_argument, machine

PEOPLE = 100_000
HOUSES = 300
AT_ONCE = 5_000
TURNS = 5
FIRST = datetime(2015, 1, 1, 8, tzinfo=UTC)
TODAY = date(2021, 10, 18)
SYLLABLES = "ka lo ri mu ten vo sal pri nor dik fa gel hus bro lin mar tek sko rad vin pel".split()
COMMON = (
    "kommunen servicekontoret lokalen mötet avtalet behovsanalysen hyresvärden återkommer svar beslut".split()
)
GIVEN = "Anna Bo Cia Dan Eva Finn Gun Hans Ida Jan Kajsa Lars Mia Nils Olof Paul Åsa Örjan Siv Tore".split()
QUESTIONS = (
    "lokalen",
    "kommunen servicekontoret",
    "unikum77",
    "lokalen unikum77",
    "lok*",
    '"kommunen servicekontoret"',
    "-lokalen",
    "lokalen OR avtalet",
    "från:paul",
    "från:paul kontor:ånge före:2021-06",
    "från:katen",
    "från:paul lokalen",
    "från:@ange.se lokalen",
    "till:åsa unikum77",
    "kontor:ånge",
    "kontor:ånge lokalen",
    "före:2016",
    "under:2018 lokalen",
    "är:vidarebefordrat",
    "är:karantän",
    "är:obesvarad kontor:ånge",
    "är:skickat har:bilaga",
    "har:bevakning",
    "bilaga:avtal* lokalen",
    "tel:0690-250100",
    'från:paul kontor:ånge före:2021-11 "lokal*" -är:vidarebefordrat har:bilaga',
    "finnsinte",
    "från:finnsinte",
    "lokalen före:2015-02",
)


def main() -> None:
    from db.store import open_store

    count = count_argument(100_000)
    with tempfile.TemporaryDirectory() as folder:
        url = sys.argv[2] if len(sys.argv) > 2 else f"sqlite:///{Path(folder) / 'store.db'}"
        with open_store(url, upgrade=True) as store:
            if not _held(store):
                fill(store, count)
            print(machine())
            print(f"{_held(store)} messages, {PEOPLE} people; milliseconds, median of {TURNS}")
            ask(store)


def _held(store: Any) -> int:
    from sqlalchemy import func, select

    from db.schema import Message

    with store.read() as session:
        return session.scalar(select(func.count()).select_from(Message)) or 0


def ask(store: Any) -> None:

    from crm.search import search

    for question in QUESTIONS:
        with store.read() as session:
            print(f"{_median(lambda: search(session, question, today=TODAY, limit=50)):8.1f}  {question}")  # noqa: B023 (called at once)


def _median(call: Any) -> float:
    times = []
    for _ in range(TURNS):
        started = time.perf_counter()
        call()
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times)


def fill(store: Any, count: int) -> None:
    """Rows of everything that a search asks for."""
    from crm.bootstrap import fill as fill_plans
    from db import schema as s

    fill_plans(store)
    chance = random.Random(28)  # noqa: S311 (the same letters each time)
    with store.write() as session:
        _add_parties(session, s, chance)
    for start in range(0, count, AT_ONCE):
        with store.write() as session:
            _add_letters(session, s, chance, range(start, min(start + AT_ONCE, count)))


def _name(number: int) -> str:
    chance = random.Random(number)  # noqa: S311 (the same name each time)
    return f"{chance.choice(GIVEN)} {''.join(chance.choices(SYLLABLES, k=3)).title()}"


def _add_parties(session: Any, s: Any, chance: random.Random) -> None:
    from sqlalchemy import insert

    houses = [f"hus{number}.example" for number in range(2, HOUSES + 1)]
    domains = ["ange.se", *houses]
    session.execute(
        insert(s.Organisation), [{"name": domain.partition(".")[0], "domain": domain} for domain in domains]
    )
    people = [{"name": _name(number)} for number in range(PEOPLE)]
    session.execute(insert(s.Person), people)
    names = [{"person_id": at, "name": one["name"]} for at, one in enumerate(people, 1)]
    session.execute(insert(s.PersonName), names)
    rows = []
    for at, one in enumerate(people, 1):
        house = min(int(chance.expovariate(0.05)), HOUSES - 1)
        local = one["name"].lower().replace(" ", ".").replace("å", "a").replace("ö", "o")
        address = f"{local}.{at}@{domains[house]}"
        rows.append({"address": address, "kind": "person", "person_id": at, "organisation_id": house + 1})
    session.execute(insert(s.Address), rows)


def _words(chance: random.Random) -> Iterator[str]:
    for place, word in enumerate(COMMON):
        if chance.random() < 0.6 / (1 + place):
            yield word
    for _ in range(20):
        yield "".join(chance.choices(SYLLABLES, k=chance.choice((2, 3))))
    if chance.random() < 0.0005:
        yield "unikum77"


def _add_letters(session: Any, s: Any, chance: random.Random, numbers: range) -> None:
    from sqlalchemy import insert, select

    from db.fulltext import index_messages

    offices = list(session.scalars(select(s.Office.id).order_by(s.Office.id)))
    texts = [" ".join(_words(chance)) for _ in numbers]
    raws, messages, recipients, links, documents, mentions, due = [], [], [], [], [], [], []
    for number, text in zip(numbers, texts, strict=True):
        ident = number + 1
        sent = FIRST + timedelta(minutes=3.5 * (number + chance.randrange(-5000, 5000)))
        sender = 1 + min(int(chance.expovariate(1 / 8000)), PEOPLE - 1)
        quoted = chance.random() < 0.3
        digest = sha256(str(ident).encode()).hexdigest()
        raws.append(
            {
                "sha256": digest,
                "size": 1,
                "content": b"",
                "taken_in_on": TODAY,
                "status": "ok",
                "reader_version": 99,
            }
        )
        messages.append(
            {
                "key": digest,
                "kind": chance.choice(("forwarded", "quoted")) if quoted else "received",
                "raw_id": ident,
                "from_name": _name(sender - 1),
                "address_id": None if quoted and chance.random() < 0.5 else sender,
                "subject": text[:40],
                "sent_at": sent,
                "written_on": sent.date(),
                "body": text,
                "direction": chance.choice(("in", "out", "internal", "others")),
                "status": "quarantined" if chance.random() < 0.0002 else "ok",
                "taken_in_on": TODAY,
            }
        )
        recipients += [
            {
                "message_id": ident,
                "field": "to",
                "position": at,
                "name": None,
                "address_id": 1 + chance.randrange(PEOPLE),
            }
            for at in range(2)
        ]
        if chance.random() < 0.3:
            links.append(
                {"message_id": ident, "office_id": chance.choice(offices), "reason": "x", "confidence": 0.9}
            )
        if chance.random() < 0.2:
            name = f"{chance.choice(('Avtal', 'Protokoll', 'Bild'))} {ident}.pdf"
            documents.append(
                {
                    "message_id": ident,
                    "position": 0,
                    "part": "2",
                    "filename": name,
                    "content_type": "x",
                    "size": 1,
                    "sha256": digest,
                }
            )
        if chance.random() < 0.1:
            mentions.append(_mention(ident, f"+46690{chance.randrange(250000, 260000)}"))
        if chance.random() < 0.1:
            due.append(_follow_up(ident))
    for table, rows in (
        (s.Raw, raws),
        (s.Message, messages),
        (s.Recipient, recipients),
        (s.Link, links),
        (s.AttachmentRow, documents),
        (s.MentionRow, mentions),
        (s.FollowUp, due),
    ):
        if rows:
            session.execute(insert(table), rows)
    index_messages(
        session, [(number + 1, text[:40], text) for number, text in zip(numbers, texts, strict=True)]
    )


def _mention(message: int, number: str) -> dict[str, Any]:
    return {
        "message_id": message, "label": "PHONE", "start": 0, "end": 1, "text": number, "name": number, "value": {"value": number},
        "rule": "x", "confidence": 0.9,
    }  # fmt: skip


def _follow_up(message: int) -> dict[str, Any]:
    return {
        "message_id": message,
        "kind": "request",
        "obligor": "sender",
        "owes": "us",
        "text": "x",
        "since": TODAY,
    }


if __name__ == "__main__":
    main()
