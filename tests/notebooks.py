"""Carry out the notebooks and store them with what they show: python3 tasks.py notebooks [NAME ...].

After every change of a notebook, or of what it shows. A stored notebook tells of the code that ran by its hash, and has
neither times nor places of the machine, so the same program stores the same file.
"""

from __future__ import annotations

import base64
import hashlib
import io
import os
import pathlib
import re
import sys
from collections.abc import Iterator, Sequence

import nbformat
from jupyter_client.manager import KernelManager
from nbclient import NotebookClient
from nbformat import NotebookNode
from PIL import Image

FOLDER = pathlib.Path(__file__).resolve().parents[1] / "notebooks"
LONGEST = 3600
"""Seconds that a cell may take."""
LARGEST = 600_000
"""Bytes of a stored notebook: it is read in a browser, and every version of it is kept."""
PLACES = ("/tmp/", "/home/", "/root/", "/Users/", "\\Users\\", str(FOLDER.parent))
"""What only one machine knows."""
COLOURS = 128
"""Of a stored picture: they are enough for lines and bands, and a third of the size of all."""
MARKS = re.compile("X{3}|TOD[O]|FIXM[E]|HAC[K]")  # written so that no search finds this line
"""What is searched for in the tree as something left to do, so that it stands in no picture by chance."""


def paths() -> list[pathlib.Path]:
    """All notebooks."""
    return sorted(FOLDER.glob("*.ipynb"))


def carried_out(path: pathlib.Path, first: str = "", kernel: KernelManager | None = None) -> NotebookNode:
    """A notebook with what it shows when its cells run in order, in its folder; `first` is code that runs before them.
    A kernel that is given is started if it is not running, and left to whoever gave it; names of a notebook before are
    forgotten. Raises CellExecutionError with the first cell that fails."""
    notebook = nbformat.read(path, as_version=4)
    cells = list(notebook.cells)
    before = (["%reset -f"] if kernel is not None else []) + ([first] if first else [])
    notebook.cells[:0] = [nbformat.v4.new_code_cell(code) for code in before]
    where = [str(FOLDER.parent), *filter(None, [os.environ.get("PYTHONPATH")])]  # the program that lies beside them
    NotebookClient(
        notebook, km=kernel, timeout=LONGEST, kernel_name="python3", record_timing=False,
        resources={"metadata": {"path": str(path.parent)}},
    ).execute(env={**os.environ, "PYTHONPATH": os.pathsep.join(where)})  # fmt: skip
    notebook.cells = cells
    return notebook


def pictures(notebook: NotebookNode) -> int:
    """How many of its outputs are pictures."""
    return sum("image/png" in output.get("data", {}) for output in outputs(notebook))


def outputs(notebook: NotebookNode) -> Iterator[NotebookNode]:
    """What its cells show."""
    for cell in notebook.cells:
        yield from cell.get("outputs", [])


def faults(notebook: NotebookNode) -> list[str]:
    """What keeps a notebook from being stored: no picture, a warning or an error, a place on the machine, a helper of
    its own, which belongs into the program."""
    found = [] if pictures(notebook) else ["it shows no picture"]
    for cell in notebook.cells:
        if cell.cell_type == "code" and "def " in cell.source:
            found.append(f"{cell.id} defines a function")
    for output in outputs(notebook):
        if output.output_type == "error" or output.get("name") == "stderr":
            found.append(f"it shows an error or a warning: {output}")
        texts = [output.get("text", ""), *(str(data) for kind, data in output.get("data", {}).items()
                                           if kind.startswith("text/"))]  # fmt: skip
        found += [f"it shows {place}" for place in PLACES if any(place in text for text in texts)]
    return found


def sources(notebook: NotebookNode) -> str:
    """The hash of its cells as they are written."""
    written = "\0".join(f"{cell.cell_type}\0{cell.source}" for cell in notebook.cells)
    return hashlib.sha256(written.encode()).hexdigest()[:16]


def tidied(notebook: NotebookNode) -> NotebookNode:
    """The notebook as it is stored: with the hash of its cells, and nothing that another run would have otherwise."""
    notebook.metadata = nbformat.from_dict({
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"}, "ran": sources(notebook),
    })  # fmt: skip
    count = 0
    for number, cell in enumerate(notebook.cells):
        cell.id, cell.metadata = f"cell-{number:02}", nbformat.from_dict({})
        if cell.cell_type == "code":
            count += 1
            cell.execution_count = count
            for output in cell.outputs:
                output.pop("execution_count", None)
                if output.output_type == "execute_result":
                    output.execution_count = count
                if "metadata" in output:
                    output.metadata = nbformat.from_dict({})
                if "image/png" in output.get("data", {}):
                    output.data["image/png"] = in_few_colours(output.data["image/png"])
    return notebook


def in_few_colours(picture: str) -> str:
    """A picture in base64, in fewer colours."""
    image = Image.open(io.BytesIO(base64.b64decode(picture))).convert("RGB")
    return without_marks(image.quantize(COLOURS, dither=Image.Dither.NONE))


def without_marks(image: Image.Image) -> str:
    """A picture in base64 whose letters make none of MARKS: pressed as small as it gets, or else the least bit less."""
    for level in (9, 8, 7, 6, 5, 4, 3, 2, 1):
        file = io.BytesIO()
        image.save(file, "PNG", optimize=level == 9, compress_level=level)
        letters = base64.b64encode(file.getvalue()).decode()
        if not MARKS.search(letters):
            return letters
    raise ValueError(f"a picture of {image.size} cannot be stored without one of {MARKS.pattern}")


def store(names: Sequence[str]) -> None:
    """Carry out the notebooks of these names, or all, and store them."""
    for path in (path for path in paths() if not names or path.stem in names):
        print(f"{path.name} ...", flush=True)
        notebook = tidied(carried_out(path))
        if wrong := faults(notebook):
            sys.exit(f"{path.name} is left as it was: {'; '.join(wrong)}")
        nbformat.write(notebook, path)
        print(f"  {path.stat().st_size / 1000:.0f} kB, {pictures(notebook)} pictures")


if __name__ == "__main__":
    store(sys.argv[1:])
