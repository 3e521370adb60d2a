"""Names of the documents that the registrar is handed: safe on every system, whatever a mail says."""

import pytest

from crm.register.handing_over import safe_name


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("2021-06-07 beslut.pdf", "1_2021-06-07-beslut.pdf"),
        ("../../etc/passwd", "1_etc-passwd"),
        ("C:\\kontor\\ritning.DWG", "1_C-kontor-ritning.DWG"),
        ("gpj\u202eexe.jpg", "1_gpjexe.jpg"),
        ("\x1b[31mröd\x00.pdf", "1_[31mröd.pdf"),
        ("arkiv.en mycket lång ändelse", "1_arkiv.en-mycket-lång-ändelse"),
        ("å" * 300 + ".pdf", "1_" + "å" * 40 + ".pdf"),
        ("con", "1_con"),
        ("...", "1"),
        ("", "1"),
        (None, "1"),
    ],
)
def test_a_name_is_safe(name: str | None, expected: str) -> None:
    assert safe_name(1, name) == expected


def test_a_hidden_name_keeps_its_ending_alone() -> None:
    assert safe_name(2, "Eva Sandin.pdf", hide=True) == "2.pdf"
    assert safe_name(2, "Eva Sandin", hide=True) == "2"
