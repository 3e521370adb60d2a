"""The real screen on whatever terminal runs this, every field of every row hostile: for test_terminal.py."""

from tests.tui.test_hostile import NASTY, hostile
from tui.app import AterkomApp

if __name__ == "__main__":
    raise SystemExit(AterkomApp(hostile(" ".join(NASTY[:-1]))).run())
