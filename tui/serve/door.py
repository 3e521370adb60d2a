"""What every request passes: a host that is ours, an origin that is ours, and a cookie that we gave."""

from collections.abc import Awaitable, Callable
from typing import Final

from aiohttp import web

from tui.serve.address import Address
from tui.serve.keys import Keys
from tui.serve.pages import refused

ENTRANCE: Final = "/enter"
_OURS: Final = frozenset({"same-origin", "none"})
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Door:
    """A middleware that lets nobody in without a cookie, and the entrance where a token is exchanged for one."""

    def __init__(self, address: Address, keys: Keys) -> None:
        self.address = address
        self.keys = keys
        self.cookie = f"aterkom-{address.port}"  # cookies know no ports: two doors on one machine have two

    def invitation(self) -> str:
        """An address that works once, for a person to open."""
        return f"{self.address.url}{ENTRANCE}?token={self.keys.new_token()}"

    def install(self, app: web.Application) -> None:
        """Puts the door before everything in `app`."""

        @web.middleware
        async def door(request: web.Request, handler: Handler) -> web.StreamResponse:
            return await self._pass(request, handler)

        app.middlewares.append(door)
        app.on_response_prepare.append(self._sealed)
        app.router.add_get(ENTRANCE, self._enter, allow_head=False)

    async def _pass(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if not self._is_called_rightly(request) or not self._is_from_here(request):
            return refused()
        if request.path != ENTRANCE and not self._has_cookie(request):
            return refused()
        return await handler(request)

    def _is_called_rightly(self, request: web.Request) -> bool:
        """Another name that leads to this address (DNS rebinding) is not ours."""
        named = request.headers.getall("Host", [])
        return len(named) == 1 and named[0].lower() in self.address.hosts

    def _is_from_here(self, request: web.Request) -> bool:
        """No page but our own may ask; a WebSocket has to say which page asks for it."""
        origins = request.headers.getall("Origin", [])
        needed = request.headers.get("Upgrade") is not None
        if origins != [f"http://{request.headers['Host'].lower()}"] and (origins or needed):
            return False
        return request.path == ENTRANCE or request.headers.get("Sec-Fetch-Site", "none") in _OURS

    def _has_cookie(self, request: web.Request) -> bool:
        return self.keys.let_in(request.cookies.get(self.cookie, ""))

    async def _enter(self, request: web.Request) -> web.StreamResponse:
        """Whoever is in already, and goes back in the browser's history, needs no token."""
        answer = web.Response(status=303, headers={"Location": "/"})
        if self._has_cookie(request):
            return answer
        cookie = self.keys.exchange(request.query.get("token", ""))
        if cookie is None:
            return refused()
        answer.set_cookie(self.cookie, cookie, httponly=True, samesite="Strict", path="/")
        return answer

    async def _sealed(self, request: web.Request, response: web.StreamResponse) -> None:
        """The page may load from here alone, stand in nobody's frame, and is kept by no cache."""
        del request
        for name, value in self._seals().items():
            response.headers.setdefault(name, value)
        response.headers["Server"] = "aterkom"

    def _seals(self) -> dict[str, str]:
        sockets = " ".join(f"ws://{host}" for host in sorted(self.address.hosts))
        # xterm.js writes its sizes and colours as styles; scripts come from files of ours alone.
        policy = (
            "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; "
            f"img-src 'self' data:; connect-src 'self' {sockets}; "
            "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        )
        return {
            "Content-Security-Policy": policy,
            "Cache-Control": "no-store",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Permissions-Policy": "clipboard-read=(), camera=(), microphone=(), geolocation=()",
            "Referrer-Policy": "no-referrer",
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
        }
