"""How much of forwarded and quoted letters is read right: per field, program and language, beside two peers.

    python benchmarks/chains.py [--letters N] [--chains N] [--seed N] [--node FOLDER]

Letters are invented (benchmarks/letters.py); everything about each has to be right: who, to whom, subject, moment, the
letter's own words and those of the one that sends it on. Peers are `email-forward-parser` (`npm install
email-forward-parser`, in FOLDER) and `quotequail` (`pip install quotequail`); one that is missing is named and left out.
They read no dates, so that for them the words of the date count; and both know forwards, so that replies count for
Återkom alone. In chains peers are asked again about what they found, as deep as they go. At the end stands what texts cost
that nobody writes but to keep a reader busy.
"""

import argparse
import importlib.util
import json
import resource
import shutil
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from email.utils import getaddresses
from pathlib import Path
from typing import Any

from common import machine
from letters import FORWARDS, Letter, Level, Party, chain, clients, letter, quoted, words

from ingest.chain import unfold
from ingest.mailboxes import parse_mailboxes
from ingest.model import ChainMessage, Mailbox, ParsedMail

FIELDS = ("own", "from", "to", "cc", "subject", "date", "body")
_READER = Path(__file__).with_name("forward_peer.js")
MAX_DEPTH = 5
Found = list[dict[str, Any]]
_BLOCK = "Från: A <a@x.example>\nSkickat: den 3 maj 2023 10:00\nTill: {}\nÄmne: x\n\nHej"
HOSTILE = {
    "Från: <<": "Från: <<" * 12_500,
    "marks in a row": ">" * 50_000,
    "quoted blank lines": ">\n" * 50_000,
    "bars": "| a\n" * 50_000,
    "quote and words by turns": "> a\nb\n" * 25_000,
    "and with colons": "> a:\nb:\n" * 25_000,
    "quoted numbers": "> 5\na\n" * 25_000,
    "rules": "-----\n" * 17_000,
    "verbs": "skrev:\n" * 17_000,
    "labels": "From: a\n" * 12_500,
    "arrows": ">>> a 2024-01-01 10:00 >>>\n" * 3_000,
    "forwards in quotes": "> ---------- Forwarded message ---------\n> From: a <a@x.example>\n> To: b\n>\n> x\n\n"
    * 1_200,
    "800 recipients": _BLOCK.format("; ".join(f"Anna Ek <a{number}@x.example>" for number in range(800))),
}


@dataclass
class Score:
    """What one program read right."""

    fields: Counter[str] = field(default_factory=Counter)
    whole: Counter[tuple[str, str]] = field(default_factory=Counter)
    asked: Counter[tuple[str, str]] = field(default_factory=Counter)
    seconds: float = 0.0

    def add(self, one: Letter, right: set[str]) -> None:
        for name in right:
            self.fields[name] += 1
        for key in (("client", one.client), ("language", one.language), ("all", "")):
            self.asked[key] += 1
            self.whole[key] += len(right) == len(FIELDS)

    def share(self, kind: str, name: str = "") -> str:
        asked = self.asked[kind, name]
        return f"{100 * self.whole[kind, name] / asked:.1f}" if asked else "–"


def main() -> None:
    arguments = _arguments()
    made = _letters(arguments.letters, arguments.seed)
    chains = [chain("sv", 1 + number % 4, f"{arguments.seed} {number}") for number in range(arguments.chains)]
    forwards = [one for one in made if one.client in FORWARDS]
    programs = {"Återkom": _aterkom, **_peers(arguments.node)}
    print(f"{len(made)} letters and {len(chains)} Swedish chains, seed {arguments.seed}; {machine()}")
    scores = {name: _scored(read, forwards) for name, read in programs.items()}
    replies = _scored(_aterkom, [one for one in made if one.client not in FORWARDS])
    _print("of forwards right, %: fields", scores, [("fields", name) for name in FIELDS])
    _print("programs", scores, sorted({("client", one.client) for one in forwards}))
    _print("languages", scores, sorted({("language", one.language) for one in forwards}))
    _print("whole", scores, [("all", "")])
    _print("replies whole", {"Återkom": replies}, sorted(key for key in replies.asked))
    for name, read in programs.items():
        whole = sum(_whole(one, found) for one, found in zip(chains, read(chains), strict=True))
        print(f"Swedish chains whole, 1 to 4 deep: {name} {whole} of {len(chains)}")
    for name, score in scores.items():
        print(f"{name}: {len(forwards) / score.seconds:.0f} letters in a second of processor time")
    print("\nhostile texts, ms of processor time, the best of five")
    for name, text in HOSTILE.items():
        print(f"{name:24}{len(text) // 1000:>6} KB{1000 * min(_cost(text) for _ in range(5)):>8.1f}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--letters", type=int, default=4, help="of each program in each language")
    parser.add_argument("--chains", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--node", type=Path, default=Path.cwd(), help="folder with node_modules")
    return parser.parse_args()


def _letters(count: int, seed: int) -> list[Letter]:
    """Of every four one stands in quotes as a whole."""
    made = []
    for language in words():
        for client in clients(language):
            for number in range(count):
                one = letter(client, language, f"{seed} {number}")
                made.append(quoted(one) if number % 4 == 3 else one)
    return made


def _scored(read: Callable[[list[Letter]], list[Found]], made: list[Letter]) -> Score:
    score, started = Score(), _busy()
    answers = read(made)
    score.seconds = _busy() - started
    for one, found in zip(made, answers, strict=True):
        right = _right(one.levels[0], found[1]) if len(found) > 1 else set()
        right |= {"own"} if _flat(found[0]["body"]) == _flat(one.own) else set()
        score.add(one, right)
    return score


def _busy() -> float:
    """Seconds that the processor has worked for this process and for those that it started."""
    used = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


def _cost(text: str) -> float:
    started = _busy()
    unfold(ParsedMail("ok", text=text))
    return _busy() - started


def _whole(one: Letter, found: Found) -> bool:
    return (
        len(found) == len(one.levels) + 1
        and _flat(found[0]["body"]) == _flat(one.own)
        and all(len(_right(*pair)) == len(FIELDS) - 1 for pair in zip(one.levels, found[1:], strict=True))
    )


def _right(level: Level, found: dict[str, Any]) -> set[str]:
    dates = {level.date.isoformat(), level.date_text}
    wanted = {
        "from": [_party(level.sender)], "to": list(map(_party, level.to)), "cc": list(map(_party, level.cc)),
        "subject": _flat(level.subject), "body": _flat(level.body),
    }  # fmt: skip
    right = {name for name, value in wanted.items() if found.get(name) == value}
    return right | ({"date"} if found.get("date") in dates else set())


def _flat(text: str | None) -> str:
    return " ".join((text or "").split())


def _party(party: Party) -> Party:
    return _flat(party[0]) or None, (party[1] or "").lower() or None


def _aterkom(made: list[Letter]) -> list[Found]:
    return [[_seen(m) for m in unfold(ParsedMail("ok", subject=one.subject, text=one.text))] for one in made]


def _seen(message: ChainMessage) -> dict[str, Any]:
    return {
        "from": _boxes([message.sender] if message.sender else []), "to": _boxes(message.to), "cc": _boxes(message.cc),
        "subject": _flat(message.subject), "date": message.date.isoformat() if message.date else None,
        "body": _flat(message.body),
    }  # fmt: skip


def _boxes(boxes: Iterable[Mailbox]) -> list[Party]:
    return [_party((box.name, box.address)) for box in boxes]


def _peers(folder: Path) -> dict[str, Callable[[list[Letter]], list[Found]]]:
    found: dict[str, Callable[[list[Letter]], list[Found]]] = {}
    if shutil.which("node") and (folder / "node_modules" / "email-forward-parser").is_dir():
        found["email-forward-parser"] = lambda made: _forward_parser(made, folder)
    else:
        print("email-forward-parser is missing: npm install email-forward-parser, then --node FOLDER")
    if importlib.util.find_spec("quotequail"):
        found["quotequail"] = _quotequail
    else:
        print("quotequail is missing: pip install quotequail")
    return found


def _forward_parser(made: list[Letter], folder: Path) -> list[Found]:
    """One process of node reads all letters; each level's words are read again until nothing is found in them."""
    asked = "\n".join(json.dumps({"subject": one.subject, "text": one.text}) for one in made)
    answer = subprocess.run(
        ["node", str(_READER), str(folder / "node_modules" / "email-forward-parser"), str(MAX_DEPTH)],
        input=asked, capture_output=True, text=True, check=True, encoding="utf-8",
    )  # fmt: skip
    return [list(map(_forwarded, json.loads(line))) for line in answer.stdout.splitlines()]


def _forwarded(level: dict[str, Any]) -> dict[str, Any]:
    email = level.get("email") or {}
    return {
        "from": _named([email["from"]]) if email.get("from") else [], "to": _named(email.get("to") or []),
        "cc": _named(email.get("cc") or []), "subject": _flat(email.get("subject")), "date": email.get("date"),
        "body": _flat(level["body"]),
    }  # fmt: skip


def _named(parties: list[dict[str, Any]]) -> list[Party]:
    return [_party((party.get("name"), party.get("address"))) for party in parties]


def _quotequail(made: list[Letter]) -> list[Found]:
    import quotequail

    return [_unwrapped(one.text, quotequail.unwrap) for one in made]


def _unwrapped(text: str, unwrap: Callable[[str], dict[str, Any] | None]) -> Found:
    found: Found = []
    seen: dict[str, Any] = {}
    for _ in range(MAX_DEPTH):
        inner = unwrap(text)
        seen["body"] = _flat(text if inner is None else inner.get("text_top"))
        found.append(seen)
        if inner is None or inner.get("text") is None:
            break
        text = inner["text"]
        seen = {name: _strings(inner.get(name)) for name in ("from", "to", "cc")}
        seen |= {"subject": _flat(inner.get("subject")), "date": inner.get("date"), "body": _flat(text)}
    else:
        found.append(seen)
    return found


def _strings(value: str | None) -> list[Party]:
    """A list as it stands; the peer leaves taking it apart to others: by RFC, where there is no semicolon."""
    if value and ";" in value:
        return _boxes(parse_mailboxes(value))
    return [_party(pair) for pair in getaddresses([value] if value else [])]


def _print(title: str, scores: dict[str, Score], rows: list[tuple[str, str]]) -> None:
    print(f"\n{title:24}" + "".join(f"{name:>22}" for name in scores))
    for kind, name in rows:
        shares: dict[str, str] = defaultdict(str)
        for program, score in scores.items():
            asked = score.asked["all", ""]
            shares[program] = (
                f"{100 * score.fields[name] / asked:.1f}" if kind == "fields" else score.share(kind, name)
            )
        print(f"{name or 'all':24}" + "".join(f"{shares[program]:>22}" for program in scores))


if __name__ == "__main__":
    sys.exit(main())
