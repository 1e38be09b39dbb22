"""The command `selftest`: whether the program, as it is installed here, gives what it should."""

from __future__ import annotations

import json
import sys
import time

import click

from simulation.cli.console import WRONG_FIGURES, say
from simulation.cli.options import json_option, lang_option
from simulation.world.labels import Label, Language

OK, WRONG = Label("ok", "ok"), Label("WRONG", "FORKERT")
FOUND = Label("{found}, expected {expected}", "{found}, forventet {expected}")
END = Label("{verdict} in {seconds} seconds.", "{verdict} på {seconds} sekunder.")
PASSED, FAILED = Label("PASSED", "BESTÅET"), Label("FAILED", "IKKE BESTÅET")
MISSING = Label("WRONG    A file of the package is missing: {file}", "FORKERT  Der mangler en fil i pakken: {file}")


@click.command()
@json_option
@lang_option
def selftest(as_json: bool, lang: Language) -> None:
    """Check this installation: closed forms, a stored table, published figures. No network, under a minute."""
    from simulation.experiments.selftest import Checked, checks

    began, found, missing = time.perf_counter(), list[Checked](), list[str]()

    def number(value: float, digits: int) -> str:
        text = f"{value:.{digits}f}"
        return text.replace(".", ",") if lang == "da" else text

    for check in checks():
        try:
            checked = check()
        except (OSError, KeyError) as error:
            missing.append(str(error.filename if isinstance(error, OSError) else error.args[0]))
            line = MISSING.told(lang, file=missing[-1])
        else:
            found.append(checked)
            value, should = (number(each, checked.digits) for each in (checked.found, checked.expected))
            told = FOUND.told(lang, found=value, expected=should)
            line = f"{(OK if checked.passed else WRONG).told(lang):<8} {checked.what.told(lang):<52} {told}"
        if not as_json:
            say(line)
    passed = not missing and all(checked.passed for checked in found)
    seconds = time.perf_counter() - began
    if as_json:
        rows = [
            {"check": each.what.told(lang), "found": each.found, "expected": each.expected, "passed": each.passed}
            for each in found
        ]
        answer = {"passed": passed, "seconds": round(seconds, 2), "checks": rows, "missing": missing}
        say(json.dumps(answer, ensure_ascii=False))
    else:
        say(END.told(lang, verdict=(PASSED if passed else FAILED).told(lang), seconds=f"{seconds:.0f}"))
    sys.exit(0 if passed else WRONG_FIGURES)
