"""Anything may happen to a mailbox and to a sync; one clean sync later the store holds all that ever was seen."""

import contextlib

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from ingest.errors import ServerUnreachable
from ingest.sync import sync_folder
from tests.fakes import FakeFolder, FakeServer, FakeSource, MemorySink, StoreFull

FOLDERS = ("INBOX", "Skickat", "Arkiv")
folders = st.sampled_from(FOLDERS)


class Mailbox(RuleBasedStateMachine):
    """Mails come, move and go, folders are renumbered, syncs are cut, refused and cheated."""

    def __init__(self) -> None:
        super().__init__()
        self.server = FakeServer({name: FakeFolder() for name in FOLDERS})
        self.sink = MemorySink()
        self.validities = {name: {1} for name in FOLDERS}
        self.written = 0

    @initialize(number=st.integers(0, 12))
    def filled(self, number: int) -> None:
        for _ in range(number):
            self.arrive("INBOX")

    @rule(folder=folders)
    def arrive(self, folder: str) -> None:
        self.written += 1
        self.server.append(folder, b"mail %d" % self.written)

    @precondition(lambda self: self.written > 0)
    @rule(folder=folders, data=st.data())
    def copy_of_an_old_one(self, folder: str, data: st.DataObject) -> None:
        self.server.append(folder, b"mail %d" % data.draw(st.integers(1, self.written)))

    @rule(folder=folders, to=folders, data=st.data())
    def move(self, folder: str, to: str, data: st.DataObject) -> None:
        mails = sorted(self.server.boxes[folder].mails)
        if mails:
            self.server.move(folder, data.draw(st.sampled_from(mails)), to)

    @rule(folder=folders, data=st.data())
    def expunge_what_was_synced(self, folder: str, data: st.DataObject) -> None:
        """Only what the store has: what goes before any sync saw it can't be kept by anybody."""
        held = set(self.sink.raws.values())
        box = self.server.boxes[folder]
        safe = [uid for uid in sorted(box.mails) if box.mails[uid] in held]
        if safe:
            self.server.expunge(folder, data.draw(st.sampled_from(safe)))

    @rule(folder=folders, uidvalidity=st.integers(1, 1000))
    def renumber(self, folder: str, uidvalidity: int) -> None:
        """Up or down, yet never one that the folder had before: by that a server would break its word."""
        if uidvalidity not in self.validities[folder]:
            self.validities[folder].add(uidvalidity)
            self.server.renumber(folder, uidvalidity)

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

    def sync(self, source: FakeSource, batch: int) -> None:
        """Folder after folder, until one fails; the server is as it was."""
        before = self.server.snapshot()
        with contextlib.suppress(ServerUnreachable, StoreFull):
            for folder in FOLDERS:
                sync_folder(source, self.sink, folder, batch_mails=batch)
        assert self.server.snapshot() == before

    @rule()
    def clean_sync(self) -> None:
        self.sync(FakeSource(self.server), 3)
        for name, box in self.server.boxes.items():
            live = {
                uid: self.sink.raws[place.raw]
                for (folder, uidvalidity, uid), place in self.sink.places.items()
                if folder == name and uidvalidity == box.uidvalidity and not place.gone
            }
            assert live == box.mails
            others = [key for key in self.sink.places if key[0] == name and key[1] != box.uidvalidity]
            assert all(self.sink.places[key].gone for key in others)
        assert set(self.sink.raws.values()) == self.server.ever
        again = [sync_folder(FakeSource(self.server), self.sink, folder) for folder in FOLDERS]
        assert all((result.new, result.known, result.gone) == (0, 0, 0) for result in again)

    @invariant()
    def nothing_is_invented_and_every_place_has_its_raw(self) -> None:
        assert set(self.sink.raws.values()) <= self.server.ever
        assert all(place.raw in self.sink.raws for place in self.sink.places.values())

    @invariant()
    def the_cursor_has_passed_nothing_that_is_missing(self) -> None:
        for name, cursor in self.sink.cursors.items():
            box = self.server.boxes[name]
            if cursor.uidvalidity == box.uidvalidity:
                passed = {uid for uid in box.mails if uid <= cursor.uid}
                assert passed <= self.sink.known_uids(name, cursor.uidvalidity)

    def teardown(self) -> None:
        self.clean_sync()


TestMailbox = Mailbox.TestCase
TestMailbox.settings = settings(max_examples=150, stateful_step_count=30, deadline=None)
