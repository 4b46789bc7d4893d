"""Pictures, samples and counts by the command line."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

import reluscope
from reluscope import CommandError, InvalidInputError
from reluscope.commands import COMMAND_VARIABLE, find_command
from reluscope.networks import Network, network_of

# A deep hat: |x₁| − |x₂| has the four quadrants as its regions.
HAT = [
    (np.array([[1.0, 0], [-1, 0], [0, 1], [0, -1]]), np.zeros(4)),
    (np.array([[1.0, 1, -1, -1]]), np.zeros(1)),
]


def test_samples_of_a_network() -> None:
    values = reluscope.sample(HAT, x=(-2, 2), y=(-1, 1), width=5, height=3)
    x, y = np.meshgrid(np.linspace(-2, 2, 5), np.linspace(-1, 1, 3))
    assert values.shape == (3, 5)
    # Halves are exact in float32.
    assert np.array_equal(values, np.abs(x) - np.abs(y))


def test_counts_of_a_network() -> None:
    counts = reluscope.regions(HAT)
    assert (counts["linearRegions"], counts["vertices"], counts["certified"]) == (4, 1, True)
    assert reluscope.regions(HAT, window=(1, 2))["linearRegions"] == 1
    assert reluscope.regions(HAT, window=np.array([1, 2]))["linearRegions"] == 1


def test_counts_of_a_slice() -> None:
    wide = [(np.eye(3), np.array([0.0, 0, 1])), (np.ones((1, 3)), None)]
    assert reluscope.regions(wide, slice=(0, 1))["activationRegions"] == 4
    oblique = {"origin": [0, 0, 0], "axis1": [1, 0, 0], "axis2": [0, 1, 1]}
    assert reluscope.regions(wide, slice=oblique)["activationRegions"] == 6


def test_a_picture_holds_data_names_and_state() -> None:
    picture = reluscope.render(
        [(np.eye(2), None)],
        classes=["left", "right"],
        data=(np.array([[0.0, 1], [1, 0], [0.5, 0.5]]), np.array(["a", "b", "a"])),
        state={"hinges": False},
        size="400x400",
    )
    assert picture.startswith(b"\x89PNG")
    assert int.from_bytes(picture[16:20], "big") == 400


def test_what_numpy_counts_with_is_read(tmp_path: Path) -> None:
    file = tmp_path / "net.safetensors"
    network = network_of([(np.eye(2), None)], features=["height", "age"])
    assert isinstance(network, Network)
    file.write_bytes(network.file().content)
    options = {
        "view": {"center": np.zeros(2), "halfWidth": 2},
        "readout": {"kind": "output", "index": np.int64(1)},
    }
    values = reluscope.sample(file, slice=("age", "height"), width=2, height=2, **options)
    # The second input, age, is the first coordinate.
    assert values.tolist() == [[-2, 2], [-2, 2]]
    with pytest.raises(InvalidInputError, match="state: received set, expected lists"):
        reluscope.sample(HAT, view={"center": {0, 1}})


def test_a_state() -> None:
    state = {"field": {"kind": "mlp", "widths": [2, 3, 1], "seed": 4}}
    assert reluscope.regions(state)["network"] == "2-3-1"
    grid = {"x": (0, 1), "y": (0, 1), "width": 2, "height": 2}
    merged = reluscope.sample(state, state={"quantity": "partial1"}, **grid)
    assert merged.tolist() == reluscope.sample(state, quantity="partial1", **grid).tolist()
    with pytest.raises(InvalidInputError, match="slice or readout: received one beside a state"):
        reluscope.render(state, readout="class")


def test_mistakes_are_reported_in_the_words_of_the_command_line() -> None:
    with pytest.raises(InvalidInputError, match="quantity"):
        reluscope.sample(HAT, quantity="charm")
    with pytest.raises(InvalidInputError, match="slice: received"):
        reluscope.regions(HAT, slice=(0, 5))


def test_without_node_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(COMMAND_VARIABLE, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CommandError, match=r"(?s)Node.js 20.19 or later.*npx playwright install chromium"):
        reluscope.regions(HAT)
    monkeypatch.setenv(COMMAND_VARIABLE, "nowhere/reluscope --quiet")
    assert find_command() == ["nowhere/reluscope", "--quiet"]
    with pytest.raises(CommandError, match="npm install -g reluscope"):
        reluscope.regions(HAT)


def test_a_failure_is_reported_in_the_words_of_the_command_line(monkeypatch: pytest.MonkeyPatch) -> None:
    program = "import sys; sys.exit('reluscope: No browser found')"
    monkeypatch.setenv(COMMAND_VARIABLE, f'{sys.executable} -c "{program}"')
    with pytest.raises(CommandError, match="^No browser found$"):
        reluscope.render({})
