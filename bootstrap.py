"""Set up `.venv` from the locked versions: `python3 bootstrap.py [--dev]`.

Needs Python 3.11 to 3.13 and nothing else. With `--dev` also what the tests need (a sound
server, a browser). Returns at once, without network, where everything is in place.
"""

import argparse
import ctypes.util
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
TEST_PACKAGES = {
    "pulseaudio": "pulseaudio",
    "pactl": "pulseaudio-utils",
    "chromium": "chromium",
}
"""Debian packages that the tests need, by the program that shows that they are there."""


def main() -> None:
    """Set up what is missing."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--dev", action="store_true", help="also what the tests need")
    dev = parser.parse_args().dev
    if not (3, 11) <= sys.version_info[:2] <= (3, 13):
        sys.exit(
            f"Python 3.11 to 3.13 is needed, this is {sys.version.split()[0]}. "
            "Name another one: make PYTHON=python3.12 …"
        )
    install_python_packages(ROOT / ("requirements-dev.lock" if dev else "requirements.lock"))
    install_portaudio()
    if dev:
        install_test_packages()


def install_python_packages(lock: Path) -> None:
    """Install the locked versions, unless that was done already."""
    wanted = stamp_of(lock)
    stamp = VENV / f"{lock.stem}.sha256"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    # An environment knows its own place: in a checkout that was moved its commands do not run.
    if not PYTHON.exists() or str(VENV) not in (VENV / "pyvenv.cfg").read_text("utf-8"):
        make_environment()
    say(f"installing the packages of {lock.name} into .venv (once, a minute or two) …")
    pip("install", "--require-hashes", "--only-binary", ":all:", "-r", str(lock))
    pip("install", "--no-deps", "--no-build-isolation", "-e", str(ROOT))
    for old in VENV.glob("*.sha256"):
        # The dev lock holds all of the other one; installing one may change what the other gave.
        old.unlink()
    stamp.write_text(wanted)
    if lock.stem.endswith("-dev"):
        (VENV / "requirements.sha256").write_text(stamp_of(ROOT / "requirements.lock"))


def stamp_of(lock: Path) -> str:
    """What the environment was made from, and where."""
    made_from = lock.read_bytes() + (ROOT / "pyproject.toml").read_bytes() + os.fsencode(ROOT)
    return hashlib.sha256(made_from).hexdigest()


def make_environment() -> None:
    """Create .venv; Debian keeps the module that this takes in a package of its own."""
    say("creating .venv …")
    if importlib.util.find_spec("ensurepip") is None and not debian_install("python3-venv"):
        sys.exit(
            "This Python cannot create environments. Run: sudo apt-get install python3-venv, "
            "then the same command again."
        )
    try:
        # A fresh process: this one does not see an ensurepip that was just installed.
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=True)
    except subprocess.CalledProcessError:
        sys.exit("Python could not create .venv; the lines above say why.")


def pip(*arguments: str) -> None:
    """Run the environment's own pip."""
    command = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", *arguments]
    quiet = [] if sys.stderr.isatty() else ["--progress-bar", "off"]
    try:
        # setuptools warns at length of an editable install, which is what a checkout is for.
        environment = {**os.environ, "PYTHONWARNINGS": "ignore"}
        subprocess.run([*command, "--quiet", *quiet], check=True, env=environment)
    except subprocess.CalledProcessError:
        sys.exit(
            "Installing packages failed; the lines above say why. "
            "Without network this works only after a first run with network."
        )


def install_portaudio() -> None:
    """PortAudio comes inside of the wheels for macOS and Windows; Linux has a package for it."""
    if not sys.platform.startswith("linux") or ctypes.util.find_library("portaudio"):
        return
    if not debian_install("libportaudio2"):
        say(
            "note: PortAudio is missing, so microphone and loudspeaker cannot be used yet. "
            "To use them: sudo apt-get install libportaudio2 (Fedora: sudo dnf install portaudio)"
        )


def install_test_packages() -> None:
    """A sound server and a browser; the tests that need them say so where they are missing."""
    if not sys.platform.startswith("linux"):
        return
    missing = [package for program, package in TEST_PACKAGES.items() if not shutil.which(program)]
    if not any(Path("/usr/lib").glob("*/alsa-lib/libasound_module_pcm_pulse.so")):
        missing.append("libasound2-plugins")
    if not ctypes.util.find_library("atomic"):
        # Playwright's driver needs it, which steers the browser.
        missing.append("libatomic1")
    if missing and not debian_install(*missing):
        say(
            "note: some tests will be skipped. To run them: "
            f"sudo apt-get install {' '.join(missing)}"
        )


def debian_install(*packages: str) -> bool:
    """Install Debian packages where that takes no password; true when it was done."""
    if not shutil.which("apt-get"):
        return False
    prefix: list[str] = []
    if os.geteuid() != 0:
        if (
            not shutil.which("sudo")
            or subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode
        ):
            return False
        prefix = ["sudo", "-n"]
    say(f"installing {' '.join(packages)} …")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends"]):
        arguments = [*prefix, "apt-get", *command]
        if command[0] == "install":
            arguments += packages
        done = subprocess.run(arguments, env=environment, stdout=subprocess.DEVNULL, check=False)
        if done.returncode and command[0] == "install":
            return False
    return True


def say(line: str) -> None:
    """Tell what is going on, on stderr: stdout belongs to the command that follows."""
    print(f"setup: {line}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
