"""How long to wait before a server is tried again: longer each time, never all at once, and as long as it asks.

Exponential with full jitter (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/): the wait is
drawn from an interval whose upper end doubles, so that the clients of a server that has come back do not meet.
"""

import random
import re
from dataclasses import dataclass, field

SHORTEST = 5.0
LONGEST = 600.0
ASKED_LONGEST = 3600.0  # what a server asks for is kept to as long as this
# Exchange throttles so: "Request is throttled. Suggested Backoff Time: 92415 milliseconds".
_ASKED = re.compile(r"Suggested Backoff Time: {0,4}(\d{1,15}) {0,4}milliseconds", re.ASCII | re.IGNORECASE)


def asked_wait(text: str) -> float | None:
    """The seconds that a server's words ask for, at most ASKED_LONGEST; None where they ask for nothing."""
    found = _ASKED.search(text)
    return min(int(found[1]) / 1000, ASKED_LONGEST) if found else None


@dataclass(slots=True)
class Backoff:
    """The waits between tries at one server; `reset` after one that went well."""

    shortest: float = SHORTEST
    longest: float = LONGEST
    chance: random.Random = field(default_factory=random.Random)
    failures: int = 0

    def next(self, reason: str = "") -> float:
        """Seconds until the next try. `reason`: what the server said; a wait that it asks for is never cut short."""
        self.failures = min(self.failures + 1, 64)  # beyond, the power alone would overflow
        highest = min(self.longest, self.shortest * 2**self.failures)
        drawn = self.chance.uniform(min(self.shortest, highest), highest)
        asked = asked_wait(reason)
        # On top of what was asked for, so that all who were told the same do not come back together.
        return drawn if asked is None else asked + self.chance.uniform(0, min(drawn, asked / 4))

    def reset(self) -> None:
        self.failures = 0
