"""What fuzzing begins with is read without a fault, by the very functions that `make fuzz` calls."""

import pytest

from benchmarks.fuzz_seeds import seeds
from benchmarks.fuzzing import TARGETS
from ingest.mime import parse


@pytest.mark.parametrize("name", TARGETS)
def test_every_target_takes_its_seeds(name: str) -> None:
    assert seeds()[name]
    for seed in seeds()[name]:
        TARGETS[name](seed)


@pytest.mark.parametrize("name", ["mail", "msg", "tnef"])
def test_the_seeds_are_sound(name: str) -> None:
    for seed in seeds()[name]:
        assert parse(seed).status != "quarantined"
