"""Who may come in: whoever has the newest one-time token, and after that the cookie that it was exchanged for."""

import time
from collections.abc import Callable
from hmac import compare_digest
from secrets import token_urlsafe
from typing import Final

LIVES: Final = 300
"""Seconds in which a token may be used."""
STAYS: Final = 12 * 3600
"""Seconds for which a cookie lets in: a long working day."""
_BYTES: Final = 32


class Keys:
    """Tokens and cookies of one server, in its memory alone; `clock` gives seconds that never go back."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._token = b""
        self._until = 0.0
        self._cookies: dict[bytes, float] = {}

    def new_token(self) -> str:
        """A token that works once, within LIVES seconds; the one before it works no more."""
        token = token_urlsafe(_BYTES)
        self._token, self._until = token.encode(), self._clock() + LIVES
        return token

    def exchange(self, token: str) -> str | None:
        """A cookie for the token, which is spent by that; None for a wrong, spent or old one."""
        right = compare_digest(_bytes(token), self._token)
        if not right or not self._token or self._clock() >= self._until:
            return None
        self._token = b""
        cookie = token_urlsafe(_BYTES)
        self._cookies[cookie.encode()] = self._clock() + STAYS
        return cookie

    def let_in(self, cookie: str) -> bool:
        """Whether this cookie was given by us, and is young enough."""
        given, now = _bytes(cookie), self._clock()
        self._cookies = {known: until for known, until in self._cookies.items() if now < until}
        return sum(compare_digest(given, known) for known in self._cookies) > 0


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
