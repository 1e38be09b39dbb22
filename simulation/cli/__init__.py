"""The command line. Exit codes: 0 done, 2 input wrong, 3 run failed, 130 interrupted."""

from simulation.cli.calibrate import calibrate
from simulation.cli.commands import main
from simulation.cli.sweep import sweep
from simulation.cli.validate import validate

main.add_command(sweep)
main.add_command(calibrate)
main.add_command(validate)

__all__ = ["main"]
