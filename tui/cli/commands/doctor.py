"""`aterkom doctor`: what is in order, and what to do about what is not."""

from tui.cli.frame import Options, command, option
from tui.cli.output import print_json, print_line, say
from tui.cli.shared_options import json_option
from tui.diagnoses import Row, label, rows_of, summary
from tui.i18n import N_, _

WRONG = 1


@command("doctor", help=N_("Say what is in order, and what to do about what is not"))
@option("--offline", is_flag=True, help=N_("Make no connection to a mail server"))
@json_option
def doctor(options: Options, offline: bool, as_json: bool) -> int:
    from crm.doctor import diagnose

    good = bad = 0
    for found in diagnose(options.settings, options.config, offline=offline):
        row = rows_of(found)
        if as_json:
            print_json([row._asdict()])
        else:
            _print(row)
        good, bad = good + row.ok, bad + (not row.ok)
    if not as_json:
        say(summary(good, bad))
    return WRONG if bad else 0


def _print(row: Row) -> None:
    """The row, and the way out below it."""
    verdict = _("ok") if row.ok else _("NO")
    print_line(f"{verdict}  {label(row.check)}: {row.detail}")
    if row.remedy:
        print_line(f"→ {row.remedy}", 4)
