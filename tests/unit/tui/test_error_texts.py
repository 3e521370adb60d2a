"""Whatever can go wrong has words: what, why, what now; in both languages, in one line, without its secret."""

import builtins
import inspect
import string
from collections.abc import Iterator

import pytest

import crm.errors
import db.errors
import ingest.errors
import ingest.files
from tui.cli import error_texts, errors, reasons
from tui.i18n import _, set_language

MODULES = (crm.errors, ingest.errors, ingest.files, db.errors)
KNOWN = sorted(
    {
        kind
        for module in MODULES
        for _name, kind in inspect.getmembers(module, inspect.isclass)
        if issubclass(kind, Exception) and hasattr(kind, "exit_code")
    },
    key=lambda kind: (kind.__module__, kind.__name__),
)
TEXTS = sorted({*error_texts.TEXTS.values(), *error_texts.HINTS.values()})


@pytest.fixture(autouse=True)
def _restored() -> Iterator[None]:
    yield
    set_language("sv")


@pytest.mark.parametrize("kind", KNOWN, ids=lambda kind: f"{kind.__module__}.{kind.__name__}")
def test_every_error_has_its_own_text(kind: type[Exception]) -> None:
    assert kind.__name__ in error_texts.TEXTS


def test_every_text_belongs_to_an_error() -> None:
    of_python = {name for name in error_texts.TEXTS if hasattr(builtins, name)}
    assert {name.partition(":")[0] for name in error_texts.TEXTS} - of_python == {
        kind.__name__ for kind in KNOWN
    }


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_two_sentences_at_most_and_differs_in_swedish(text: str) -> None:
    set_language("sv")
    for told in (text, _(text)):
        assert told.count(". ") <= 1
        assert "\n" not in told
    assert _(text) != text


@pytest.mark.parametrize("text", [*reasons.REASONS.values(), *reasons.KINDS.values()])
def test_reasons_and_kinds_are_words_within_a_sentence(text: str) -> None:
    set_language("sv")
    for told in (text, _(text)):
        assert told
        assert not told.endswith(".")


def _facts(text: str) -> set[str]:
    return {name for _literal, name, _spec, _conversion in string.Formatter().parse(text) if name}


SAMPLES: dict[str, Exception] = {
    "crm.NotFound": crm.errors.NotFound("office", "Ånge"),
    "crm.NotUnderstood": crm.errors.NotUnderstood("date", "snart"),
    "crm.AlreadyThere": crm.errors.AlreadyThere("account", "post"),
    "crm.Ambiguous": crm.errors.Ambiguous("Anna", ("p1", "p2")),
    "crm.NothingToUndo": crm.errors.NothingToUndo("anna"),
    "crm.SettingsInvalid": crm.errors.SettingsInvalid("lang", "fi"),
    "crm.AccountBusy": crm.errors.AccountBusy("post"),
    "crm.DemoUnavailable": crm.errors.DemoUnavailable("2"),
    "crm.WorkerFailed": crm.errors.WorkerFailed("2"),
    "ingest.SignInRefused": ingest.errors.SignInRefused(host="post.example", user="anna"),
    "ingest.ServerUnreachable": ingest.errors.ServerUnreachable(
        host="post.example", reason="Connection refused"
    ),
    "ingest.FolderRefused": ingest.errors.FolderRefused(host="post.example", reason="SEARCH"),
    "ingest.FolderMissing": ingest.errors.FolderMissing(host="post.example", folder="Ärenden"),
    "ingest.SecretMissing": ingest.errors.SecretMissing(ref="env:POST", reason="not set"),
    "ingest.CaFileUnreadable": ingest.errors.CaFileUnreadable(ref="ca.pem", reason="no such file"),
    "ingest.PathMissing": ingest.files.PathMissing("brev.eml"),
    "ingest.PathUnreadable": ingest.files.PathUnreadable("brev.eml", "Permission denied"),
    "db.StoreLocked": db.errors.StoreLocked("sqlite:///x", "database is locked"),
    "db.StoreNewer": db.errors.StoreNewer("sqlite:///x", "0099", "0001"),
}


@pytest.mark.parametrize("name", SAMPLES)
def test_facts_stand_in_the_text(name: str) -> None:
    error = SAMPLES[name]
    set_language("en")
    said = errors.text_of(error)
    text = error_texts.TEXTS[type(error).__name__]
    assert "–" not in said
    assert "{" not in said
    for fact in _facts(text) - {"kind", "reason", "choices"}:
        assert str(getattr(error, "facts", {}).get(fact) or getattr(error, fact)) in said


def test_a_reason_or_kind_may_have_words_of_its_own() -> None:
    set_language("sv")
    refused = ingest.errors.ArgumentRefused(reason="unknown kind of secret")
    assert errors.text_of(refused).startswith("--secret säger var lösenordet finns")
    assert errors.text_of(crm.errors.NotFound("thread", "t9")).startswith("Det finns ingen tråd ”t9”.")
    assert errors.text_of(crm.errors.NotFound("sentence", "x")) == "Det går inte att hitta mening ”x”."


def test_reasons_are_translated_and_strangers_words_are_cleaned() -> None:
    set_language("sv")
    away = ingest.errors.ServerUnreachable(host="post.example", reason="Connection refused")
    assert "ingenting svarar på den porten" in errors.text_of(away)
    hostile = ingest.errors.ServerUnreachable(host="post.example", reason="\x1b]0;x\x07 nej")
    assert "\x1b" not in errors.text_of(hostile)
    assert "nej" in errors.text_of(hostile)


def test_a_command_line_is_helped_on_where_a_screen_asks_again(capsys: pytest.CaptureFixture[str]) -> None:
    set_language("en")
    error = crm.errors.NotUnderstood("date", "snart")
    assert errors.report(error, verbose=False) == 2
    assert "Write it for example as" in capsys.readouterr().err
    assert "Write it for example as" not in errors.text_of(error)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("Input should be greater than or equal to 10", "den ska vara minst 10"),
        ("Input should be less than or equal to 200", "den ska vara högst 200"),
        ("Input should be a valid integer, unable to parse string as an integer", "den ska vara ett tal"),
        ("Input should be 'sv' or 'en'", "den ska vara någon av 'sv', 'en'"),
        ("Input should be a valid date or datetime, input is too short", "till exempel 2021-10-18"),
        ("Value error, there is no time zone 'Mars/Bas'", "det finns ingen tidszon 'Mars/Bas'"),
        ("Input should be a valid string", "den ska vara en text"),
    ],
)
def test_a_setting_that_does_not_hold_is_said_in_swedish(told: str, said: str) -> None:
    set_language("sv")
    text = errors.text_of(crm.errors.SettingsInvalid("x", told))
    assert said in text
    assert "Input" not in text


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("Expected '=' after a key in a key/value pair (at line 3, column 7)", "rad 3, tecken 7"),
        ("Unclosed array (at end of document)", "slutar mitt i"),
        ("'utf-8' codec can't decode byte 0xff in position 10: invalid start byte", "inte UTF-8"),
        ("no such file", "det finns ingen sådan fil"),
    ],
)
def test_a_settings_file_is_named_as_a_file(told: str, said: str) -> None:
    set_language("sv")
    text = errors.text_of(crm.errors.SettingsFileInvalid("/s.toml", told))
    assert text.startswith("Inställningsfilen /s.toml ")
    assert said in text


def test_the_file_of_a_secret_stands_in_the_command_that_closes_it() -> None:
    error = ingest.errors.SecretTooOpen(ref="file:~/mail.secret", reason="mode 0644")
    assert errors.text_of(error).endswith("chmod 600 ~/mail.secret")


@pytest.mark.parametrize("reason", ["certificate has expired", "WRONG_VERSION_NUMBER"])
def test_an_authority_is_not_asked_for_where_it_would_not_help(reason: str) -> None:
    refused = ingest.errors.TlsRefused(host="post.example", reason=reason)
    assert "--ca-file" not in errors.text_of(refused)
