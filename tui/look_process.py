"""`python -m tui.look_process`: reads the screen's options, asks what its home view shows first, and writes the answers."""

import gc
import pickle
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from crm.agenda_rows import AgendaQuery
from tui.backend import StoreBackend
from tui.first_look import AHEAD, Answers
from tui.manners import Manners

if TYPE_CHECKING:
    from tui.cli.options import Options

_ROWS: Final = 100


def look(options: "Options") -> Answers:
    """Asks the store as the screen would. Raises whatever that raises."""
    backend = StoreBackend(options)
    situation = backend.situation()
    visit = Manners.of_user(options.config).visit(situation.user, situation.store)
    since = visit.seen if visit is not None else None
    agenda = backend.agenda(AgendaQuery())
    first = [name for _section, names in agenda.sections for name in names[:_ROWS]][:_ROWS]
    situation = replace(situation, version=AHEAD)
    rows = backend.agenda_page(first)
    return Answers(situation, backend.must_ask_who(), since, backend.news(since), agenda, rows)


def main() -> None:
    """Nothing is written where something goes wrong: the screen asks again, and says what it was."""
    gc.disable()  # a second is too short for anything to be worth collecting
    answers = look(pickle.load(sys.stdin.buffer))  # noqa: S301 (the screen wrote it)
    pickle.dump(answers, sys.stdout.buffer)


if __name__ == "__main__":
    main()
