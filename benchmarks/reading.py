"""How fast letters are read, on one core: python benchmarks/reading.py [MAILS]"""

import time
from datetime import date

from common import count_argument, machine, mails


def main() -> None:
    started = time.perf_counter()
    from crm.reading import ReadingContext, read_mail
    from nlp.reader import Reader

    reader = Reader()
    print(f"{machine()}\nimport and build: {time.perf_counter() - started:.2f} s")
    context = ReadingContext(today=date(2021, 10, 18))
    raws = list(mails(count_argument(400)))
    started = time.process_time()
    read = [read_mail(raw, reader, context) for raw in raws]
    seconds = time.process_time() - started
    words = sum(len(item.chain.body.split()) for mail in read for item in mail.messages)
    messages = sum(len(mail.messages) for mail in read)
    print(f"{len(raws)} mails, {messages} messages, {words} own words in {seconds:.2f} s of processor time")
    print(f"{len(raws) / seconds:.0f} mails/s, {words / seconds:.0f} words/s")


if __name__ == "__main__":
    main()
