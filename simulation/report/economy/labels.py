"""What accounts and items are called, and kroner in words."""

from __future__ import annotations

from collections.abc import Mapping

from simulation.economy.cba.found import Account
from simulation.economy.items import BY_EMPLOYER, OVER_18_MONTHS, Kind
from simulation.world.labels import Label

ACCOUNT: Mapping[Account, Label] = {
    "stat": Label("State", "Stat"),
    "kommune": Label("Municipality", "Kommune"),
    "public": Label("Public together", "Det offentlige i alt"),
    "a_kasse": Label("A-kasse", "A-kasse"),
    "arbejdsgiver": Label("Employers", "Arbejdsgivere"),
    "borger": Label("Citizens", "Borgere"),
    "anden_aktoer": Label("Other actors", "Andre aktører"),
    "personale": Label("Staff", "Personale"),
    "society": Label("Society", "Samfundet"),
}
"""In the order in which they are told."""
WHO: Mapping[Account, Label] = {
    "stat": Label("the state", "staten"),
    "kommune": Label("the municipality", "kommunen"),
    "public": Label("the public", "det offentlige"),
    "a_kasse": Label("the a-kasse", "a-kassen"),
    "arbejdsgiver": Label("employers", "arbejdsgiverne"),
    "borger": Label("citizens", "borgerne"),
    "anden_aktoer": Label("other actors", "andre aktører"),
    "personale": Label("staff", "personalet"),
    "society": Label("society", "samfundet"),
}
"""The same within a sentence."""
KIND: Mapping[Kind, Label] = {
    "benefit": Label("benefit", "ydelse"),
    "pension": Label("pension", "pension"),
    "hours": Label("hours", "timer"),
    "staff": Label("staff", "personale"),
    "talk": Label("talks", "samtaler"),
    "minutes": Label("minutes of staff", "minutter af personalet"),
    "offer": Label("offer", "tilbud"),
    "session": Label("club session", "klubmøde"),
    "matching": Label("matching", "formidling"),
    "mentor": Label("mentor", "mentor"),
    "fee": Label("fee", "honorar"),
    "once": Label("one-off cost", "engangsudgift"),
}
PART: Mapping[str, Label] = {
    OVER_18_MONTHS: Label("over 18 months", "over 18 måneder"),
    BY_EMPLOYER: Label("paid by the employer", "betalt af arbejdsgiveren"),
}
"""Of a benefit, what is no number of a step."""
UNIT: Mapping[str, Label] = {
    "person-weeks": Label("person-weeks", "personuger"),
    "hours": Label("hours", "timer"),
    "full-time weeks": Label("full-time weeks", "fuldtidsuger"),
    "talks": Label("talks", "samtaler"),
    "minutes": Label("minutes", "minutter"),
    "sessions of a member": Label("sessions of a member", "mødegange pr. medlem"),
    "times": Label("times", "gange"),
}
MILLION, THOUSAND, KRONER = Label("million kr", "mio. kr."), Label("thousand kr", "t.kr."), Label("kr", "kr.")
