"""Office links of letters with traps, each labelled with its offices: python -m benchmarks.links [second] [--wrong]"""

import argparse
import tempfile
import tomllib
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from benchmarks.year import OWN, Score
from crm import ids, links
from crm.bootstrap import open_store
from crm.intake import IntakeContext, take_in
from crm.offices import list_offices
from crm.plan_revisions import import_plan
from crm.plans import OfficePlan, Plan, shipped_plans
from crm.raws import put_raws
from crm.reading import read_mail
from crm.readings import ReadingContext
from db.schema import Link, Message, Raw
from db.store import Store
from nlp.reader import Reader

_BEGAN = datetime(2022, 3, 1, 9, tzinfo=UTC)
_SPLIT = (
    OfficePlan("Linköping", "Centrum", 1),
    OfficePlan("Linköping", "Skäggetorp", 2, was="Linköping"),
    OfficePlan("Åre", "Järpen", 1, was="Åre"),
)


@dataclass(frozen=True)
class Labelled:
    """A letter, its number among the others, and what it is linked with in truth."""

    number: int
    told: dict[str, Any]

    @property
    def id(self) -> str:
        return f"<{self.number}@links.example>"

    @property
    def at(self) -> datetime:
        return _BEGAN + timedelta(days=3 * self.number)

    @property
    def shown(self) -> str:
        return f"{self.number}: {self.told['subject']}"

    def raw(self) -> bytes:
        made = EmailMessage()
        made["From"], made["To"], made["Subject"] = (self.told[key] for key in ("from", "to", "subject"))
        made["Date"], made["Message-ID"] = format_datetime(self.at), self.id
        if "cc" in self.told:
            made["Cc"] = self.told["cc"]
        if "re" in self.told:
            made["In-Reply-To"] = made["References"] = f"<{self.told['re']}@links.example>"
        for name, value in self.told.get("headers", {}).items():
            made[name] = value
        made.set_content(self.told["body"], charset="utf-8", cte="8bit")
        return made.as_bytes()


def labelled(lot: str = "") -> list[Labelled]:
    """The letters of a lot; without a name, of the first."""
    name = f"links_{lot}.toml" if lot else "links.toml"
    text = (Path(__file__).parent / name).read_text(encoding="utf-8")
    return [Labelled(number, told) for number, told in enumerate(tomllib.loads(text)["letter"])]


def split_plan() -> Plan:
    """The newest plan that comes with the program, with two offices in Linköping and a named place in Åre."""
    newest = shipped_plans()[-1]
    kept = [one for one in newest.offices if one.municipality not in {new.municipality for new in _SPLIT}]
    return replace(newest, key="2022-02-01", day=date(2022, 2, 1), title="Ny", offices=(*kept, *_SPLIT))


def measure(letters: list[Labelled]) -> Score:
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{Path(folder) / 'links.sqlite'}")
        with store.write() as session:
            import_plan(session, split_plan(), name="plan.toml", by="anna", now=_BEGAN)
        _take(store, letters)
        score = _score(store, letters)
        store.close()
        return score


def _take(store: Store, letters: list[Labelled]) -> None:
    reader = Reader()
    for one in letters:
        raw, today = one.raw(), one.at.date()
        with store.write() as session:
            row = session.get_one(Raw, put_raws(session, [raw], today)[0].id)
            read = read_mail(raw, reader, ReadingContext(today=today))
            take_in(session, [(row, read)], IntakeContext(OWN, today))
        if "decided" in one.told:
            with store.write() as session:
                links.link(session, one.id, one.told["decided"], by="anna", now=one.at)


def _score(store: Store, letters: list[Labelled]) -> Score:
    with store.read() as session:
        names = {row.id: row.name for row in list_offices(session)}
        asked = select(Message.message_id, Link.office_id).join(Link, Link.message_id == Message.id)
        linked: dict[str, set[str]] = {}
        for message, office in session.execute(asked.where(Message.kind == "received")):
            linked.setdefault(message or "", set()).add(names[ids.printed("office", office)])
    score = Score()
    for one in letters:
        score.add(linked.get(one.id, set()), set(one.told["offices"]), one.shown)
    return score


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("lot", nargs="?", default="")
    parser.add_argument("--wrong", action="store_true", help="show which are wrong")
    given = parser.parse_args()
    letters = labelled(given.lot)
    score = measure(letters)
    print(
        f"{len(letters)} letters: precision {score.precision:.3f}  recall {score.recall:.3f}  F1 {score.f1:.3f}"
    )
    if given.wrong:
        print("\n".join(sorted(score.wrong)))


if __name__ == "__main__":
    main()
