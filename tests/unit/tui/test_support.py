"""What is copied for IT support: where an error arose, and nothing that was in the letters."""

from tui.support import report


def _fails(secret: str) -> None:
    raise KeyError(secret)


def test_it_says_where_and_never_what_was_there() -> None:
    try:
        try:
            _fails("hemligt\x1b[2J")
        except KeyError as error:
            raise RuntimeError("om Eva Ek") from error
    except RuntimeError as error:
        text = report(error, "Något gick fel.", ["sqlite:///a"])
    assert "RuntimeError (70): Något gick fel." in text
    assert "builtins.KeyError" in text
    assert "tui/test_support.py:" in text
    assert "sqlite:///a" in text
    assert "hemligt" not in text
    assert "Eva Ek" not in text
    assert "\x1b" not in text
