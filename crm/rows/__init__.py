"""What the use cases give to the screen and to `--json`: plain rows, named as in the commands' contract.

No table, no language model and no text for people is needed to import one of these modules.
"""

from typing import Final

COUNTED: Final = 10_000
"""Up to how many is counted where nobody reads a greater number: one more stands for more than that."""
