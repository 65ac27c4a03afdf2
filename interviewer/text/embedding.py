"""Sentences as vectors: all-MiniLM-L6-v2, int8, on the CPU."""

import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]
"""Shape (n, 384), rows of length one: a dot product is a cosine."""

WIDTH = 384
"""Numbers in a vector of all-MiniLM-L6-v2."""
TOKENS = 128
"""Longest input that is looked at; the model was trained on 128 tokens."""

REMEMBERED = 4000
"""Vectors that are remembered (6 MB), so that a long batch does not grow."""
KEPT = Path(__file__).with_suffix(".npz")
"""Vectors of the library's texts, made by benchmarks/bank.py: to work them out takes ten seconds."""


class Embedder:
    """Turns sentences into vectors, and remembers those of the texts that come again.

    `model` is the ONNX file, `tokenizer` its `tokenizer.json`.
    """

    def __init__(self, model: Path, tokenizer: Path, threads: int = 2) -> None:
        """Load the model; `threads` are the CPU's."""
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self._session: Any = onnxruntime.InferenceSession(
            str(model), options, providers=["CPUExecutionProvider"]
        )
        self._tokenizer: Any = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.enable_truncation(TOKENS)
        self._tokenizer.no_padding()
        self._known: dict[str, Vectors] = {}

    @classmethod
    def of(cls, folder: Path, threads: int = 2) -> "Embedder":
        """The model in a folder that holds `model.onnx` and `tokenizer.json`."""
        return cls(folder / "model.onnx", folder / "tokenizer.json", threads)

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """One row for each text, in its order; shape (len(texts), 384)."""
        if len(self._known) > REMEMBERED:
            self._known.clear()
        for text in dict.fromkeys(texts):
            if text not in self._known:
                kept = _kept().get(_digest(text))
                self._known[text] = self._embed(text) if kept is None else kept
        if not texts:
            return np.zeros((0, WIDTH), np.float32)
        return np.stack([self._known[text] for text in texts])

    def _embed(self, text: str) -> Vectors:
        # One at a time: int8 activations are scaled over the whole batch, so that a text's
        # vector would depend on its neighbours, and the same answer would not always
        # get the same score.
        ids = np.array([self._tokenizer.encode(text).ids], np.int64)
        feeds = {
            "input_ids": ids,
            "attention_mask": np.ones_like(ids),
            "token_type_ids": np.zeros_like(ids),
        }
        (states,) = self._session.run(None, feeds)
        mean: Vectors = states[0].mean(axis=0)
        return mean / max(float(np.linalg.norm(mean)), 1e-9)


def keep(texts: Sequence[str], embedder: Embedder) -> None:
    """Work the vectors of these texts out anew and keep them beside this module."""
    unlike = list(dict.fromkeys(texts))
    vectors = np.stack([embedder._embed(one) for one in unlike]).astype(np.float16)
    np.savez(KEPT, vectors=vectors, digests=np.array([_digest(one) for one in unlike]))
    _kept.cache_clear()


@cache
def _kept() -> dict[str, Vectors]:
    with np.load(KEPT, allow_pickle=False) as file:
        rows = file["vectors"].astype(np.float32)
        return dict(zip(file["digests"].tolist(), rows, strict=True))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
