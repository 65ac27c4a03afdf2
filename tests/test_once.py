"""A model is loaded once, however many ask for it."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from interviewer.build import Workshop
from interviewer.once import once


class Shop:
    def __init__(self) -> None:
        self.made = 0

    @once
    def model(self) -> object:
        """A model."""
        time.sleep(0.05)  # Long enough for the others to ask for it, too.
        self.made += 1
        return object()

    @once
    def fails(self) -> object:
        self.made += 1
        raise ValueError


def test_threads_that_ask_at_the_same_time_get_the_same_one() -> None:
    shop, start = Shop(), Barrier(4)

    def ask(number: int) -> object:
        start.wait()
        return shop.model

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(ask, range(4)))) == 1
    assert shop.made == 1
    assert Shop().model is not shop.model


def test_the_class_has_the_property_itself() -> None:
    assert isinstance(Shop.model, once)
    assert Shop.model.__doc__ == "A model."


def test_what_failed_is_tried_again() -> None:
    shop = Shop()
    for _ in range(2):
        with pytest.raises(ValueError):
            _ = shop.fails
    assert shop.made == 2


def test_every_model_of_the_workshop_is_made_so() -> None:
    made = {name for name, value in vars(Workshop).items() if isinstance(value, once)}
    assert {"transcriber", "language_model", "_second_judge", "embedder"} <= made
