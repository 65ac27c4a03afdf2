"""Loudspeaker and microphone in one room: the interviewer does not hear itself, but hears you."""

from pathlib import Path

import pytest

from tests.soundcard import SoundCard, finish, run, sound_card, write_wav
from voice.audio import read_audio
from voice.seams import RATE, Clip

__all__ = ["sound_card"]
AUDIO = Path(__file__).parent.parent / "fixtures" / "audio"

INTERVIEW = """
import sys, time
from voice.activity import SpeechDetector
from voice.barge_in import CANCELLED, CLEAR, BargeIn
from voice.echo import EchoCanceller
from voice.loudspeaker import SystemLoudspeaker
from voice.microphone import Microphone
from voice.mouth import SpeakingMouth
from voice.speaker import SystemSpeaker

echo = EchoCanceller() if sys.argv[1] == "cancelled" else None
loudspeaker = SystemLoudspeaker(tap=echo.played if echo else None)
microphone = Microphone(clean=echo.clean if echo else None)
detector = SpeechDetector()
barge_in = BargeIn(
    microphone,
    lambda frame: detector.push(frame).speech,
    enough=CANCELLED if echo else CLEAR,
    trusted=lambda: echo is None or echo.learnt,
)
speaker = SystemSpeaker()
mouth = SpeakingMouth(
    speaker, loudspeaker, stop=barge_in, softly=barge_in.suspects, before=barge_in.arm
)
for number in range(int(sys.argv[2])):
    print("speaking", flush=True)
    said = mouth.say([
        "Tell me about a time when a model that you owned caused an unexpected outcome.",
        "I would like to hear what you saw first, what you did yourself, and what came of it.",
    ])
    print(said.interrupted, said.seconds, flush=True)
if sys.argv[3] == "listen":
    heard = [frame for frame, _ in zip(microphone.frames(), range(43))]
    print("heard", sum(detector.push(frame).speech for frame in heard[:38]))
speaker.close()
microphone.close()
loudspeaker.close()
"""


@pytest.mark.slow
def test_with_echo_cancellation_it_does_not_interrupt_itself(sound_card: SoundCard) -> None:
    pytest.importorskip("pywebrtc_audio")
    sound_card.echo_on()
    lines = finish(run(sound_card, INTERVIEW, "cancelled", "4", "no"))
    assert [line.split()[0] for line in lines[1::2]] == ["False"] * 4


@pytest.mark.slow
def test_without_it_the_same_room_does_interrupt(sound_card: SoundCard) -> None:
    # The check of the check: this echo is one that has to be cancelled.
    sound_card.echo_on()
    lines = finish(run(sound_card, INTERVIEW, "open", "1", "no"))
    assert lines[1].split()[0] == "True"


@pytest.mark.slow
def test_a_person_interrupts_through_the_echo_and_is_heard(sound_card: SoundCard) -> None:
    pytest.importorskip("pywebrtc_audio")
    sound_card.echo_on()
    words = read_audio(AUDIO / "negative-outcome-strong.flac").samples[round(2.5 * RATE) : 9 * RATE]
    answer = write_wav(sound_card.folder / "answer.wav", Clip(words, RATE))
    process = run(sound_card, INTERVIEW, "cancelled", "2", "listen")
    assert process.stdout is not None
    assert process.stdout.readline() == "speaking\n"
    assert process.stdout.readline().startswith("False")
    assert process.stdout.readline() == "speaking\n"
    sound_card.play_into_microphone(answer, wait=False)
    lines = finish(process)
    interrupted, seconds = lines[0].split()
    assert interrupted == "True"
    assert float(seconds) < 6
    assert int(lines[1].split()[1]) >= 8
