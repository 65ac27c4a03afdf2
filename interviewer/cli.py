"""The command line; every command lives in a module of its own under `commands/`."""

import signal
import sys
from difflib import get_close_matches
from importlib import import_module
from importlib.metadata import version
from io import TextIOWrapper
from types import FrameType

import click

from interviewer.errors import InterviewError
from rubrics.errors import RubricError
from sessions.errors import SessionError
from voice.errors import VoiceError

USER_ERRORS = (InterviewError, VoiceError, RubricError, SessionError)
"""What a person can read and act on; anything else is a fault of the program."""

COMMANDS = {
    "practice": "practice:practice",
    "resume": "resume:resume",
    "retry": "retry:retry",
    "sessions": "sessions:sessions",
    "show": "show:show",
    "replay": "replay:replay",
    "progress": "progress:progress",
    "edit": "edit:edit",
    "grade": "grade:grade",
    "probe": "probe:probe",
    "calibrate": "calibrate:calibrate",
    "export": "export:export",
    "import": "export:import_sessions",
    "forget": "forget:forget",
    "rubrics": "rubrics:rubrics",
    "models": "models:models",
    "doctor": "doctor:doctor",
}
"""Name on the command line: module:function in `interviewer.commands`."""


def _stop(number: int, frame: FrameType | None) -> None:
    """What Ctrl-C does, also where Ctrl-C is ignored, as in a script's background job."""
    raise KeyboardInterrupt


def _hang_up(number: int, frame: FrameType | None) -> None:
    """A terminal is closed once, but that is told twice, by the system and by the shell. The second
    time would be Ctrl-C pressed again: leave at once."""
    signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


def _end_as_ctrl_c_does() -> None:
    """A polite kill and a terminal that is closed end a session as cleanly as Ctrl-C.

    Under `nohup` the terminal may go; Windows knows no such signal.
    """
    signal.signal(signal.SIGTERM, _stop)
    hangup = getattr(signal, "SIGHUP", None)
    if hangup is not None and signal.getsignal(hangup) != signal.SIG_IGN:
        signal.signal(hangup, _hang_up)


def _speak_utf8() -> None:
    """What goes to a file or a pipe is UTF-8: the code page of Windows lacks signs such as "≥"."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper) and not stream.isatty():
            stream.reconfigure(encoding="utf-8", errors=stream.errors)


def _told(text: str) -> click.ClickException:
    """The error as a person reads it; file names and keys that others wrote steer no terminal."""
    from sessions.timeline import printable

    return click.ClickException(printable(text))


def _located(error: click.BadParameter) -> click.BadParameter:
    """The same error; where nobody typed the value, it says where that stands."""
    from click.core import ParameterSource

    from interviewer.settings import config_file

    if not (error.ctx and error.param and error.param.name):
        return error
    source = error.ctx.get_parameter_source(error.param.name)
    if source is ParameterSource.DEFAULT_MAP:
        place = f"It is set in {config_file()}."
    elif source is ParameterSource.ENVIRONMENT:
        place = f"It is set by the environment variable {error.param.envvar}."
    else:
        return error
    return click.BadParameter(f"{error.message} {place}", error.ctx, error.param, error.param_hint)


class Guessing(click.Group):
    """Says which command was perhaps meant."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; raises `UsageError` where there is none."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            for near in get_close_matches(args[0], self.list_commands(ctx), 1, 0.6):
                raise click.UsageError(
                    f"No such command {args[0]!r}. Did you mean {near}?", ctx
                ) from error
            raise


class Interview(Guessing):
    """Loads the commands when they are asked for, and turns errors into one line."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order in which a person meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command's module."""
        if cmd_name not in COMMANDS:
            return None
        module, function = COMMANDS[cmd_name].split(":")
        command = getattr(import_module(f"interviewer.commands.{module}"), function)
        assert isinstance(command, click.Command)
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; what went wrong is told in a line or two, without a traceback."""
        _end_as_ctrl_c_does()
        _speak_utf8()
        try:
            return super().invoke(ctx)
        except click.BadParameter as error:
            raise _located(error) from error
        except USER_ERRORS as error:
            raise _told(str(error)) from error
        except KeyboardInterrupt:
            click.echo("Stopped.", err=True)
            sys.exit(130)
        except BrokenPipeError:
            # The reader (`head`, say) has had enough.
            sys.stderr.close()
            sys.exit(1)
        except OSError as error:
            # A full disk, a name that is too long: nothing that the program could mend.
            where = f"{error.filename}: " if error.filename else ""
            raise _told(f"{where}{error.strerror or error}.") from error


@click.group(
    cls=Interview,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Start with: interview doctor, then: interview practice",
)
@click.version_option(version("mock-interviewer"), prog_name="interview")
@click.pass_context
def main(context: click.Context) -> None:
    """A voice-based mock interviewer for machine-learning engineers, on your own machine.

    Settings can also come from environment variables and a TOML file; see docs/settings.md.
    """
    from interviewer.settings import config_file, default_map

    path = config_file()
    if path.exists() and isinstance(context.command, Interview):
        commands = {
            name: command
            for name in COMMANDS
            if (command := context.command.get_command(context, name))
        }
        context.default_map = default_map(commands, path)
