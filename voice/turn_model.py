"""Smart Turn: does the last stretch of speech sound as if the person were done?"""

from pathlib import Path

import numpy as np

from voice.errors import VoiceError
from voice.seams import RATE, Samples

SECONDS = 8
"""What the model was trained on: the last eight seconds, zero-padded at the front."""


class TurnModel:
    """Smart Turn v3 (Whisper tiny's encoder with a classifier, ONNX); one thread, about 40 ms.

    It listens to how something was said, not to what: good as a veto against cutting in, never
    the only reason to end a turn. Raises `VoiceError` where the file is not the model.
    """

    def __init__(self, path: Path) -> None:
        """Load the ONNX file."""
        import onnxruntime
        from faster_whisper.feature_extractor import FeatureExtractor
        from onnxruntime.capi import onnxruntime_pybind11_state as errors

        if not path.is_file():
            raise VoiceError(f"Smart Turn is not at {path}. Run `interview models fetch`.")
        options = onnxruntime.SessionOptions()
        options.inter_op_num_threads = options.intra_op_num_threads = 1
        try:
            self._session = onnxruntime.InferenceSession(
                str(path), options, providers=["CPUExecutionProvider"]
            )
        except (errors.InvalidProtobuf, errors.InvalidGraph, errors.Fail) as error:
            raise VoiceError(f"{path} is no ONNX model. Run `interview models check`.") from error
        self._features = FeatureExtractor(feature_size=80, chunk_length=SECONDS)

    def probability(self, samples: Samples) -> float:
        """How likely the turn is over, 0 to 1; `samples` at 16 kHz end in the pause."""
        window = np.zeros(SECONDS * RATE, np.float32)
        recent = samples[-len(window) :]
        window[len(window) - len(recent) :] = recent
        # The waveform is normalised before the spectrogram, as in training.
        window = (window - window.mean()) / np.sqrt(window.var() + 1e-7)
        features = self._features(window, padding=0)[None].astype(np.float32)
        (output,) = self._session.run(None, {"input_features": features})
        return float(np.asarray(output).reshape(-1)[0])
