"""`python -m tui.screenshot OUT.svg`: the real screen over a real store, as a picture for the README."""

import argparse
import asyncio
import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

from textual.worker import WorkerCancelled

from tui.app import AterkomApp
from tui.backend import Backend, StoreBackend
from tui.cli.options import Options
from tui.i18n import DEFAULT, LANGUAGES, set_language

_FONT_FACE = re.compile(r"@font-face\s*\{[^{}]*\}\s*")
_ROUNDS = 4
"""An answer may ask the next question, and a picture is of what is there at last."""


async def picture(backend: Backend, size: tuple[int, int], keys: Sequence[str] = ()) -> str:
    """The screen as SVG after `keys` were pressed, everything asked for having been answered."""
    app = AterkomApp(backend)
    async with app.run_test(size=size) as pilot:
        for key in ("", *keys):
            if key:
                await pilot.press(key)
            for _ in range(_ROUNDS):
                await settled(app)
                await pilot.pause()
        return without_web_fonts(app.export_screenshot(title=app.TITLE))


def without_web_fonts(svg: str) -> str:
    """Whoever looks at the picture fetches nothing: it is drawn in a monospaced font of their own."""
    return _FONT_FACE.sub("", svg).replace("Fira Code, monospace", "monospace")


async def settled(app: AterkomApp) -> None:
    """Waits until no question is open: an answer may ask the next one."""
    while True:
        await asyncio.sleep(0)
        waiting = [worker for worker in app.workers if not worker.is_finished]
        if not waiting:
            return
        for worker in waiting:
            with suppress(WorkerCancelled):
                await worker.wait()


def _size(text: str) -> tuple[int, int]:
    width, _x, height = text.partition("x")
    return int(width), int(height)


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tui.screenshot", description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--size", type=_size, default=(110, 30), metavar="WxH")
    parser.add_argument("--database", metavar="URL")
    parser.add_argument("--today", type=date.fromisoformat, metavar="DAY")
    parser.add_argument("--lang", choices=LANGUAGES, default=DEFAULT)
    parser.add_argument("--keys", nargs="*", default=(), metavar="KEY")
    return parser


def main() -> None:
    given = _arguments().parse_args()
    set_language(given.lang)
    backend = StoreBackend(Options(database=given.database, today=given.today, lang=given.lang))
    try:
        given.out.write_text(asyncio.run(picture(backend, given.size, given.keys)), encoding="utf-8")
    finally:
        backend.close()


if __name__ == "__main__":
    main()
