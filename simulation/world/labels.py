"""What people read in the place of a key, in Danish and in English."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal, NamedTuple

Language = Literal["en", "da"]
LANGUAGES: tuple[Language, ...] = ("en", "da")


_TURNS_ROUND = re.compile(r"[\u202a-\u202e\u2066-\u2069]")


class Label(NamedTuple):
    """One text in both languages. It may have gaps, `{weeks}`, which are filled in the same way in each."""

    en: str
    da: str

    def told(self, language: Language, **gaps: object) -> str:
        """The text in one language; so are sentences that fill its gaps. Raises KeyError for a gap that is not filled.
        """
        text = self.da if language == "da" else self.en
        return text.format(**{gap: in_language(each, language) for gap, each in gaps.items()}) if gaps else text

    def filled(self, **gaps: object) -> Sentence:
        """The text in both languages at once."""
        return Sentence(self.told("en", **gaps), self.told("da", **gaps))

    def of(self, **gaps: Label) -> Label:
        """The label with these gaps filled by others; further gaps stay."""
        en, da = self
        for gap, label in gaps.items():
            en, da = en.replace(f"{{{gap}}}", label.en), da.replace(f"{{{gap}}}", label.da)
        return Label(en, da)


class Sentence(str):
    """A text in English that has its Danish with it: where a text is made long before it is known who reads it."""

    da: str

    def __new__(cls, en: str, da: str) -> Sentence:
        made = super().__new__(cls, en)
        made.da = da
        return made

    def __getnewargs__(self) -> tuple[str, str]:  # type: ignore[override]  # to be copied with both
        return str(self), self.da


def in_language(text: object, language: Language) -> object:
    """A sentence in one language; all else as it is."""
    return text.da if isinstance(text, Sentence) and language == "da" else text


class Event(NamedTuple):
    """Something that happened to somebody: what, and the keys that fill its gaps."""

    what: Label
    keys: Mapping[str, str]

    def told(self, language: Language) -> str:
        """In one language, with keys as they are."""
        return self.what.told(language, **self.keys)


def one_line(name: str) -> str:
    """A name from a scenario as it stands within a line; signs that would turn the rest of the line round are left
    out."""
    return " ".join(_TURNS_ROUND.sub("", name).split())


def plain(key: str) -> str:
    """A key as people read it where nothing else is known of it."""
    return key.replace("_", " ")


WEEKDAYS: tuple[Label, ...] = (
    Label("Monday", "mandag"),
    Label("Tuesday", "tirsdag"),
    Label("Wednesday", "onsdag"),
    Label("Thursday", "torsdag"),
    Label("Friday", "fredag"),
    Label("Saturday", "lørdag"),
    Label("Sunday", "søndag"),
)
UNITS: dict[str, Label] = {
    "share": Label("%", "%"),
    "weeks": Label("weeks", "uger"),
    "persons": Label("persons", "personer"),
    "jobs": Label("jobs", "job"),
    "per week": Label("per week", "pr. uge"),
    "hours": Label("hours", "timer"),
    "cases": Label("cases", "sager"),
    "minutes": Label("minutes", "minutter"),
    "full-time staff": Label("full-time staff", "fuldtidsstillinger"),
    "DKK": Label("DKK", "kr."),
    "log hazard ratio": Label("log hazard ratio", "log hazard ratio"),
    "log hazard ratio squared": Label("log hazard ratio squared", "log hazard ratio i anden potens"),
    "share squared": Label("share squared", "andel i anden potens"),
    "talks": Label("talks", "samtaler"),
    "referrals": Label("referrals", "henvisninger"),
    "spells": Label("spells", "forløb"),
    "ledige": Label("persons", "personer"),
    "fleksjob": Label("fleksjob", "fleksjob"),
    "approaches": Label("approaches", "henvendelser"),
    "registrations": Label("registrations", "tilmeldinger"),
    "assignments": Label("assignments", "vikarjob"),
    "attempts": Label("attempts", "forsøg"),
    "checks": Label("checks", "vurderinger"),
    "breaches": Label("breaches", "brud"),
    "needs": Label("needs", "behov"),
    "follow-ups": Label("follow-ups", "opfølgninger"),
    "changes": Label("changes", "skift"),
}
"""Units of outcomes; a share is told in per cent."""
