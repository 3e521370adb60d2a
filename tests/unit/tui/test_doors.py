"""No text reaches a widget but through `tui/text.py`: every call that shows something is looked at in the source.

A plain `str` is parsed as markup by Textual, and obeyed by terminals. So what is shown is made by the doors
(`line`, `content`, `cell`), by a function of ours that gives a `Content`, or is a constant.
"""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3] / "tui"
SOURCES = [*ROOT.glob("*.py"), *(ROOT / "screens").glob("*.py"), *(ROOT / "widgets").glob("*.py")]
DOORS = {"line", "content", "cell", "clean", "clean_line", "spanned"}
# Words of ours: translations, and days and numbers that are written by us.
OURS = {"_", "ngettext", "pgettext", "day", "window", "column", "number", "moment", "moment_column", "clock", "sign", "shown", "named", "isoformat"}  # fmt: skip
# By convention these names hold words and signs of ours, never a letter's.
OUR_NAMES = {"label", "sign", "branch", "bar"}
SHAPES = {"join", "assemble", "stylize", "truncate", "ljust", "format"}
SHOWS = {"Static", "Label", "Button", "update", "DiscoveryHit", "Hit"}
PARSES = {"from_markup", "from_rich_text", "from_text", "styled"}
TEXT = ROOT / "text.py"


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


@cache
def _givers() -> set[str]:
    """Functions of ours that are declared to give a Content."""
    found = set()
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.returns and "Content" in ast.unparse(node.returns):
                found.add(node.name)
    return found


class Doors(ast.NodeVisitor):
    """Collects what is shown without having passed a door; names are followed inside their function."""

    def __init__(self) -> None:
        self.wrong: list[str] = []
        self.known: dict[str, list[ast.expr]] = {}

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        outer, self.known = self.known, dict(self.known)
        for inner in ast.walk(node):
            if isinstance(inner, ast.Assign | ast.AnnAssign | ast.AugAssign) and inner.value is not None:
                targets = inner.targets if isinstance(inner, ast.Assign) else [inner.target]
                for target in targets:
                    if isinstance(target, ast.Name):
                        self.known.setdefault(target.id, []).append(inner.value)
        self.known |= {
            a.arg: [ast.Constant("")]
            for a in node.args.args
            if a.annotation and "Content" in ast.unparse(a.annotation)
        }
        self.generic_visit(node)
        self.known = outer

    def visit_Call(self, node: ast.Call) -> None:
        name = _name(node)
        if name in PARSES:
            self._refuse(node)
        if name in SHOWS and node.args:
            at = 1 if name == "Hit" else 0
            if isinstance(node.func, ast.Name) or name == "update":
                self._check(node, node.args[at : at + 1])
        if name == "Content" or (name == "assemble" and isinstance(node.func, ast.Attribute)):
            self._check(node, node.args)
        if name == "notify" and not any(k.arg == "markup" for k in node.keywords):
            self._refuse(node)
        self.generic_visit(node)

    def _check(self, call: ast.Call, given: list[ast.expr]) -> None:
        if not all(self.passed(arg) for arg in given):
            self._refuse(call)

    def _refuse(self, call: ast.Call) -> None:
        self.wrong.append(f"line {call.lineno}: {ast.unparse(call)[:100]}")

    def passed(self, node: ast.expr, depth: int = 0) -> bool:  # noqa: C901 - one case for each kind of expression
        """Whether an expression is text of ours or has passed a door."""
        if depth > 12:
            return False
        match node:
            case ast.Constant() | ast.Lambda():
                return True
            case ast.Call():
                return self._call(node, depth)
            case ast.Tuple(elts=[first, ast.Constant()]):
                return self.passed(first, depth + 1)  # text and its style
            case ast.Tuple(elts=parts):
                return all(self.passed(part, depth + 1) or _is_style(part) for part in parts)
            case ast.Starred(value=value) | ast.FormattedValue(value=value) | ast.Subscript(value=value):
                return self.passed(value, depth + 1)
            case ast.JoinedStr(values=parts) | ast.List(elts=parts) | ast.BoolOp(values=parts):
                return all(self.passed(part, depth + 1) for part in parts)
            case ast.IfExp(body=one, orelse=other) | ast.BinOp(left=one, right=other):
                return self.passed(one, depth + 1) and self.passed(other, depth + 1)
            case ast.ListComp(elt=item, generators=loops) | ast.GeneratorExp(elt=item, generators=loops):
                return self._each(item, loops, depth)
            case ast.Name(id=name):
                return (
                    name.isupper()
                    or name in OUR_NAMES
                    or (name in self.known and all(self.passed(v, depth + 1) for v in self.known[name]))
                )
            case _:
                return False

    def _each(self, item: ast.expr, loops: list[ast.comprehension], depth: int) -> bool:
        """An item of a loop; what it loops over counts for the names that it sets."""
        outer, self.known = self.known, dict(self.known)
        for loop in loops:
            if isinstance(loop.target, ast.Name):
                self.known[loop.target.id] = [loop.iter]
        passed = self.passed(item, depth + 1)
        self.known = outer
        return passed

    def _call(self, node: ast.Call, depth: int) -> bool:
        name = _name(node)
        if name == "map":
            return getattr(node.args[0], "id", "") in DOORS
        if name in DOORS | OURS | _givers():
            return True
        if name in SHAPES | {"Content", "str", "len"}:
            inside = [node.func.value] if isinstance(node.func, ast.Attribute) else []
            given = [*inside, *node.args, *(k.value for k in node.keywords)]
            return all(self.passed(arg, depth + 1) or _is_type(arg) for arg in given)
        return False


def _is_style(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and ("style" in node.id or node.id.strip("_").isupper())


def _is_type(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "Content"


def wrong(source: str) -> list[str]:
    doors = Doors()
    doors.visit(ast.parse(source))
    return doors.wrong


def _shown() -> Iterator[Path]:
    yield from (path for path in SOURCES if path != TEXT)


@pytest.mark.parametrize("path", list(_shown()), ids=lambda path: path.name)
def test_what_is_shown_has_passed_a_door(path: Path) -> None:
    assert wrong(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "Static(row.subject)",
        "def f(row):\n    text = row.subject\n    Static(text)",
        "x.update(f'{row.name}')",
        "Content.assemble(('a', 'bold'), row.name)",
        "Content.assemble((row.name, 'bold'))",
        "Content.from_markup(line)",
        "Content.styled(row.name, 'bold')",
        "Content(row.name)",
        "Hit(1, row.name, run)",
        "app.notify(line(text))",
        "Static(_('{x}') if row.x else row.y)",
        "Static(', '.join(names))",
    ],
)
def test_the_test_would_see_it(source: str) -> None:
    assert wrong(source)


@pytest.mark.parametrize(
    "source",
    [
        "Static('')",
        "Static(line(row.subject))",
        "Content.assemble(('a', 'bold'), line(row.name), cell(row.x, 3))",
        "def f(row):\n    said = line(row.subject)\n    x.update(said)",
        "Content('\\n').join([line(a), line(b)])",
        "app.notify(clean_line(said), markup=False)",
    ],
)
def test_the_test_lets_doors_through(source: str) -> None:
    assert wrong(source) == []
