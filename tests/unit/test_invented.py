"""Everybody in the project is invented: no name and no line of the two documents that it was born from stands in it."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDERS = ("benchmarks", "crm", "db", "docs", "ingest", "nlp", "scripts", "tests", "tui")
ENDINGS = {
    ".css",
    ".eml",
    ".html",
    ".js",
    ".json",
    ".jsonl",
    ".md",
    ".po",
    ".py",
    ".sh",
    ".svg",
    ".tcss",
    ".toml",
    ".tsv",
    ".txt",
}
NAME = re.compile(r"(?!Postlista )[A-ZÅÄÖ][\w-]+ [A-ZÅÄÖ][\w-]+")
LONG = 45  # signs of a line that nobody writes twice by chance


def texts() -> Iterator[str]:
    found = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.suffix in ENDINGS]
    for path in [*found, *ROOT.glob("*.md")]:
        yield path.read_text(encoding="utf-8", errors="replace")


def test_no_name_and_no_line_of_the_documents_stands_in_the_project(shared: Path) -> None:
    seeds = shared / "seeds"
    said = json.dumps([json.loads(path.read_text()) for path in seeds.glob("*.json")], ensure_ascii=False)
    names = {name for name in re.findall(r'"name": "([^"]+)"', said) if NAME.fullmatch(name)}
    turned = {" ".join(reversed(name.split())) for name in names}
    listed = {", ".join(reversed(name.split())) for name in names}
    lines = [line.strip(" >") for path in seeds.glob("*.txt") for line in path.read_text().splitlines()]
    parts = names | turned | listed | {line for line in lines if len(line) >= LONG}
    assert len(parts) > 10
    wanted = re.compile("|".join(map(re.escape, sorted(parts, key=len, reverse=True))))
    assert [match[0] for text in texts() for match in wanted.finditer(text)] == []
