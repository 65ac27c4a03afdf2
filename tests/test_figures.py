"""Numbers as one reads them."""

import pytest

from sessions.figures import changed, figure, measured, practised, usual
from tests.example_sessions import graded_session


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (4.937, "syllables/s", "4.9"),
        (0.6667, "per answer", "0.7"),
        (151.9, "words/min", "152"),
        (5.6, "%", "6"),
        (24.02, "s", "24"),
        (9.94, "s", "9.9"),
        (9.97, "s", "10"),
        (3.6667, "", "3.7"),
        (-0.04, "", "0.0"),
        (0.0, "s", "0.0"),
    ],
)
def test_a_number_has_as_many_digits_as_it_deserves(value: float, unit: str, text: str) -> None:
    assert figure(value, unit) == text
    assert measured(value, unit) == f"{text} {unit}".strip()


def test_what_is_not_known_says_so() -> None:
    assert measured(None, "s") == "not measured"
    assert changed(None, 2.0, "s") == ""


def test_a_change_that_nobody_sees_is_none() -> None:
    assert changed(4.9371, 4.889, "dB") == "the same"
    assert changed(151.0, 160.2, "words/min") == "+9"
    assert changed(2.0, 1.0, "s") == "-1.0"
    assert figure(0.01, "s", sign=True) == "0.0"


@pytest.mark.parametrize(
    ("before", "after", "unit", "text"),
    [
        (3.34, 2.56, "per min", "-0.7"),
        (64.4, 79.5, "%", "+16"),
        (64.5, 79.4, "%", "+15"),
        (24.4, 26.1, "s", "+2"),
        (9.4, 12.3, "s", "+2.6"),
    ],
)
def test_a_change_is_what_the_figures_beside_it_differ_by(
    before: float, after: float, unit: str, text: str
) -> None:
    assert changed(before, after, unit) == text
    assert float(figure(before, unit)) + float(text) == pytest.approx(float(figure(after, unit)))


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0 min"), (12, "1 min"), (124, "2 min"), (3599, "59 min"), (4700, "1.3 hours")],
)
def test_practice_below_one_hour_is_told_in_minutes(seconds: float, text: str) -> None:
    assert " ".join(practised(seconds)) == text


def test_a_range_may_be_open() -> None:
    card = graded_session().scorecard
    assert card
    assert [usual(one) for one in card.delivery] == ["120 to 170", "0 to 4", "up to 3", "60 to 150"]
