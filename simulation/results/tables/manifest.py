"""The manifest of a results folder: what made it, and the hashes by which its files are known."""

from __future__ import annotations

import errno
import hashlib
import json
import pathlib
import platform
import re
import time
from collections.abc import Mapping, Sequence
from typing import Any

from simulation.results.identity import program_hash, version_of, versions
from simulation.results.tables.checkout import checkout
from simulation.results.tables.inputs import input_files, mirrored, real, short_names
from simulation.scenario.files.regular import content_of, refuse_what_is_no_file
from simulation.scenario.load import Loaded

FILE = "manifest.json"
MADE_LATER = re.compile(r"report(\.[a-z]{2})?\.(html|xlsx)|protocol(\.[a-z]{2})?\.(html|md)")
"""Files that are made of a finished result, as often as somebody likes: they are no part of it."""


class Outside(OSError):
    """A file that should lie in a folder is a link to another place; its `strerror` says so."""


class Damaged(Exception):
    """A folder that should hold a result has no manifest that can be read."""


def manifest_of(
    scenarios: Sequence[Loaded],
    mark: str,
    replications: Mapping[str, int],
    run: Mapping[str, Any],
    request: Mapping[str, Any] | None,
) -> dict[str, Any]:
    """The manifest, still without hashes. `request` is what was asked, so that it can be asked again, perhaps with what
    is known of the git checkout (`git`); `run` is what may differ between two runs of the same input."""
    places = mirrored(scenarios)
    names = short_names(places)
    asked = None if request is None else {key: value for key, value in request.items() if key != "git"}
    git = request["git"] if request is not None and "git" in request else checkout(input_files(scenarios))
    return {
        "program": {"name": "jobcentersim", "version": version_of("jobcentersim"), "text": program_hash()},
        "fingerprint": mark,
        "complete": replications["done"] == replications["asked"],
        "replications": dict(replications),
        "request": asked,
        "chance": "Philox keyed by seed and jobcentre, replication in the counter; one 64-bit key per ledig",
        "scenarios": [
            {
                "name": loaded.scenario.name,
                "file": places.get(real(loaded.file), pathlib.Path(loaded.file).name),
                "seed": loaded.scenario.seed,
                "values": [{**row, "file": cited(row["file"], names)} for row in loaded.values()],
                "without_source": loaded.unsourced(),
            }
            for loaded in scenarios
        ],
        "git": git,
        "versions": versions(),
        "run": {**run, "finished": time.strftime("%Y-%m-%dT%H:%M:%S%z"), "platform": platform.platform()},
    }


def cited(file: str, names: Mapping[str, str]) -> str:
    """A file as tables cite it: without its folder, so that they are the same wherever they are made."""
    return names.get(real(file), pathlib.Path(file).name)


def hashes_of(folder: pathlib.Path) -> dict[str, str]:
    """The hash of every file in a folder but the manifest and what is made later, by its place."""
    files = sorted(file for file in folder.rglob("*") if file.is_file() and file != folder / FILE)
    places = {file.relative_to(folder).as_posix(): file for file in files}
    return {place: hash_of(file) for place, file in places.items() if not MADE_LATER.fullmatch(place)}


def hash_of(file: pathlib.Path) -> str:
    """Of the content of a file. Raises OSError, also where it is none but a pipe or a device."""
    refuse_what_is_no_file(file)
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def read_manifest(folder: pathlib.Path) -> dict[str, Any]:
    """The manifest of a results folder. Raises Damaged where there is none, or it is cut off or of another kind."""
    file = folder / FILE
    try:
        found = json.loads(content_of(file))
    except FileNotFoundError:
        raise Damaged(f"{file} is not there") from None
    except OSError as error:
        raise Damaged(f"{file} cannot be read ({error.strerror})") from None
    except (ValueError, RecursionError):
        raise Damaged(f"{file} is cut off or no JSON") from None
    if not isinstance(found, dict):
        raise Damaged(f"{file} is of another kind")
    kinds = {"fingerprint": str, "complete": bool, "replications": dict, "tables": dict, "scenarios": list}
    wrong = [key for key, kind in kinds.items() if not isinstance(found.get(key), kind)]
    hashes = {**_dict(found.get("tables")), **_dict(found.get("files"))}
    paths = [pathlib.PurePath(place) for place in hashes]
    outside = any(path.is_absolute() or ".." in path.parts for path in paths)
    if wrong or outside or not all(isinstance(value, str) for value in hashes.values()):
        raise Damaged(f"{file} is of another kind ({', '.join(wrong) or 'its hashes'})")
    if found.get("seal") != seal_of(found):
        raise Damaged(f"{file} is not as it was written")
    return found


def seal_of(manifest: Mapping[str, Any]) -> str:
    """A hash of all that a manifest says, but of the hash itself: by it a change of the manifest is known."""
    said = {key: value for key, value in manifest.items() if key != "seal"}
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def within(folder: pathlib.Path, place: str) -> pathlib.Path:
    """The file at a place in a folder. Raises Outside where a link leads out of the folder, OSError for a circle."""
    try:
        target, root = (folder / place).resolve(), folder.resolve()
    except RuntimeError as error:
        raise OSError(errno.ELOOP, "a circle of links") from error
    if not target.is_relative_to(root):
        raise Outside(errno.EXDEV, f"a link out of the folder, to {target}, and not followed")
    return folder / place


def altered(folder: pathlib.Path, manifest: Mapping[str, Any]) -> dict[str, str]:
    """Files that are not as the manifest says, in order, each with what is wrong: "altered", or "gone"."""
    wrong = {}
    for place, expected in {**manifest["tables"], **_dict(manifest.get("files"))}.items():
        try:
            if hash_of(within(folder, place)) != expected:
                wrong[place] = "altered"
        except Outside as error:
            wrong[place] = str(error.strerror)
        except FileNotFoundError:
            wrong[place] = "gone"
        except OSError as error:
            wrong[place] = f"not readable ({error.strerror})"
    return wrong


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
