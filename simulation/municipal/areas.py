"""Areas by name and code: the 98 municipalities, and the whole country.

Codes and names are those of Statistics Denmark's municipality groups. Published tables, registers and people write
them in many ways (`Randers Kommune`, `Nordfyn`, `Århus`, `0730`); each is read as the one municipality that it can be.
Jobindsats gives names alone. The unit is the municipality and not the jobcentre: some jobcentres serve two.
"""

from __future__ import annotations

import difflib
import re
from functools import cache, lru_cache

COUNTRY, COUNTRY_CODE = "Hele landet", "000"
_WRITTEN = """
101 København, 147 Frederiksberg, 151 Ballerup, 153 Brøndby, 155 Dragør, 157 Gentofte, 159 Gladsaxe, 161 Glostrup,
163 Herlev, 165 Albertslund, 167 Hvidovre, 169 Høje-Taastrup, 173 Lyngby-Taarbæk, 175 Rødovre, 183 Ishøj, 185 Tårnby,
187 Vallensbæk, 190 Furesø, 201 Allerød, 210 Fredensborg, 217 Helsingør, 219 Hillerød, 223 Hørsholm, 230 Rudersdal,
240 Egedal, 250 Frederikssund, 253 Greve, 259 Køge, 260 Halsnæs, 265 Roskilde, 269 Solrød, 270 Gribskov,
306 Odsherred, 316 Holbæk, 320 Faxe, 326 Kalundborg, 329 Ringsted, 330 Slagelse, 336 Stevns, 340 Sorø, 350 Lejre,
360 Lolland, 370 Næstved, 376 Guldborgsund, 390 Vordingborg, 400 Bornholm, 410 Middelfart, 420 Assens,
430 Faaborg-Midtfyn, 440 Kerteminde, 450 Nyborg, 461 Odense, 479 Svendborg, 480 Nordfyns, 482 Langeland, 492 Ærø,
510 Haderslev, 530 Billund, 540 Sønderborg, 550 Tønder, 561 Esbjerg, 563 Fanø, 573 Varde, 575 Vejen, 580 Aabenraa,
607 Fredericia, 615 Horsens, 621 Kolding, 630 Vejle, 657 Herning, 661 Holstebro, 665 Lemvig, 671 Struer, 706 Syddjurs,
707 Norddjurs, 710 Favrskov, 727 Odder, 730 Randers, 740 Silkeborg, 741 Samsø, 746 Skanderborg, 751 Aarhus,
756 Ikast-Brande, 760 Ringkøbing-Skjern, 766 Hedensted, 773 Morsø, 779 Skive, 787 Thisted, 791 Viborg,
810 Brønderslev, 813 Frederikshavn, 820 Vesthimmerlands, 825 Læsø, 840 Rebild, 846 Mariagerfjord, 849 Jammerbugt,
851 Aalborg, 860 Hjørring
"""
MUNICIPALITIES = dict(line.split(" ", 1) for line in _WRITTEN.replace("\n", " ").strip().split(", "))
"""Names by code. 411 Christiansø is no municipality."""
_NAMES = {COUNTRY_CODE: COUNTRY, **{code: name.strip() for code, name in MUNICIPALITIES.items()}}
_OTHERS = re.compile(r"(region|rar|landsdel|provins|uoplyst|ukendt|danmark|øvrige|i alt)\b", re.IGNORECASE)
_CODE = re.compile(r"0?(\d{3})")
_CODE_AND_NAME = re.compile(r"0?(\d{3})[ -]+(\D.*)")


@lru_cache(maxsize=4096)
def known_area(text: str) -> tuple[str, str] | None:
    """Code and name of a municipality or the whole country, by its name or its code however written; None: neither."""
    written = " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split())
    if found := _CODE.fullmatch(written):
        return (found[1], _NAMES[found[1]]) if found[1] in _NAMES else None
    if (found := _CODE_AND_NAME.fullmatch(written)) and found[1] in _NAMES:
        return found[1], _NAMES[found[1]]
    code = _by_name().get(_folded(written))
    return (code, _NAMES[code]) if code else None


def likely_area(text: str) -> str:
    """The municipality that a name is nearest to, "" if none is near."""
    near = difflib.get_close_matches(_folded(text), _by_name(), n=1, cutoff=0.75)
    return _NAMES[_by_name()[near[0]]] if near else ""


def other_area(text: str) -> bool:
    """Whether a text names an area that is no municipality: a region, a part of the country, unknown."""
    return _OTHERS.match(text.strip()) is not None


@lru_cache(maxsize=4096)
def with_zeros(text: str) -> str:
    """The code that a spreadsheet has made `0`, `81` or `84` of, with its zeros; a text of another kind as it is."""
    return text.zfill(3) if re.fullmatch(r"0|8[1-5]", text) else text


@cache
def _by_name() -> dict[str, str]:
    """Codes by folded names: as Statistics Denmark has them, and with or without the s of an owner."""
    found: dict[str, str] = {}
    for code, name in _NAMES.items():
        folded = _folded(name)
        for way in (folded, f"{folded}s", folded.removesuffix("s")):
            found.setdefault(way, code)
    return found


def _folded(name: str) -> str:
    """Without case, hyphens, the word Kommune, and the two ways to write å."""
    text = name.casefold().replace("-", " ").replace("å", "aa")
    return " ".join(re.sub(r" (regions)?kommune$", "", text).split())
