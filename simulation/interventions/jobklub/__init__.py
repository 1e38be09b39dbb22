"""Job clubs."""
