"""The mutations still fit the source, and their tests are there; `make mutants` runs them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.architecture.sources import ROOT
from tests.mutants.mutations import MUTATIONS, Mutation
from tests.mutants.tree import DoesNotApply, mutated

LEAST = 12
LEAST_BY_SIMULATOR = 6


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda each: each.name)
def test_a_mutation_changes_just_one_place_that_is_there(mutation: Mutation) -> None:
    text = (ROOT / mutation.path).read_text(encoding="utf-8")

    spoilt = mutated(text, mutation)

    assert spoilt != text
    compile(spoilt, mutation.path, "exec")


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda each: each.name)
def test_the_tests_that_must_catch_it_are_there(mutation: Mutation) -> None:
    for test in filter(None, (mutation.test, mutation.simulator)):
        path, _, name = test.partition("::")
        assert f"def {name}" in (ROOT / path).read_text(encoding="utf-8")


def test_a_mutation_that_no_longer_fits_is_said_so() -> None:
    stale = replace(MUTATIONS[0], old="what nobody wrote")

    with pytest.raises(DoesNotApply):
        mutated("a text", stale)


def test_there_are_enough_of_them() -> None:
    assert len({mutation.name for mutation in MUTATIONS}) == len(MUTATIONS) >= LEAST
    assert sum(bool(mutation.simulator) for mutation in MUTATIONS) >= LEAST_BY_SIMULATOR
