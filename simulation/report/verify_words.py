"""What is told of a results folder that is looked at again."""

from __future__ import annotations

from collections.abc import Mapping

from simulation.world.labels import Label

IS = Label("{place} is {what}", "{place} {what}")
WHAT: Mapping[str, Label] = {
    "altered": Label("altered", "er ændret"), "gone": Label("gone", "er væk"),
}  # fmt: skip
"""What may be wrong with a file; else why it cannot be read."""
NOT_READABLE = Label("{what}", "kan ikke læses: {what}")
NOT_WRITTEN = Label("{place} is there and was not written with it",
                    "{place} er der og blev ikke skrevet med resultatet")
NOT_AMONG = Label("{place} is not among the tables that were written", "{place} er ikke blandt de skrevne tabeller")
OF_NOTHING = Label("{place} is a table of nothing", "{place} er en tabel over intet")
OTHER_TEXT = Label("made by program text {made}, this is {here}", "lavet af programtekst {made}; denne er {here}")
OTHER_VERSION = Label("made with {name} {made}, here is {here}", "lavet med {name} {made}; her er {here}")
NOT_ALL = Label(
    "not all replications are kept, or are of this version of the program, so no whole table was made anew",
    "ikke alle gentagelser er gemt, eller de er fra en anden version af programmet, så ingen hel tabel er lavet på ny",
)
FIGURE = Label("{where}, {of}: {kept} is kept, {again} came out again",
               "{where}, {of}: {kept} er gemt, {again} kom ud igen")  # fmt: skip
AT_POINT = Label("{where}: {kept} is kept, {again} came out again", "{where}: {kept} er gemt, {again} kom ud igen")
OF_GROUP = Label("{outcome} of {group}{time}", "{outcome} for {group}{time}")
AT_TIME = Label(" at {time}", " ved {time}")
REPLICATION = Label("{name}, replication {number}", "{name}, gentagelse {number}")
AS_WRITTEN, POINT = Label("as written", "som skrevet"), Label("point {number}", "punkt {number}")
OF_POINT = Label("point {point} of {of}, replication {number}", "punkt {point} af {of}, gentagelse {number}")
QUANTITIES = Label("{name}: replications {numbers} came out otherwise",
                   "{name}: gentagelse nr. {numbers} kom anderledes ud")
REHEARSAL = Label(
    "{persons} persons in {jobcentres} jobcentres, rehearsal {number}: its data came out otherwise",
    "{persons} personer i {jobcentres} jobcentre, gennemspilning {number}: dens data kom anderledes ud",
)
CANNOT = Label("it cannot be run again: {why}", "det kan ikke køres igen: {why}")
NOT_OF = Label("it is not of {commands} or cba, so nothing was run again",
               "det er ikke fra {commands} eller cba, så intet er kørt igen")  # fmt: skip
NOT_COMPLETE = Label("it is not complete, so nothing was run again", "det er ikke fuldstændigt, så intet er kørt igen")
OTHER_INPUT = Label("the input is not that of fingerprint {mark}", "input er ikke det med fingeraftrykket {mark}")
OTHER_NAME = Label("the folder has another name than its fingerprint {mark}",
                   "mappen har et andet navn end dens fingeraftryk {mark}")  # fmt: skip
NOTE, AND_MORE = (
    Label("Note: {note}.", "Bemærk: {note}."),
    Label("... and {count} more (--json has them all).", "... og {count} mere (--json har dem alle)."),
)
HASHED = Label("{count} files were hashed", "{count} filer er kontrolleret")
RUN_AGAIN = Label("replications {numbers} of {asked} were run again",
                  "gentagelse nr. {numbers} af {asked} er kørt igen")
ANEW = Label("{count} tables were made anew", "{count} tabeller er lavet på ny")
OK, DIFFERENCES = Label("ok", "i orden"), Label("{count} differences", "{count} forskelle")
VERDICT = Label("{verdict}: {place} ({looked}).", "{verdict}: {place} ({looked}).")
