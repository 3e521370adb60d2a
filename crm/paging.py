"""Pages of a list that is made whole before it is cut: for an order that no column of the store has."""

from collections.abc import Callable, Sequence
from itertools import islice
from typing import TypeVar

from crm import ids
from crm.errors import NotFound
from crm.ids import Kind

Item = TypeVar("Item")


def page(
    items: Sequence[Item], kind: Kind, printed: Callable[[Item], str], *, before: str | None, limit: int
) -> list[Item]:
    """At most `limit` items (0: all), those after the one with the printed id `before`.

    Raises NotFound where no item of the list has that id: it would be an empty page, read as the end.
    """
    rest = iter(items)
    if before is not None:
        last = ids.printed(kind, ids.number(kind, before))
        if all(printed(item) != last for item in rest):
            raise NotFound(kind, before)
    return list(islice(rest, limit or None))
