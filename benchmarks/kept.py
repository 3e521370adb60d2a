"""Kept promises in little stories of their own words: python -m benchmarks.kept [first|second]… [--wrong]"""

import argparse
import shutil
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from benchmarks.year import OWN, Score
from benchmarks.year_letters import FOLD, ZONE
from crm.bootstrap import open_store
from crm.intake import IntakeContext, take_in
from crm.notes import add_note
from crm.raws import put_raws
from crm.reading import read_mail
from crm.readings import ReadingContext
from db.schema import FollowUp, Message, Raw
from db.store import Store
from nlp.reader import Reader

_HERE = Path(__file__).parent
SETS = tuple(sorted(path.stem.removeprefix("kept_") for path in _HERE.glob("kept_*.toml")))


def stories(name: str) -> list[dict[str, Any]]:
    return list(tomllib.loads((_HERE / f"kept_{name}.toml").read_text(encoding="utf-8"))["story"])


def mails(story: dict[str, Any]) -> list[tuple[datetime, bytes]]:
    """The letters of a story as raw mails with their time, in their order; one a quarter of an hour."""
    made: list[tuple[datetime, bytes]] = []
    for number, (head, *told) in enumerate(story["letters"]):
        if ">" not in head:
            continue
        subject, body, *files = told
        parties, day, *marks = head.split()
        sender, recipient = (_party(one, story["town"]) for one in parties.split(">"))
        at = datetime.fromisoformat(day).replace(hour=9, tzinfo=ZONE) + timedelta(minutes=15 * number)
        one = EmailMessage()
        one["From"], one["To"], one["Subject"] = sender, recipient, subject
        one["Date"], one["Message-ID"] = format_datetime(at), f"<{number}@stories.example>"
        if {"re", "re0"} & set(marks):
            before = 0 if "re0" in marks else number - 1
            one["In-Reply-To"] = one["References"] = f"<{before}@stories.example>"
        if "auto" in marks:
            one["Auto-Submitted"] = "auto-replied"
        one.set_content(body, charset="utf-8", cte="8bit")
        for name in files:
            one.add_attachment(b"%PDF-1.4", maintype="application", subtype="octet-stream", filename=name)
        made.append((at, one.as_bytes()))
    return made


def _party(role: str, town: str) -> str:
    domain = town.casefold().translate(FOLD) + ".se"
    return {
        "us": "Karin Ström <karin.strom@statenssc.se>",
        "us2": "Olle Berg <olle.berg@statenssc.se>",
        "them": f"Maria Ek <maria.ek@{domain}>",
        "them2": f"Lars Holm <lars.holm@{domain}>",
        "box": f"Kommunen <kommun@{domain}>",
        "other": "Johan Lind <johan.lind@fastighetsbolaget.example>",
        "other2": "Sofia Lund <sofia.lund@fastighetsbolaget.example>",
        "supplier": "Per Sund <per.sund@inredarna.example>",
        "supplier2": "Anja Friis <anja.friis@inredarna.example>",
        "agency": "Eva Dahl <eva.dahl@skatteverket.se>",
        "citizen": "Ulla Karlsson <ulla.karlsson@hemmet.example>",
    }[role]


def take(store: Store, reader: Reader, story: dict[str, Any]) -> None:
    """Takes the letters in one after another, each on its own day."""
    for at, raw in mails(story):
        today = at.date()
        with store.write() as session:
            row = session.get_one(Raw, put_raws(session, [raw], today)[0].id)
            read = read_mail(raw, reader, ReadingContext(today=today))
            take_in(session, [(row, read)], IntakeContext(OWN, today))
    for head, text, *_ in story["letters"]:
        if ">" not in head:
            _write_down(store, story["town"], head, text)


def _write_down(store: Store, town: str, head: str, text: str) -> None:
    """A note of the office that somebody writes on its day: "note 2022-05-19", or of a phone call: "call 2022-05-19"."""
    kind, day = head.split()
    at = datetime.fromisoformat(day).replace(hour=15, tzinfo=ZONE)
    with store.write() as session:
        add_note(session, text, by="karin", now=at, kind="call" if kind == "call" else "note", office=town)


def kept_of_first(store: Store) -> dict[str, bool]:
    """Each promise and request of the first letter, and whether it is held to be kept."""
    asked = (
        select(FollowUp.text, FollowUp.state)
        .join(Message, FollowUp.message_id == Message.id)
        .where(Message.message_id == "<0@stories.example>", FollowUp.kind.in_(("commitment", "request")))
    )
    with store.read() as session:
        return {text: state == "kept" for text, state in session.execute(asked)}


def taken(name: str) -> Iterator[tuple[dict[str, Any], Store]]:
    """Each story of a lot with a store of its own in which it stands, open until the next is asked for."""
    reader = Reader()
    with tempfile.TemporaryDirectory() as folder:
        empty, copy = Path(folder) / "empty.sqlite", Path(folder) / "story.sqlite"
        open_store(f"sqlite:///{empty}").close()
        for story in stories(name):
            shutil.copy(empty, copy)
            with open_store(f"sqlite:///{copy}") as store:
                take(store, reader, story)
                yield story, store


def measure(name: str) -> Score:
    score = Score()
    for story, store in taken(name):
        found = kept_of_first(store)
        *_, last = story["letters"]
        where = f"{story['town']}: {list(found)} <= {' '.join(last[2 if len(last) > 2 else 1].split())}"
        score.add({"kept"} if any(found.values()) else set(), {"kept"} if story["kept"] else set(), where)
    return score


def _lines(name: str, score: Score, wrong: bool) -> Iterator[str]:
    yield f"{name}: precision {score.precision:.3f}  recall {score.recall:.3f}  ({score.there} kept, {score.found} found)"
    if wrong:
        yield from sorted(score.wrong)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("sets", nargs="*", default=SETS)
    parser.add_argument("--wrong", action="store_true", help="show which are wrong")
    given = parser.parse_args(arguments)
    for name in given.sets:
        print("\n".join(_lines(name, measure(name), given.wrong)))


if __name__ == "__main__":
    main()
