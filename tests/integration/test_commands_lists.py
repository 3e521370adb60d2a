"""What the lists print: the contract's fields, newest first, in pages without gap or double."""

import os
import stat
from datetime import datetime

import pytest

from tests.integration.commands import Machine, Stream, said_once
from tests.mails import mail

FIELDS = {
    "messages": "id kind message_id raws parent_id thread_id occurrences locations direction from to cc subject date"
    " status problems offices",
    "threads": "id subject message_ids messages roots offices last_date waiting",
    "follow-ups": "id message message_id kind obligor owes who due_start due_end start_time end_time approximate"
    " state assignee snoozed_until office text confidence rule decided_by evidence",
    "reminders": "bucket id message message_id kind obligor owes who due_start due_end start_time end_time"
    " approximate state assignee snoozed_until office text confidence rule decided_by evidence",
    "offices": "id municipality code place phase vulnerable_area step assessment owner plan messages"
    " follow_ups_open last_message",
    "people": "id name addresses title organisation phones messages last_message",
    "organisations": "id name addresses messages last_message",
    "search återkommer": "id kind message_id raws thread_id from to cc subject date snippet",
    "explain <besked@statenssc.se>": "message_id office reason confidence decided_by",
}


@pytest.mark.parametrize("line", FIELDS)
def test_the_fields_of_the_contract(filled: Machine, line: str) -> None:
    rows = filled(*line.split(), "--json").rows
    assert rows
    for row in rows:
        assert set(FIELDS[line].split()) - set(row) == set()


def test_messages_are_newest_first_and_what_could_not_be_read_is_last(filled: Machine) -> None:
    rows = filled("messages", "--json").rows
    moments = [datetime.fromisoformat(row["date"]) for row in rows if row["date"]]
    assert moments == sorted(moments, reverse=True)
    assert all(moment.utcoffset() is not None for moment in moments)
    assert [row["status"] for row in rows[-1:]] == ["quarantined"]
    assert len(rows) == 10


def test_a_mail_that_could_not_be_read_is_a_row_with_its_raw(filled: Machine) -> None:
    (row,) = filled("messages", "--quarantined", "--json").rows
    assert (row["kind"], row["status"], len(row["raws"])) == ("received", "quarantined", 1)
    assert row["problems"]
    assert row["message_id"] is None


@pytest.mark.parametrize(
    "command", ["messages", "threads", "follow-ups", "people", "organisations", "reminders"]
)
def test_pages_have_no_gap_and_no_double(filled: Machine, command: str) -> None:
    whole = [row["id"] for row in filled(command, "--json", "--limit", "0").rows]
    paged: list[str] = []
    while page := filled(command, "--json", "--limit", "3", *(["--before", paged[-1]] if paged else [])).rows:
        assert len(page) <= 3
        paged += [row["id"] for row in page]
    assert paged == whole
    assert len(set(whole)) == len(whole) > 3


def test_offices_page_in_their_own_order(filled: Machine) -> None:
    whole = filled("offices", "--json", "--limit", "0").rows
    assert filled("offices", "--json").rows == whole[:200]
    first = filled("offices", "--json", "--limit", "20").rows
    rest = filled("offices", "--json", "--limit", "0", "--before", first[-1]["id"]).rows
    assert (len(first), first + rest) == (20, whole)
    assert filled("offices", "--json", "--before", whole[-1]["id"]).rows == []


def test_a_calendar_is_whole_unless_a_limit_is_given(
    filled: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tui.cli.commands import reminders

    whole = filled("reminders", "--json").rows
    last = [row["id"] for row in whole if row["state"] == "accepted"][-1]
    monkeypatch.setattr(reminders, "_AT_MOST", 1)
    assert filled("reminders", "--json").rows == whole[:1]
    assert f"UID:{last}@" in filled("reminders", "--format", "ics").out
    assert f"UID:{last}@" not in filled("reminders", "--format", "ics", "--limit", "1").out


def test_search_pages_too_and_takes_every_character(filled: Machine) -> None:
    whole = [row["id"] for row in filled("search", "återkommer", "--json").rows]
    first = filled("search", "återkommer", "--limit", "1", "--json").rows
    rest = filled("search", "återkommer", "--before", first[0]["id"], "--json").rows
    assert [row["id"] for row in first + rest] == whole
    assert filled("search", '"(*^-:', "--json").rows == []
    assert filled("search", "ATERKOMMER", "--json").rows == filled("search", "återkommer", "--json").rows
    assert {row["id"] for row in filled("search", "--order", "rank", "återkommer", "--json").rows} == set(
        whole
    )


def test_a_before_that_is_none_is_wrong_usage(filled: Machine) -> None:
    for command, name, where in (
        ("messages", "m999", "messages"),
        ("follow-ups", "f999", "follow-ups"),
        ("threads", "t99", "threads"),
        ("people", "p99", "people"),
        ("reminders", "f999", "follow-ups"),
        ("offices", "k999", "offices"),
        ("offices", "kontoret", "offices"),
    ):
        said_once(filled(command, "--before", name, code=2), name, "aterkom " + where)


def test_a_thread_or_person_that_is_none_is_wrong_usage(filled: Machine) -> None:
    for command in ("messages", "threads"):
        said_once(filled(command, "--thread", "t999", code=2), "t999", "aterkom threads")
        said_once(filled(command, "--person", "p999", code=2), "p999", "aterkom people")


def test_threads_hold_every_received_message_once(filled: Machine) -> None:
    threads = filled("threads", "--json").rows
    received = [row["id"] for row in filled("messages", "--json").rows if row["kind"] == "received"]
    roots = [number for thread in threads for number in thread["messages"]]
    assert sorted(set(roots) & set(received)) == sorted(received)
    assert len(roots) == len(set(roots))
    talk = next(row for row in threads if "<besked@statenssc.se>" in row["message_ids"])
    assert talk["subject"] == "Servicekontoret i Filipstad"
    assert talk["last_date"] == "2021-10-12T09:00:00+02:00"
    assert talk["roots"][0]["message_id"] == "<besked@statenssc.se>"
    assert [child["message_id"] for child in talk["roots"][0]["children"]] == ["<tack@filipstad.se>"]


def test_filters_narrow_the_lists(filled: Machine) -> None:
    def subjects(*words: str) -> set[str]:
        return {row["subject"] for row in filled("messages", *words, "--json").rows}

    assert subjects("--office", "Ånge", "--direction", "out") == {"Avtal Ånge", "Underlag"}
    assert subjects("--office", "ange", "--direction", "out") == {"Avtal Ånge", "Underlag"}
    assert subjects("--since", "2021-10-12", "--until", "2021-10-12") == {"SV: Servicekontoret i Filipstad"}
    thread = filled("messages", "--since", "2021-10-12", "--until", "2021-10-12", "--json").rows[0][
        "thread_id"
    ]
    assert len(subjects("--thread", thread)) == 2
    assert {row["owes"] for row in filled("follow-ups", "--owes", "them", "--json").rows} == {"them"}
    assert [row["state"] for row in filled("follow-ups", "--state", "lapsed", "--json").rows] == ["lapsed"]
    dan = filled("people", "show", "dan.oberg@boden.se", "--json").rows[0]["id"]
    assert subjects("--person", dan) == {"VB: Servicekontor i Boden", "Servicekontor i Boden"}


def test_one_of_each_can_be_shown(filled: Machine) -> None:
    assert filled("offices", "show", "Filipstad", "--json").rows[0]["office"]["code"] == "1782"
    assert filled("offices", "show", "1782", "--json").rows[0]["they_owe"][0]["due_end"] == "2021-10-15"
    assert [row["name"] for row in filled("people", "show", "oberg", "--json").rows] == ["Dan Öberg"]
    assert filled("organisations", "show", "boden.se", "--json").rows[0]["name"] == "Bodens kommun"
    assert "Filipstad" in filled("offices", "show", "Filipstad").out


def test_the_original_comes_back_byte_for_byte(filled: Machine) -> None:
    (row,) = [row for row in filled("messages", "--json").rows if row["subject"] == "Avtal Ånge"]
    target = filled.home / "brev.eml"
    filled("messages", "--raw", row["id"], "--output", str(target))
    assert b"Jag skickar avtalet" in target.read_bytes()
    assert filled("messages", "--raw", row["message_id"]).out.encode() == target.read_bytes()
    said_once(filled("messages", "--raw", "m999", code=2), "m999")


def test_the_original_overwrites_nothing_and_is_its_owners_alone(filled: Machine) -> None:
    (row,) = [row for row in filled("messages", "--json").rows if row["subject"] == "Avtal Ånge"]
    target, link, kept = (filled.home / name for name in ("brev.eml", "länk.eml", "annat.txt"))
    filled("messages", "--raw", row["id"], "--output", str(target))
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    kept.write_text("mitt")
    link.symlink_to(filled.home / "ingenstans")
    for there in (target, kept, link):
        said_once(
            filled("messages", "--raw", row["id"], "--output", str(there), code=2), there.name, "finns redan"
        )
    assert kept.read_text() == "mitt"
    assert not (filled.home / "ingenstans").exists()


def test_a_name_of_64_characters_is_a_hash_only_by_its_form(filled: Machine) -> None:
    (row,) = [row for row in filled("messages", "--json").rows if row["subject"] == "Avtal Ånge"]
    (digest,) = row["raws"]
    original = filled("messages", "--raw", row["id"]).out
    assert (
        filled("messages", "--raw", digest).out == filled("messages", "--raw", digest.upper()).out == original
    )
    name = f"<{'x' * 52}@x.example>"
    raw = mail("Ett brev.", message_id=name)
    filled("import", "-", stdin=raw)
    assert len(name) == 64
    assert filled("messages", "--raw", name).out.encode() == raw
    said_once(filled("messages", "--raw", "0" * 64, code=2), "0" * 64)


def test_piped_lists_have_no_escape_sequence(filled: Machine) -> None:
    for command in ("messages", "threads", "follow-ups", "reminders", "offices", "people", "organisations"):
        said = filled(command)
        assert "\x1b" not in said.out + said.err
        assert said.out


def test_global_options_before_after_and_by_environment(filled: Machine) -> None:
    later = filled("--today", "2021-11-01", "reminders", "--json").out
    assert filled("reminders", "--json", "--today", "2021-11-01").out == later
    assert filled("reminders", "--json", env={"ATERKOM_TODAY": "2021-11-01"}).out == later
    assert filled("reminders", "--json").out != later
    url = os.fspath(filled.file)
    there = filled(
        "--database", f"sqlite:///{url}", "offices", "--json", env={"ATERKOM_DATABASE_URL": "nowhere"}
    )
    assert there.out == filled("offices", "--json").out
    assert filled("--lang", "en", "reminders").out.startswith("Overdue")
    assert filled("reminders", env={"ATERKOM_LANG": "en"}).out.startswith("Overdue")
    file = filled.home / "egna.toml"
    file.write_text('lang = "en"\n')
    assert filled("--config", str(file), "reminders").out.startswith("Overdue")
    assert filled("reminders", env={"ATERKOM_CONFIG": str(file)}).out.startswith("Overdue")


def test_on_a_narrow_terminal_ids_and_sentences_are_whole(
    filled: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Stream, "isatty", lambda _self: True)
    narrow = {"COLUMNS": "80"}
    shown = filled("follow-ups", env=narrow).out
    for row in filled("follow-ups", "--json").rows:
        assert f"  {row['id']}, " in shown
        assert row["text"] in shown
    for command in ("messages", "threads", "people", "organisations", "offices"):
        lines = filled(command, env=narrow).out.splitlines()
        first = [line.partition(" ")[0] for line in lines[1:] if not line.startswith(" ")]
        rows = filled(command, "--json").rows
        assert first == [row["code" if command == "offices" else "id"] for row in rows]


def test_an_option_that_may_be_repeated_takes_several_words(machine: Machine) -> None:
    where = ("--host", "127.0.0.1", "--user", "u@ange.se", "--secret", "env:X")
    (row,) = machine("account", "add", "post", *where, "--folders", "INBOX", "Skickat", "--json").rows
    assert row["folders"] == ["INBOX", "Skickat"]
