"""Mistakes about offers that run beside others, about where hosts hire to, and about talks while in an offer."""

from __future__ import annotations

from tests.bad_input_syge import Case

CLUB = "  klub:\n    kind: jobklub\n"
SUBSIDISED = "    length_weeks: 13\n    direct_hire: 0.2\n"
LETTERS = "in_state: {raskmelding: mail},"


def of_club(line: str) -> list[tuple[str, str]]:
    """The edit that gives the club this line."""
    return [(CLUB, f"{CLUB}    {line}\n")]


def hired(line: str) -> list[tuple[str, str]]:
    """The edit that gives løntilskud this line."""
    return [(SUBSIDISED, f"{SUBSIDISED}    {line}\n")]


def in_offer(value: str) -> list[tuple[str, str]]:
    """The edit that gives the contact plan this `in_offer`."""
    return [(LETTERS, f"{LETTERS} in_offer: {value},")]


WRONG_OFFERS = {
    "an offer beside what there is not": Case(
        of_club("beside: [bureauer, tilskuf]"),
        "'tilskuf' is not known here; did you mean 'tilskud'?",
        "beside: [bureauer, ¦tilskuf]",
    ),
    "an offer beside itself": Case(
        of_club("beside: [bureauer, klub]"), "nothing runs beside itself; name others", "[bureauer, ¦klub]"
    ),
    "an offer beside a word": Case(of_club("beside: alle"), "must be a list (got 'alle')", "beside: ¦alle"),
    "hires to an exit that there is not": Case(
        hired("hires_to: flexjob"), "'flexjob' is not known here; did you mean 'flex'?", "hires_to: ¦flexjob"
    ),
    "hires to two exits": Case(hired("hires_to: [job, flex]"), "must be text (got ['job', 'flex'])", "hires_to: ¦[job"),
    "a channel in all offers that there is not": Case(
        in_offer("mali"), "'mali' is not known here; did you mean 'mail'?", "in_offer: ¦mali"
    ),
    "a channel in one offer that there is not": Case(
        in_offer("{klub: null, forloeb: brev}"),
        "'brev' is not known here; there is moede, mail",
        "{klub: null, forloeb: ¦brev}",
    ),
    "a channel in an offer that there is not": Case(
        in_offer("{klubb: mail}"), "'klubb' is not known here; did you mean 'klub'?", "in_offer: {¦klubb: mail}"
    ),
    "a channel in an offer that is a number": Case(
        in_offer("{klub: 3}"), "must be text (got 3)", "in_offer: {klub: ¦3}"
    ),
    "channels in offers as a list": Case(
        in_offer("[mail]"), "must be text (got ['mail'])", "in_offer: ¦[mail]"
    ),
}  # fmt: skip

DOUBTFUL_OFFERS = {
    "a firm found by whoever never waits": Case(
        [("    kind: loentilskud\n", "    kind: loentilskud\n    self_found: 0.2\n    waiting_list: false\n")],
        "nobody waits (waiting_list: false), so nobody finds a firm: it changes nothing", "self_found: ¦0.2",
    ),
    "an offer beside what marks none": Case(
        of_club("beside: [tilskud, stoette]"),
        "nobody is ever in an offer of 'stoette', so it changes nothing; there is klub, bureauer, forloeb, tilskud",
        "beside: [tilskud, ¦stoette]",
    ),
    "a channel in an offer of what marks none": Case(
        in_offer("{klub: mail, sygdom: mail}"),
        "nobody is ever in an offer of 'sygdom', so it changes nothing; there is klub, bureauer",
        "{klub: mail, sygdom: ¦mail}",
    ),
    "an exit for those whom nobody hires": Case(
        [("    direct_hire: 0.2\n", "    hires_to: flex\n")],
        "no host hires anybody, so it changes nothing",
        "hires_to: ¦flex",
    ),
    "hires to what is no job": Case(
        hired("hires_to: pension"),
        "those hired would have no job: pension has no job_spells; there is job, flex",
        "hires_to: ¦pension",
    ),
}
