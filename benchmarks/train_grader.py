"""Make the embedded grader's numbers (level, relevance and order .json); say how good they are.

    python -m benchmarks.train_grader ANSWERS.jsonl [MORE.jsonl ...] [--write | --write-seen]

Rows hold round, question_id, question, answer and level. Everything that is printed comes from
models that have not seen the answer's question, but for points.json behind the traits, which was
fitted on all of the development data; with several files there is a table for each, and
one for what the other files alone would have made of it. The lists of cues were written with the
first file at hand, so that new questions, and above all new writers, must be expected to do worse.
`--write` also keeps which answers were fitted (seen.json), `--write-seen` nothing but that.
"""

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.preprocessing import StandardScaler

import interviewer.judging
from benchmarks import seen
from benchmarks.jsonl import rows_of
from interviewer.judging import order, relevance, structure, traits
from interviewer.judging.agreement import Rows, measured
from interviewer.judging.bank import Bank, mean_of
from interviewer.judging.points import PointJudge
from interviewer.judging.relevance import Reading, Rounds, about_person, likeness
from interviewer.models import installed
from interviewer.offline.single import with_question
from interviewer.text.embedding import WIDTH, Embedder, Vectors
from interviewer.text.likeness import Likeness
from interviewer.text.sentences import Sentence, split
from interviewer.text.terms import tokens
from rubrics import library

HERE = Path(interviewer.judging.__file__).parent
ALPHA = np.array(
    [60.0] * len(structure.NAMES)
    + [40.0] * len(traits.COVERS)
    + [120.0] * len(traits.TELLS)
    + [800.0] * WIDTH
)
"""Ridge penalties: how it is told, what it covers, what it tells, what it is about. Half or twice
of each changes QWK by .01 at most."""
STRETCH = 1.2
COVERAGE = 0.8
FOLDS = 6
"""Parts of the questions, each told its round by a fit to the others."""
COUNTS = {"asked": 0.4}
"""What a row of a file counts for the level, beside 1 for others: asked.jsonl is nearly as large as all
others together. With 1 plain.jsonl falls from .81 to .77 (QWK), the others stay within .01."""
NEIGHBOUR = 3.0
"""Weight of an answer to another question of the round, beside one of another round."""
SAME = 0.72
"""Cosine of two questions from which an answer to one may be an answer to the other, too: such pairs
count as neither."""
EVERY = 4
"""Of the answers to other questions, every so many: there are half a million of them."""
NEAR = 0.6
"""Likeness to a question of the bank from which it may be held to be that."""
CUT = (0.4, 0.6)
"""Shares of an answer after which it may have been cut off; it still answers its question."""


@dataclass(frozen=True)
class Data:
    """Answers and their traits."""

    rows: list[dict]
    level: np.ndarray
    group: np.ndarray
    """Number of the question."""
    source: np.ndarray
    """Number of the file."""
    known: np.ndarray
    """Traits with the bank's points where it has the question; shape (answers, traits)."""
    unknown: np.ndarray
    """Traits with the criteria's own points, as for a question that the bank does not have."""
    weight: np.ndarray
    """What each answer counts in the fit of the level."""

    @property
    def length(self) -> np.ndarray:
        return np.array([len(one["answer"].split()) for one in self.rows], float)


def read(paths: list[Path], embedder: Embedder) -> Data:
    rows, source, weight = [], [], []
    for number, path in enumerate(paths):
        fresh = rows_of(path)
        rows += fresh
        source += [number] * len(fresh)
        weight += [COUNTS.get(path.stem, 1.0)] * len(fresh)
    both = [_traits(one, embedder) for one in rows]
    return Data(
        rows,
        np.array([one["level"] for one in rows], float),
        np.unique([one["question_id"] for one in rows], return_inverse=True)[1],
        np.array(source),
        np.array([one for one, _ in both]),
        np.array([one for _, one in both]),
        np.array(weight),
    )


def _traits(row: dict, embedder: Embedder) -> tuple[tuple[float, ...], tuple[float, ...]]:
    rubric, parts = library.find(row["round"]), split(row["answer"])
    judge, texts = PointJudge(embedder), [one.text for one in parts]
    question = with_question(rubric, row["question"], Likeness(embedder), row["answer"])[1]
    own, general = (
        traits.traits(embedder, texts, judge.judge(points, parts))
        for points in (question.points, rubric.general_points())
    )
    return own, general


Fitted = tuple[np.ndarray, np.ndarray, np.ndarray, float]


def ridge(x: np.ndarray, y: np.ndarray, alpha: np.ndarray, counts: np.ndarray) -> Fitted:
    """Mean, scale, weights and intercept; `counts` says what each row counts."""
    mean = np.average(x, 0, counts)
    scale = np.maximum(np.sqrt(np.average((x - mean) ** 2, 0, counts)), 1e-3)
    middle = float(np.average(y, 0, counts))
    z = (x - mean) / scale
    weighted = (z * counts[:, None]).T
    weight = np.linalg.solve(weighted @ z + np.diag(alpha), weighted @ (y - middle))
    return mean, scale, weight, middle


def fit(data: Data, train: np.ndarray) -> Fitted:
    """Each answer counts as half of one with the bank's points and half of one without."""
    x = np.concatenate([data.known[train], data.unknown[train]])
    y = np.concatenate([data.level[train]] * 2)
    return ridge(x, y, 2 * ALPHA, np.concatenate([data.weight[train]] * 2))


def predicted(x: np.ndarray, fitted: Fitted) -> np.ndarray:
    mean, scale, weight, intercept = fitted
    plain = (x - mean) / scale @ weight + intercept
    return np.clip(3 + STRETCH * (plain - 3), 1, 5)


def left_out(data: Data, use: np.ndarray, of: np.ndarray | None = None) -> np.ndarray:
    """Levels of the rows `of` (all by default) by fits to those of `use` that have another question."""
    result = np.zeros(len(data.level))
    for one in np.unique(data.group if of is None else data.group[of]):
        test = data.group == one
        result[test] = predicted(data.known[test], fit(data, use & ~test))
    return result


def half_width(errors: np.ndarray) -> float:
    """The error that comes nearest to `COVERAGE`.

    No plain quantile: levels are cut off at 1 and 5, so that many errors are exactly 1.
    """
    sizes = np.unique(errors)
    shares = np.searchsorted(np.sort(errors), sizes, side="right") / len(errors)
    return float(sizes[abs(shares - COVERAGE).argmin()])


def baseline(x: np.ndarray, data: Data) -> np.ndarray:
    """Levels by a line through one number, the question left out."""
    result = np.zeros(len(data.level))
    for one in np.unique(data.group):
        test = data.group == one
        line = ridge(x[~test, None], data.level[~test], np.array([1.0]), np.ones((~test).sum()))
        result[test] = predicted(x[test, None], line)
    return result


def columns(data: Data) -> dict[str, np.ndarray]:
    """Levels of the grader and of the baselines."""
    everything = np.full(len(data.level), True)
    numbers = data.known[:, structure.NAMES.index("numbers")]
    return {
        "embedded grader": left_out(data, everything),
        "number share": baseline(numbers, data),
        "length": baseline(np.log(data.length), data),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, nargs="+")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--write-seen", action="store_true")
    options = parser.parse_args()
    if options.write_seen:
        seen.keep("embedded", [row for path in options.data for row in rows_of(path)])
        return
    embedder = Embedder.of(installed.path("minilm-int8"))
    data = read(options.data, embedder)
    said = columns(data)
    print(f"{'':16} r, QWK, RMSE, exact, within one, partial r given length, pairwise")
    for number, path in enumerate(options.data):
        mine = data.source == number
        found = dict(said)
        if len(options.data) > 1:
            found["by other files"] = left_out(data, ~mine, mine)
            found["by itself"] = left_out(data, mine, mine)
        print_table(path.name, found, data, mine)
    errors = abs(said["embedded grader"] - data.level)
    halves = [half_width(errors[data.group != one]) for one in data.group]
    print(
        f"80 % interval: covers {np.mean(errors <= halves):.3f}, half width {np.mean(halves):.2f}"
    )
    means = means_of(data, embedder)
    asked = pairs(data, embedder, means)
    print_relevance(asked)
    if options.write:
        write_level(data, said["embedded grader"])
        write_relevance(asked, fit_rounds(data, means, np.full(len(data.level), True)))


def print_table(title: str, said: dict[str, np.ndarray], data: Data, mine: np.ndarray) -> None:
    print(title)
    for name, levels in said.items():
        rows = Rows(data.level[mine], levels[mine], data.length[mine], data.group[mine])
        figures = measured(rows).values()
        cells = "  ".join(f"{one.value:5.2f} [{one.low:.2f}, {one.high:.2f}]" for one in figures)
        print(f"{name:16} {cells}")
    own = said["embedded grader"]
    levels = np.unique(data.level[mine])
    means = {int(k): round(float(own[mine & (data.level == k)].mean()), 2) for k in levels}
    print(f"mean by level {means}")


@dataclass(frozen=True)
class Pairs:
    """Answers beside questions."""

    x: np.ndarray
    own: np.ndarray
    asked: np.ndarray
    home: np.ndarray
    """Id of the question that was answered."""
    person: np.ndarray
    """Whether the question is about the person."""
    whole: np.ndarray
    """False where the answer was cut off."""
    level: np.ndarray

    @property
    def beside(self) -> np.ndarray:
        """Whether the answer is to another question of the round."""
        both = zip(self.asked, self.home, strict=True)
        return np.array([round_of(one) == round_of(home) for one, home in both]) & ~self.own


def fit_rounds(data: Data, means: np.ndarray, train: np.ndarray) -> Rounds:
    names = np.array([one["round"] for one in data.rows])
    model = LogisticRegression(C=10, max_iter=3000).fit(means[train], names[train])
    return Rounds(tuple(model.classes_), model.coef_, model.intercept_)


def mean_vector(embedder: Embedder, sentences: Sequence[Sentence]) -> Vectors:
    """What an answer is about, as one vector of length one."""
    return mean_of(embedder.vectors([one.text for one in sentences]))


def means_of(data: Data, embedder: Embedder) -> np.ndarray:
    return np.array([mean_vector(embedder, split(one["answer"])) for one in data.rows])


def pairs(data: Data, embedder: Embedder, means: np.ndarray) -> Pairs:
    """Each answer beside its own question, whole and cut off, and beside others.

    The round is told by a fit that has not seen the answer's question.
    """
    bank = Bank.of(embedder)
    asked = {one["question_id"]: one["question"] for one in data.rows}
    same = _same(asked, embedder)
    found = []
    for group in range(FOLDS):
        rounds = fit_rounds(data, means, data.group % FOLDS != group)
        for number in np.flatnonzero(data.group % FOLDS == group):
            row = data.rows[number]
            home = row["question_id"]
            others = [key for key in asked if key not in same[home]][number % EVERY :: EVERY]
            for text, keys in _said(row, others):
                answer = Reading.of(embedder, bank, split(text))
                mean = mean_vector(embedder, split(text))
                for key in keys:
                    chances = rounds.chances(mean, round_of(key))
                    assert chances is not None
                    own = likeness(embedder, bank, round_of(key), asked[key], answer)
                    whole = text == row["answer"]
                    found.append(((*own, *chances), key, home, whole, row["level"]))
    x, key, home, whole, level = (np.array(column) for column in zip(*found, strict=True))
    person = np.array([about_person(round_of(one), asked[one]) for one in key])
    return Pairs(x, key == home, key, home, person, whole, level)


def round_of(key: str) -> str:
    """The round of a question's id."""
    return key.rsplit("-", 1)[0]


def _same(asked: dict[str, str], embedder: Embedder) -> dict[str, frozenset[str]]:
    """For each question itself and those that an answer to it may answer, too."""
    keys = np.array(list(asked))
    vectors = embedder.vectors(list(asked.values()))
    meant = [_meant(key, text, embedder) for key, text in asked.items()]
    alike = vectors @ vectors.T >= SAME
    alike |= np.array([[one is not None and one == other for other in meant] for one in meant])
    np.fill_diagonal(alike, True)
    return {key: frozenset(keys[row]) for key, row in zip(keys, alike, strict=True)}


def _meant(key: str, text: str, embedder: Embedder) -> tuple[str, str] | None:
    """The bank's question that this is, by round and id."""
    found = Likeness(embedder).question(text, library.find(round_of(key)).questions)
    return (round_of(key), found.id) if found else None


def _said(row: dict, others: list[str]) -> Iterator[tuple[str, list[str]]]:
    """The whole answer beside its own and the other questions, and its beginnings beside its own."""
    yield row["answer"], [row["question_id"], *others]
    words = row["answer"].split()
    for share in CUT:
        if len(words) * share >= relevance.LEAST_WORDS:
            yield " ".join(words[: int(len(words) * share)]), [row["question_id"]]


def fit_relevance(some: Pairs, train: np.ndarray) -> tuple[StandardScaler, LogisticRegression]:
    """Own answers count as much as all others together, others of the round more than the rest."""
    x, own = some.x[train], some.own[train]
    scaler = StandardScaler().fit(x)
    weight = np.where(some.beside[train], NEIGHBOUR, 1.0)
    weight[own] = weight[~own].sum() / own.sum() / 2
    model = LogisticRegression(C=0.003, max_iter=2000)
    return scaler, model.fit(scaler.transform(x), own, weight)


def print_relevance(some: Pairs) -> None:
    """What fits make of the questions, and of the answers, that they have not seen."""
    number = {key: n for n, key in enumerate(dict.fromkeys(some.home))}
    asked, home = (np.array([number[k] % FOLDS for k in keys]) for keys in (some.asked, some.home))
    logit = np.full(len(some.own), np.nan)
    for one in range(FOLDS):
        for person in (False, True):
            kind = some.person == person
            scaler, model = fit_relevance(some, kind & (asked != one) & (home != one))
            test = kind & (asked == one) & (home == one)
            logit[test] = model.decision_function(scaler.transform(some.x[test]))
    known = ~np.isnan(logit)
    good = known & (some.level >= 3)
    near = some.x[:, relevance.NAMES.index("nearest question")] >= NEAR
    for name, which, least in (
        ("about a subject, in the bank", ~some.person & near, relevance.ELSEWHERE),
        ("about a subject, not in it", ~some.person & ~near, relevance.UNKNOWN_ELSEWHERE),
        ("about the person, in the bank", some.person & near, relevance.ELSEWHERE_PERSON),
        ("about the person, not in it", some.person & ~near, relevance.UNKNOWN_ELSEWHERE_PERSON),
    ):
        out = logit < least
        kinds = {
            "own": some.own & some.whole & good,
            "own, cut off": some.own & ~some.whole & good,
            "another of the round": some.beside & good,
            "another round's": ~some.own & ~some.beside & good,
        }
        shares = ", ".join(f"{kind} {out[which & rows].mean():.3f}" for kind, rows in kinds.items())
        area = roc_auc_score(some.own[which & known], logit[which & known])
        low = np.quantile(logit[which & some.own & good], [0.005, 0.01, 0.02, 0.04]).round(2)
        print(f"question {name}: AUC {area:.3f}; taken to be elsewhere: {shares}; lowest own {low}")


def write_level(data: Data, said: np.ndarray) -> None:
    everything = np.full(len(data.level), True)
    mean, scale, weight, intercept = fit(data, everything)
    figures = measured(Rows(data.level, said, data.length, data.group))
    kappa, order_of = figures["qwk"], figures["pairwise"]
    _keep(
        "level",
        {
            "measured_on": (
                f"Measured on {len(said)} written answers whose levels hold by construction, one "
                f"question left out at a time: QWK {kappa.value:.2f} [{kappa.low:.2f}, "
                f"{kappa.high:.2f}], order of pairs {order_of.value:.0%}. No human scores of "
                "interviews were at hand, so this is not agreement with people."
            ),
            "mean": np.round(mean, 5).tolist(),
            "scale": np.round(scale, 5).tolist(),
            "weight": np.round(weight, 5).tolist(),
            "intercept": round(intercept, 5),
            "stretch": STRETCH,
            "half_width": round(half_width(abs(said - data.level)), 3),
        },
    )
    table = learn_order([tokens(one["answer"]) for one in data.rows])
    _keep("order", {"table": np.round(table, 3).tolist()})
    seen.keep("embedded", data.rows)


def write_relevance(some: Pairs, rounds: Rounds) -> None:
    _keep(
        "relevance",
        {
            "names": relevance.NAMES,
            "subject": line_of(*fit_relevance(some, ~some.person)),
            "person": line_of(*fit_relevance(some, some.person)),
            "rounds": {
                "names": rounds.names,
                "weight": np.round(rounds.weight.astype(float), 3).tolist(),
                "intercept": np.round(rounds.intercept.astype(float), 3).tolist(),
            },
        },
    )


def learn_order(texts: Iterable[Sequence[str]], smoothing: float = 2.0) -> order.Table:
    """How much likelier a class of words is after another one, from texts as tokens."""
    pairs = np.full((order.COUNT, order.COUNT), 0.0)
    for words in texts:
        found = order.classes(words)
        np.add.at(pairs, (found[:-1], found[1:]), 1)
    first, second = pairs.sum(1) + smoothing, pairs.sum(0) + smoothing
    expected = np.outer(first, second) / second.sum()
    return np.log((pairs + smoothing) / (expected + smoothing))


def line_of(scaler: StandardScaler, model: LogisticRegression) -> dict:
    return {
        "mean": np.round(scaler.mean_, 5).tolist(),
        "scale": np.round(scaler.scale_, 5).tolist(),
        "weight": np.round(model.coef_[0], 5).tolist(),
        "intercept": round(float(model.intercept_[0]), 5),
    }


def _keep(name: str, body: dict) -> None:
    text = json.dumps({"made_by": "benchmarks/train_grader.py", **body})
    (HERE / f"{name}.json").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
