"""`inspect`: the two documents that the project was born from, its schema, and whatever else is put in front of it."""

import json
import mailbox
import os
import subprocess
import sys
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.integration.commands import Machine, Result
from tests.integration.letters import INBOX, SENT
from tests.mails import BO, mail

LETTER, NEWS = "ange-vidarebefordran", "pressmeddelande-28-servicekontor"
HOSTILE = {
    "styrtecken.eml": mail(
        "Hej \x1b[31mrött\x1b]0;x\x07\u202e \u0085 \u2028!\n\nVi återkommer i mars 2022.\x9b31m\n",
        subject="=?utf-8?q?=1B=5B2J=E2=80=AE?=",
        message_id="<\x1b@x.example>",
    ),
    "tom.eml": b"",
    "bild.png": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
    "latin1.txt": "Hej! Vi återkommer på måndag.\nÅke Öst\n".encode("latin-1"),
    "huvud.eml": b"From: " + b"a" * 200_000 + b"\r\nSubject: x\r\n\r\nhej\r\n",
    "djup.eml": b"Content-Type: multipart/mixed; boundary=x\r\n\r\n" + b"--x\r\n" * 3000,
    "html.eml": mail(
        "<p>Vi åter&shy;kommer <b>senast den 3 maj 2021</b>.</p>", headers={"X-Kind": "a"}
    ).replace(b"text/plain", b"text/html"),
    "citat.eml": mail("Ja.\n\n" + "".join(">" * depth + " Vi återkommer i maj.\n" for depth in range(1, 60))),
    "rad.txt": b"Vi ses den 3 maj " * 6000,
}


@pytest.fixture(scope="module")
def schema(shared: Path) -> dict[str, Any]:
    return dict(json.loads((shared / "contract" / "inspect.schema.json").read_bytes()))


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Machine:
    home = tmp_path_factory.mktemp("inspect")
    return Machine(home, {"ATERKOM_TODAY": "2021-10-18"})


@pytest.fixture(scope="module")
def seeds(here: Machine, shared: Path) -> dict[str, dict[str, Any]]:
    """What is read from the two documents, by name; one call for both."""
    paths = [str(shared / "seeds" / f"{name}.txt") for name in (LETTER, NEWS)]
    rows = here("inspect", "--json", *paths).rows
    assert [row["source"] for row in rows] == paths
    return dict(zip((LETTER, NEWS), rows, strict=True))


@pytest.fixture(scope="module")
def hostile(here: Machine) -> Result:
    folder = here.home / "hostile"
    folder.mkdir()
    for name, content in HOSTILE.items():
        (folder / name).write_bytes(content)
    return here("inspect", "--json", str(folder), code=1)


def expected(shared: Path, name: str) -> dict[str, Any]:
    return dict(json.loads((shared / "seeds" / f"{name}.expected.json").read_bytes()))


def said(value: object, wanted: object) -> bool:
    """Whether everything that `wanted` names stands in `value`; a list of objects in the same order."""
    if isinstance(wanted, dict):
        return isinstance(value, dict) and all(said(value.get(key), item) for key, item in wanted.items())
    if isinstance(wanted, list):
        return isinstance(value, list) and len(value) == len(wanted) and all(map(said, value, wanted))
    return value == wanted


def municipalities(row: dict[str, Any]) -> list[str]:
    found = {
        entity["value"]["name"]
        for message in row["messages"]
        for entity in message["entities"]
        if entity["label"] == "MUNICIPALITY"
    }
    order = str.maketrans("åäöÅÄÖ", "{|}[\\]")
    return sorted(found, key=lambda name: str(name).translate(order))


def test_the_letter_says_what_it_must(seeds: dict[str, dict[str, Any]], shared: Path) -> None:
    row, wanted = seeds[LETTER], expected(shared, LETTER)
    for message, known in zip(row["messages"], wanted["messages"], strict=True):
        for field, value in known.items():
            assert said(message[field], value), (field, message[field], value)
    assert municipalities(row) == wanted["municipalities"]
    assert [office["municipality"] for office in row["offices"]] == wanted["offices"]
    assert row["messages"][1]["parent"] == 0


def test_the_people_of_the_letter(seeds: dict[str, dict[str, Any]], shared: Path) -> None:
    people = sorted(seeds[LETTER]["people"], key=lambda card: str(card["name"]))
    assert said(people, expected(shared, LETTER)["people"])


def test_order_in_the_letter_is_by_nesting_not_by_time(seeds: dict[str, dict[str, Any]]) -> None:
    outer, inner = seeds[LETTER]["messages"]
    assert outer["date"] < inner["date"]
    assert (outer["index"], inner["index"]) == (0, 1)


def test_the_news_item_says_what_it_must(seeds: dict[str, dict[str, Any]], shared: Path) -> None:
    row, wanted = seeds[NEWS], expected(shared, NEWS)
    (message,) = row["messages"]
    assert (message["from"], message["date"], message["reference"]) == (None, None, "2021-05-27")
    assert municipalities(row) == wanted["municipalities"]
    assert [card["name"] for card in row["people"]] == wanted["people"]
    dated = [item for item in message["follow_ups"] if item["due_start"] or item["due_end"]]
    order = [json.dumps(item) for item in sorted(wanted["follow_ups"], key=str)]
    assert said(
        sorted(dated, key=lambda item: order.index(_as(item, wanted))), sorted(wanted["follow_ups"], key=str)
    )


def _as(item: dict[str, Any], wanted: dict[str, Any]) -> str:
    return json.dumps({key: item[key] for key in wanted["follow_ups"][0]})


@pytest.mark.parametrize("name", [LETTER, NEWS])
def test_the_documents_fit_the_schema_and_every_span(
    seeds: dict[str, dict[str, Any]], schema: dict[str, Any], name: str
) -> None:
    jsonschema.validate(seeds[name], schema)
    assert spans(seeds[name]) > 10


def spans(row: dict[str, Any]) -> int:
    """Checks body[start:end] == text wherever it is promised; gives how often."""
    count = 0
    for message in row["messages"]:
        for item in [*message["entities"], *message["follow_ups"]]:
            text = message["subject" if item.get("field") == "subject" else "body"]
            if item.get("field", "body") in {"subject", "body"}:
                assert text[item["start"] : item["end"]] == item["text"]
                count += 1
    return count


def demo_mails() -> Iterator[Path]:
    folder = Path(str(files("crm.demo"))) / "mails"
    yield from sorted(path for path in folder.rglob("*") if path.is_file())


def test_the_demonstrations_mails_fit_the_schema(here: Machine, schema: dict[str, Any]) -> None:
    paths = [str(path) for path in demo_mails()]
    if not paths:
        pytest.skip("the demonstration has no mails yet")
    with here.start("inspect", "--json", *paths) as process:
        out, _err = process.communicate()
    assert process.returncode in {0, 1}
    rows = [json.loads(line) for line in out.splitlines()]
    assert [row["source"] for row in rows] == paths
    for row in rows:
        jsonschema.validate(row, schema)
        spans(row)


def test_hostile_input_fits_the_schema(hostile: Result, schema: dict[str, Any]) -> None:
    rows = {Path(row["source"]).name: row for row in hostile.rows}
    assert set(rows) == set(HOSTILE)
    for row in rows.values():
        jsonschema.validate(row, schema)
        spans(row)
    assert {name for name, row in rows.items() if row["status"] == "quarantined"} >= {"tom.eml", "bild.png"}
    assert "Traceback" not in hostile.err


def test_control_characters_are_escaped_in_json(hostile: Result) -> None:
    assert not [
        sign
        for sign in hostile.out
        if sign != "\n" and (ord(sign) < 32 or sign in "\x7f\x85\x9b\u202e\u2028")
    ]
    (row,) = [row for row in hostile.rows if row["source"].endswith("styrtecken.eml")]
    assert "\x1b" in row["messages"][0]["body"]
    assert r"\u001b" in hostile.out
    assert r"\u202e" in hostile.out


def test_none_of_them_reaches_a_reader(here: Machine, hostile: Result) -> None:
    del hostile
    plain = here("inspect", str(here.home / "hostile"), code=1)
    for sign in "\x1b\x07\x9b\x85\u202e\u2028\r\x00":
        assert sign not in plain.out + plain.err
    assert "styrtecken.eml" in plain.out


@pytest.fixture(scope="module")
def boxes(here: Machine) -> Path:
    """A folder with an mbox and a Maildir in it, four letters each."""
    folder = here.home / "boxes"
    folder.mkdir()
    box = mailbox.mbox(folder / "post.mbox")
    maildir = mailbox.Maildir(folder / "post", create=True)
    for raw in INBOX:
        box.add(raw)
        maildir.add(raw)
    box.close()
    return folder


def test_boxes_are_numbered_and_standard_input_is_a_dash(here: Machine, boxes: Path) -> None:
    rows = here("inspect", "--json", str(boxes / "post.mbox"), str(boxes / "post"), "-", stdin=SENT[0]).rows
    wanted = [f"{boxes / name}#{number}" for name in ("post.mbox", "post") for number in range(1, 5)]
    assert [row["source"] for row in rows] == [*wanted, "-"]
    digests = [row["raw_sha256"] for row in rows]
    assert sorted(digests[:4]) == sorted(digests[4:8])
    assert rows[-1]["messages"][0]["message_id"] == "<besked@statenssc.se>"


def test_text_without_a_header_block_is_read_at_the_day_that_is_given(here: Machine) -> None:
    text = "Vi återkommer på torsdag om lokalen i Ånge.\n".encode()
    (row,) = here("inspect", "--json", "--date", "2021-06-07", "-", stdin=text).rows
    (message,) = row["messages"]
    assert (message["from"], message["date"], message["kind"]) == (None, None, "received")
    assert message["follow_ups"][0]["due_end"] == "2021-06-10"
    (row,) = here("inspect", "--json", "-", stdin=text).rows
    assert row["messages"][0]["follow_ups"][0]["due_end"] == "2021-10-21"


def test_it_touches_no_store_and_loads_none(here: Machine, tmp_path: Path) -> None:
    letter = tmp_path / "brev.eml"
    letter.write_bytes(mail("Vi återkommer på torsdag.", sender=BO))
    code = (
        "import sys\nfrom tui.cli.main import run_line\n"
        f"code = run_line(['inspect', '--json', {str(letter)!r}])\n"
        "sys.exit(code or 10 * bool({'alembic', 'textual'} & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", f"if __name__ == '__main__':\n{_indented(code)}"],
        env={**here.environment, "HOME": os.fspath(tmp_path), "ATERKOM_DATABASE_URL": "sqlite:////nowhere/x"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["status"] == "ok"


def _indented(code: str) -> str:
    return "".join(f"    {line}\n" for line in code.splitlines())
