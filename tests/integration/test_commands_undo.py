"""Every command that decides stands in the log and is taken back by `aterkom undo`; the list of commands is the program's own."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest

from tests.integration.commands import Machine
from tests.mails import ANNA, BO, mail
from tui.cli.frame import LIST
from tui.cli.table import COMMANDS

# What a command decides is seen by this, before it and after it was taken back. {words} are found in the store first.
FOLLOW_UPS = ("follow-ups", "--limit", "0", "--json")
THREADS = ("threads", "--limit", "0", "--json")
PEOPLE = ("people", "--limit", "0", "--json")
MESSAGES = ("messages", "--limit", "0", "--json")
OFFICES = ("offices", "show", "Ånge", "--json")
DECIDES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "follow-ups accept": (("{proposed}", "{other}"), FOLLOW_UPS),
    "follow-ups dismiss": (("{proposed}", "{other}"), FOLLOW_UPS),
    "follow-ups done": (("{proposed}",), FOLLOW_UPS),
    "follow-ups waive": (("{proposed}",), FOLLOW_UPS),
    "follow-ups reopen": (("{proposed}",), FOLLOW_UPS),
    "follow-ups snooze": (("{proposed}", "--until", "2021-11-01"), FOLLOW_UPS),
    "follow-ups move": (("{proposed}", "--due", "v. 46", "--because", "Cia är sjuk"), FOLLOW_UPS),
    "follow-ups assign": (("{proposed}", "eva"), FOLLOW_UPS),
    "follow-ups add": (("Ring Ånge på torsdag", "--yes"), ("reminders", "--json")),
    "threads split": (("{answer}",), THREADS),
    "threads join": (("{thread}", "{thread2}"), THREADS),
    "people merge": (("{person}", "{person2}"), PEOPLE),
    "people login": (("{person}", "eva"), PEOPLE),
    "people split": (("{joined}", "{address}"), PEOPLE),
    "organisations merge": (
        ("{organisation}", "{organisation2}"),
        ("organisations", "--limit", "0", "--json"),
    ),
    "note add": (("Bo ringde", "--office", "Ånge", "--call"), ("note", "--json")),
    "note correct": (("{note}", "Bo ringde två gånger"), ("note", "--json")),
    "absence": (("anna", "2021-11-01", "2021-11-05", "--deputy", "eva"), ("absence", "--json")),
    "absence end": (("{absent}",), ("absence", "--all", "--json")),
    "offices set": (("Ånge", "--owner", "eva"), OFFICES),
    "offices step": (("Ånge", "behovsanalys", "--actual", "2021-10-01"), OFFICES),
    "offices accept": (("{change}",), ("offices", "proposals", "--json")),
    "offices reject": (("{change}",), ("offices", "proposals", "--json")),
    "plan import": (("{plan}",), ("plan", "list", "--json")),
    "plan reports move": (
        ("interim-2021", "--due", "2021-12-15", "--source", "Fi2021/03111"),
        ("plan", "reports", "--json"),
    ),
    "plan reports close": (
        ("interim-2021", "--evidence", "Missiv", "--number", "2021-01431"),
        ("plan", "reports", "--json"),
    ),
    "link": (("{letter}", "Boden"), MESSAGES),
    "unlink": (("{letter}", "Ånge"), MESSAGES),
    "register": (("{letter}", "--minor"), MESSAGES),
    "report issue": (("--as-of", "2021-10-17"), ("report", "list", "--json")),
    "search save": (("ångebrev", "kontor:ånge"), ("search", "saved", "--json")),
}
# What only looks, fetches and reads mail, sets up, or writes files and mails.
LOOKS = frozenset(
    "inspect account sync read import export doctor reminders messages explain audit db demo serve tui report undo "
    "privacy follow-ups threads people organisations note offices plan search".split()
) | {
    "follow-ups show",
    "people show",
    "people alike",
    "organisations show",
    "note show",
    "offices show",
    "offices proposals",
    "plan diff",
    "plan reports",
    "report figures",
    "report show",
    "search saved",  # --remove and --rename are told in test_commands_search.py
    "privacy export",
    "audit verify",
}
FACT = mail(
    "Hej!\n\nBehovsanalysen för servicekontoret i Ånge blev klar den 2 maj 2021.\n\nBo",
    sender=BO,
    to=ANNA,
    subject="Läget i Ånge",
)
# What is gone for ever, and asks first.
FOR_EVER = frozenset({"private", "privacy erase", "privacy retention"})
_SETS_UP = frozenset({"account", "db"})  # their commands are about this machine, not about what mail says


def commands(at: click.Command, words: tuple[str, ...]) -> Iterator[str]:
    yield " ".join(words)
    if isinstance(at, click.Group) and words[0] not in _SETS_UP:
        for name, below in at.commands.items():
            if name not in {LIST, "plan"}:  # the group itself, and another way to it
                yield from commands(below, (*words, name))


def test_each_command_decides_and_is_taken_back_or_only_looks_or_is_for_ever() -> None:
    there = {found for name, lazy in COMMANDS.items() for found in commands(lazy.load(), (name,))}
    assert there - set(DECIDES) - LOOKS - FOR_EVER == set()


@pytest.fixture
def words(filled: Machine, tmp_path: Path) -> dict[str, str]:
    """What the commands are about, as the store calls it."""
    told = filled(*FOLLOW_UPS).rows
    proposed = [row["id"] for row in told if row["state"] == "proposed" and row["message"]]
    received = [row for row in filled(*MESSAGES).rows if row["kind"] == "received"]
    threads = filled(*THREADS).rows
    answers = [row for row in received if sum(one["thread_id"] == row["thread_id"] for one in received) > 1]
    people = filled(*PEOPLE).rows
    houses = filled("organisations", "--json").rows
    plan = tmp_path / "plan.toml"
    plan.write_text('day = 2021-10-10\nsource = "Beslut"\n[[office]]\nmunicipality = "Boden"\nphase = 1\n')
    filled("note", "add", "Bo ringde", "--office", "Ånge")
    filled("absence", "bo", "2021-10-11", "2021-11-05", "--deputy", "eva")
    return {
        "proposed": proposed[0],
        "other": proposed[1],
        "answer": answers[0]["id"],
        "thread": threads[0]["id"],
        "thread2": threads[1]["id"],
        "person": people[0]["id"],
        "person2": people[1]["id"],
        "organisation": houses[0]["id"],
        "organisation2": houses[1]["id"],
        "letter": next(row["id"] for row in received if row["offices"] == ["2260"]),
        "note": filled("note", "--json").rows[0]["id"],
        "absent": filled("absence", "--json").rows[0]["id"],
        "plan": str(plan),
    }


def seen(machine: Machine, look: tuple[str, ...]) -> list[dict[str, Any]]:
    """What stands there: a thread that is put together again has a number of its own, a report that was withdrawn stays."""
    rows = [row for row in machine(*look).rows if not row.get("withdrawn_on")]
    if look != THREADS:
        return rows
    return sorted(({"messages": row["messages"]} for row in rows), key=lambda row: str(min(row["messages"])))


@pytest.mark.parametrize("name", DECIDES)
def test_what_was_decided_is_in_the_log_and_is_taken_back(
    filled: Machine, words: dict[str, str], name: str
) -> None:
    given, look = DECIDES[name]
    said = [part.format_map(_Known(filled, words)) for part in given]
    before, events = seen(filled, look), filled("audit", "--limit", "0", "--json").rows
    filled(*name.split(), *said)
    assert seen(filled, look) != before
    (event, *_) = filled("audit", "--limit", "0", "--json").rows
    assert (event["actor"], event["id"] > events[0]["id"]) == ("anna", True)
    filled("undo")
    assert seen(filled, look) == before
    assert filled("audit", "--limit", "1", "--json").rows[0]["action"] == "undo"
    filled("audit", "verify")


class _Known(dict[str, str]):
    """Words of the store; those that few commands need are found when they are asked for."""

    def __init__(self, machine: Machine, words: dict[str, str]) -> None:
        super().__init__(words)
        self._machine = machine

    def __missing__(self, name: str) -> str:
        if name == "change":
            self._machine("import", "-", stdin=FACT)
            return str(self._machine("offices", "proposals", "--json").rows[0]["id"])
        if name == "joined":
            self._machine("people", "merge", self["person"], self["person2"])
            return self["person"]
        if name == "address":
            (person,) = self._machine("people", "show", self["person"], "--json").rows
            return str(person["addresses"][1]["address"])
        raise KeyError(name)
