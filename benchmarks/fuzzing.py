"""Reading under fire: python -m benchmarks.fuzzing [--minutes M] [--folder DIR] [TARGET…]

atheris (libFuzzer) changes inputs towards code that was not reached before. An input fails that raises, takes over
a second of processor time, needs over 1 GB, or is read into something that no mail can be. What fails is kept in
DIR/TARGET/, and run again by naming the file: python -m benchmarks.fuzzing --replay FILE TARGET
"""

import argparse
import io
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.fuzz_seeds import seeds

_SECONDS = 1.0
_MEGABYTES = 1_024
_LONGEST = 32_768


def _mail(data: bytes) -> None:
    from ingest.chain import unfold
    from ingest.mime import content, parse
    from tests.properties.holding import holds

    mail = parse(data)
    holds(mail)
    for message in unfold(mail):
        for each in message.attachments:
            found = content(data, each.part)
            if found is None or len(found) != each.size:
                raise AssertionError(each)


def _headers(data: bytes) -> None:
    from ingest import addresses, headers
    from ingest.limits import Budget, Limits
    from ingest.opinion import headers_view

    text = headers.decode(data)
    headers.date(text)
    headers.parameters(data, Budget(Limits()))
    headers.message_ids([data], 100)
    addresses.mailboxes([data], 100)
    headers_view(data)


def _html(data: bytes) -> None:
    from ingest.html import to_text

    to_text(data.decode("utf-8", "replace")).encode()


def _calendar(data: bytes) -> None:
    from ingest.meeting import read

    for each in read(data.decode("utf-8", "replace")):
        if "\n" in each.line or each.end < each.start:
            raise AssertionError(each)


def _rtf(data: bytes) -> None:
    from ingest import rtf

    rtf.to_text(data)[0].encode()
    rtf.to_text(rtf.decompress(data, 1_000_000)[0])


def _cms(data: bytes) -> None:
    import contextlib

    from ingest import cms

    with contextlib.suppress(cms.CmsBrokenError):
        cms.content(data, 1_000_000)


def _mbox(data: bytes) -> None:
    from ingest.files import sources

    if sum(len(each.raw) for each in sources(["-"], io.BytesIO(data))) > len(data):
        raise AssertionError(data)


def _documents(data: bytes) -> None:
    """Any kind, told by the bytes; what a library says in stderr is its own."""
    from ingest.documents import Bounds, extract
    from ingest.limits import Limits

    found = extract(data, "application/octet-stream", None, Bounds.of(Limits()))
    if found is not None and found.text is not None:
        found.text.encode()


TARGETS: dict[str, Callable[[bytes], None]] = {
    "mail": _mail,
    "msg": _mail,
    "tnef": _mail,
    "headers": _headers,
    "html": _html,
    "calendar": _calendar,
    "rtf": _rtf,
    "cms": _cms,
    "documents": _documents,
    "mbox": _mbox,
}


def _timed(target: Callable[[bytes], None], data: bytes) -> None:
    started = time.process_time()
    target(data)
    if (seconds := time.process_time() - started) > _SECONDS:
        raise TimeoutError(f"{seconds:.2f} s for {len(data)} bytes")


def _fuzz(name: str, seconds: int, folder: Path) -> int:
    """One target in a process of its own: libFuzzer ends the process that it runs in. Its exit code."""
    corpus = folder / name / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds()[name]):
        (corpus / f"seed-{number}").write_bytes(seed)
    command = [
        sys.executable, "-m", "benchmarks.fuzzing", "--inside", name, str(corpus), f"-max_total_time={seconds}",
        f"-artifact_prefix={folder / name}/", f"-max_len={_LONGEST}", f"-rss_limit_mb={_MEGABYTES}", "-timeout=30",
        "-print_final_stats=1",
    ]  # fmt: skip
    return subprocess.run(command, check=False).returncode


def _inside(name: str, arguments: list[str]) -> None:
    try:
        import atheris
    except ImportError:
        sys.exit("fuzzing needs atheris, which `make fuzz` installs")
    with atheris.instrument_imports(include=["ingest"]):
        TARGETS[name](b"")
    _timed(TARGETS[name], seeds()[name][0])  # what is loaded late is no fault of an input
    atheris.Setup([sys.argv[0], *arguments], lambda data: _timed(TARGETS[name], data))
    atheris.Fuzz()


def main() -> None:
    if sys.argv[1:2] == ["--inside"]:
        _inside(sys.argv[2], sys.argv[3:])
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "targets", nargs="*", metavar="TARGET", help=f"of {', '.join(TARGETS)}; all if none is named"
    )
    parser.add_argument("--minutes", type=float, default=1.0, help="for each target (1)")
    parser.add_argument(
        "--folder", type=Path, default=Path(".fuzzing"), help="where findings are kept (.fuzzing)"
    )
    parser.add_argument("--replay", type=Path, help="read this file once instead")
    options = parser.parse_args()
    unknown = set(options.targets) - set(TARGETS)
    if unknown:
        parser.error(f"no such target: {', '.join(sorted(unknown))}")
    wanted = options.targets or list(TARGETS)
    if options.replay:
        for name in wanted:
            _timed(TARGETS[name], options.replay.read_bytes())
        return
    failed = [name for name in wanted if _fuzz(name, round(options.minutes * 60), options.folder)]
    sys.exit(f"failed: {', '.join(failed)}" if failed else 0)


if __name__ == "__main__":
    main()
