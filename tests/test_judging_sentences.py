from hypothesis import given
from hypothesis import strategies as st

from interviewer.text.sentences import LONGEST, quotes, sentences, split, untimed
from sessions.model import Word


def spoken(text: str, pauses: tuple[int, ...] = ()) -> tuple[Word, ...]:
    """Words of 0.3 s each; a second of silence before the words of these indices."""
    words, now = [], 0.0
    for index, one in enumerate(text.split()):
        now += 1.0 if index in pauses else 0.0
        words.append(Word(text=one, start=now, end=now + 0.3, probability=0.9))
        now += 0.3
    return tuple(words)


def test_full_stops_end_sentences_and_abbreviations_do_not() -> None:
    found = split("I rolled it back. We had, e.g. a canary, for 0.5 percent. Then it held!")
    assert [one.text for one in found] == [
        "I rolled it back.",
        "We had, e.g. a canary, for 0.5 percent.",
        "Then it held!",
    ]


def test_a_stretch_without_punctuation_is_cut_at_its_pause() -> None:
    text = " ".join(f"word{number}" for number in range(60))
    found = sentences(spoken(text, pauses=(33,)))
    assert [(one.first, one.stop) for one in found] == [(0, 33), (33, 60)]


def test_a_stretch_without_pauses_is_cut_before_a_word_that_opens_a_clause() -> None:
    words = [f"w{number}" for number in range(50)]
    words[22] = "because"
    assert [one.first for one in split(" ".join(words))] == [0, 22]


@given(
    st.lists(st.sampled_from(["so", "we", "had.", "it", "1.", "5", "and", "ran,"]), max_size=200)
)
def test_sentences_hold_each_word_once_and_in_order(parts: list[str]) -> None:
    found = split(" ".join(parts))
    assert " ".join(one.text for one in found) == " ".join(parts)
    assert all(one.stop - one.first <= LONGEST for one in found)


def test_quotes_are_verbatim_with_the_times_of_their_words() -> None:
    words = spoken("We shipped it. Errors fell by half. I was glad. Nobody called.")
    found = quotes(words, sentences(words), (1, 2, 99), turn=3)
    assert [(one.text, one.turn) for one in found] == [("Errors fell by half. I was glad.", 3)]
    assert (found[0].start, found[0].end) == (words[3].start, words[9].end)


def test_a_text_without_words_has_no_sentences() -> None:
    assert sentences(()) == ()
    assert quotes(untimed("a b"), (), (0,), turn=0) == ()
