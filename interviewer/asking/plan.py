"""Which questions a session asks, in which order."""

import random
from collections.abc import Iterable

from rubrics.model import Question, Rubric, Seniority
from sessions.model import Planned


def plan(
    rubrics: Iterable[Rubric],
    seniority: Seniority,
    questions: int,
    *,
    prefer: Iterable[str] = (),
    asked: Iterable[str] = (),
    seed: str = "",
) -> tuple[Planned, ...]:
    """`questions` main questions, spread over the rounds in their order.

    Questions in `prefer` come first, whatever their seniority; those asked least often so far
    (`asked` holds every earlier asking, the oldest first) before others; the rest is shuffled by
    `seed`.
    """
    rounds = tuple(rubrics)
    shares = _shares(questions, len(rounds))
    order = random.Random(seed)
    liked, history = tuple(prefer), tuple(asked)
    return tuple(
        Planned(round=rubric.id, question=question.id)
        for rubric, share in zip(rounds, shares, strict=True)
        for question in _best(rubric, seniority, share, liked, history, order)
    )


def _best(
    rubric: Rubric,
    seniority: Seniority,
    share: int,
    liked: tuple[str, ...],
    history: tuple[str, ...],
    order: random.Random,
) -> list[Question]:
    fitting = [one for one in rubric.questions if seniority in one.seniority or one.id in liked]
    pool = fitting or list(rubric.questions)
    order.shuffle(pool)

    def rank(question: Question) -> tuple[int, int, int]:
        place = liked.index(question.id) if question.id in liked else len(liked)
        last = len(history) - history[::-1].index(question.id) if question.id in history else 0
        return place, history.count(question.id), last

    return sorted(pool, key=rank)[:share]


def _shares(questions: int, rounds: int) -> list[int]:
    """At least one question for each round, the first rounds take the rest."""
    least, rest = divmod(max(questions, rounds), rounds)
    return [least + (index < rest) for index in range(rounds)]
