"""The algorithm against a mailbox and a store in memory, one fault at a time."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import date, datetime, timedelta

import pytest

from ingest.errors import FolderMissing, FolderRefused, ServerUnreachable
from ingest.folders import Folder
from ingest.sync import Changes, FolderResult, FolderStatus, SyncProblem, sync_folder, sync_mailbox
from ingest.sync_types import MAX_UID
from tests.fakes import ARRIVED, FakeServer, FakeSource, MemorySink, StoreFull


def letter(number: int) -> bytes:
    return b"Subject: %d\r\n\r\nHej\r\n" % number


@pytest.fixture
def server() -> FakeServer:
    server = FakeServer()
    for number in range(1, 11):
        server.append("INBOX", letter(number))
    return server


@pytest.fixture
def sink() -> MemorySink:
    return MemorySink()


def sync(server: FakeServer, sink: MemorySink, **faults: set[int] | int | None) -> FolderResult:
    return sync_folder(FakeSource(server, **faults), sink, "INBOX", batch_mails=3)  # type: ignore[arg-type]


def live(sink: MemorySink) -> dict[tuple[int, int], bytes]:
    return {
        (uidvalidity, uid): sink.raws[place.raw]
        for (_, uidvalidity, uid), place in sink.places.items()
        if not place.gone
    }


def test_all_new(server: FakeServer, sink: MemorySink) -> None:
    assert sync(server, sink) == FolderResult("INBOX", new=10)
    assert set(sink.raws.values()) == server.ever
    assert sink.transactions == 5  # four batches, and the note that nothing is left
    assert sink.cursors["INBOX"].uid == 10


def test_nothing_new_asks_for_nothing_and_writes_nothing(server: FakeServer, sink: MemorySink) -> None:
    sync(server, sink)
    written = sink.transactions
    source = FakeSource(server)
    assert sync_folder(source, sink, "INBOX") == FolderResult("INBOX")
    assert (source.asked, sink.transactions) == ([], written)


def test_new_ones_alone_are_fetched(server: FakeServer, sink: MemorySink) -> None:
    sync(server, sink)
    uid = server.append("INBOX", letter(11))
    source = FakeSource(server)
    assert sync_folder(source, sink, "INBOX").new == 1
    assert source.asked == [[uid]]


def test_an_empty_folder_is_remembered(sink: MemorySink) -> None:
    assert sync(FakeServer(), sink) == FolderResult("INBOX")
    assert sink.cursors["INBOX"].uid == 0


def test_a_raw_that_is_there_counts_as_known(server: FakeServer, sink: MemorySink) -> None:
    sync(server, sink)
    server.append("INBOX", letter(1))
    result = sync(server, sink)
    assert (result.new, result.known) == (0, 1)
    assert len(sink.raws) == 10


def test_expunged_mails_are_gone_and_kept(server: FakeServer, sink: MemorySink) -> None:
    sync(server, sink)
    for uid in (1, 5, 10):
        server.expunge("INBOX", uid)
    result = sync(server, sink)
    assert (result.new, result.gone) == (0, 3)
    assert len(sink.raws) == 10
    assert sync(server, sink).gone == 0


def test_one_gone_and_one_new(server: FakeServer, sink: MemorySink) -> None:
    sync(server, sink)
    server.expunge("INBOX", 4)
    server.append("INBOX", letter(11))
    result = sync(server, sink)
    assert (result.new, result.gone) == (1, 1)


@pytest.mark.parametrize("uidvalidity", [7, 0])
def test_a_new_epoch_up_or_down_doubles_nothing(
    server: FakeServer, sink: MemorySink, uidvalidity: int
) -> None:
    sync(server, sink)
    server.expunge("INBOX", 3)
    server.renumber("INBOX", uidvalidity)
    result = sync(server, sink)
    assert (result.epoch, result.new, result.known, result.gone) == (True, 0, 9, 10)
    assert len(sink.raws) == 10
    assert {key[0] for key in live(sink)} == {uidvalidity}


def test_an_epoch_that_comes_back(server: FakeServer, sink: MemorySink) -> None:
    for uidvalidity in (1, 7, 1):
        server.renumber("INBOX", uidvalidity)
        sync(server, sink)
    assert live(sink) == {(1, number): letter(number) for number in range(1, 11)}


def test_a_cut_keeps_whole_batches_and_goes_on(server: FakeServer, sink: MemorySink) -> None:
    with pytest.raises(ServerUnreachable):
        sync(server, sink, cut=7)
    assert (len(sink.raws), sink.cursors["INBOX"].uid) == (6, 6)
    assert sync(server, sink).new == 4


def test_a_store_that_fails_keeps_whole_batches_and_goes_on(server: FakeServer, sink: MemorySink) -> None:
    sink.fail_in = 2
    with pytest.raises(StoreFull):
        sync(server, sink)
    assert (len(sink.raws), sink.cursors["INBOX"].uid) == (6, 6)
    assert sync(server, sink).new == 4


def test_what_was_left_out_is_asked_for_again(server: FakeServer, sink: MemorySink) -> None:
    source = FakeSource(server, forgotten={2, 3})
    assert sync_folder(source, sink, "INBOX").problems == ()
    assert source.asked == [list(range(1, 11)), [2], [3]]
    assert len(sink.raws) == 10


def test_what_never_comes_holds_the_cursor_and_nothing_else(server: FakeServer, sink: MemorySink) -> None:
    result = sync(server, sink, withheld={5})
    assert result.problems == (SyncProblem("INBOX", "not_delivered", 5, len(letter(5))),)
    assert (result.new, sink.cursors["INBOX"].uid) == (9, 4)
    server.append("INBOX", letter(11))
    source = FakeSource(server, withheld={5})
    assert sync_folder(source, sink, "INBOX").new == 1
    assert source.asked == [[5, 11], [5]]
    assert sync(server, sink).new == 1
    assert sink.cursors["INBOX"].uid == 11


def test_what_goes_while_it_is_fetched_is_no_problem(server: FakeServer, sink: MemorySink) -> None:
    class Hasty(FakeSource):
        def sizes(self, uids: object) -> dict[int, int]:
            self.server.boxes["INBOX"].mails.pop(6, None)
            return {}

    result = sync_folder(Hasty(server), sink, "INBOX")
    assert (result.new, result.problems, sink.cursors["INBOX"].uid) == (9, (), 10)


def test_batches_are_bounded_by_bytes_yet_no_mail_is_too_large(sink: MemorySink) -> None:
    server = FakeServer()
    for size in (400, 400, 400, 5000, 100, 100):
        server.append("INBOX", bytes([65 + len(server.ever)]) * size)
    source = FakeSource(server)
    assert sync_folder(source, sink, "INBOX", batch_bytes=1000).new == 6
    assert source.asked == [[1, 2], [3], [4], [5, 6]]


def test_a_search_that_lists_less_than_the_folder_holds_proves_no_absence(
    server: FakeServer, sink: MemorySink
) -> None:
    class Short(FakeSource):
        def uids(self, since_uid: int = 1, received_since: date | None = None) -> set[int]:
            return set()

    sync(server, sink)
    server.append("INBOX", letter(11))
    assert sync_folder(Short(server), sink, "INBOX").gone == 0
    assert sync(server, sink).new == 1


def test_mails_of_before_a_day_stay_on_the_server(sink: MemorySink) -> None:
    server = FakeServer()
    for days in range(10):
        server.append("INBOX", letter(days), ARRIVED + timedelta(days=days))
    since = datetime.date(ARRIVED) + timedelta(days=7)
    for new in (3, 0):
        result = sync_folder(FakeSource(server), sink, "INBOX", received_since=since)
        assert (result.new, result.gone) == (new, 0)
    assert sync_folder(FakeSource(server), sink, "INBOX").new == 7


def test_a_missing_folder(sink: MemorySink) -> None:
    with pytest.raises(FolderMissing):
        sync_folder(FakeSource(FakeServer()), sink, "Arkiv")
    assert sink.transactions == 0


def test_progress(server: FakeServer, sink: MemorySink) -> None:
    told: list[tuple[str, int, int]] = []
    sync_folder(FakeSource(server), sink, "INBOX", batch_mails=4, progress=lambda *facts: told.append(facts))
    assert told == [("INBOX", 4, 10), ("INBOX", 8, 10), ("INBOX", 10, 10)]


def test_a_mailbox_with_a_folder_missing_syncs_the_others(server: FakeServer, sink: MemorySink) -> None:
    server.create("Skickat")
    server.append("Skickat", letter(20))
    choice, results = sync_mailbox(FakeSource(server), sink, patterns=["INBOX", "Arkiv", "Skick*"])
    told = {result.folder: (result.new, result.problems) for result in results}
    assert told == {
        "INBOX": (10, ()),
        "Skickat": (1, ()),
        "Arkiv": (0, (SyncProblem("Arkiv", "folder_missing"),)),
    }
    assert choice.missing == ("Arkiv",)


def test_a_folder_that_vanishes_before_its_turn(server: FakeServer, sink: MemorySink) -> None:
    server.create("Skickat", "\\Sent")
    _, results = sync_mailbox(FakeSource(server), sink)
    first = next(results)
    del server.boxes["Skickat"]
    assert (first.folder, next(results).problems) == ("INBOX", (SyncProblem("Skickat", "folder_missing"),))


def test_a_renamed_folder_is_gone_and_there_again(server: FakeServer, sink: MemorySink) -> None:
    server.create("Ärenden")
    server.append("Ärenden", letter(20))
    list(sync_mailbox(FakeSource(server), sink, patterns=["*"])[1])
    server.boxes["Arkiv"] = server.boxes.pop("Ärenden")
    for gone in (1, 0):
        _, results = sync_mailbox(FakeSource(server), sink, patterns=["*"], synced=sink.cursors.keys())
        told = {result.folder: (result.new, result.gone, result.problems) for result in results}
        assert told.get("Ärenden", (0, 0, ())) == (0, gone, ())
        assert told["Arkiv"] == (0, 0, ())
    assert sink.known_uids("Arkiv", 1) == {1}
    assert sink.known_uids("Ärenden", 1) == set()


def test_a_deleted_folder_that_was_named(server: FakeServer, sink: MemorySink) -> None:
    server.create("Ärenden")
    server.append("Ärenden", letter(20))
    kept = server.boxes["Ärenden"]
    names = ["INBOX", "Ärenden"]
    list(sync_mailbox(FakeSource(server), sink, patterns=names)[1])
    del server.boxes["Ärenden"]
    _, results = sync_mailbox(FakeSource(server), sink, patterns=names, synced=names)
    assert [(result.gone, len(result.problems)) for result in results] == [(0, 0), (1, 1)]
    server.boxes["Ärenden"] = kept
    _, results = sync_mailbox(FakeSource(server), sink, patterns=names, synced=names)
    assert [(result.known, result.gone) for result in results] == [(0, 0), (1, 0)]


def test_a_list_without_inbox_proves_nothing(server: FakeServer, sink: MemorySink) -> None:
    sync(server, sink)
    del server.boxes["INBOX"]
    server.create("Annat")
    _, results = sync_mailbox(FakeSource(server), sink, patterns=["*"], synced=["INBOX"])
    assert [result.folder for result in results] == ["Annat"]
    assert len(sink.known_uids("INBOX", 1)) == 10


def test_a_folder_that_the_list_hides_opens_by_its_name(server: FakeServer, sink: MemorySink) -> None:
    class Hiding(FakeSource):
        def folders(self) -> list[Folder]:
            return []

    _, results = sync_mailbox(Hiding(server), sink, patterns=["INBOX"], synced=["INBOX"])
    assert [(result.new, result.problems) for result in results] == [(10, ())]


def test_a_moved_mail_is_one_raw_in_two_places(server: FakeServer, sink: MemorySink) -> None:
    server.create("Arkiv")
    list(sync_mailbox(FakeSource(server), sink, patterns=["*"])[1])
    server.move("INBOX", 4, "Arkiv")
    results = list(sync_mailbox(FakeSource(server), sink, patterns=["*"])[1])
    assert [(result.new, result.known, result.gone) for result in results] == [(0, 0, 1), (0, 1, 0)]
    assert sum(place.gone for place in sink.places.values()) == 1


# What is asked for, and what is not


def looked_at(server: FakeServer, sink: MemorySink, since: date | None = None) -> FakeSource:
    """A sync of the whole mailbox that finds nothing wrong."""
    source = FakeSource(server)
    results = sync_mailbox(source, sink, patterns=["*"], received_since=since)[1]
    assert all(result.problems == () for result in results)
    return source


CONDSTORE = frozenset({"STATUS", "CONDSTORE"})
QRESYNC = CONDSTORE | {"QRESYNC"}


@pytest.mark.parametrize(
    ("capabilities", "searched", "looked"),
    [(QRESYNC, [11], 0), (CONDSTORE, [11, 1], 0), (frozenset({"STATUS"}), [11, 1], 8)],
)
def test_expunged_mails_are_listed_only_where_the_server_does_not_tell_which(
    server: FakeServer, sink: MemorySink, capabilities: frozenset[str], searched: list[int], looked: int
) -> None:
    server.capabilities = capabilities
    looked_at(server, sink)
    for uid in (2, 9):
        server.expunge("INBOX", uid)
    source = looked_at(server, sink)
    assert (source.searched, source.looked, source.asked) == (searched, looked, [])
    assert len(sink.known_uids("INBOX", 1)) == 8


@pytest.mark.parametrize("flags", [(), ("\\Seen",)])
def test_new_mails_explain_the_number_of_unseen_ones(
    server: FakeServer, sink: MemorySink, flags: tuple[str, ...]
) -> None:
    looked_at(server, sink)
    server.append("INBOX", letter(11), flags=flags)
    assert looked_at(server, sink).looked == 0


def test_a_mail_that_was_read_meanwhile_has_all_flags_looked_at(server: FakeServer, sink: MemorySink) -> None:
    looked_at(server, sink)
    server.mark("INBOX", 3, "\\Seen")
    server.append("INBOX", letter(11))
    assert looked_at(server, sink).looked == 11
    assert sink.flags("INBOX", 1, [3]) == {3: ("\\Seen",)}


def test_vanished_mails_that_are_still_counted_are_not_believed_gone(
    server: FakeServer, sink: MemorySink
) -> None:
    class Lying(FakeSource):
        def changes(self, modseq: int) -> Changes | None:
            return Changes({}, [(1, MAX_UID)])

    server.capabilities = QRESYNC
    looked_at(server, sink)
    server.append("INBOX", letter(11))
    results = sync_mailbox(Lying(server), sink)[1]
    assert [(result.new, result.gone) for result in results] == [(1, 0)]
    assert len(sink.known_uids("INBOX", 1)) == 11


def test_another_day_from_which_on_has_the_folder_looked_at(sink: MemorySink) -> None:
    server = FakeServer()
    for days in range(10):
        server.append("INBOX", letter(days), ARRIVED + timedelta(days=days))
    since = datetime.date(ARRIVED) + timedelta(days=7)
    assert looked_at(server, sink, since).asked == [[8, 9, 10]]
    assert looked_at(server, sink, since).opened == []
    assert looked_at(server, sink, since - timedelta(days=1)).asked == [[7]]
    assert looked_at(server, sink).asked == [[1, 2, 3, 4, 5, 6]]
    assert looked_at(server, sink, since).asked == []


def test_a_new_epoch_of_a_folder_that_is_synced_from_a_day_on(sink: MemorySink) -> None:
    server = FakeServer()
    for days in range(10):
        server.append("INBOX", letter(days), ARRIVED + timedelta(days=days))
    since = datetime.date(ARRIVED) + timedelta(days=7)
    looked_at(server, sink, since)
    server.renumber("INBOX", 5)
    assert looked_at(server, sink, since).asked == []
    assert sink.known_uids("INBOX", 5) == {8, 9, 10}


def test_a_folder_that_the_server_refuses_to_search_keeps_its_places_and_none_of_the_others(
    server: FakeServer, sink: MemorySink
) -> None:
    class Broken(FakeSource):
        def uids(self, since_uid: int = 1, received_since: date | None = None) -> AbstractSet[int]:
            if self.open == "INBOX":
                raise FolderRefused(reason="SEARCH")
            return super().uids(since_uid, received_since)

    looked_at(server, sink)
    server.append("INBOX", letter(11))
    server.create("Skickat", "\\Sent")
    server.append("Skickat", letter(20))
    results = {result.folder: result for result in sync_mailbox(Broken(server), sink, synced=["INBOX"])[1]}
    assert [problem.kind for problem in results["INBOX"].problems] == ["folder_refused"]
    assert len(sink.known_uids("INBOX", 1)) == 10
    assert results["Skickat"].new == 1


def test_a_listed_folder_that_does_not_open_keeps_its_places(server: FakeServer, sink: MemorySink) -> None:
    class Closed(FakeSource):
        def select(self, folder: str) -> FolderStatus:
            raise FolderMissing(folder=folder)

    looked_at(server, sink)
    server.append("INBOX", letter(11))
    (result,) = sync_mailbox(Closed(server), sink, synced=["INBOX"])[1]
    assert (result.gone, [problem.kind for problem in result.problems]) == (0, ["folder_missing"])
    assert len(sink.known_uids("INBOX", 1)) == 10


def test_a_folder_that_was_gone_and_comes_back_is_not_fetched_again(
    server: FakeServer, sink: MemorySink
) -> None:
    server.create("Ärenden")
    server.append("Ärenden", letter(20))
    kept = server.boxes["Ärenden"]
    for box, live in ((None, set()), (kept, {1})):
        if box is None:
            looked_at(server, sink)
            del server.boxes["Ärenden"]
        else:
            server.boxes["Ärenden"] = box
        source = FakeSource(server)
        list(sync_mailbox(source, sink, patterns=["*"], synced=list(sink.cursors))[1])
        assert source.asked == []
        assert sink.known_uids("Ärenden", 1) == live


def test_a_cut_between_two_pages_of_a_new_epoch_loses_nothing(
    server: FakeServer, sink: MemorySink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.sync.PLACES_AT_ONCE", 3)
    sync(server, sink)
    server.renumber("INBOX", 7)
    sink.fail_in = 2
    with pytest.raises(StoreFull):
        sync(server, sink)
    assert len(live(sink)) == 6
    assert sync(server, sink).problems == ()
    assert live(sink) == {(7, number): letter(number) for number in range(1, 11)}
    assert len(sink.raws) == 10


def test_a_status_of_yesterday_hides_no_mail(server: FakeServer, sink: MemorySink) -> None:
    """It is believed only where it says what opening the folder says."""
    stale = FakeSource(server).statuses(["INBOX"])

    class Stale(FakeSource):
        def statuses(self, folders: object) -> Mapping[str, FolderStatus]:
            return stale

    for number in (11, 12):
        server.append("INBOX", letter(number))
        list(sync_mailbox(Stale(server), sink)[1])
        assert set(sink.raws.values()) == server.ever


def test_flags_alone_that_changed_leave_the_folder_in_step(server: FakeServer, sink: MemorySink) -> None:
    server.capabilities = CONDSTORE
    looked_at(server, sink)
    server.mark("INBOX", 3, "\\Flagged")
    assert looked_at(server, sink).opened == ["INBOX"]
    assert looked_at(server, sink).opened == []
    assert sink.flags("INBOX", 1, [3]) == {3: ("\\Flagged",)}
