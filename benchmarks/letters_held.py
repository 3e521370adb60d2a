"""How many letters of a file are read whole: every field of every level.

    python benchmarks/letters_held.py FILE… [--show]

The files have the form of `tests/unit/ingest/letters`. Without `--show` nothing is printed but the count, so that a
held-back set stays one.
"""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.unit.ingest.test_chain_letters import Letter, letters, read, wanted


def main() -> None:
    arguments = _arguments()
    for file in arguments.files:
        asked = list(letters(file))
        wrong = [letter for letter in asked if not _whole(letter)]
        print(f"{file.name}: {len(asked) - len(wrong)} of {len(asked)} whole")
        for letter in wrong if arguments.show else ():
            _show(letter)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--show", action="store_true", help="what was read of those that are not whole")
    return parser.parse_args()


def _whole(letter: Letter) -> bool:
    return read(letter) == (letter.own, wanted(letter))


def _show(letter: Letter) -> None:
    own, levels = read(letter)
    print(f"\n{letter.name}\n  own: {own}")
    for each in levels:
        print("  ", *each, sep=" ¦ ")


if __name__ == "__main__":
    main()
