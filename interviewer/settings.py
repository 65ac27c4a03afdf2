"""Settings: flags win over environment variables, these over the TOML file, that over defaults.

Every option of every command can be set in the file: at the top for all commands that have it,
in a table named like the command for that one.

    llm = "http://localhost:11434/v1"
    model = "qwen2.5:7b-instruct"

    [practice]
    questions = 3
"""

import os
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import click
from platformdirs import user_config_path

from interviewer.errors import InterviewError

_VARIABLE = "MOCK_INTERVIEWER_CONFIG"

_BELONGS = {"model": "llm", "second_model": "second_llm"}
"""The server that a model's name belongs to."""

Table = dict[str, Any]


def config_file() -> Path:
    """Where the TOML file is looked for; MOCK_INTERVIEWER_CONFIG names another place.

    Raises `InterviewError` where nothing is at that other place.
    """
    named = os.environ.get(_VARIABLE)
    if not named:
        return user_config_path("mock-interviewer", appauthor=False) / "config.toml"
    path = Path(named)
    if not path.exists():
        raise InterviewError(
            f"{_VARIABLE} names {path}, which does not exist. Correct it, or unset it."
        )
    return path


def default_map(commands: Mapping[str, click.Command], path: Path) -> dict[str, Any]:
    """The file's values as click takes them; empty where there is no file.

    Raises `InterviewError` for a file that is no TOML, or has a key that no command knows.
    """
    if not path.exists():
        return {}
    try:
        # Some editors set a byte order mark before the text.
        settings = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InterviewError(f"{path}: {error}. Mend the file, or move it away.") from error
    # A table is a command's, anything else an option: `sessions` is the name of both.
    common, tables = _parted(settings)
    _refuse_unknown(path, common, {name for one in commands.values() for name in _all_names(one)})
    _refuse_tables(path, tables, commands)
    return {
        name: _values(path, name, command, common, tables.get(name, {}))
        for name, command in commands.items()
    }


def _values(
    path: Path, name: str, command: click.Command, common: Table, own: Table
) -> dict[str, Any]:
    """What `common` and the command's `own` table say; a group holds its subcommands' likewise."""
    own, tables = _parted(own)
    inside = command.commands if isinstance(command, click.Group) else {}
    options = dict(_options(command))
    _refuse_unknown(path, own, options, f"[{name}] ")
    _refuse_tables(path, tables, inside, f"{name}.")
    # A table that names another server means none of the models that the other one has.
    shared = {
        key: value
        for key, value in common.items()
        if (llm := _BELONGS.get(key)) not in own or own[llm] == common.get(llm)
    }
    found = {
        options[key].name or key: _as_typed(options[key], value)
        for key, value in {**shared, **own}.items()
        if key in options
    }
    for key, child in inside.items():
        found[key] = _values(path, f"{name}.{key}", child, common, tables.get(key, {}))
    return found


def _parted(table: Table) -> tuple[Table, Table]:
    """Its values and its tables."""
    tables = {key: value for key, value in table.items() if isinstance(value, dict)}
    return {key: value for key, value in table.items() if key not in tables}, tables


def _options(command: click.Command) -> Iterator[tuple[str, click.Option]]:
    """Each option under its long name, as a setting has it."""
    for option in command.params:
        if isinstance(option, click.Option):
            for name in option.opts:
                if name.startswith("--"):
                    yield name[2:].replace("-", "_"), option


def _all_names(command: click.Command) -> Iterator[str]:
    """The names of the command's options, and of those of its subcommands."""
    yield from (name for name, _ in _options(command))
    if isinstance(command, click.Group):
        for child in command.commands.values():
            yield from _all_names(child)


def _as_typed(option: click.Option, value: object) -> object:
    """The value as it would stand on the command line, for click to convert or to refuse."""
    if option.multiple:
        return [str(one) for one in value] if isinstance(value, list) else [str(value)]
    return value if option.is_flag and isinstance(value, bool) else str(value)


def _refuse_unknown(
    path: Path, keys: Iterable[str], known: Collection[str], where: str = ""
) -> None:
    for key in keys:
        if key not in known:
            names = f", with _ for -: {', '.join(sorted(known))}" if known else "; there are none"
            raise InterviewError(
                f"{path}: {where}'{key}' is no setting. Settings are named like the options{names}."
            )


def _refuse_tables(
    path: Path, keys: Iterable[str], known: Collection[str], where: str = ""
) -> None:
    for key in keys:
        if key not in known:
            raise InterviewError(
                f"{path}: [{where}{key}] is no command. Tables are named like the commands; "
                "`interview --help` lists them."
            )
