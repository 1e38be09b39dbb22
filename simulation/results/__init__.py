"""What a register shows: outcomes by definition, intervals by name, tables and the results folder."""
