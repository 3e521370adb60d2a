"""Import, read and take in, as `aterkom import` does it: python benchmarks/intake.py [MAILS]"""

import tempfile
import time
from datetime import date
from pathlib import Path

from common import count_argument, machine, mails


def main() -> None:
    from crm.bootstrap import open_store
    from crm.importing import import_files
    from crm.settings import load
    from crm.syncing import read_new
    from ingest.model import Source

    count = count_argument(1000)
    settings = load(today=date(2021, 10, 18), own="statenssc.se")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "aterkom.sqlite"
        store = open_store(f"sqlite:///{file}")
        started = time.perf_counter()
        import_files(store, settings, (Source("", raw) for raw in mails(count)), "benchmark")
        seconds = time.perf_counter() - started
        print(machine())
        print(f"{count} mails stored, read and taken in: {seconds:.1f} s, {count / seconds:.0f}/s")
        started = time.perf_counter()
        read_new(store, settings)
        print(f"nothing new to read: {time.perf_counter() - started:.2f} s")
        store.close()  # what stands in its log goes into the file
        print(f"the store: {file.stat().st_size / count / 1024:.1f} kB a mail")


if __name__ == "__main__":
    main()
