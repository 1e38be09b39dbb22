"""What is written to a results folder."""

from simulation.results.tables.run_tables import published_table, tables

__all__ = ["published_table", "tables"]
