"""Runs a command to its exit code: errors become one line on stderr, signals end it cleanly, a closed pipe is no error."""

import os
import sys
import traceback
from collections.abc import Sequence

import typer
from typer.main import get_command

from pipelines import ending
from pipelines.stopping import Stopped, handling_signals, stop
from samverkan.logs import begin_logging, is_verbose
from schemas.errors import SamverkanError

USAGE = 2


def run_program(app: typer.Typer, arguments: Sequence[str]) -> int:
    """Runs the command that the arguments name; gives the exit code."""
    begin_logging()
    try:
        with handling_signals(stop), get_command(app).make_context(app.info.name or "", list(arguments)) as context:
            context.command.invoke(context)
        sys.stdout.flush()
    except BaseException as error:  # noqa: BLE001 (every way to end has its line and its exit code)
        return tell_error(error)
    return 0


def tell_error(error: BaseException) -> int:
    """Prints one line, with `--verbose` the traceback before it; gives the exit code."""
    if isinstance(error, typer.Exit):
        return error.exit_code
    if isinstance(error, BrokenPipeError):
        leave_stdout()
        return 0
    if is_verbose():
        traceback.print_exception(error)
    if line := describe_error(error):
        sys.stderr.write(f"samverkan: {line}\n")
    return find_exit_code(error)


def describe_error(error: BaseException) -> str:
    """One line for a person; "" where the help was shown instead."""
    if isinstance(error, typer.TyperException):
        return describe_misuse(error)
    if isinstance(error, SamverkanError | Stopped):
        line = " ".join("; ".join([str(error), *getattr(error, "__notes__", ())]).replace(".; ", "; ").split())
        return line if line.endswith((".", "?", "!")) else f"{line}."
    detail = " ".join(str(error).split())
    return f"an error of ours, {type(error).__name__}{': ' if detail else ''}{detail} (--verbose shows where)"


def describe_misuse(error: typer.TyperException) -> str:
    """What is wrong with the arguments, and where the help is."""
    message = " ".join(error.format_message().split())
    context = getattr(error, "ctx", None)
    return f"{message.rstrip('.')}. See: {context.command_path} --help" if message and context else message


def find_exit_code(error: BaseException) -> int:
    """The contract's; misuse of a command is known here only."""
    return USAGE if isinstance(error, typer.TyperException) else ending.find_exit_code(error)


def leave_stdout() -> None:
    """Nobody reads any more (`| head`): what is still to be flushed goes nowhere, silently."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
