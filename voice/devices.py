"""Which microphones and loudspeakers there are."""

from dataclasses import dataclass

from voice import portaudio
from voice.portaudio import CALLED, DeviceError, Direction


@dataclass(frozen=True)
class Device:
    """One microphone or loudspeaker."""

    index: int
    name: str
    channels: int
    rate: int
    """Hertz; the device's own."""
    default: bool


def devices(direction: Direction) -> tuple[Device, ...]:
    """Every microphone ("input") or loudspeaker ("output"); raises `DeviceError`."""
    sounddevice = portaudio.load()
    key = f"max_{direction}_channels"
    default = sounddevice.default.device[direction]
    return tuple(
        Device(
            index=found["index"],
            name=found["name"],
            channels=found[key],
            rate=round(found["default_samplerate"]),
            default=found["index"] == default,
        )
        for found in sounddevice.query_devices()
        if found[key] > 0
    )


def find(direction: Direction, wanted: str | None = None) -> Device:
    """The device with that number or name (or a part of it); the default without `wanted`.

    Raises `DeviceError` where there is none ("missing") or none like that ("unknown").
    """
    found = devices(direction)
    if not found:
        raise DeviceError("missing", f"No {CALLED[direction]} was found. Connect one.")
    if wanted is None:
        return next((device for device in found if device.default), found[0])
    exact = [device for device in found if wanted in (device.name, str(device.index))]
    near = [device for device in found if wanted.lower() in device.name.lower()]
    if not exact and not near:
        names = "; ".join(f"{device.index}: {device.name}" for device in found)
        raise DeviceError(
            "unknown", f"There is no {CALLED[direction]} '{wanted}'. There are: {names}."
        )
    return (exact + near)[0]
