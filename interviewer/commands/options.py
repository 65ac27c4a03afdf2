"""Options that several commands share, each named and explained once."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])


_STRENGTH = (
    click.core.ParameterSource.COMMANDLINE,
    click.core.ParameterSource.ENVIRONMENT,
    click.core.ParameterSource.DEFAULT_MAP,
)
"""Where a value comes from, what wins first; the order of click's own numbers is not that of each
release."""


def _of_its(llm: str) -> Callable[[click.Context, click.Parameter, str | None], str | None]:
    """A model's name belongs to the server that is named beside it.

    What settings call the model there means nothing to another one that was typed: with `--llm
    embedded` it would be a file. `llm` must be eager, so that it is known by then.
    """

    def kept(context: click.Context, parameter: click.Parameter, model: str | None) -> str | None:
        at = [context.get_parameter_source(one) for one in (llm, str(parameter.name))]
        known = [_STRENGTH.index(one) for one in at if one in _STRENGTH]
        if len(known) < 2 or known[0] >= known[1]:
            return model
        return model if context.params[llm] == _beside(context, llm, at[1]) else None

    return kept


def _beside(context: click.Context, name: str, source: click.core.ParameterSource | None) -> object:
    """The parameter's value as settings have it, where `source` is the strongest of them."""
    option = next(one for one in context.command.params if one.name == name)
    if source is click.core.ParameterSource.ENVIRONMENT:
        variable = option.resolve_envvar_value(context)
        if variable is not None:
            return variable
    set_there = context.lookup_default(name)
    return option.default if set_there is None else set_there


def language_model(command: Command) -> Command:
    """--llm, --model."""
    llm = click.option(
        "--llm",
        is_eager=True,
        default="embedded",
        show_default=True,
        envvar="MOCK_INTERVIEWER_LLM",
        help="The interviewer's language model: 'embedded', 'scripted' (no model at all), or the "
        "URL of an OpenAI-compatible server (key from OPENAI_API_KEY).",
    )
    model = click.option(
        "--model",
        envvar="MOCK_INTERVIEWER_MODEL",
        callback=_of_its("llm"),
        help="Name of the model on that server; with 'embedded', a GGUF file.",
    )
    return llm(model(command))


def second_opinion(command: Command) -> Command:
    """--second-llm, --second-model."""
    llm = click.option(
        "--second-llm",
        is_eager=True,
        envvar="MOCK_INTERVIEWER_SECOND_LLM",
        help="Another judge beside --llm, named likewise: where they disagree, the interval widens.",
    )
    model = click.option(
        "--second-model",
        envvar="MOCK_INTERVIEWER_SECOND_MODEL",
        callback=_of_its("second_llm"),
        help="Name of the second judge's model.",
    )
    return llm(model(command))


class NamedPath(click.Path):
    """A path that has a name: an empty one, as of a variable that is not set, is no current folder."""

    def convert(
        self,
        value: str | os.PathLike[str],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> str | bytes | os.PathLike[str]:
        """Refuse an empty name, and take any other as `click.Path` does."""
        if isinstance(value, str) and not value.strip():
            self.fail("The name is empty. Give a path, or leave the option out.", param, ctx)
        return super().convert(value, param, ctx)


def sessions_folder(command: Command) -> Command:
    """--sessions."""
    return click.option(
        "--sessions",
        type=NamedPath(path_type=Path, file_okay=False),
        envvar="MOCK_INTERVIEWER_SESSIONS",
        callback=_at_home,
        help="Folder of the sessions. [default: the platform's user data folder]",
    )(command)


def _at_home(
    context: click.Context, parameter: click.Parameter, folder: Path | None
) -> Path | None:
    """`~` is one's own, also where no shell replaces it: in settings."""
    # Path.expanduser raises where there is no such user.
    return folder and Path(os.path.expanduser(folder)).absolute()  # noqa: PTH111


def transcriber_model(command: Command) -> Command:
    """--transcriber-model."""
    return click.option(
        "--transcriber-model",
        default="whisper-base",
        show_default=True,
        envvar="MOCK_INTERVIEWER_TRANSCRIBER_MODEL",
        help="The recogniser: 'whisper-base', or the folder of a faster-whisper model.",
    )(command)


def devices(command: Command) -> Command:
    """--input-device, --output-device."""
    microphone = click.option(
        "--input-device",
        envvar="MOCK_INTERVIEWER_INPUT_DEVICE",
        help="Microphone, by name or number; `interview doctor` lists them.",
    )
    loudspeaker = click.option(
        "--output-device",
        envvar="MOCK_INTERVIEWER_OUTPUT_DEVICE",
        help="Loudspeaker, by name or number.",
    )
    return microphone(loudspeaker(command))


def round_of(required: bool, default: str | None = None) -> Callable[[Command], Command]:
    """--round."""
    # A default of None, if it is given, is one: click then requires nothing.
    given: dict[str, Any] = {} if default is None else {"default": default}
    return click.option(
        "--round",
        "round_id",
        required=required,
        show_default=default is not None,
        envvar="MOCK_INTERVIEWER_ROUND",
        help="The kind of interview; `interview rubrics list` shows them.",
        **given,
    )


def said(context: click.Context, *names: str) -> list[str]:
    """Those of these parameters that stand on the command line, not in settings, as typed there."""
    spoken = click.core.ParameterSource.COMMANDLINE
    flags = {one.name: _as_typed(one) for one in context.command.params}
    return [flags[one] for one in names if context.get_parameter_source(one) is spoken]


def _as_typed(parameter: click.Parameter) -> str:
    """--from; an argument by what the help calls it."""
    if isinstance(parameter, click.Argument):
        return (parameter.metavar or str(parameter.name)).strip("[]")
    return parameter.opts[0]


def not_together(context: click.Context, *names: str) -> dict[str, Literal[False] | None]:
    """Refuse two of these parameters on one command line: one of them would be ignored.

    One that stands there alone wins over settings: what the others are then, as if nobody had set
    them.
    """
    both = said(context, *names)
    if len(both) > 1:
        raise click.UsageError(f"{both[0]} and {both[1]} do not go together; leave one out.")
    others = [one for one in names if both and not said(context, one)]
    flags = {one.name for one in context.command.params if getattr(one, "is_flag", False)}
    return {one: False if one in flags else None for one in others}


def as_json_of(what: str) -> Callable[[Command], Command]:
    """--json, where standard output then holds something else than one object."""
    return click.option("--json", "as_json", is_flag=True, help=what)


def as_json(command: Command) -> Command:
    """--json."""
    return as_json_of("One JSON object on stdout.")(command)


def how_to_answer(command: Command) -> Command:
    """--candidate, --patience, --no-audio, --think-ahead, --barge-in, models and devices."""
    candidate = click.option(
        "--candidate",
        type=NamedPath(path_type=Path),
        multiple=True,
        help="Recordings that answer in your place: a folder with candidate.yaml, or audio files, "
        "given in their order.",
    )
    patience = click.option(
        "--patience",
        type=click.FloatRange(0.5, 10.0),
        default=1.0,
        show_default=True,
        help="Multiplies the silence that ends an answer; 3 suits thinking at a whiteboard.",
    )
    no_audio = click.option(
        "--no-audio", is_flag=True, help="Keep no audio, only what was recognised."
    )
    think_ahead = click.option(
        "--think-ahead/--no-think-ahead",
        default=None,
        help="Draft follow-ups while you talk. [default: only with a model on this machine]",
    )
    barge_in = click.option(
        "--barge-in/--no-barge-in",
        default=None,
        help="Whether you may interrupt the interviewer. Needs echo cancellation "
        "(pip install 'mock-interviewer[echo]') or headphones. [default: with the former]",
    )
    for one in (sessions_folder, devices, transcriber_model, language_model):
        command = one(command)
    return candidate(patience(no_audio(think_ahead(barge_in(command)))))
