"""The real screen on whatever terminal runs this, every field of every row hostile: for test_terminal.py."""

from crm.agenda_rows import Found
from tests.tui.test_hostile import KEPT, NASTY
from tests.tui.test_mail_hostile import hostile_mail
from tui.app import AterkomApp

if __name__ == "__main__":
    nasty = " ".join(NASTY[:-1])
    backend = hostile_mail(nasty)
    text = f"{KEPT} {nasty}"
    backend.known = [Found("person", "p1", text, text), Found("organisation", "o1", text, text)]
    raise SystemExit(AterkomApp(backend).run())
