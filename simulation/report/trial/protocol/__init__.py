"""The protocol of a trial, written from its scenario and its rehearsals: what a document has that others hold it to."""
