"""The pages and files that a browser is given: all of them lie here or in textual-serve, none comes from elsewhere."""

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import textual_serve
from aiohttp import web

from tui.i18n import _, language

if TYPE_CHECKING:
    from jinja2 import Environment

HERE: Final = Path(__file__).parent / "page"
_THERE: Final = Path(textual_serve.__file__).parent / "static"
FILES: Final = {
    "/page.css": HERE / "page.css",
    "/page.js": HERE / "page.js",
    "/terminal.css": _THERE / "css" / "xterm.css",
    "/terminal.js": _THERE / "js" / "textual.js",
    "/mono.ttf": _THERE / "fonts" / "RobotoMono-VariableFont_wght.ttf",
    "/mono-italic.ttf": _THERE / "fonts" / "RobotoMono-Italic-VariableFont_wght.ttf",
}


def install(app: web.Application) -> None:
    """The page, and by name each file that it needs."""
    app.router.add_get("/", _terminal)
    for path in FILES:
        app.router.add_get(path, _file)


async def _file(request: web.Request) -> web.StreamResponse:
    return web.FileResponse(FILES[request.path])


async def _terminal(request: web.Request) -> web.StreamResponse:
    """The page of a tab. Its script takes wishes from the address, so that an address with any leads to one without."""
    if request.query_string:
        return web.Response(status=303, headers={"Location": "/"})
    said = {
        "opening": _("Opening Återkom …"),
        "ended": _("Återkom has ended in this tab."),
        "again": _("Open it again"),
        "script": _("Återkom needs a browser with JavaScript."),
    }
    return _page("terminal.html.j2", said, socket=f"ws://{request.host}/ws")


def refused() -> web.Response:
    """For everybody who may not come in, in the same words, whatever it was that failed."""
    said = {
        "title": _("You cannot come in here"),
        "why": _(
            "This browser has not been let in. The address that aterkom serve shows lets in once, within five minutes, and then for twelve hours."
        ),
        "how": _(
            "Press Enter in the window where aterkom serve runs, and open the new address that it shows."
        ),
    }
    return _page("refused.html.j2", said, status=403)


def too_many() -> web.Response:
    return web.Response(status=503, text=_("Too many tabs are open. Close one, then try again."))


def _page(name: str, said: dict[str, str], *, status: int = 200, **facts: str) -> web.Response:
    text = _environment().get_template(name).render(said=said, language=language(), **facts)
    return web.Response(text=text, content_type="text/html", charset="utf-8", status=status)


@lru_cache(maxsize=1)
def _environment() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
