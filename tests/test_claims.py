"""Unmeasured claims and stories without an "I" are noticed."""

from interviewer.asking.claims import all_we, unmeasured_claim


def test_a_claim_without_a_number_is_found_with_its_sentence() -> None:
    found = unmeasured_claim(
        ("We rewrote the loader.", "It became a lot faster.", "People liked it.")
    )
    assert found is not None
    assert (found.words, found.sentence) == ("a lot faster", 1)


def test_a_claim_with_a_number_in_its_own_or_the_next_sentence_is_measured() -> None:
    assert unmeasured_claim(("It became a lot faster, 40 milliseconds.",)) is None
    assert unmeasured_claim(("It got much better.", "From ninety to ninety four percent.")) is None


def test_a_story_of_we_is_told_apart_from_one_of_i() -> None:
    assert all_we("We built it, we shipped it, then our team fixed it and we moved on.")
    assert all_we("I think we built it, I guess we shipped it, our team fixed it and we moved on.")
    assert not all_we("We built it, and I chose the threshold. I rolled it back, we told the team.")
    assert not all_we("We used XGBoost.")
