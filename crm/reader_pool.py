"""Reading in processes: mails in, each as read, or quarantined with what it did to its process."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from types import TracebackType
from typing import Self, TypeVar

from crm.errors import SettingsInvalid, WorkerFailed
from crm.readings import ReadingContext, ReadMail
from crm.workers import CHUNK, WorkerLimits, WorkerPool
from crm.working import Failure
from nlp.models import NONE, OURS

Key = TypeVar("Key")

# What a mail with a document holds: a name, a type of an application's, or all of it is Outlook's own file.
_DOCUMENT = re.compile(
    rb"name\*?[0-9*]{0,4}[ \t]{0,9}=|content-type:\s{0,9}(?:application/|text/(?:csv|rtf|html))|\A\xd0\xcf\x11\xe0",
    re.IGNORECASE,
)


def quarantined(raw: bytes, problem: str) -> ReadMail:
    """What stands for a mail that could not be read: its hash and the reason."""
    return ReadMail(hashlib.sha256(raw).hexdigest(), "quarantined", (problem,), ())


class ReaderPool:
    """`jobs` reading processes (0: one a processor), each started when first needed. Use it with `with`."""

    work = "crm.reading_process:reading"

    def __init__(
        self, context: ReadingContext, jobs: int = 0, limits: WorkerLimits | None = None, chunk: int = CHUNK
    ) -> None:
        self._model = context.name_model
        self._pool: WorkerPool[ReadMail] = WorkerPool(
            self.work, context, jobs=jobs, limits=limits, chunk=chunk
        )
        # A mail whose process a document has ended is read once more, without its documents.
        self._letters: WorkerPool[ReadMail] = WorkerPool(
            self.work, replace(context, documents=False), jobs=1, limits=limits, chunk=1
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.close()
        self._letters.close()

    def read(self, mails: Iterable[tuple[Key, bytes]]) -> Iterator[tuple[Key, ReadMail]]:
        """Reads every mail and gives each as it gets done, in any order; takes none before there is room.

        Raises WorkerFailed, or SettingsInvalid where the pipeline that settings name may be why.
        """
        try:
            for (key, raw), answer in self._pool.run(((key, raw), raw) for key, raw in mails):
                yield key, self._letter(raw, answer.problem) if isinstance(answer, Failure) else answer
        except WorkerFailed as error:
            if self._model in {OURS, NONE}:
                raise
            raise SettingsInvalid("name_model", f"{self._model}: {error.reason}") from error

    def _letter(self, raw: bytes, problem: str) -> ReadMail:
        """The letter without its documents, as it may be these that ended the process; else it is quarantined."""
        if _DOCUMENT.search(raw):
            for _, answer in self._letters.run([(0, raw)]):
                if not isinstance(answer, Failure) and answer.status != "quarantined":
                    problems = (*answer.problems, f"documents-unread: {problem}")
                    return replace(answer, status="partial", problems=problems)
        return quarantined(raw, problem)
