"""In doubt wait, when sure be quick."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.ending import Ending, ending_of
from voice.endpointing import DEFAULT, Evidence, wait
from voice.errors import VoiceError
from voice.turn_model import TurnModel

endings = st.sampled_from(["closing", "finished", "open", "trailing", "hold", None])
evidences = st.builds(
    Evidence,
    turn=st.none() | st.floats(0, 1),
    ending=endings,
    pauses=st.lists(st.floats(0.3, 5), max_size=8).map(tuple),
    voiced=st.floats(0.2, 300),
)


@given(evidences)
def test_the_wait_stays_within_its_bounds(evidence: Evidence) -> None:
    assert DEFAULT.shortest <= wait(evidence) <= 2 * DEFAULT.longest


@given(evidences, st.floats(0.5, 4))
def test_patience_multiplies_the_wait(evidence: Evidence, patience: float) -> None:
    expected = wait(evidence) * patience
    assert wait(replace(evidence, patience=patience)) == pytest.approx(expected)


@given(evidences, st.floats(0, 1), st.floats(0, 1))
def test_the_surer_the_turn_model_the_shorter_the_wait(
    evidence: Evidence, a: float, b: float
) -> None:
    low, high = sorted((a, b))
    assert wait(replace(evidence, turn=high)) <= wait(replace(evidence, turn=low))


@given(evidences)
def test_unfinished_words_wait_longer(evidence: Evidence) -> None:
    order: list[Ending] = ["closing", "finished", "open", "trailing", "hold"]
    waits = [wait(replace(evidence, ending=ending)) for ending in order]
    assert waits == sorted(waits)


@given(evidences)
def test_sound_alone_never_ends_a_turn_early(evidence: Evidence) -> None:
    assert wait(replace(evidence, ending=None)) >= DEFAULT.unknown


def test_somebody_who_pauses_long_is_given_longer() -> None:
    quick = Evidence(ending="finished", pauses=(0.4,) * 6)
    slow = Evidence(ending="finished", pauses=(2.0,) * 6)
    assert wait(slow) > 1.15 * wait(quick)


def test_one_long_pause_changes_little() -> None:
    usual, once = Evidence(ending="finished"), Evidence(ending="finished", pauses=(3.0,))
    assert wait(once) < 1.4 * wait(usual)


@pytest.mark.parametrize(
    ("text", "ending"),
    [
        ("So we rolled it back the same evening.", "finished"),
        ("We used gradient boosting", "open"),
        ("We looked at the data,", "open"),
        ("And then we retrained it, and so", "trailing"),
        ("I chose it because.", "trailing"),
        ("The main reason was, um...", "trailing"),
        ("We deployed it to the", "trailing"),
        ("It was a regres-", "trailing"),
        ("Good question, let me think.", "hold"),
        ("Give me a minute.", "hold"),
        ("Hmm, hold on", "hold"),
        ("That is the main path. Let me think about the edge cases.", "hold"),
        ("It went up. Give me a second to remember the number.", "hold"),
        ("So, let me think how to put that.", "hold"),
        ("I need a moment to think about that.", "hold"),
        ("Okay, give me thirty seconds.", "hold"),
        ("Let me think, I'd start with the logs.", "finished"),
        ("Let me think about the edge cases, an empty list gives zero.", "finished"),
        ("I need a second model as a judge.", "finished"),
        ("A replay would give me some time.", "finished"),
        ("And that's how we fixed the pipeline.", "finished"),
        ("And that's the tricky part.", "finished"),
        ("I think that's a great question.", "finished"),
        ("and that's because the", "trailing"),
        ("I think that's one of the", "trailing"),
        ("And that should be all, thanks.", "closing"),
        ("So, yeah, that's what we did.", "closing"),
        ("I think that's about it.", "closing"),
        ("I think that's it. Uh", "open"),
        ("Does that answer your question?", "closing"),
        ("I don't know.", "closing"),
        ("I don't know,", "open"),
        ("That should be all. Thanks. Uh,", "open"),
        ("I would start with the logs. Um", "trailing"),
        ("It has caught two problems since then.", "finished"),
        ("We should do it like those.", "finished"),
        ("It went from 31 to 6.", "finished"),
        ("That's the part that I worked on.", "open"),
        ("That's the part that I worked on", "trailing"),
        ("", "open"),
    ],
)
def test_how_words_end(text: str, ending: Ending) -> None:
    assert ending_of(text) == ending


def test_a_missing_turn_model_says_how_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(VoiceError, match="interview models fetch"):
        TurnModel(tmp_path / "gone.onnx")


def test_a_damaged_turn_model_says_so(tmp_path: Path) -> None:
    path = tmp_path / "broken.onnx"
    path.write_bytes(np.random.default_rng(0).bytes(4096))
    with pytest.raises(VoiceError, match="interview models check"):
        TurnModel(path)
