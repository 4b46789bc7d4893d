"""Pictures, samples and counts without a notebook: they drive Reluscope's command line, in Node."""

from __future__ import annotations

import io
import json
import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from .errors import CommandError, InvalidInputError
from .look import (
    ReadoutLike,
    SliceLike,
    read_points,
    read_readout,
    read_slice,
    read_state,
    require_none_beside_state,
)
from .merge import merged
from .networks import Activation, Network, network_of

COMMAND_VARIABLE = "RELUSCOPE_COMMAND"
_INSTALL = (
    "The command line of Reluscope is not installed. It needs Node.js 20.19 or later (https://nodejs.org) and Chrome or "
    "Chromium:\n    npm install -g reluscope\n    npx playwright install chromium   # unless there is a browser\n"
    f"Or set {COMMAND_VARIABLE} to the command that starts it."
)
# A mistake in what the command was given.
_USAGE_STATUS = 2


def render(
    model: object,
    *,
    size: str | None = None,
    dpi: float | None = None,
    scale: float | None = None,
    **look: Any,
) -> bytes:
    """A picture of a network or state with axes, colour bar and title, as PNG.

    :param model: what :class:`reluscope.Scope` takes; a dict is a state, or several under ``'panels'``
    :param size: of the file, e.g. ``'1600x1200'`` in pixels or ``'12cm'`` on paper
    :param dpi: pixels per inch
    :param scale: pixels per unit of text
    :param look: ``slice``, ``readout``, ``data``, ``view``, ``state``, ``activation``, ``transposed``, ``features`` and ``classes``, as
        :class:`reluscope.Scope` takes them
    :raises InvalidInputError: that says what was received and what is expected
    :raises CommandError: if the command line is not installed or fails; the message says what to do
    """
    options = command_options(size=size, dpi=dpi, scale=scale)
    return _run("render", model, look, options, "picture.png")


def sample(
    model: object,
    *,
    x: tuple[float, float] | None = None,
    y: tuple[float, float] | None = None,
    width: int = 500,
    height: int = 500,
    quantity: str | None = None,
    **look: Any,
) -> np.ndarray:
    """Values of a network or state on a grid, float64 [height, width].

    Row r lies at ``np.linspace(y0, y1, height)[r]``, column c at ``np.linspace(x0, x1, width)[c]``.

    :param model: what :class:`reluscope.Scope` takes
    :param x: first and last column; by default the sides of the view
    :param y: first and last row, likewise
    :param quantity: e.g. ``'gradientNorm'``; the state's by default
    :param look: as for :func:`render`
    :raises InvalidInputError: that says what was received and what is expected
    :raises CommandError: if the command line is not installed or fails
    """
    options = command_options(x=x, y=y, size=f"{width}x{height}", quantity=quantity)
    return np.load(io.BytesIO(_run("sample", model, look, options, "grid.npy")))


def regions(
    model: object,
    *,
    window: Sequence[float] | None = None,
    decision: bool = False,
    wins: str | None = None,
    **look: Any,
) -> dict[str, Any]:
    """Exact counts of the regions of a network, in the whole plane or in a window.

    :param model: what :class:`reluscope.Scope` takes
    :param window: (x0, x1) for a square, or (x0, x1, y0, y1)
    :param decision: also the regions where each output wins
    :param wins: ``'greatest'`` or ``'least'``
    :param look: as for :func:`render`; readout and data change no counts
    :raises InvalidInputError: that says what was received and what is expected
    :raises CommandError: if the command line is not installed or fails
    """
    flags = ["--decision"] if decision else []
    options = [*command_options(window=window, wins=wins), *flags]
    return json.loads(_run("regions", model, look, options, "counts.jsonl"))


def run_command(arguments: Sequence[str]) -> str:
    """Runs the command line, and returns what it prints.

    :raises InvalidInputError: if it finds a mistake in its arguments
    :raises CommandError: if it is not installed or fails
    """
    try:
        done = subprocess.run(
            [*find_command(), *arguments],
            check=False,
            capture_output=True,
            text=True,
            encoding="utf-8",
            stdin=subprocess.DEVNULL,
        )
    except OSError as error:
        raise CommandError(f"{_INSTALL}\n({error})") from error
    if done.returncode == 0:
        return done.stdout
    message = done.stderr.strip().removeprefix("reluscope: ")
    if done.returncode == _USAGE_STATUS:
        raise _UsageError(message)
    raise CommandError(message)


class _UsageError(InvalidInputError):
    """The command line's own words about a mistake."""

    def __init__(self, message: str) -> None:
        ValueError.__init__(self, message)


def find_command() -> list[str]:
    """What starts the command line: RELUSCOPE_COMMAND, an installed ``reluscope``, or that of the checkout around this file.

    :raises CommandError: that says how to install it
    """
    named = os.environ.get(COMMAND_VARIABLE)
    if named:
        return shlex.split(named)
    installed = shutil.which("reluscope")
    if installed:
        return [installed]
    node = shutil.which("node")
    for parent in Path(__file__).resolve().parents:
        program = parent / "bin" / "reluscope.mjs"
        if node and program.is_file():
            return [node, str(program)]
    raise CommandError(_INSTALL)


def _run(command: str, model: object, look: Mapping[str, Any], options: Sequence[str], output: str) -> bytes:
    with tempfile.TemporaryDirectory(prefix="reluscope-") as directory:
        folder = Path(directory)
        subject = _subject(command, model, folder, **look)
        file = folder / output
        run_command([command, *subject, *options, "-o", str(file), "-q"])
        return file.read_bytes()


def _subject(
    command: str,
    model: object,
    folder: Path,
    slice: SliceLike | None = None,
    readout: ReadoutLike | None = None,
    data: tuple[Any, Any] | None = None,
    view: Mapping[str, Any] | None = None,
    state: Mapping[str, Any] | None = None,
    activation: Activation | Sequence[Activation] = "relu",
    transposed: bool | None = None,
    features: Sequence[str] | None = None,
    classes: Sequence[object] | None = None,
) -> list[str]:
    """The arguments that name what is shown; files are written into the folder."""
    points = read_points(data, model)
    patch = read_state(points, view, state)
    if isinstance(model, Mapping):
        require_none_beside_state(slice, readout)
        return [_written(folder / "state.json", merged(model, patch))]
    network = network_of(
        model,
        activation=activation,
        transposed=transposed,
        features=features,
        classes=classes,
        points=None if points is None else points.x,
    )
    content = network.file() if isinstance(network, Network) else network
    file = folder / Path(content.name).name
    file.write_bytes(content.content)
    plane = read_slice(slice, network)
    plane_text: str | None
    if plane is not None and plane.vectors is not None:
        plane_text = _written(folder / "slice.json", plane.vectors)
    else:
        plane_text = None if plane is None else plane.argument()
    arguments = [str(file), *command_options(slice=plane_text)]
    if command == "regions":
        return arguments
    shown = read_readout(readout) or (network.readout if isinstance(network, Network) else None)
    return arguments + command_options(
        readout=None if shown is None else to_json(shown),
        state=_written(folder / "patch.json", patch),
    )


def _written(file: Path, content: Mapping[str, Any]) -> str:
    """The path of a file with JSON: an argument of a command cannot be as long."""
    file.write_text(to_json(content), encoding="utf-8")
    return str(file)


def to_json(content: Mapping[str, Any]) -> str:
    """JSON, in which arrays and numbers of NumPy are lists and numbers. :raises InvalidInputError:"""

    def plain(value: object) -> Any:
        if isinstance(value, (np.ndarray, np.generic)):
            return value.tolist()
        raise InvalidInputError("state", type(value).__name__, "lists, dicts, text and numbers")

    return json.dumps(content, default=plain)


def command_options(**given: Any) -> list[str]:
    """Options by their names; None is left out, and numbers are joined by commas."""
    arguments: list[str] = []
    for name, value in given.items():
        if value is None:
            continue
        is_list = isinstance(value, (tuple, list, np.ndarray))
        text = ",".join(map(repr, map(float, value))) if is_list else str(value)
        # In one word, since a value may begin with a minus.
        arguments.append(f"--{name}={text}")
    return arguments
