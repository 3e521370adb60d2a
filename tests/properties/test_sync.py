"""Anything may happen to a mailbox and to a sync; one clean sync later the store holds all that ever was seen."""

import contextlib
from copy import deepcopy
from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from ingest.errors import ServerUnreachable
from ingest.sync import FolderResult, sync_mailbox
from tests.fakes import ARRIVED, FakeFolder, FakeServer, FakeSource, MemorySink, StoreFull

NAMES = ("INBOX", "Skickat", "Arkiv", "Äldre")
folders = st.sampled_from(NAMES)
FLAGS = ("\\Answered", "\\Flagged", "\\Seen")
OFFERED = [(), ("STATUS",), ("STATUS", "CONDSTORE"), ("STATUS", "CONDSTORE", "QRESYNC")]


class Mailbox(RuleBasedStateMachine):
    """Mails come, move and go, folders are renumbered, renamed and restored, syncs are cut, refused and cheated."""

    def __init__(self) -> None:
        super().__init__()
        self.server = FakeServer({name: FakeFolder() for name in NAMES[:3]})
        self.sink = MemorySink()
        self.validities = {1}
        self.written: list[bytes] = []
        self.moments = 0
        self.copies: dict[str, FakeFolder] = {}

    @initialize(number=st.integers(0, 12), offered=st.sampled_from(OFFERED))
    def filled(self, number: int, offered: tuple[str, ...]) -> None:
        self.server.capabilities = frozenset(offered)
        for _ in range(number):
            self.arrive("INBOX", named=True, seen=False)

    def put(self, folder: str, raw: bytes, *flags: str) -> None:
        """At a moment of its own, as no two mails arrive in one."""
        if folder in self.server.boxes:
            self.moments += 1
            self.written.append(raw)
            self.server.append(folder, raw, ARRIVED + timedelta(seconds=self.moments), flags)

    @rule(folder=folders, named=st.booleans(), seen=st.booleans())
    def arrive(self, folder: str, named: bool, seen: bool) -> None:
        number = len(self.written)
        name = b"Message-ID: <%d@a.example>\r\n" % number if named else b""
        self.put(folder, name + b"Subject: %d\r\n\r\nHej\r\n" % (number % 3), *(["\\Seen"] if seen else []))

    @precondition(lambda self: self.written)
    @rule(folder=folders, longer=st.booleans(), data=st.data())
    def copy_of_an_old_one(self, folder: str, longer: bool, data: st.DataObject) -> None:
        """The same bytes again, or another mail under the same header."""
        raw = data.draw(st.sampled_from(self.written))
        self.put(folder, raw + b"P.S. %d\r\n" % len(self.written) if longer else raw)

    @rule(folder=folders, to=folders, data=st.data())
    def move(self, folder: str, to: str, data: st.DataObject) -> None:
        boxes = self.server.boxes
        if folder in boxes and to in boxes and boxes[folder].mails:
            self.server.move(folder, data.draw(st.sampled_from(sorted(boxes[folder].mails))), to)

    @rule(folder=folders, flags=st.sets(st.sampled_from(FLAGS)), data=st.data())
    def mark(self, folder: str, flags: set[str], data: st.DataObject) -> None:
        box = self.server.boxes.get(folder)
        if box is not None and box.mails:
            self.server.mark(folder, data.draw(st.sampled_from(sorted(box.mails))), *flags)

    def safe(self, folder: str) -> list[int]:
        """What the store has: what goes before any sync saw it can't be kept by anybody."""
        held = set(self.sink.raws.values())
        box = self.server.boxes.get(folder, FakeFolder())
        return [uid for uid in sorted(box.mails) if box.mails[uid] in held]

    @rule(folder=folders, data=st.data())
    def expunge_what_was_synced(self, folder: str, data: st.DataObject) -> None:
        if safe := self.safe(folder):
            self.server.expunge(folder, data.draw(st.sampled_from(safe)))

    @rule(folder=folders, uidvalidity=st.integers(2, 1000))
    def renumber(self, folder: str, uidvalidity: int) -> None:
        """Up or down, yet never one that was there before: by that a server would break its word."""
        if uidvalidity not in self.validities and folder in self.server.boxes:
            self.validities.add(uidvalidity)
            self.server.renumber(folder, uidvalidity)

    @rule(folder=folders)
    def back_up(self, folder: str) -> None:
        if folder in self.server.boxes:
            self.copies[folder] = deepcopy(self.server.boxes[folder])

    @rule(folder=folders)
    def restore(self, folder: str) -> None:
        """The folder as it was once, with the UIDVALIDITY of then; the sync has seen another in between."""
        cursor = self.sink.cursor(folder)
        copy = self.copies.get(folder)
        box = self.server.boxes.get(folder)
        if copy is None or box is None or cursor is None or len(self.safe(folder)) < len(box.mails):
            return
        if copy.uidvalidity not in {cursor.uidvalidity, box.uidvalidity}:
            self.server.boxes[folder] = deepcopy(copy)

    @rule(folder=st.sampled_from(NAMES[1:]), name=st.sampled_from(NAMES[1:]))
    def rename(self, folder: str, name: str) -> None:
        """To a name that was not there before: under that one the same UIDVALIDITY would be a broken word."""
        if folder in self.server.boxes and name not in self.server.boxes and name not in self.sink.cursors:
            self.server.rename(folder, name)

    @rule(cut=st.integers(0, 6), batch=st.integers(1, 4))
    def sync_that_is_cut(self, cut: int, batch: int) -> None:
        self.sync(FakeSource(self.server, cut=cut), batch)

    @rule(after=st.integers(0, 3), batch=st.integers(1, 4))
    def sync_into_a_full_store(self, after: int, batch: int) -> None:
        self.sink.fail_in = after
        self.sync(FakeSource(self.server), batch)
        self.sink.fail_in = None

    @rule(
        withheld=st.sets(st.integers(1, 12)), forgotten=st.sets(st.integers(1, 12)), batch=st.integers(1, 4)
    )
    def sync_with_mails_left_out(self, withheld: set[int], forgotten: set[int], batch: int) -> None:
        self.sync(FakeSource(self.server, withheld, forgotten), batch)

    @rule(batch=st.integers(1, 4))
    def sync_that_stops_at_a_strange_epoch(self, batch: int) -> None:
        before = deepcopy(self.sink)
        for result in self.sync(FakeSource(self.server), batch, renumbered=False):
            if any(problem.kind == "epoch_mismatch" for problem in result.problems):
                assert self.sink.cursor(result.folder) == before.cursor(result.folder)
                assert of(self.sink, result.folder) == of(before, result.folder)

    def sync(self, source: FakeSource, batch: int, *, renumbered: bool = True) -> list[FolderResult]:
        """Folder after folder, until one fails; the server is as it was."""
        before = self.server.snapshot()
        results: list[FolderResult] = []
        with contextlib.suppress(ServerUnreachable, StoreFull):
            results += sync_mailbox(
                source,
                self.sink,
                patterns=["*"],
                synced=list(self.sink.cursors),
                batch_mails=batch,
                renumbered=renumbered,
            )[1]
        assert self.server.snapshot() == before
        return results

    @rule()
    def clean_sync(self) -> None:
        self.sync(FakeSource(self.server), 3)
        for name, box in self.server.boxes.items():
            live = self.sink.live(name, box.uidvalidity)
            assert {uid: self.sink.raws[place.raw] for uid, place in live.items()} == box.mails
            if self.server.capabilities != {
                "STATUS"
            }:  # that tells of flags by the number of unseen mails alone
                assert {uid: place.flags for uid, place in live.items()} == {
                    uid: box.marked[uid] for uid in box.mails
                }
        stale = [
            place
            for (name, uidvalidity, _), place in self.sink.places.items()
            if name not in self.server.boxes or uidvalidity != self.server.boxes[name].uidvalidity
        ]
        assert all(place.gone for place in stale)
        assert set(self.sink.raws.values()) == self.server.ever
        again = self.sync(FakeSource(self.server), 3, renumbered=False)
        assert all((result.new, result.known, result.gone) == (0, 0, 0) for result in again)

    @invariant()
    def nothing_is_invented_and_every_place_has_its_raw(self) -> None:
        assert set(self.sink.raws.values()) <= self.server.ever
        assert all(place.raw in self.sink.raws for place in self.sink.places.values())

    @invariant()
    def the_cursor_has_passed_nothing_that_is_missing(self) -> None:
        for name, cursor in self.sink.cursors.items():
            box = self.server.boxes.get(name)
            if box is not None and cursor.uidvalidity == box.uidvalidity:
                passed = {uid for uid in box.mails if uid <= cursor.uid}
                assert passed <= self.sink.known_uids(name, cursor.uidvalidity)

    def teardown(self) -> None:
        self.clean_sync()


def of(sink: MemorySink, folder: str) -> dict[tuple[str, int, int], object]:
    return {key: place for key, place in sink.places.items() if key[0] == folder}


TestMailbox = Mailbox.TestCase
TestMailbox.settings = settings(max_examples=200, stateful_step_count=30, deadline=None)
