"""The command line. Exit codes: 0 done, 1 something differs (`verify`, `diff`), 2 input wrong, 3 run failed, 4 the
output could not be written, 5 the program gives wrong figures (`selftest`), 130 interrupted, 143 ended by SIGTERM."""

from simulation.cli.again import extend, resume
from simulation.cli.app import app
from simulation.cli.best import best
from simulation.cli.calibrate import calibrate
from simulation.cli.cba import cba
from simulation.cli.commands import main
from simulation.cli.evidence import evidence
from simulation.cli.export import export
from simulation.cli.imported import import_files
from simulation.cli.listed import list_shipped
from simulation.cli.look import params, schema
from simulation.cli.practice import practice_tables
from simulation.cli.report import report
from simulation.cli.selftest import selftest
from simulation.cli.sensitivity import sensitivity
from simulation.cli.study.command import init
from simulation.cli.study.tested import backtest
from simulation.cli.sweep import sweep
from simulation.cli.trial import trial
from simulation.cli.upgrade import upgrade
from simulation.cli.validate import validate
from simulation.cli.verify import diff, verify

for command in (
    sweep, best, trial, sensitivity, cba, calibrate, validate, evidence, resume, extend, report, export, verify, diff,
    upgrade, list_shipped, init, params, schema, selftest, import_files, backtest, practice_tables, app,
):  # fmt: skip
    main.add_command(command)

__all__ = ["main"]
