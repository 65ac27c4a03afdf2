"""Short texts are compared by meaning."""

import pytest

from interviewer.text.embedding import Embedder
from interviewer.text.likeness import Likeness
from rubrics.library import find


def test_the_nearest_clause_comes_first(embedder: Embedder) -> None:
    clauses = ("the weather was fine", "we alert on the null rate", "I joined in 2020")
    order = Likeness(embedder).nearest("How is the feature monitored?", clauses)
    assert order[0][0] == 1
    assert [near for _, near in order] == sorted((near for _, near in order), reverse=True)


def test_nothing_is_near_to_nothing(embedder: Embedder) -> None:
    assert Likeness(embedder).nearest("anything", ()) == []


@pytest.mark.slow
def test_other_words_find_the_banks_question(embedder: Embedder) -> None:
    bank = find("behavioral").questions
    text = "Tell me how you explained a complicated model to an audience of non-technical people."
    found = Likeness(embedder).question(text, bank)
    assert found is not None and found.id == "explain_to_laypeople"


@pytest.mark.slow
def test_a_question_of_another_kind_finds_none(embedder: Embedder) -> None:
    assert (
        Likeness(embedder).question("What is your favourite colour?", find("coding").questions)
        is None
    )
