import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from sklearn.metrics import cohen_kappa_score

from interviewer.judging.agreement import (
    Rows,
    exact,
    measured,
    pairwise,
    partial,
    pearson,
    qwk,
    rmse,
    to_five,
    within_one,
)

LEVELS = st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=4, max_size=40)


def rows(pairs: list[tuple[float, float]], length: list[float] | None = None) -> Rows:
    gold, said = (np.array(side, float) for side in zip(*pairs, strict=True))
    count = len(gold)
    words = np.array(length if length else range(10, 10 + count), float)
    return Rows(gold, said, words, np.arange(count) // 4)


@given(LEVELS)
def test_kappa_is_that_of_scikit_learn(pairs: list[tuple[int, int]]) -> None:
    gold, said = zip(*pairs, strict=True)
    expected = cohen_kappa_score(gold, said, weights="quadratic", labels=[1, 2, 3, 4, 5])
    assert qwk(rows(pairs)) == pytest.approx(expected, nan_ok=True)


@given(LEVELS)
def test_correlation_is_that_of_scipy(pairs: list[tuple[int, int]]) -> None:
    gold, said = zip(*pairs, strict=True)
    if len(set(gold)) < 2 or len(set(said)) < 2:
        assert np.isnan(pearson(rows(pairs)))
        return
    assert pearson(rows(pairs)) == pytest.approx(stats.pearsonr(gold, said).statistic)


def test_partial_correlation_is_that_of_the_residuals() -> None:
    generator = np.random.default_rng(3)
    length = generator.integers(20, 300, 60).astype(float)
    gold = np.log1p(length) + generator.normal(size=60)
    said = np.log1p(length) + 0.5 * gold + generator.normal(size=60)
    x = np.column_stack([np.ones(60), np.log1p(length)])
    residuals = [y - x @ np.linalg.lstsq(x, y, rcond=None)[0] for y in (gold, said)]
    expected = np.corrcoef(*residuals)[0, 1]
    assert partial(Rows(gold, said, length, np.zeros(60, int))) == pytest.approx(expected)


@given(LEVELS)
def test_order_of_pairs_is_that_of_counting_each_pair(pairs: list[tuple[int, int]]) -> None:
    data = rows(pairs)
    right = total = 0
    for i in range(len(pairs)):
        for j in range(len(pairs)):
            if data.question[i] == data.question[j] and data.gold[i] - data.gold[j] >= 2:
                total += 1
                right += bool(data.said[i] > data.said[j])
    expected = right / total if total else float("nan")
    assert pairwise(data) == pytest.approx(expected, nan_ok=True)


def test_plain_shares_and_errors() -> None:
    data = rows([(1, 1.4), (2, 2.5), (5, 3.0), (3, 3.0)])
    assert exact(data) == 0.5
    assert within_one(data) == 0.75
    assert rmse(data) == pytest.approx(np.sqrt((0.16 + 0.25 + 4) / 4))


def test_scores_of_any_scale_come_to_one_to_five() -> None:
    assert to_five([0, 1, 2], 0, 2).tolist() == [1, 3, 5]


def test_intervals_hold_the_figure_and_repeat() -> None:
    generator = np.random.default_rng(1)
    gold = generator.integers(1, 6, 80).astype(float)
    said = np.clip(gold + generator.normal(size=80), 1, 5)
    data = Rows(gold, said, generator.integers(20, 200, 80).astype(float), np.arange(80) // 5)
    first, second = measured(data, draws=200), measured(data, draws=200)
    assert first == second
    assert all(one.low <= one.value <= one.high for one in first.values())
    assert first["qwk"].high - first["qwk"].low > 0.01
