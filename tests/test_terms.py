"""Words are found however they are spelt."""

import pytest

from interviewer.text.terms import phrase_in, stem


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("optimise", "optimize"),
        ("normalised", "normalizing"),
        ("regularisation", "regularization"),
        ("tokeniser", "tokenizers"),
        ("labelled", "labeled"),
        ("modelling", "modeling"),
        ("cancelled", "canceling"),
        ("behaviour", "behavior"),
        ("neighbours", "neighbor"),
        ("centre", "centers"),
    ],
)
def test_both_spellings_are_one_word(british: str, american: str) -> None:
    assert stem(british).removesuffix("er") == stem(american).removesuffix("er")


def test_a_cue_in_british_spelling_is_heard_as_a_recogniser_prints_it() -> None:
    assert phrase_in("we normalise by length", "So we normalized by length, and that helped.")
    assert phrase_in("labelled by hand", "A thousand were labeled by hand.")


@pytest.mark.parametrize("word", ["raise", "noise", "wise", "advise", "promise", "hour", "four"])
def test_words_that_only_look_british_stay_apart_from_others(word: str) -> None:
    assert stem(word) not in {stem("rays"), stem("noisy"), stem("promiscuous"), stem("for")}
