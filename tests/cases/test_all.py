"""Every case has its test, by its name."""

from __future__ import annotations

import re

from tests.cases.places import CASES


def test_every_case_has_a_test_of_its_name() -> None:
    cases = {folder.name.replace("-", "_") for folder in CASES.iterdir() if (folder / "README.md").exists()}
    named = set()
    for file in CASES.glob("test_*.py"):
        named |= set(re.findall(r"^def test_(\w+)\(", file.read_text(encoding="utf-8"), re.MULTILINE))
    assert len(cases) == 38 and cases <= named, cases - named
