"""A served page and a browser that looks at it, for tests."""

from __future__ import annotations

import os
import pathlib
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple, TypeVar

from simulation.app.kept import program_environment

Found = TypeVar("Found")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
DRIVER = shutil.which("chromedriver")
LAPTOP, PHONE = (1366, 900), (390, 844)


class Served(NamedTuple):
    """A page that is served: its address with the token, and the process of the command."""

    address: str
    process: subprocess.Popen[str]


@contextmanager
def served(folder: pathlib.Path, *options: str) -> Iterator[Served]:
    """`jobcentersim app` on a folder."""
    process = subprocess.Popen(
        [sys.executable, "-m", "simulation.cli", "app", str(folder), *options], stdout=subprocess.PIPE, text=True,
        env=program_environment(),
    )  # fmt: skip
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+/\?token=\S+", line)
        assert found, line
        yield Served(found[0], process)
    finally:
        process.terminate()
        process.wait(30)


class Browser:
    """What a person does on the page."""

    def __init__(self, size: tuple[int, int], downloads: pathlib.Path, phone: bool = False) -> None:
        from selenium import webdriver

        if CHROMIUM is None or DRIVER is None:
            raise FileNotFoundError("no chromium with chromedriver here (Debian: chromium-driver)")
        options = webdriver.ChromeOptions()
        options.binary_location = CHROMIUM
        for word in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--force-color-profile=srgb"):
            options.add_argument(word)
        options.add_argument(f"--window-size={size[0]},{size[1]}")
        options.add_experimental_option("prefs", {"download.default_directory": str(downloads)})
        if phone:
            metrics = {"width": size[0], "height": size[1], "pixelRatio": 2.0}
            options.add_experimental_option("mobileEmulation", {"deviceMetrics": metrics})
        self.driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))

    def text(self) -> str:
        """All that is read on the page."""
        return str(self.driver.execute_script("return document.body.innerText"))

    def all(self, selector: str) -> list[Any]:
        """Elements by a selector of CSS."""
        return list(self.driver.find_elements("css selector", selector))

    def pick(self, text: str) -> None:
        """Pick the first scenario that this text finds."""
        box = self.click("[data-testid=stSelectbox] input")
        box.send_keys(text)
        until(lambda: text in self.all("[role=option]")[0].text)  # those that it finds, not those that there were
        box.send_keys("\ue007")

    def click(self, selector: str, text: str = "") -> Any:
        """Click the first element of a selector that reads so, as soon as it can be, and give it."""

        def clicked() -> Any:
            found = next(each for each in self.all(selector) if not text or each.text.strip() == text)
            place = found.rect
            time.sleep(0.1)
            if found.rect != place:  # it still slides in: the click would land beside it
                return None
            found.click()
            return found

        return until(clicked)

    def sliders(self) -> dict[str, Any]:
        """Sliders that can be seen, by what they are called."""
        open_ones = ("const around = arguments[0].closest('details');"
                     "return arguments[0].checkVisibility() && (!around || around.open)")  # fmt: skip
        every = self.all("[data-testid=stSlider] input[type=range]")
        found = [each for each in every if self.driver.execute_script(open_ones, each)]
        return {str(each.get_attribute("aria-label")).replace("\\", ""): each for each in found}

    def press(self, label: str) -> None:
        """Press a button."""
        button = until(lambda: next(each for each in self.all("button") if each.text.strip() == label))
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", button)
        button.click()

    def state(self) -> tuple[str, str]:
        """Of how many replications the tables are, and of which changes."""
        script = ("const p = document.querySelector('p.jc-state');"
                  "return p ? [p.innerText, p.dataset.changed] : ['', '']")  # fmt: skip
        said, changed = self.driver.execute_script(script)
        return str(said), str(changed)

    def until_known(self) -> None:
        """Wait until there are figures. Raises AssertionError with what there is instead."""
        try:
            until(lambda: self.state()[0], 120)
        except AssertionError:
            raise AssertionError(self.text()) from None

    def rows(self) -> dict[str, list[tuple[str, str]]]:
        """All rows of the tables: figures and intervals by what they are of."""
        script = """return [...document.querySelectorAll('table.jc tbody tr')].map(row => [
            row.querySelector('th').innerText,
            [...row.querySelectorAll('td')].map(cell => [
                cell.querySelector('b').innerText, cell.querySelector('small')?.innerText ?? ''])])"""
        return {str(what): [tuple(cell) for cell in cells] for what, cells in self.driver.execute_script(script)}


def until(found: Callable[[], Found], seconds: float = 60.0) -> Found:
    """What is found, as soon as it is something. Raises the last error, or AssertionError."""
    end, last = time.monotonic() + seconds, AssertionError("it did not come")
    while time.monotonic() < end:
        try:
            if result := found():
                return result
        except Exception as error:
            last = AssertionError(repr(error))
        time.sleep(0.02)
    raise last


def descendants(pid: int) -> set[int]:
    """All processes that a process began, and those that they did."""
    parents = {}
    for place in pathlib.Path("/proc").iterdir():
        if place.name.isdigit():
            try:
                parents[int(place.name)] = int((place / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
    found, more = set[int](), {pid}
    while more:
        found |= more
        more = {child for child, parent in parents.items() if parent in found} - found
    return found - {pid}


def alive(pid: int) -> bool:
    """Whether there is such a process, other than one that only waits to be forgotten."""
    try:
        return pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


SHOTS = os.environ.get("JOBCENTERSIM_SHOTS")
"""A folder for pictures of the page, to be looked at."""


def shot(browser: Browser, name: str, height: int = 0) -> None:
    """Keep a picture, where pictures are wanted."""
    if SHOTS:
        size = browser.driver.get_window_size()
        if height:
            browser.driver.set_window_size(size["width"], height)
            time.sleep(0.5)
        browser.driver.save_screenshot(str(pathlib.Path(SHOTS, f"{name}.png")))
        if height:
            browser.driver.set_window_size(size["width"], size["height"])
