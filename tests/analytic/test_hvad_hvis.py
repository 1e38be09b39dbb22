"""What-ifs that are shipped, with the luck of the trial that they change: the figure that each is about moves as said.

The name of a test says the row (document:number) of what the evaluations ask. Two replications each.
"""

from __future__ import annotations

from tests.founding import told

FLEKSJOB, FIRMS = "fleksjob_andre_aktoerer", "tre_hovedveje_virksomhedsforloeb"


def test_row_002_25_a_course_in_groups_beside_brokering() -> None:
    """Twelve at a time in each municipality; who is in it is brokered for as before: as many fleksjob."""
    course = "hvad_hvis/fleksjob_gruppekursus"
    assert 50 < told(course, "gruppekursus_started") <= 200 and told(course, "gruppekursus_gruppe_share") == 1
    assert told(course, "fleksjob_approaches") == told(FLEKSJOB, "fleksjob_approaches")
    assert told(course, "fleksjob_created") == told(FLEKSJOB, "fleksjob_created")


def test_row_002_26_contacts_that_are_there_from_the_beginning() -> None:
    """More of the fleksjob come in the first three months."""
    early = "fleksjob_created_early_share"
    assert told("fleksjob_uden_langsom_start", early) > 1.3 * told(FLEKSJOB, early)


def test_row_002_30_a_list_of_requirements_before_referral() -> None:
    """Fewer are sent back."""
    returned = "fleksjob_returned_share"
    assert told("hvad_hvis/fleksjob_kravliste", returned) < told(FLEKSJOB, returned)


def test_row_004_33_the_firm_first_then_the_referral() -> None:
    """Nobody waits or is lost in waiting, and not many fewer begin."""
    first = "hvad_hvis/virksomhed_foer_henvisning"
    assert told(first, "virksomhedsforloeb_wait") == 0 < told(FIRMS, "virksomhedsforloeb_wait")
    lost = "virksomhedsforloeb_lost_waiting_share"
    assert told(first, lost) == 0 < told(FIRMS, lost)
    assert 0.9 < told(first, "virksomhedsforloeb_started") / told(FIRMS, "virksomhedsforloeb_started") < 1.05


def test_row_004_37_loentilskud_as_a_start() -> None:
    """Some begin on a wage subsidy, and those who wait for a firm wait a little less."""
    other = "hvad_hvis/loentilskud_til_start"
    assert told(other, "loentilskud_started") > 40
    assert told(other, "virksomhedsforloeb_wait") < told(FIRMS, "virksomhedsforloeb_wait")
