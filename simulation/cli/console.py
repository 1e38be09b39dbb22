"""The program and whoever called it: what is printed and in which signs, signals, faults and exit codes."""

from __future__ import annotations

import contextlib
import errno
import os
import pathlib
import re
import shlex
import signal
import sys
import threading
import time
import traceback
from collections.abc import Iterator
from typing import Any

import click

INPUT_WRONG, RUN_FAILED, UNHEARD, WRONG_FIGURES, NOT_PRECISE, INTERRUPTED, TERMINATED = 2, 3, 4, 5, 6, 130, 143
OUT = "jobcentersim.out"
"""Where the context of a command has the folder for its results."""
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Signs that steer a terminal, those that turn the direction of writing among them."""


class Failed(click.ClickException):
    """Something went wrong that the user is told in words."""

    def __init__(self, message: str, exit_code: int = RUN_FAILED) -> None:
        super().__init__(message)
        self.exit_code = exit_code  # type: ignore[misc]  # click reads it from the instance

    def show(self, file: Any = None) -> None:
        say(self.message, err=True)


class Unheard(Exception):
    """What is printed arrives nowhere: nobody reads it any more, or there is no room for it."""

    def __init__(self, error: OSError) -> None:
        super().__init__(error)
        self.nobody_reads = error.errno in (errno.EPIPE, errno.EINVAL, errno.EBADF)  # EINVAL: Windows, of a pipe
        self.why = error.strerror


class Plain(click.Group):
    """Commands that answer in plain words: unforeseen faults in a sentence (the traceback goes to a file), Ctrl-C and
    SIGTERM with what is kept, text in UTF-8."""

    def main(self, *arguments: Any, **named: Any) -> Any:
        """As click does it, in UTF-8."""
        speak_utf8()
        return super().main(*arguments, **named)

    def invoke(self, ctx: click.Context) -> Any:
        """Carry out the command, and end with the exit code of what happened."""
        with _sigterm() as terminated:
            try:
                return super().invoke(ctx)
            except click.exceptions.Exit:
                raise
            except click.Abort:
                sys.exit(_of(INTERRUPTED, terminated))
            except SystemExit as end:
                sys.exit(_of(end.code, terminated))
            except Failed as failed:
                raise Failed(failed.message, _of(failed.exit_code, terminated)) from failed
            except click.ClickException:
                raise
            except (Unheard, BrokenPipeError) as error:
                sys.exit(_end_unheard(error if isinstance(error, Unheard) else Unheard(error)))
            except KeyboardInterrupt:
                say("Interrupted.", err=True)
                sys.exit(_of(INTERRUPTED, terminated))
            except Exception as error:
                raise fault(error, ctx.meta.get(OUT, pathlib.Path())) from error


def speak_utf8() -> None:
    """Print UTF-8 into files and pipes, whatever the console speaks; on a terminal, replace signs that it has not."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            with contextlib.suppress(OSError, ValueError):  # a stream that is closed
                stream.reconfigure(**({} if stream.isatty() else {"encoding": "utf-8"}), errors="replace")


def typed(name: object) -> str:
    """A name as it is typed in a command: quoted where the shell would not read it as one word or as it stands."""
    text = str(name)
    if os.name != "nt" and set(text) & set('"$`!\\'):
        return shlex.quote(text)
    return f'"{text}"' if set(text) & set(" '#;&()*?|<>") else text


def say(text: str, err: bool = False, nl: bool = True) -> None:
    """Print. Signs that would steer a terminal are shown, as JSON writes them, and not sent. Raises Unheard if standard
    output cannot be written; what should go to standard error is then lost."""
    shown = CONTROL.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text.replace("\r\n", "\n"))
    try:
        click.echo(shown, err=err, nl=nl)
    except OSError as error:
        if not err:
            raise Unheard(error) from error


def fault(error: Exception, folder: pathlib.Path) -> Failed:
    """A fault of the program, in words. The traceback goes to `run.log` in the folder; if that cannot be written,
    in the current one; if that cannot either, the sentence says so."""
    notes = " ".join(getattr(error, "__notes__", []))
    sentence = f"The run failed: {error} ({notes or type(error).__name__})."
    why: OSError | None = None
    for place in dict.fromkeys((folder, pathlib.Path())):
        log = place / "run.log"
        try:
            place.mkdir(parents=True, exist_ok=True)
            with log.open("a", encoding="utf-8", errors="backslashreplace") as file:
                file.write(time.strftime("%Y-%m-%d %H:%M:%S run failed\n"))
                file.writelines(traceback.format_exception(error))
        except OSError as refused:
            why = why or refused
            continue
        return Failed(f"{sentence} Details are in {log}.")
    last = traceback.extract_tb(error.__traceback__)[-1:]
    where = "".join(f" It happened in {pathlib.Path(frame.filename).name}, line {frame.lineno}." for frame in last)
    return Failed(f"{sentence}{where} Details could not be written ({why.strerror if why else 'no folder'}).")


def _end_unheard(unheard: Unheard) -> int:
    """The exit code where the output arrived nowhere; nothing more is sent there."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if unheard.nobody_reads:
        return 0
    say(f"The output could not be written: {unheard.why}. What was run is complete, and is kept.", err=True)
    return UNHEARD


def _of(code: Any, terminated: list[int]) -> Any:
    """The exit code; that of an interruption tells which signal it was."""
    return TERMINATED if terminated and code == INTERRUPTED else code


@contextlib.contextmanager
def _sigterm() -> Iterator[list[int]]:
    """SIGTERM (of `kill`, of a scheduler whose time is up, of a container that is stopped) as if it were Ctrl-C. The
    list has something in it once it has come."""
    received: list[int] = []

    def interrupt(number: int, _: Any) -> None:
        received.append(number)
        raise KeyboardInterrupt

    if threading.current_thread() is not threading.main_thread() or signal.getsignal(signal.SIGTERM) != signal.SIG_DFL:
        yield received
        return
    signal.signal(signal.SIGTERM, interrupt)
    try:
        yield received
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
