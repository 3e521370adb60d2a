"""Digests that are sent: a year of them with kills at random, and each way in which one can fail."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import event, insert, select, update
from sqlalchemy.orm import Session

from crm.digests import Digest
from crm.errors import AddressMissing, RemindersBusy
from crm.followups import where
from crm.reminder_days import reminder_days
from crm.sending import Sending, SentRow, gravest, send_digests
from crm.settings import Settings, load
from db.engine import MODE
from db.schema import Account, FollowUp, Reminded, ReminderSent
from db.store import Store
from ingest.errors import MailNotTaken, RecipientRefused, SignInRefused, Unanswered
from nlp.dates.calendar import is_working_day

FIRST = date(2021, 3, 1)
SETTINGS = load(
    own="statenssc.se",
    reminder_unassigned="funktion@statenssc.se",
    reminder_addresses={"anna": "anna@statenssc.se", "Bo": "bo@statenssc.se"},
)
PEOPLE = {"anna": "anna@statenssc.se", "bo": "bo@statenssc.se", None: "funktion@statenssc.se"}


class Killed(BaseException):
    """The program is gone: nothing after this line runs."""


@dataclass
class FakePost:
    """Takes mails; `fate` says at which point it is cut off, or what the server answers."""

    fate: Callable[[], Any] = lambda: None
    made: dict[str, Digest] = field(default_factory=dict)
    taken: list[tuple[str, Digest]] = field(default_factory=list)

    def compose(self, digest: Digest, name: str) -> bytes:
        self.made[name] = digest
        return name.encode()

    def send(self, sender: str, recipient: str, mail: bytes, before_end: Callable[[], None]) -> None:
        fate = self.fate()
        self._meet(fate, "before")
        before_end()
        self._meet(fate, "at the end")
        self.taken.append((recipient, self.made[mail.decode()]))
        self._meet(fate, "after")

    @staticmethod
    def _meet(fate: Any, point: str) -> None:
        if fate is not None and fate[0] == point:
            raise fate[1]


def run(
    store: Store, day: date, post: FakePost, settings: Settings = SETTINGS, **asked: Any
) -> list[SentRow]:
    now = datetime.combine(day, datetime.min.time(), UTC)
    sending = Sending(store, day, now, "aterkom@statenssc.se", post.compose, post)
    return list(send_digests(sending, settings, **asked))


def add(store: Store, *rows: dict[str, Any]) -> None:
    plain = {
        "kind": "commitment",
        "obligor": "sender",
        "owes": "us",
        "state": "accepted",
        "text": "Vi återkommer.",
    }
    columns = ("due_start", "due_end", "approximate", "assignee", "since", "snoozed_until")
    empty: dict[str, Any] = dict.fromkeys(columns) | {"approximate": False, "since": FIRST}
    with store.write() as session:
        session.execute(insert(FollowUp), [{**plain, **empty, **row} for row in rows])


def states(rows: list[SentRow]) -> dict[str, str]:
    return {row.person: row.state for row in rows}


# A year


def _follow_up(dice: Random) -> dict[str, Any]:
    start = FIRST + timedelta(dice.randint(0, 330))
    end = start + timedelta(dice.choice([0, 0, 6, 30, 90]))
    open_start, open_end, undated = (dice.random() < chance for chance in (0.2, 0.1, 0.15))
    return {
        "due_start": None if open_start or undated else start,
        "due_end": None if (open_end and not open_start) or undated else end,
        "approximate": dice.random() < 0.3,
        "state": dice.choice(["accepted", "proposed"]),
        "assignee": dice.choice(["anna", "bo", None]),
        "since": FIRST + timedelta(dice.randint(0, 200)) if undated else FIRST,
    }


def _fate(dice: Random) -> Callable[[], Any]:
    """One mail of four meets its end, at any point."""
    ends = [
        ("before", Killed()),
        ("at the end", Killed()),
        ("after", Killed()),
        ("before", RecipientRefused(recipient="x")),
        ("at the end", MailNotTaken(recipient="x")),
        ("after", Unanswered(host="x")),
    ]
    return lambda: dice.choice(ends) if dice.random() < 0.25 else None


def _expected(store: Store, until: date) -> dict[tuple[str, str], set[date]]:
    """Every reminder day of every follow-up, by whom it concerns."""
    with store.read() as session:
        rows = where(session, FollowUp.id > 0)
    return {
        (row.id, PEOPLE[row.assignee]): {found.day for found in reminder_days(row, until)} for row in rows
    }


@pytest.mark.parametrize("seed", [1, 2])
def test_a_year_with_kills_doubles_nothing_and_loses_nothing(store: Store, seed: int) -> None:
    """Whoever was cut off between the last byte and the note tells the same again, marked; all else is told once."""
    dice = Random(seed)
    add(store, *[_follow_up(dice) for _ in range(40)])
    post = FakePost(_fate(dice))
    last = FIRST + timedelta(365)
    for number in range(366):
        if dice.random() < 0.15:  # the machine is off
            continue
        for _ in range(dice.choice([1, 1, 2])):
            try:
                run(store, FIRST + timedelta(number), post)
            except Killed:
                continue
    post.fate = lambda: None
    _nothing_is_doubled_or_lost(store, post, last)
    assert len(post.taken) > 150


def _nothing_is_doubled_or_lost(store: Store, post: FakePost, last: date) -> None:
    """After one more run that nothing ends, on the first working day from `last` on."""
    last = next(day for day in (last + timedelta(n) for n in range(1, 9)) if is_working_day(day))
    run(store, last, post)
    told: dict[tuple[str, str], Counter[date]] = defaultdict(Counter)
    repeated: set[tuple[str, str]] = set()
    for person, digest in post.taken:
        assert is_working_day(digest.day)
        for entry in digest.entries:
            told[entry.reminder.follow_up.id, person].update(entry.days)
            if entry.doubtful:
                repeated.add((entry.reminder.follow_up.id, person))
    for key, days in _expected(store, last).items():
        assert max(told[key].values(), default=0) <= 1
        missing = days - told[key].keys()
        assert not missing or key in repeated, (key, missing)
        assert told[key].keys() <= days
    assert max(Counter((person, digest.day) for person, digest in post.taken).values()) == 1


@dataclass
class Kills:
    """Ends the program at the point number `at` of a run: before a writing statement, on either side of a commit, around a mail."""

    at: int = 0
    passed: int = 0
    met: Counter[str] = field(default_factory=Counter)

    def reach(self, point: str) -> None:
        self.passed += 1
        if self.passed == self.at:
            self.met[point] += 1
            raise Killed

    def next_run(self, at: int) -> None:
        self.at, self.passed = at, 0

    def statement(self, _connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        verb, *rest = statement.split()
        if verb in {"INSERT", "UPDATE", "DELETE"}:
            self.reach(f"{verb} {next(word for word in rest if word not in {'INTO', 'FROM'})}")

    def commit(self, _connection: Any) -> None:
        self.reach("before a commit")

    def committed(self, session: Session) -> None:
        if session.get_bind().get_execution_options().get(MODE) == "write":
            self.reach("after a commit")


@dataclass
class MortalPost(FakePost):
    """As `FakePost`, on a machine that may end at any point of a mail."""

    kills: Kills = field(default_factory=Kills)

    def _meet(self, fate: Any, point: str) -> None:  # type: ignore[override]
        del fate
        self.kills.reach(f"{point} of a mail")


@pytest.fixture
def kills(store: Store) -> Iterator[Kills]:
    found = Kills()
    listening: list[tuple[Any, str, Any]] = [
        (store.engine, "before_cursor_execute", found.statement),
        (store.engine, "commit", found.commit),
        (Session, "after_commit", found.committed),
    ]
    for target, name, heard in listening:
        event.listen(target, name, heard)
    yield found
    for target, name, heard in listening:
        event.remove(target, name, heard)


def test_a_year_with_a_kill_between_any_two_writes(store: Store, kills: Kills) -> None:
    """Each working day a run ends at the next point, the run after it at another; a third has the day to itself."""
    dice = Random(4)
    add(store, *[_follow_up(dice) for _ in range(40)])
    post = MortalPost(kills=kills)
    last, points = FIRST + timedelta(365), 1
    for number in range(366):
        for at in (1 + number % points, 1 + 7 * number % points, 0):
            kills.next_run(at)
            try:
                run(store, FIRST + timedelta(number), post)
            except Killed:
                continue
            points = max(points, kills.passed)
    kills.next_run(0)
    _nothing_is_doubled_or_lost(store, post, last)
    assert kills.met.keys() >= {
        "INSERT reminder_sent", "UPDATE reminder_sent", "DELETE reminder_sent", "INSERT reminded", "INSERT audit",
        "INSERT audit_payload", "before a commit", "after a commit", "before of a mail", "at the end of a mail",
        "after of a mail",
    }  # fmt: skip
    assert sum(kills.met.values()) > 150


def test_without_kills_every_day_is_told_on_that_day(store: Store) -> None:
    dice = Random(3)
    add(store, *[_follow_up(dice) for _ in range(15)])
    post = FakePost()
    until = FIRST + timedelta(120)
    for number in range(121):
        run(store, FIRST + timedelta(number), post)
    told = [
        (entry.reminder.follow_up.id, person, day, digest.day)
        for person, digest in post.taken
        for entry in digest.entries
        for day in entry.days
    ]
    assert all(day == sent for _, _, day, sent in told if day >= FIRST)
    expected = {
        (name, person, day) for (name, person), days in _expected(store, until).items() for day in days
    }
    assert sorted((name, person, day) for name, person, day, _ in told) == sorted(expected)


# Each way to fail

MONDAY = date(2021, 10, 18)
DUE = {"due_start": MONDAY, "due_end": MONDAY, "assignee": "anna"}


@pytest.mark.parametrize("point", ["before", "at the end", "after"])
def test_a_kill_never_makes_a_second_mail_of_the_day(store: Store, point: str) -> None:
    add(store, DUE)
    post = FakePost(lambda: (point, Killed()))
    with pytest.raises(Killed):
        run(store, MONDAY, post)
    post.fate = lambda: None
    again = states(run(store, MONDAY, post))
    assert again == {"anna@statenssc.se": "sent" if point == "before" else "already"}
    run(store, MONDAY + timedelta(1), post)
    mails = [(digest.day, [entry.doubtful for entry in digest.entries]) for _, digest in post.taken]
    assert (
        mails
        == {
            "before": [(MONDAY, [False]), (MONDAY + timedelta(1), [False])],
            "at the end": [(MONDAY + timedelta(1), [True])],
            "after": [(MONDAY, [False]), (MONDAY + timedelta(1), [True])],
        }[point]
    )


def test_a_mail_that_was_refused_is_tried_again_and_the_others_go(store: Store) -> None:
    add(store, DUE, {**DUE, "assignee": "bo"})
    fates = iter([("before", RecipientRefused(recipient="anna@statenssc.se")), None])
    post = FakePost(lambda: next(fates, None))
    rows = run(store, MONDAY, post)
    assert states(rows) == {"anna@statenssc.se": "failed", "bo@statenssc.se": "sent"}
    assert gravest(rows) == 1
    rows = run(store, MONDAY, post)
    assert states(rows) == {"anna@statenssc.se": "sent", "bo@statenssc.se": "already"}


def test_a_refused_sign_in_ends_the_run(store: Store) -> None:
    add(store, DUE, {**DUE, "assignee": "bo"})
    rows = run(store, MONDAY, FakePost(lambda: ("before", SignInRefused(host="x", user="y"))))
    assert (states(rows), gravest(rows)) == ({"anna@statenssc.se": "failed"}, 3)


def test_nothing_is_sent_on_a_free_day_or_when_nothing_is_new(store: Store) -> None:
    add(store, {**DUE, "due_end": MONDAY + timedelta(60)})
    post = FakePost()
    assert run(store, MONDAY - timedelta(1), post) == []
    assert states(run(store, MONDAY, post)) == {"anna@statenssc.se": "sent"}
    assert states(run(store, MONDAY + timedelta(1), post)) == {"anna@statenssc.se": "nothing"}


def test_a_digest_marks_what_is_new_and_what_just_stands(store: Store) -> None:
    add(store, {**DUE, "due_end": MONDAY + timedelta(60)}, {**DUE, "due_start": MONDAY + timedelta(1)})
    post = FakePost()
    run(store, MONDAY, post)
    add(store, {**DUE, "due_start": MONDAY + timedelta(1), "due_end": MONDAY + timedelta(1)})
    run(store, MONDAY + timedelta(1), post)
    ((_, _first), (_, second)) = post.taken
    marked = {entry.reminder.follow_up.id: bool(entry.days) for entry in second.entries}
    assert (marked["f1"], marked["f3"]) == (False, True)


def test_somebody_without_an_address_is_named(store: Store) -> None:
    add(store, {**DUE, "assignee": "cia"}, {**DUE, "assignee": None})
    rows = run(store, MONDAY, FakePost(), load(own="statenssc.se"))
    assert [(row.person, type(row.error)) for row in rows] == [("cia", AddressMissing), ("", AddressMissing)]
    assert gravest(rows) == 3


def test_two_names_of_one_address_get_one_mail(store: Store) -> None:
    add(store, DUE, {**DUE, "assignee": "anna@statenssc.se"}, {**DUE, "assignee": "ANNA"})
    post = FakePost()
    assert states(run(store, MONDAY, post)) == {"anna@statenssc.se": "sent"}
    ((_, digest),) = post.taken
    assert len(digest.entries) == 3


def test_no_sync_for_a_working_day_is_said_even_when_nothing_is_due(store: Store) -> None:
    add(store, {**DUE, "due_start": None, "due_end": MONDAY + timedelta(300)})
    with store.write() as session:
        session.add(Account(name="brev", kind="imap", last_sync=datetime(2021, 10, 15, 12, tzinfo=UTC)))
    post = FakePost()
    assert states(run(store, MONDAY, post))["anna@statenssc.se"] == "nothing"
    late = run(store, MONDAY + timedelta(1), post)
    assert states(late) == {"anna@statenssc.se": "sent", "funktion@statenssc.se": "sent"}
    stale = post.taken[0][1].stale
    assert stale is not None
    assert (stale.accounts, stale.since) == (("brev",), date(2021, 10, 15))


def test_a_follow_up_that_goes_to_somebody_else_is_new_to_him(store: Store) -> None:
    add(store, {**DUE, "due_end": MONDAY + timedelta(60)})
    post = FakePost()
    run(store, MONDAY, post)
    with store.write() as session:
        session.execute(update(FollowUp).values(assignee="bo"))
    assert states(run(store, MONDAY + timedelta(1), post)) == {"bo@statenssc.se": "sent"}


def test_what_was_erased_while_it_was_sent_is_not_remembered(store: Store) -> None:
    add(store, DUE)

    def erase() -> None:
        with store.write() as session:
            session.delete(session.get_one(FollowUp, 1))

    post = FakePost(erase)
    assert states(run(store, MONDAY, post)) == {"anna@statenssc.se": "sent"}
    with store.read() as session:
        assert session.scalars(select(Reminded)).all() == []


def test_many_new_ones_are_told_of_over_several_days(store: Store) -> None:
    add(store, *[{**DUE, "due_end": MONDAY + timedelta(200)} for _ in range(250)])
    post = FakePost()
    for number in range(3):
        run(store, MONDAY + timedelta(number), post)
    told = [sum(bool(entry.days) for entry in digest.entries) for _, digest in post.taken]
    assert told == [200, 50]
    assert post.taken[0][1].more == {"due": 50}


def test_two_runs_at_once(store: Store) -> None:
    add(store, DUE)
    with store.lock("reminders", 1) as got:
        assert got
        with pytest.raises(RemindersBusy):
            run(store, MONDAY, FakePost(), lock_timeout=0)


def test_only_one_person(store: Store) -> None:
    add(store, DUE, {**DUE, "assignee": "bo"})
    assert states(run(store, MONDAY, FakePost(), who="Bo")) == {"bo@statenssc.se": "sent"}


def test_the_journal_says_what_was_sent(store: Store) -> None:
    add(store, DUE)
    (row,) = run(store, MONDAY, FakePost())
    with store.read() as session:
        (kept,) = session.scalars(select(ReminderSent)).all()
    assert (kept.person, kept.state, kept.message_id, kept.items) == (
        row.person,
        "sent",
        row.message_id,
        {"told": [1]},
    )
