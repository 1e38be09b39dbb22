"""Words that scenarios often have as keys, as people read them where a scenario gives no name of its own."""

from __future__ import annotations

from collections.abc import Mapping

from simulation.world.labels import Label, one_line, plain

ARMS: Mapping[str, Label] = {
    "alle": Label("everybody", "alle"),
    "deltager": Label("participants", "deltagere"),
    "kontrol": Label("controls", "kontrolgruppe"),
    "projekt": Label("project", "projekt"),
    "oevrige": Label("the others", "øvrige"),
    "kommune": Label("municipality", "kommune"),
    "anden_aktoer": Label("other actor", "anden aktør"),
}
TEAMS: Mapping[str, Label] = {
    "projekt": Label("project team", "projektteam"),
    "ordinaer": Label("ordinary team", "ordinært team"),
    "myndighed": Label("authority team", "myndighedsteam"),
    "kommune": Label("municipal team", "kommunens team"),
    "anden_aktoer": Label("other actor", "anden aktør"),
    "aktoer": Label("other actor", "anden aktør"),
    "a_kasser": Label("unemployment funds", "a-kasser"),
    "sagsbehandlere": Label("caseworkers", "sagsbehandlere"),
    "jobkonsulenter": Label("job consultants", "jobkonsulenter"),
    "jobraadgivere": Label("job advisers", "jobrådgivere"),
}
INTERVENTIONS: Mapping[str, Label] = {
    "arbejde": Label("Casework", "Sagsarbejde"),
    "arbejde_projekt": Label("Casework of the project", "Sagsarbejde i projektet"),
    "kontakt": Label("Contact talks", "Kontaktsamtaler"),
    "opfoelgning": Label("Follow-up talks", "Opfølgningssamtaler"),
    "tilskud": Label("Subsidy to the jobcentre", "Tilskud til jobcenteret"),
}
CHARACTERISTICS: Mapping[str, Label] = {
    "alder": Label("age", "alder"),
    "beskaeftigelse": Label("employment", "beskæftigelse"),
    "tidligere_beskaeftigelse": Label("earlier employment", "tidligere beskæftigelse"),
    "diagnose": Label("diagnosis", "diagnose"),
    "herkomst": Label("origin", "herkomst"),
    "kategori": Label("category", "kategori"),
    "motivation": Label("motivation", "motivation"),
    "raadgivning": Label("advice", "rådgivning"),
    "sprog": Label("language", "sprog"),
    "velbefindende": Label("well-being", "velbefindende"),
    "ventetid": Label("waiting time", "ventetid"),
    "cv": Label("CV", "cv"),
}
LEVELS: Mapping[str, Label] = {
    "hoej": Label("high", "høj"),
    "lav": Label("low", "lav"),
    "godt": Label("good", "godt"),
    "svagt": Label("weak", "svagt"),
    "andet": Label("other", "andet"),
    "andre": Label("others", "andre"),
    "meget": Label("much", "meget"),
    "lidt": Label("little", "lidt"),
    "ung": Label("below 30", "under 30 år"),
    "fra_30_til_49": Label("30 to 49", "30-49 år"),
    "fra_50": Label("50 and above", "50 år og derover"),
    "ikke_vestlig": Label("non-Western", "ikke-vestlig"),
    "ansat": Label("employed", "ansat"),
    "opsagt": Label("given notice", "opsagt"),
    "selvstaendig": Label("self-employed", "selvstændig"),
    "ledig": Label("unemployed", "ledig"),
    "psykisk": Label("mental", "psykisk"),
    "bevaegeapparat": Label("musculoskeletal", "bevægeapparat"),
    "kraeft": Label("cancer", "kræft"),
    "fire_uger": Label("every four weeks", "hver fjerde uge"),
    "otte_uger": Label("every eight weeks", "hver ottende uge"),
    "over_halvandet_aar": Label("above one and a half years", "over halvandet år"),
    "under_halvandet_aar": Label("below one and a half years", "under halvandet år"),
}
EFFECTS: Mapping[str, Label] = {
    "after": Label("afterwards", "efterfølgende"),
    "after_check": Label("after a check", "efter en vurdering"),
    "after_public": Label("after a public employer", "efter offentlig arbejdsgiver"),
    "after_sanction": Label("after a sanction", "efter en sanktion"),
    "after_warning": Label("after a warning", "efter en advarsel"),
    "before": Label("beforehand", "på forhånd"),
    "caseload": Label("caseload", "sagsstamme"),
    "contagion": Label("others who found a job", "andre, der fik job"),
    "counselling": Label("counselling", "vejledning"),
    "homework_effects": Label("homework", "hjemmeopgaver"),
    "parts": Label("part of the offer", "del af tilbuddet"),
    "visits": Label("visits to firms", "virksomhedsbesøg"),
    "continuity": Label("change of caseworker", "skift af sagsbehandler"),
    "dose": Label("talks of late", "samtaler på det seneste"),
    "during": Label("while there", "undervejs"),
    "effects": Label("effect", "effekt"),
    "next_job": Label("next job", "næste job"),
    "registered": Label("while registered", "som tilmeldt"),
    "treated": Label("after treatment", "efter behandling"),
    "while_exempt": Label("while exempt", "under fritagelse"),
}
"""Keys under which settings have effects."""


def called(key: str, own: str | None, known: Mapping[str, Label]) -> Label:
    """What a key is called: by its own name in the scenario, as it is known, or as it is written."""
    if own:
        return Label(one_line(own), one_line(own))
    return known.get(key) or Label(plain(key), plain(key))
