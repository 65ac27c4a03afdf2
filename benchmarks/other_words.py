"""Who is turned down for having missed the question, where its words are not those of the fit.

    python -m benchmarks.other_words ANSWERS.jsonl [MORE.jsonl ...]

Each answer of level 3 and more is held against its question: not known at all (by the rounds alone),
in the bank's words where the bank has it, and in the words of benchmarks/labels/wordings.yaml. Beside
that, answers to other questions. All fits have not seen the answer's question. Takes a quarter of an
hour.
"""

import argparse
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml

from benchmarks.train_grader import (
    Data,
    Pairs,
    fit_relevance,
    fit_rounds,
    line_of,
    means_of,
    pairs,
    read,
)
from interviewer.judging.linear import Linear
from interviewer.judging.relevance import LEAST_WORDS, Relevance
from interviewer.models import installed
from interviewer.offline.single import with_question
from interviewer.text.embedding import Embedder
from interviewer.text.likeness import Likeness
from interviewer.text.sentences import Sentence, split
from rubrics import library
from rubrics.model import Question

WORDINGS = Path(__file__).parent / "labels" / "wordings.yaml"
GOOD = 3
"""Least level of the answers that are counted."""
EVERY = 7
"""Of the answers to other questions, every so many."""
CUT = 0.5
"""Share of an answer after which it may have been cut off."""
RELATED = frozenset(
    "recruiter_screen-n1 recruiter_screen-n2 recruiter_screen-n3 behavioral-n2 llm_rag-23 "
    "ml_fundamentals-4 ml_fundamentals-21".split()
)
"""Questions that are taken for one of the bank's which asks for something else."""


@dataclass(frozen=True)
class Counts:
    """How many were turned down, by case and by whose answer it is."""

    found: dict[tuple[str, str], list[bool]]

    def add(self, case: str, whose: str, down: bool) -> None:
        self.found[case, whose].append(down)

    def print(self) -> None:
        for (case, whose), down in self.found.items():
            print(f"{case:32} {whose:26} {np.mean(down):6.3f} of {len(down)}")


@dataclass(frozen=True)
class Bench:
    data: Data
    means: np.ndarray
    some: Pairs
    embedder: Embedder
    parts: list[tuple[Sentence, ...]]

    @classmethod
    def of(cls, paths: list[Path]) -> "Bench":
        embedder = Embedder.of(installed.path("minilm-int8"))
        data = read(paths, embedder)
        means = means_of(data, embedder)
        parts = [split(one["answer"]) for one in data.rows]
        return cls(data, means, pairs(data, embedder, means), embedder, parts)

    def unseen(self, question: str) -> Relevance:
        """Fits that have not seen the question nor its answers."""
        rounds = fit_rounds(self.data, self.means, self._not_of(question))
        fresh = (self.some.asked != question) & (self.some.home != question)
        subject, person = (
            Linear.of(line_of(*fit_relevance(self.some, fresh & (self.some.person == kind))))
            for kind in (False, True)
        )
        return Relevance(self.embedder, subject, person, rounds)

    def answers(self, question: str) -> Iterator[tuple[int, str]]:
        """All good ones to this question and some to others, each with whose it is."""
        row = next(one for one in self.data.rows if one["question_id"] == question)
        good = [n for n, one in enumerate(self.data.rows) if one["level"] >= GOOD]
        for number in good:
            if self.data.rows[number]["question_id"] == question:
                yield number, "own"
        for number in [n for n in good if self.data.rows[n]["question_id"] != question][::EVERY]:
            same = self.data.rows[number]["round"] == row["round"]
            yield number, "to another of the round" if same else "to another round's"

    def _not_of(self, question: str) -> np.ndarray:
        return np.array([one["question_id"] != question for one in self.data.rows])


def unknown(bench: Bench, relevance: Relevance, question: str, counts: Counts) -> None:
    """The question is not known: the rounds alone tell."""
    for number, row in enumerate(bench.data.rows):
        if row["question_id"] != question or row["level"] < GOOD:
            continue
        words = row["answer"].split()
        cut = split(" ".join(words[: int(len(words) * CUT)]))
        if len(words) * CUT >= LEAST_WORDS:
            down = bool(relevance.other_round(row["round"], cut))
            counts.add("not known", "own, cut off", down)
        for name in relevance.rounds.names:
            whose = "own" if name == row["round"] else f"in {name}"
            down = bool(relevance.other_round(name, bench.parts[number]))
            counts.add("not known", whose, down)
            doubt = bool(relevance.likelier_round(name, bench.parts[number]))
            counts.add("not known, asked back", "own" if whose == "own" else "elsewhere", doubt)


def in_words(
    bench: Bench, relevance: Relevance, question: str, asked: str, counts: Counts, case: str
) -> None:
    """The question is asked in these words."""
    row = next(one for one in bench.data.rows if one["question_id"] == question)
    rubric, likeness = library.find(row["round"]), Likeness(bench.embedder)
    for number, whose in bench.answers(question):
        known = with_question(rubric, asked, likeness, bench.data.rows[number]["answer"])[1].id
        down = relevance.elsewhere(row["round"], asked, bench.parts[number], known)
        counts.add(case, whose, down)


def recognised(row: dict, likeness: Likeness) -> Question | None:
    """The bank's question that asks the same, by its wording."""
    if row["question_id"] in RELATED:
        return None
    return likeness.question(row["question"], library.find(row["round"]).questions)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, nargs="+")
    bench = Bench.of(parser.parse_args().data)
    wordings = yaml.safe_load(WORDINGS.read_text("utf-8"))
    counts = Counts(defaultdict(list))
    for question, row in {one["question_id"]: one for one in bench.data.rows}.items():
        relevance = bench.unseen(question)
        unknown(bench, relevance, question, counts)
        if meant := recognised(row, Likeness(bench.embedder)):
            in_words(bench, relevance, question, meant.text, counts, "in the bank's words")
        for asked in wordings.get(question, ()):
            in_words(bench, relevance, question, asked, counts, "in other words")
    counts.print()


if __name__ == "__main__":
    main()
