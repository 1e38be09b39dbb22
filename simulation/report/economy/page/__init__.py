"""The report of who pays and who gains: two pages to hand on, and an annex."""
