"""The language model's library finds OpenMP on a bare Linux."""

import ctypes.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

from interviewer.llm import openmp

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems need no link")
LOADED = """
import ctypes
ctypes.CDLL("libgomp.so.1").omp_get_max_threads()
print(*{line.split()[-1] for line in open("/proc/self/maps") if "gomp" in line})
"""


def test_a_child_finds_the_library_that_the_recogniser_carries(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ctypes.util, "find_library", lambda name: None)
    for _ in range(2):
        settings = openmp.settings()
    child = [sys.executable, "-c", LOADED]
    done = subprocess.run(child, env=os.environ | settings, capture_output=True, text=True)
    assert "ctranslate2.libs" in done.stdout, done.stderr


def test_the_systems_own_is_taken_where_there_is_one(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ctypes.util, "find_library", lambda name: "libgomp.so.1")
    assert openmp.settings() == {}
    assert not list(home.rglob("libgomp*"))
