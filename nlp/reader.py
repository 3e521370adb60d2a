"""One letter in, one Reading out."""

from collections.abc import Sequence
from dataclasses import replace

from nlp.model import Letter, Mention, Reading
from nlp.pipeline import LONGEST_TEXT, build_pipeline

_OWES_NOTHING = ("aterkom_follow_ups",)


class Reader:
    """Reads letters; the pipeline is built once. Not for threads: a process has its own."""

    def __init__(self) -> None:
        self._nlp = build_pipeline()

    def read(self, letter: Letter) -> Reading:
        """Mentions of the body and of the subject, and the body's follow-ups.

        Of a body the first 200 000 signs are read. A lone surrogate, which no mail may hold, is read as a
        sign of its own, so that offsets stay those of the letter.
        """
        reading = self._read(letter, letter.body, ())
        return replace(reading, subject_mentions=self._subject(letter))

    def _read(self, letter: Letter, text: str, without: Sequence[str]) -> Reading:
        bounded = _readable(text[:LONGEST_TEXT])
        doc = self._nlp.make_doc(bounded)
        doc._.aterkom_letter = replace(letter, body=bounded)
        result = self._nlp(doc, disable=without)._.aterkom_reading
        if not isinstance(result, Reading):
            raise TypeError(type(result))
        return result

    def _subject(self, letter: Letter) -> tuple[Mention, ...]:
        """A subject has no signature and owes nothing: its mentions alone."""
        if not letter.subject:
            return ()
        bare = replace(letter, signature_start=None)
        return self._read(bare, letter.subject[:2_000], _OWES_NOTHING).mentions


def _readable(text: str) -> str:
    """Only UTF-8 may be tokenised: lone surrogates become U+FFFD, one for one."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return "".join("\ufffd" if "\ud800" <= sign <= "\udfff" else sign for sign in text)
    return text
