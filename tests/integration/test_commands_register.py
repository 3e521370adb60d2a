"""`aterkom register`: mail judged, undone, handed over to the registrar, numbered, and logged."""

import csv
import hashlib
import io
import json
import stat
from pathlib import Path
from typing import Any

import pytest

from tests.integration.commands import Machine, said_once
from tests.mails import ANNA, BO, CIA, forwarded, mail

LETTER = "Hej!\n\nVi behöver besked om lokalen på Storgatan 3 i Ånge.\n\nAnna"
QUOTE = forwarded(
    LETTER, sender="Anna Lindgren <anna.lindgren@statenssc.se>", at="den 7 juni 2021 09:00", to="Bo Ekdahl",
    subject="Lokalen",
)  # fmt: skip


def with_document(name: str, content: bytes, **fields: Any) -> bytes:
    from email import message_from_bytes, policy
    from email.message import EmailMessage

    made = message_from_bytes(mail("Se bilagan.", **fields), policy=policy.default)
    assert isinstance(made, EmailMessage)
    made.add_attachment(content, maintype="application", subtype="pdf", filename=name)
    return made.as_bytes()


DECISION = with_document("../Beslut: KS §12.pdf", b"%PDF beslut", sender=BO, to=ANNA, subject="Beslut om lokal",
                         message_id="<beslut@a.example>", at="2021-10-11 09:00")  # fmt: skip
SECRET = with_document("Patient Eva Sandin.pdf", b"%PDF hemligt", sender=CIA, to=ANNA, subject="Om Eva Sandin",
                       message_id="<hemlig@a.example>", at="2021-10-12 09:00")  # fmt: skip
MAILS = {
    "fråga": mail(LETTER, subject="=Lokalen", message_id="<ask@a.example>", at="2021-10-07 09:00"),
    "svar": mail("Besked kommer.", sender=BO, to=ANNA, subject="SV: =Lokalen", message_id="<answer@a.example>",
                 at="2021-10-08 09:00", reply_to=["<ask@a.example>"]),
    "vidare": mail(f"Se nedan.\n\n{QUOTE}", sender=BO, to=CIA, subject="VB: Lokalen", message_id="<vb@a.example>",
                   at="2021-10-09 09:00"),
    "beslut": DECISION,
    "hemlig": SECRET,
    "privat": mail("Ska vi äta lunch?", sender=CIA, to=ANNA, subject="Lunch", message_id="<lunch@a.example>",
                   at="2021-10-13 09:00"),
}  # fmt: skip


@pytest.fixture
def office(machine: Machine, tmp_path: Path) -> Machine:
    folder = tmp_path / "in"
    folder.mkdir()
    for name, raw in MAILS.items():
        (folder / f"{name}.eml").write_bytes(raw)
    machine("import", str(folder))
    return machine


def ids(machine: Machine) -> dict[str, str]:
    rows = machine("messages", "--json").rows
    return {row["message_id"].partition("@")[0].strip("<"): row["id"] for row in rows if row["message_id"]}


def sheet(path: Path) -> list[dict[str, str]]:
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline=""), delimiter=";"))


def test_judged_rows_are_messages_with_their_registration(office: Machine) -> None:
    names = ids(office)
    (row,) = office(
        "register", names["ask"], "--number", "2024-01432-1.1.1", "--secret", "OSL 19:1", "--json"
    ).rows
    assert (row["id"], row["kind"], row["from"]["name"]) == (names["ask"], "received", "Anna Lindgren")
    told = row["registration"]
    assert (told["state"], told["number"], told["secret"], told["by"]) == (
        "number",
        "2024-01432-1.1.1",
        "OSL 19:1",
        "anna",
    )
    assert told["at"].startswith("2021-10-1")
    assert "+" in told["at"]
    listed = {one["id"]: one["registration"] for one in office("messages", "--json").rows}
    assert listed[names["ask"]] == told
    assert listed[names["answer"]] is None


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("--minor", "minor"),
        ("--ordered", "ordered"),
        ("--not-public", "not_public"),
        ("--to-registrar", "sent"),
    ],
)
def test_every_state_has_its_option(office: Machine, words: str, state: str) -> None:
    rows = office("register", "<ask@a.example>", "<lunch@a.example>", words, "--json").rows
    assert [row["registration"]["state"] for row in rows] == [state, state]
    assert len(office("messages", "--unjudged", "--json").rows) == len(MAILS) - 2


def test_ids_come_from_stdin_as_our_lists_print_them(office: Machine) -> None:
    listed = office("register", "--direction", "in", "--json").out
    office("register", "-", "--minor", stdin=listed.encode())
    assert {row["direction"] for row in office("register", "--json").rows}.isdisjoint({"in"})
    office("undo")
    plain = office("register", "--direction", "in").out
    assert len(office("register", "-", "--minor", "--json", stdin=plain.encode()).rows) == len(
        plain.splitlines()
    )


def test_the_queue_is_what_register_alone_lists(office: Machine) -> None:
    rows = office("register", "--json").rows
    assert [row["id"] for row in rows] == [
        row["id"] for row in office("messages", "--unjudged", "--json").rows
    ]
    assert rows == office("register", "--queue", "--json").rows
    assert [row["id"] for row in office("register", "--oldest", "--json").rows] == [
        row["id"] for row in reversed(rows)
    ]
    told = {
        row["subject"]: (row["working_days"], row["suggestion"]["state"], row["suggestion"]["reason"])
        for row in rows
    }
    assert told["Beslut om lokal"][1:] == ("sent", "decision")
    assert all(days >= 0 for days, _, _ in told.values())


def test_a_registered_thread_shows_its_number_on_what_nobody_judged(office: Machine) -> None:
    office("register", "<ask@a.example>", "--number", "2021-01432")
    waiting = {row["message_id"]: row for row in office("register", "--json").rows}
    told = waiting["<answer@a.example>"]["suggestion"]
    assert (told["state"], told["number"], told["reason"]) == ("number", "2021-01432", "thread")
    lines = office("messages").out.splitlines()
    assert any("2021-01432?" in line and "SV: =Lokalen" in line for line in lines)
    assert ["2021-01432"] in [row["numbers"] for row in office("threads", "--json").rows]


def test_history_undo_and_marks(office: Machine) -> None:
    name = ids(office)["ask"]
    office("register", name, "--minor")
    office("register", name, "--number", "2021-01432", "--secret", "OSL 19:1")
    office("register", name, "--not-secret")
    undone = office("undo").out
    assert "2021-01432" in undone
    assert "OSL 19:1" in undone
    newest, middle, first = office("register", name, "--history", "--json").rows
    assert (newest["undone"], newest["after"]["secret"]) == (True, None)
    assert (middle["before"]["state"], middle["after"]["number"], first["before"]) == (
        "minor",
        "2021-01432",
        None,
    )


def test_what_is_kept_in_order_must_not_be_secret(office: Machine) -> None:
    told = office("register", "<ask@a.example>", "--ordered", "--secret", "OSL 19:1")
    assert "måste diarieföras" in told.err


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (("m99", "--minor"), "m99"),
        (("m1",), "--number N"),
        (("--minor",), "standard in"),
        (("m1", "--minor", "--ordered"), "--minor"),
        (("m1", "--secret", "x", "--not-secret"), "--not-secret"),
        (("m1", "--secret", "OSL 19:1"), "inte bedömt"),
        (("m1", "--number", " "), "diarienummer"),
        (("m1", "--minor", "--secret", ""), "lagrum"),
        (("m1", "--minor", "--log"), "En sak i taget"),
        (("--output", "x.csv"), "--log"),
        (("--which", "both"), "--export"),
        (("--import", "finns-inte.csv"), "finns-inte.csv"),
        (("--limit", "-1"), "--limit"),
        (("--before", "m99"), "m99"),
    ],
)
def test_wrong_words_are_said_in_one_line(office: Machine, words: tuple[str, ...], part: str) -> None:
    said_once(office("register", *words, code=2), part)


def test_a_quoted_message_names_its_mail(office: Machine) -> None:
    (quoted,) = [row for row in office("messages", "--json").rows if row["kind"] != "received"]
    said_once(office("register", quoted["id"], "--minor", code=2), quoted["id"], ids(office)["vb"])


def test_the_registrar_is_handed_mails_documents_and_a_sheet(office: Machine, tmp_path: Path) -> None:
    names, target = ids(office), tmp_path / "registrator"
    office("register", names["ask"], names["beslut"], names["hemlig"], "--to-registrar")
    office("register", names["hemlig"], "--secret", "OSL 25:1")
    rows = office("register", "--export", str(target), "--json").rows
    told = {row["id"]: row for row in sheet(target / "register.csv")}
    assert list(told) == [names["hemlig"], names["beslut"], names["ask"]] == [row["id"] for row in rows]
    for name, raw in ((names["ask"], MAILS["fråga"]), (names["beslut"], DECISION), (names["hemlig"], SECRET)):
        assert (target / told[name]["file"]).read_bytes() == raw
        assert told[name]["sha256"] == hashlib.sha256(raw).hexdigest()
    (document,) = (target / told[names["beslut"]]["documents"]).iterdir()
    assert (document.name, document.read_bytes()) == ("1_Beslut_-KS-§12.pdf", b"%PDF beslut")
    assert told[names["ask"]]["subject"] == "'=Lokalen"
    assert {stat.S_IMODE(path.stat().st_mode) for path in target.rglob("*") if path.is_file()} == {0o600}
    assert {path.name for path in tmp_path.iterdir() if path.name.startswith(".")} == set()


def test_a_secret_mail_shows_in_the_sheet_and_in_names_its_day_alone(office: Machine, tmp_path: Path) -> None:
    target = tmp_path / "registrator"
    office("register", "<hemlig@a.example>", "--to-registrar", "--secret", "OSL 25:1")
    out = office("register", "--export", str(target), "--json").out
    named = " ".join(str(path) for path in target.rglob("*")) + (target / "register.csv").read_text() + out
    for word in ("Sandin", "Norberg", "norberg", "filipstad"):
        assert word not in named
    (row,) = sheet(target / "register.csv")
    assert (row["secret"], row["date"][:10]) == ("OSL 25:1", "2021-10-12")
    assert [path.name for path in (target / row["documents"]).iterdir()] == ["1.pdf"]


def test_a_folder_that_is_there_is_left_alone(office: Machine, tmp_path: Path) -> None:
    office("register", "<ask@a.example>", "--to-registrar")
    (tmp_path / "ut").mkdir()
    said_once(office("register", "--export", str(tmp_path / "ut"), code=2), "ut")
    assert list((tmp_path / "ut").iterdir()) == []


def test_nothing_to_hand_over_makes_no_folder(office: Machine, tmp_path: Path) -> None:
    office("register", "--export", str(tmp_path / "ut"), code=1)
    assert not (tmp_path / "ut").exists()


def filled_in(path: Path, numbers: dict[str, str], encoding: str = "utf-8-sig", delimiter: str = ";") -> None:
    """As a registrar saves it from a sheet program."""
    rows = sheet(path)
    with path.open("w", encoding=encoding, newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), delimiter=delimiter, lineterminator="\r\n")
        writer.writeheader()
        writer.writerows({**row, "number": numbers.get(row["id"], "")} for row in rows)


@pytest.mark.parametrize(
    ("encoding", "delimiter"), [("utf-8-sig", ";"), ("cp1252", ";"), ("utf-8", ","), ("utf-16", "\t")]
)
def test_the_numbers_come_back_again_and_again(
    office: Machine, tmp_path: Path, encoding: str, delimiter: str
) -> None:
    names, target = ids(office), tmp_path / "registrator"
    office("register", names["ask"], names["beslut"], names["hemlig"], "--to-registrar")
    office("register", "--export", str(target))
    filled_in(
        target / "register.csv",
        {names["ask"]: "Dnr 2021-01432", names["beslut"]: "2021-01433"},
        encoding,
        delimiter,
    )
    rows = office("register", "--import", str(target / "register.csv"), "--json").rows
    assert {row["id"]: row["registration"]["number"] for row in rows} == {
        names["ask"]: "2021-01432",
        names["beslut"]: "2021-01433",
    }
    assert office("register", "--import", str(target / "register.csv"), "--json").rows == []
    again = tmp_path / "igen"
    assert [row["id"] for row in office("register", "--export", str(again), "--json").rows] == [
        names["hemlig"]
    ]
    office("undo")
    assert len(office("register", "--export", str(tmp_path / "allt"), "--json").rows) == 3


def test_each_line_that_does_not_fit_is_named(office: Machine, tmp_path: Path) -> None:
    names = ids(office)
    (quoted,) = [row["id"] for row in office("messages", "--json").rows if row["kind"] != "received"]
    office("register", names["ask"], "--number", "2021-00001")
    file = tmp_path / "nummer.csv"
    lines = [
        "Id;Anteckning;Dnr;sha256",
        f"{names['answer']};två\nrader;2021-00002;",  # stands in lines 2 and 3 of the file
        f"{names['ask']};;2021-00009;",
        f"{quoted};;2021-00003;",
        "m999;;2021-00003;",
        ";;2021-00003;",
        f"{names['answer']};;2021-00007;",
        f"{names['lunch']};;2021-00004;{hashlib.sha256(DECISION).hexdigest()}",
        f"{names['lunch']};;{'9' * 200};",
        ";;;",
        "",
        names["vb"],
    ]
    file.write_text("\n".join(lines).replace("två\nrader", '"två\nrader"'))
    told = office("register", "--import", str(file), "--json", code=1)
    assert [row["registration"]["number"] for row in told.rows] == ["2021-00002"]
    named = [line.split(":")[0] for line in told.err.splitlines() if line.startswith("Rad ")]
    assert named == ["Rad 4", "Rad 5", "Rad 6", "Rad 7", "Rad 8", "Rad 9", "Rad 10"]
    assert office("register", "--import", str(file), "--json", code=1).rows == []


@pytest.mark.parametrize(
    "content",
    [b"", b"hej;du\r\n1;2\r\n", b"id\r\nm1\r\n", b"\0\xff" * 900, b'id;number\r\n"' + b"x" * 200_000],
)
def test_a_file_that_is_no_such_sheet_is_refused(office: Machine, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "fel.csv"
    file.write_bytes(content)
    said_once(office("register", "--import", str(file), code=2), "fel.csv")


def test_the_email_log_leaves_the_house_without_secrets(office: Machine, tmp_path: Path) -> None:
    office("register", "<hemlig@a.example>", "--number", "2021-01432", "--secret", "OSL 25:1")
    office("register", "<lunch@a.example>", "--not-public")
    file = tmp_path / "logg.csv"
    told = office(
        "register", "--log", "--since", "2021-10-07", "--until", "2021-10-12", "--output", str(file)
    )
    assert "logg.csv" in told.out
    rows = sheet(file)
    assert list(rows[0]) == ["date", "from", "to", "subject", "number"]
    secret = rows[0]
    assert (secret["date"][:10], secret["number"]) == ("2021-10-12", "2021-01432")
    assert (secret["from"], secret["to"], secret["subject"]) == ("", "", "")
    assert rows[-1]["subject"] == "'=Lokalen"
    assert "Sandin" not in file.read_text()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    said_once(office("register", "--log", "--output", str(file), code=2), "logg.csv")


def test_the_email_log_as_lines_and_json(office: Machine) -> None:
    office("register", "<hemlig@a.example>", "--minor", "--secret", "OSL 25:1")
    office("register", "<lunch@a.example>", "--not-public")
    told = office("register", "--log", "--json")
    assert "Lunch" not in told.out
    assert "1 brev" in told.err
    secret = next(row for row in told.rows if row["secret"])
    assert {key: secret[key] for key in ("from", "to", "subject", "number")} == {
        "from": None,
        "to": [],
        "subject": None,
        "number": None,
    }
    plain = office("register", "--log").out
    assert "Sandin" not in plain
    assert "Sekretessmarkerad" in plain


def test_the_exports_log_and_names_are_veiled_too(office: Machine, tmp_path: Path) -> None:
    office("register", "<hemlig@a.example>", "--to-registrar", "--secret", "OSL 25:1")
    target = tmp_path / "ut"
    office("export", "--all", "--to", str(target))
    named = " ".join(path.name for path in target.iterdir())
    assert "sandin" not in named
    row = next(
        row for row in sheet(target / "log.csv") if row["sha256"] == hashlib.sha256(SECRET).hexdigest()
    )
    assert (row["from"], row["to"], row["subject"], row["number"], row["message_id"]) == ("", "", "", "", "")
    assert row["date"].startswith("2021-10-12")
    assert (target / row["file"]).read_bytes() == SECRET


def test_our_own_pattern_is_a_setting(office: Machine, tmp_path: Path) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text('own_numbers = "SSC[ -]\\\\d{4}/\\\\d+"\n')
    (tmp_path / "m.eml").write_bytes(
        mail("Se SSC 2021/124.", sender=BO, to=ANNA, message_id="<ssc@a.example>")
    )
    office("import", str(tmp_path / "m.eml"))
    told = {
        row["message_id"]: row["suggestion"]
        for row in office("register", "--config", str(settings), "--json").rows
    }
    assert told["<ssc@a.example>"]["number"] == "SSC 2021/124"
    settings.write_text('own_numbers = "("\n')
    said_once(office("register", "--config", str(settings), code=3), "own_numbers")


def test_json_is_one_object_a_line(office: Machine) -> None:
    for line in office("register", "--json").out.splitlines():
        assert isinstance(json.loads(line), dict)
