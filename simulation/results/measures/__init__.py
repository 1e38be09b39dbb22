"""What the registers of a batch of replications show, outcome by outcome."""
