"""What holds for everything that is read, whatever the bytes."""

import pickle

from ingest.model import ParsedMail


def holds(mail: ParsedMail) -> None:
    assert mail.status in {"ok", "partial", "quarantined"}
    assert (mail.status == "ok") == (not mail.problems)
    assert mail.date is None or mail.date.utcoffset() is not None
    for text in (mail.text, mail.subject or "", *(box.name or "" for box in mail.to)):
        assert "\0" not in text
        assert "\r" not in text
        text.encode()
    for attached in mail.attached:
        holds(attached)
    assert pickle.loads(pickle.dumps(mail)) == mail  # noqa: S301 (our own bytes)
