"""What every store does, on SQLite and on PostgreSQL."""

import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import PrimaryKeyConstraint, UniqueConstraint, func, insert, inspect, select, text
from sqlalchemy.exc import StatementError
from sqlalchemy.orm import Session

from db import migrations, schema
from db.check import check
from db.errors import StoreConflict, StoreError, StoreLocked, StoreNewer, StoreOutdated, StoreReadOnly
from db.fulltext import index_messages
from db.note_index import index_note
from db.store import Store, open_store
from db.upgrade import config
from tests.rows import AT, DAY, add_message, everything, raw

PEOPLE = select(func.count()).select_from(schema.Person)


def _people(store: Store) -> int:
    with store.read() as session:
        return session.scalar(PEOPLE) or 0


def _fail_after_writing(session: Session) -> None:
    session.execute(insert(schema.Person).values(name="Åsa"))
    raise KeyError


@pytest.mark.parametrize("target", ["message", "occurrence", "raw", "thread", "follow_up", "finding"])
def test_what_refers_to_rows_that_go_in_numbers_is_found_by_an_index(target: str) -> None:
    """For each row that goes the store asks every column that may refer to it; without an index it looks at all rows."""
    few = {"report_due"}
    for table in schema.Base.metadata.sorted_tables:
        leading = {next(iter(index.columns)).name for index in table.indexes}
        leading |= {
            next(iter(one.columns)).name
            for one in table.constraints
            if isinstance(one, PrimaryKeyConstraint | UniqueConstraint)
        }
        refers = {
            column.name
            for column in table.columns
            for key in column.foreign_keys
            if key.column.table.name == target and table.name not in few
        }
        assert refers <= leading, (table.name, refers - leading)


def test_a_row_of_every_table_comes_back(store: Store) -> None:
    waves = everything()
    for wave in waves:
        with store.write() as session:
            session.add_all(wave)
    with store.read() as session:
        for row in (row for wave in waves for row in wave):
            again = session.get(type(row), inspect(type(row)).primary_key_from_instance(row))
            assert again is not None
            for column in inspect(type(row)).column_attrs:
                assert getattr(again, column.key) == getattr(row, column.key)


def test_every_table_has_a_row_to_come_back() -> None:
    tables = {row.__tablename__ for wave in everything() for row in wave}
    assert tables == set(schema.Base.metadata.tables)


def test_a_check_of_a_full_store_finds_nothing(store: Store) -> None:
    for wave in everything():
        with store.write() as session:
            session.add_all(wave)
    with store.write() as session:
        index_messages(
            session,
            [(row.id, row.subject or "", row.body) for row in session.scalars(select(schema.Message))],
        )
        for note in session.scalars(select(schema.Note)):
            index_note(session, note.id, note.text)
    seen: list[tuple[int, int]] = []
    assert check(store, full=True, progress=lambda done, total: seen.append((done, total))) == []
    assert seen == [(1, 1)]


def test_a_check_finds_a_changed_mail(store: Store) -> None:
    with store.write() as session:
        session.add_all([raw(1), raw(2, size=3), raw(3, content=b"no zlib"), raw(4, codec="lz4")])
    problems = check(store, full=True)
    assert [problem.kind for problem in problems] == ["raw"] * 3
    assert check(store) == []


def test_the_migrated_schema_is_that_of_the_models(store: Store) -> None:
    def ours(name: str | None, kind: str, *_: object) -> bool:
        return not (
            kind in {"table", "index"}
            and (name or "").startswith(
                ("message_text", "note_text", "name_text", "ix_message_newest", "ix_thread_newest", "alembic")
            )
        )

    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_name": ours})
        assert compare_metadata(context, schema.Base.metadata) == []


def test_the_list_of_revisions_is_alembics() -> None:
    script = ScriptDirectory.from_config(config())
    assert tuple(reversed([found.revision for found in script.walk_revisions()])) == migrations.REVISIONS


def test_an_upgrade_makes_the_tables_once(empty_url: str) -> None:
    with open_store(empty_url, upgrade=True) as store:
        store.upgrade()
        assert store.version() == migrations.HEAD


def test_an_older_store_needs_an_upgrade(store_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.store.REVISIONS", (*migrations.REVISIONS, "next"))
    monkeypatch.setattr("db.store.HEAD", "next")
    with pytest.raises(StoreOutdated) as caught:
        open_store(store_url)
    assert (caught.value.found, caught.value.known, caught.value.exit_code) == (migrations.HEAD, "next", 5)


@pytest.mark.parametrize("upgrade", [False, True])
def test_a_newer_store_is_refused(store_url: str, upgrade: bool) -> None:
    with open_store(store_url) as store, store.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreNewer) as caught:
        open_store(store_url, upgrade=upgrade)
    assert (caught.value.found, caught.value.known) == ("9999", migrations.HEAD)
    assert "9999" in str(caught.value)


def test_tables_of_another_program_are_refused(empty_url: str) -> None:
    with open_store(empty_url, upgrade=True) as store, store.write() as session:
        session.execute(text("ALTER TABLE alembic_version RENAME TO something"))
    with pytest.raises(StoreError, match="none of this program"):
        open_store(empty_url, upgrade=True)


def test_a_missing_table_is_an_outdated_store(store: Store) -> None:
    with pytest.raises(StoreOutdated), store.read() as session:
        session.execute(text("SELECT * FROM not_yet"))


def test_an_error_in_a_transaction_leaves_nothing(store: Store) -> None:
    with pytest.raises(KeyError), store.write() as session:
        _fail_after_writing(session)
    assert _people(store) == 0


def test_a_reader_cannot_write(store: Store) -> None:
    with pytest.raises(StoreReadOnly), store.read() as session:
        session.execute(insert(schema.Person).values(name="Åsa"))
    with store.write() as session:
        session.add(schema.Person(name="Åsa"))
    assert _people(store) == 1


def test_a_store_opened_to_read_cannot_be_written(store_url: str) -> None:
    with open_store(store_url, read_only=True) as store:
        assert _people(store) == 0
        with pytest.raises(StoreReadOnly), store.write() as session:
            session.add(schema.Person(name="Åsa"))


def test_a_reader_sees_one_state(store: Store) -> None:
    with store.read() as reader:
        assert reader.scalar(PEOPLE) == 0
        with store.write() as writer:
            writer.add(schema.Person(name="Åsa"))
        assert reader.scalar(PEOPLE) == 0
    assert _people(store) == 1


def test_a_second_writer_is_told_of_the_first(store: Store, store_url: str) -> None:
    with open_store(store_url, lock_timeout=0.05) as other, store.write() as first:
        first.add(schema.Person(name="Åsa"))
        with pytest.raises(StoreLocked) as caught, other.write():
            pytest.fail("it must not get in")
    assert caught.value.exit_code == 5
    assert _people(store) == 1


def _add(store: Store, name: str, begun: threading.Event) -> None:
    begun.set()
    with store.write() as session:
        session.add(schema.Person(name=name))


def test_a_second_writer_waits_for_the_first(store: Store) -> None:
    begun = threading.Event()
    second = threading.Thread(target=_add, args=(store, "second", begun))
    with store.write() as session:
        session.add(schema.Person(name="first"))
        second.start()
        assert begun.wait(10)
        session.flush()
    second.join(20)
    with store.read() as session:
        assert session.scalars(select(schema.Person.name).order_by(schema.Person.id)).all() == [
            "first",
            "second",
        ]


def test_many_writers_lose_nothing(store: Store) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda number: _add(store, f"{number}", threading.Event()), range(40)))
    assert _people(store) == 40


def test_several_may_make_the_store_at_once(empty_url: str) -> None:
    with ThreadPoolExecutor(4) as pool:
        stores = list(pool.map(lambda _: open_store(empty_url, upgrade=True), range(4)))
    assert {store.version() for store in stores} == {migrations.HEAD}
    for store in stores:
        store.close()


_WRITER = """
import sys
from db.schema import Person
from db.store import open_store
with open_store(sys.argv[1]) as store:
    with store.write() as session:
        session.add(Person(name="first"))
    with store.write() as session:
        session.add(Person(name="second"))
        session.flush()
        print("in the middle", flush=True)
        sys.stdin.read()
"""


def test_a_killed_writer_loses_only_its_transaction(store: Store, store_url: str) -> None:
    command = [sys.executable, "-c", _WRITER, store_url]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "in the middle\n"
        writer.send_signal(signal.SIGKILL)
        writer.wait(10)
    with store.write() as session:
        names = session.scalars(select(schema.Person.name)).all()
    assert names == ["first"]
    assert check(store, full=True) == []


def test_a_link_into_nothing_is_refused(store: Store) -> None:
    with pytest.raises(StoreConflict), store.write() as session:
        session.add(schema.Phone(person_id=99, number="+46690250100"))


def test_one_message_has_one_key(store: Store) -> None:
    with pytest.raises(StoreConflict), store.write() as session:
        add_message(session, 2, key=f"{add_message(session, 1):064d}")
    with store.read() as session:
        assert session.scalar(select(func.count()).select_from(schema.Message)) == 0


def test_a_message_takes_what_hangs_on_it_along(store: Store) -> None:
    with store.write() as session:
        number = add_message(session)
        session.add(schema.Recipient(message_id=number, field="to", position=0, name="Åsa"))
        session.flush()
        session.execute(text("DELETE FROM message"))
    with store.read() as session:
        assert session.scalar(select(func.count()).select_from(schema.Recipient)) == 0


def test_an_id_is_never_given_twice(store: Store) -> None:
    with store.write() as session:
        first = add_message(session)
        session.execute(text("DELETE FROM message"))
        assert add_message(session, 2) > first


def test_instants_are_utc_and_aware(store: Store) -> None:
    local = AT.astimezone(timezone(timedelta(hours=2)))
    with store.write() as session:
        add_message(session, sent_at=local)
    with store.read() as session:
        found = session.scalars(select(schema.Message.sent_at)).one()
        assert found == AT
        assert found is not None
        assert found.tzinfo is UTC
        assert session.scalar(select(schema.Message.id).where(schema.Message.sent_at <= local)) is not None


def test_an_instant_without_offset_is_refused(store: Store) -> None:
    naive = datetime(2021, 10, 18)  # noqa: DTZ001 (that is what is tested)
    with pytest.raises(StatementError, match="offset"), store.write() as session:
        add_message(session, sent_at=naive)


def test_hostile_text_is_taken_on_both_stores(store: Store) -> None:
    with store.write() as session:
        add_message(
            session, body="a\0b\ud800c\U0001f600", problems=["x\0y"], message_id="<" + "å" * 100_000 + ">"
        )
    with store.read() as session:
        found = session.scalars(select(schema.Message)).one()
        assert found.body == "a\ufffdb\ufffdc\U0001f600"
        assert found.problems == ["x\ufffdy"]
        long = select(schema.Message.id).where(schema.Message.message_id == "<" + "å" * 100_000 + ">")
        assert session.scalar(long) == found.id


def test_no_value_is_null_in_json_too(store: Store) -> None:
    with store.write() as session:
        session.add(schema.Account(name="a", problem=None))
    with store.read() as session:
        assert session.scalars(select(schema.Account.name).where(schema.Account.problem.is_(None))).all() == [
            "a"
        ]


def _without_names(store: Store) -> list[str]:
    """What takes the words of names out of a store again."""
    kind = "trigger" if store.is_sqlite else "index"
    listed = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'name_text%'"
        if store.is_sqlite
        else "SELECT indexname FROM pg_indexes WHERE indexname LIKE 'name_text%'"
    )
    with store.read() as session:
        dropped = [f"DROP {kind} {name}" for name in session.scalars(text(listed))]
    return [*dropped, "DROP TABLE name_text"] if store.is_sqlite else dropped


def test_an_upgrade_from_the_first_revision_keeps_what_it_holds(store_url: str) -> None:
    """Undone to 0001 by hand, with a mail in it, then brought up as `db upgrade` does."""
    with open_store(store_url) as store, store.write() as session:
        mail = raw()
        session.add(mail)
        session.flush()
        kept = mail.sha256
        session.add(
            schema.FollowUp(
                kind="request",
                obligor="sender",
                text="?",
                since=DAY,
                state="kept",
                evidence={"date": "2021-10-18"},
            )
        )
        session.flush()
        for statement in (
            "DROP INDEX ix_person_merged_into_id",
            "CREATE INDEX ix_person_merged_into_id ON person (merged_into_id)",
            "DROP INDEX ix_organisation_merged_into_id",
            "CREATE INDEX ix_organisation_merged_into_id ON organisation (merged_into_id)",
            "DROP INDEX ix_follow_up_office_id_state_due_end_due_start_since_owes",
            "CREATE INDEX ix_follow_up_office_id_state_due_end_due_start ON follow_up (office_id, state, due_end, due_start)",
            "DROP INDEX ix_follow_up_agenda",
            "CREATE INDEX ix_follow_up_state_due_end ON follow_up (state, due_end)",
            "DROP INDEX ix_thread_newest",
            "CREATE INDEX ix_thread_last_date_id_messages ON thread (last_date, id, messages)",
            "DROP INDEX ix_location_gone",
            "DROP INDEX ix_person_login",
            "ALTER TABLE person DROP COLUMN login",
            "ALTER TABLE message DROP COLUMN deeds",
            "ALTER TABLE message DROP COLUMN announces",
            "DROP INDEX ix_message_address_id_sent_at",
            "CREATE INDEX ix_message_address_id ON message (address_id)",
            "ALTER TABLE follow_up DROP COLUMN known_on",
            "DROP TABLE link_change",
            "DROP TABLE follow_up_change",
            "DROP TABLE issued_report",
            "ALTER TABLE tombstone DROP COLUMN decision",
            "DROP TABLE office_fact",
            *_without_names(store),
            "DROP TABLE saved_search",
            "DROP INDEX ix_message_newest",
            "CREATE INDEX ix_message_sent_at_id ON message (sent_at, id)",
            "DROP INDEX ix_registration_state_message_id",
            "DROP INDEX ix_registration_number",
            "ALTER TABLE registration DROP COLUMN secret_at",
            "ALTER TABLE registration DROP COLUMN secret_by",
            "DROP TABLE office_change",
            "ALTER TABLE plan_revision DROP COLUMN content",
            "ALTER TABLE plan_revision DROP COLUMN imported_at",
            "ALTER TABLE plan_revision DROP COLUMN imported_by",
            "ALTER TABLE step DROP COLUMN needed",
            "ALTER TABLE report_due DROP COLUMN days",
            "DROP INDEX ix_occurrence_parent_id",
            "DROP INDEX ix_follow_up_office_id_state_due_end_due_start",
            "CREATE INDEX ix_follow_up_office_id_state_due_end ON follow_up (office_id, state, due_end)",
            "DROP INDEX ix_raw_index_version_id",
            "ALTER TABLE raw DROP COLUMN index_version",
            "ALTER TABLE account DROP COLUMN personal",
            "ALTER TABLE account DROP COLUMN sign_in",
            "ALTER TABLE folder DROP COLUMN status",
            "ALTER TABLE location DROP COLUMN flags",
            "ALTER TABLE attachment DROP COLUMN text",
            "ALTER TABLE location DROP COLUMN thread",
            "ALTER TABLE finding DROP COLUMN field",
            "ALTER TABLE follow_up DROP COLUMN field",
            "ALTER TABLE link DROP COLUMN decision_id",
            "DROP INDEX ix_link_decision_domain",
            "ALTER TABLE link_decision DROP COLUMN reason",
            "ALTER TABLE link_decision DROP COLUMN confidence",
            "ALTER TABLE link_decision DROP COLUMN domain",
            "ALTER TABLE follow_up DROP COLUMN change",
            "DROP INDEX ix_follow_up_changed_by_id",
            "ALTER TABLE follow_up DROP COLUMN changed_by_id",
            "DROP TABLE reminded",
            "DROP TABLE reminder_sent",
            "ALTER TABLE follow_up DROP COLUMN given_to",
            "ALTER TABLE follow_up DROP COLUMN moved",
            "ALTER TABLE follow_up DROP COLUMN kept_on",
            "DROP TABLE note_text",
            *(["DROP TRIGGER note_text_follows"] if store.is_sqlite else []),
            "DROP TABLE note_version",
            "DROP TABLE absence",
            "DROP INDEX ix_note_at_id",
            "DROP INDEX ix_note_person_id_at",
            *(
                f"ALTER TABLE note DROP COLUMN {name}"
                for name in ("written_at", "changed_at", "changed_by", "removed")
            ),
            "DROP TABLE arrangement",
            "DROP INDEX ix_message_head_key",
            "ALTER TABLE message DROP COLUMN head_key",
            "ALTER TABLE occurrence DROP COLUMN confidence",
            "DROP TABLE person_name",
            "DROP INDEX ix_person_merged_into_id",
            "ALTER TABLE person DROP COLUMN merged_into_id",
            "DROP INDEX ix_organisation_merged_into_id",
            "ALTER TABLE organisation DROP COLUMN merged_into_id",
            "ALTER TABLE affiliation DROP COLUMN unit",
            "ALTER TABLE affiliation DROP COLUMN ended_on",
            "INSERT INTO person (name) VALUES ('Åsa Öberg')",
            "UPDATE alembic_version SET version_num = '0001'",
        ):
            session.execute(text(statement))
    with pytest.raises(StoreOutdated):
        open_store(store_url)
    with open_store(store_url, upgrade=True) as store, store.read() as session:
        row = session.scalars(select(schema.Raw)).one()
        assert (store.version(), row.sha256, row.index_version) == (migrations.HEAD, kept, 0)
        assert session.scalars(select(schema.PersonName.name)).all() == ["Åsa Öberg"]
        assert session.scalars(select(schema.FollowUp.kept_on)).all() == [DAY]
