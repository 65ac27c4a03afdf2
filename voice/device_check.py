"""Do microphone and loudspeaker work? Simple questions with answers as data."""

import time
from dataclasses import dataclass

import numpy as np

from voice.audio import level
from voice.loudspeaker import SystemLoudspeaker
from voice.microphone import Microphone
from voice.portaudio import DeviceError
from voice.seams import FRAME, RATE, Clip

SECONDS = 1.5


@dataclass(frozen=True)
class MicrophoneProbe:
    """What was found out about a microphone."""

    name: str
    problem: str
    """Why it cannot be used, with what to do next; empty where all is well."""
    level: float = -120.0
    """RMS over the probe, dBFS."""


@dataclass(frozen=True)
class LoudspeakerProbe:
    """What was found out about a loudspeaker."""

    name: str
    problem: str
    """Why it cannot be used, with what to do next; empty where all is well."""
    seconds: float = 0.0
    """How long it played, by the clock; about the clip's length."""


def probe_microphone(name: str | None = None) -> MicrophoneProbe:
    """Open the microphone and listen to it for `SECONDS`."""
    try:
        microphone = Microphone(name, replug=0.0)
    except DeviceError as error:
        return MicrophoneProbe(name or "default", str(error))
    try:
        count = range(round(SECONDS * RATE / FRAME))
        heard = np.concatenate(
            [frame for frame, _ in zip(microphone.frames(), count, strict=False)]
        )
    except DeviceError as error:
        return MicrophoneProbe(microphone.name, str(error))
    finally:
        microphone.close()
    if heard.any():
        return MicrophoneProbe(microphone.name, "", level(heard))
    # Forbidden by the system, or a sleeping headset.
    return MicrophoneProbe(
        microphone.name,
        f"The microphone '{microphone.name}' delivers nothing but zeros. Allow this terminal to "
        "use it (macOS: System Settings, Privacy & Security, Microphone), unmute it, or choose "
        "another one with --input-device.",
    )


def probe_loudspeaker(name: str | None, clip: Clip) -> LoudspeakerProbe:
    """Play the clip to its end."""
    try:
        loudspeaker = SystemLoudspeaker(name)
    except DeviceError as error:
        return LoudspeakerProbe(name or "default", str(error))
    began = time.monotonic()
    try:
        loudspeaker.play(clip)
    except DeviceError as error:
        return LoudspeakerProbe(loudspeaker.name, str(error))
    finally:
        loudspeaker.close()
    seconds = time.monotonic() - began
    return LoudspeakerProbe(loudspeaker.name, "", seconds)
