"""How much of the processor another process has had, as Linux tells it; elsewhere nobody does."""

import os
from pathlib import Path
from typing import NamedTuple

_STATE, _USER, _SYSTEM = (
    0,
    11,
    12,
)  # of what follows the name, which may itself hold blanks (proc_pid_stat(5))


class ProcessorTime(NamedTuple):
    """`wants_more`: it would go on if it were let; `seconds`: of user and system time since its start."""

    wants_more: bool
    seconds: float


def processor_time(pid: int) -> ProcessorTime | None:
    """None where it cannot be told, or the process has ended."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    fields = told.rpartition(")")[2].split()
    ticks = int(fields[_USER]) + int(fields[_SYSTEM])
    return ProcessorTime(fields[_STATE] == "R", ticks / os.sysconf("SC_CLK_TCK"))
