"""Settings: flags win over environment variables, these over the TOML file, that over defaults.

Every option of every command can be set in the file: at the top for all commands that have it,
in a table named like the command for that one.

    llm = "http://localhost:11434/v1"
    model = "qwen3:8b"

    [practice]
    questions = 3
"""

import os
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import click
from platformdirs import user_config_path

from interviewer.errors import InterviewError


def config_file() -> Path:
    """Where the TOML file is looked for; MOCK_INTERVIEWER_CONFIG names another place."""
    named = os.environ.get("MOCK_INTERVIEWER_CONFIG")
    return Path(named) if named else user_config_path("mock-interviewer") / "config.toml"


def default_map(commands: Mapping[str, click.Command], path: Path) -> dict[str, Any]:
    """The file's values as click takes them; empty where there is no file.

    Raises `InterviewError` for a file that is no TOML, or has a key that no command knows.
    """
    if not path.exists():
        return {}
    try:
        settings = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InterviewError(f"{path}: {error}. Mend the file, or move it away.") from error
    common = {key: value for key, value in settings.items() if not isinstance(value, dict)}
    known = {name: set(_options(command)) for name, command in commands.items()}
    _refuse_unknown(path, common, set().union(*known.values()))
    result: dict[str, Any] = {}
    for name, options in known.items():
        own = settings.get(name, {})
        _refuse_unknown(path, own, options, f"[{name}] ")
        result[name] = {key: value for key, value in common.items() if key in options} | own
    _refuse_unknown(
        path, [key for key, value in settings.items() if isinstance(value, dict)], set(known)
    )
    return result


def _options(command: click.Command) -> Iterable[str]:
    return (
        option.name for option in command.params if isinstance(option, click.Option) and option.name
    )


def _refuse_unknown(path: Path, keys: Iterable[str], known: set[str], where: str = "") -> None:
    for key in keys:
        if key not in known:
            raise InterviewError(
                f"{path}: {where}'{key}' is no setting. Settings are named like the options, "
                f"with _ for -: {', '.join(sorted(known))}."
            )
