"""What an administrator can set or run stands in the docs, with its default."""

from pathlib import Path

import pytest

from crm.settings import Settings
from db.schema import Base
from tui.cli.reference import reference
from tui.cli.table import COMMANDS
from tui.i18n import set_language

DOCS = Path(__file__).parents[3] / "docs"
ROOT = DOCS.parent


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_documented_with_its_default(name: str) -> None:
    field = Settings.model_fields[name]
    (line,) = [
        line
        for line in (DOCS / "administration.md").read_text().splitlines()
        if line.startswith(f"| `{name}` |")
    ]
    _, _, default, meaning, _ = line.split("|", 4)
    assert meaning.strip() == field.description
    if field.default is not None and field.default_factory is None:
        assert default.strip() == str(field.default)


def test_every_command_and_option_is_documented() -> None:
    try:
        assert (DOCS / "commands.md").read_text() == reference(), "make reference"
    finally:
        set_language("sv")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_in_the_readme(name: str) -> None:
    assert f"`{name}" in (ROOT / "README.md").read_text().replace("`, `", "`\n`")


def test_every_table_that_may_hold_people_is_said() -> None:
    """Plans, offices, municipalities and the steps of an office are about places."""
    places = {"municipality", "office", "office_step", "step", "report_due"}
    tables = {name for name in Base.metadata.tables if not name.startswith("plan_")} - places
    told = (DOCS / "privacy.md").read_text()
    assert {name for name in tables if f"`{name}`" not in told} == set()
