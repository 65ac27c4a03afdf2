"""A question in one's own words is practised as the bank's that it was taken for, and said so."""

from pathlib import Path

import pytest

from tests.program import beginning, environment, interview, only_session

pytestmark = pytest.mark.slow

HARM = "Tell me about a model of yours that caused harm nobody had expected."


@pytest.mark.parametrize(
    ("asked", "question"), [(HARM, "unexpected_harm"), ("unexpected_harm", "unexpected_harm")]
)
def test_practice_says_which_of_the_banks_questions_it_took_it_for(
    asked: str, question: str, tmp_path: Path
) -> None:
    answer = beginning("own-part.flac", 3, tmp_path)
    options = ["--question", asked, "--candidate", answer, "--probes", 1, "--llm", "scripted"]
    done = interview("practice", *options, env=environment(tmp_path))
    told = " ".join((done.out + done.err).split())
    assert only_session(tmp_path).planned[0].question == question, told
    own_words = asked != question
    assert (f"Taken as the bank's question {question}" in told) is own_words
