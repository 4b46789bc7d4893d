"""What a Scope says to the page, and hears from it, without a page."""

from __future__ import annotations

import asyncio
import base64
import gc
import pickle
import re
import weakref
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from sklearn.neural_network import MLPClassifier
from waiting import run_async

import reluscope
from reluscope import InvalidInputError, PageError, Scope
from reluscope.networks import Network, network_of
from reluscope.pictures import SavedPicture

PAIR = [(np.eye(2), None)]
SHEET = {
    "panels": [{"view": {"center": [1, 2], "halfWidth": 4}, "quantity": "value", "hinges": True}],
    "active": 0,
}


def heard(scope: Scope, **message: Any) -> None:
    scope._hear(scope, message, message.pop("buffers", []))


def test_the_start_says_all_that_was_given() -> None:
    x = np.array([[0.0, 1, 2], [3, 4, 5]])
    scope = Scope(
        [(np.ones((2, 3)), None)],
        slice=("weight", 2), readout="class", data=(x, ["b", "a"]), view={"halfWidth": 2}, state={"edges": True},
        features=["height", "weight", "age"], classes=["a", "b"], height=300, wheel="modifier", tools=False,
    )  # fmt: skip
    (panel,) = scope._start["panels"]
    assert panel == {
        "network": 0,
        "slice": {"inputs": (1, 2), "vectors": None},
        "readout": {"kind": "class"},
        "state": {
            "data": {"kind": "points", "x": x.tolist(), "y": [1, 0]},
            "view": {"halfWidth": 2},
            "edges": True,
        },
    }
    assert (scope._height, scope._options) == (300, {"tools": False, "wheel": "modifier"})
    assert b'{\\"name\\": \\"height\\", \\"range\\": [0.0, 3.0]}' in scope._networks[0]["content"]


def test_labels_are_positions_among_the_classes_of_the_model() -> None:
    x = np.random.RandomState(0).randn(20, 2)
    model = MLPClassifier(max_iter=1, hidden_layer_sizes=(2,))
    with pytest.warns(match="Maximum iterations"):
        model.fit(x, ["no", "yes"] * 10)
    scope = Scope(model, data=(x[:2], ["yes", "no"]))
    assert scope.data["y"] == [1, 0]
    with pytest.raises(InvalidInputError, match="the label 'maybe', expected one of"):
        Scope(model, data=(x[:1], ["maybe"]))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"slice": (0, 5)}, "slice: received 5, expected inputs from 0 to 2"),
        ({"slice": ("a", 1)}, "the inputs have no names"),
        ({"slice": {"origin": [0, 0]}}, "expected two inputs that vary"),
        ({"readout": 3}, "readout: received 3"),
        ({"data": ([[1.0]], [1, 2])}, r"data, y: received the shape \(2,\)"),
        ({"data": ([[np.inf, 0]], [1])}, "not finite"),
        ({"data": ([[0, 0]], [np.nan])}, "data, y: received numbers that are not finite"),
        ({"data": ([[0, 0], [1]], [1, 2])}, "data, X: received rows of different lengths"),
        ({"data": (np.ones((0, 2)), [])}, r"data, X: received float64 of the shape \(0, 2\)"),
        ({"data": ([[1.0, 2, 3]], [1])}, "data, X: received points of 3 numbers, expected 2"),
        ({"slice": {"origin": ["a", "b"], "axis1": [1, 0], "axis2": [0, 1]}}, "slice.origin: received"),
        ({"slice": (1, 1)}, r"slice: received \(1, 1\), expected two different inputs"),
        ({"data": (torch.empty(1, 2, device="meta"), [1])}, "data, X: received Tensor"),
        ({"view": [0, 0]}, r"view: received \[0, 0\], expected a dict"),
        ({"state": 5}, "state: received 5, expected a dict"),
        ({"height": -5}, "height: received -5, expected a whole number of CSS pixels from 1"),
        ({"height": "480px"}, "height: received 480px"),
        ({"tools": "no"}, "tools: received no, expected True or False"),
        ({"activation": None}, "activation: received None, expected a name"),
        ({"features": "ab"}, "features: received 'ab', expected a list of 2 names"),
        ({"wheel": "never"}, "wheel: received never, expected one of always, focus, modifier"),
    ],
)
def test_mistakes_are_refused_at_once(options: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidInputError, match=message):
        Scope(PAIR, **options)


def test_points_may_be_tensors_that_need_a_gradient() -> None:
    x = torch.ones(1, 2, dtype=torch.bfloat16, requires_grad=True)
    assert Scope(PAIR, data=(x, [0])).data["x"] == [[1, 1]]


def test_inputs_of_a_file_are_named(tmp_path: Path) -> None:
    file = tmp_path / "net.safetensors"
    file.write_bytes(dense_file(features=["height", "age"]))
    scope = Scope(file, slice=("age", 0))
    assert scope._start["panels"][0]["slice"]["inputs"] == ("age", 0)


def dense_file(**names: Any) -> bytes:
    network = network_of(PAIR, **names)
    assert isinstance(network, Network)
    return network.file().content


def test_every_key_of_the_state_is_a_trait() -> None:
    api = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
    _, table = api.split("## The state\n")
    keys = re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)
    assert len(keys) > 20
    assert set(keys) <= set(Scope.class_trait_names())


def test_an_error_comes_through_a_pipe() -> None:
    error = pickle.loads(pickle.dumps(InvalidInputError("seeds", 1, "a range")))
    assert isinstance(error, InvalidInputError)
    assert str(error) == "seeds: received 1, expected a range"


def test_what_is_set_is_merged_and_asked_of_the_page() -> None:
    scope = Scope(PAIR, view={"center": [0, 0], "halfWidth": 1})
    seen: list[Any] = []
    scope.observe(lambda change: seen.append(change["new"]), "view")
    scope.view = {"halfWidth": 2}
    scope.state = {"quantity": "gradientNorm"}
    assert seen == [{"center": [0, 0], "halfWidth": 2}]
    assert scope.state == {"view": seen[0], "quantity": "gradientNorm"}
    assert scope.quantity == "gradientNorm"
    assert [wish["patch"] for wish in scope._wishes] == [
        {"view": {"halfWidth": 2}},
        {"quantity": "gradientNorm"},
    ]


def test_what_the_page_tells_is_taken_over_and_not_sent_back() -> None:
    scope = Scope(PAIR)
    seen: list[Any] = []
    scope.observe(lambda change: seen.append(change["new"]), ["view", "quantity"])
    scope._sheet = SHEET
    assert seen == [SHEET["panels"][0]["view"], "value"]
    assert scope.state == SHEET["panels"][0]
    assert scope.panels == SHEET["panels"]
    assert scope._wishes == []


def test_a_wish_that_the_page_has_not_heard_outlives_what_it_tells() -> None:
    scope = Scope(PAIR)
    scope.hinges = False
    scope._sheet = SHEET
    assert scope.hinges is False
    # It refuses it: what it shows stays the same.
    scope._heard = 1
    assert scope.hinges is True
    scope.quantity = "partial1"
    assert [wish["number"] for wish in scope._wishes] == [2]


def test_an_observer_may_set_something() -> None:
    scope = Scope(PAIR)
    scope.observe(lambda change: setattr(scope, "edges", True), "view")
    scope._sheet = SHEET
    assert scope.edges is True
    assert [wish["patch"] for wish in scope._wishes] == [{"edges": True}]


def test_a_comparison_has_a_panel_for_each_model() -> None:
    scope = Scope.compare(PAIR, {"field": {"kind": "lse"}}, columns=1, view={"halfWidth": 3})
    assert [panel["network"] for panel in scope._start["panels"]] == [0, None]
    assert [panel["state"]["view"] for panel in scope._start["panels"]] == [{"halfWidth": 3}] * 2
    assert (scope._start["linkedViews"], scope._start["columns"]) == (True, 1)
    with pytest.raises(InvalidInputError, match="received 1 of them, expected two or more"):
        Scope.compare(PAIR)


def test_answers_are_awaited() -> None:
    scope = Scope(PAIR)
    heard(scope, kind="mounted", view="a")
    sent: list[Any] = []
    scope._questions._send = sent.append

    async def ask() -> bytes:
        answer = asyncio.ensure_future(scope.png(wait=False, width=400))
        while not sent:
            await asyncio.sleep(0)
        heard(scope, kind="answer", id=sent[0]["id"], value=None, buffers=[memoryview(b"png")])
        return await answer

    assert run_async(ask()) == b"png"
    assert sent[0] == {"kind": "ask", "id": "1", "what": "png", "options": {"width": 400}}


def test_the_end_of_a_view_may_be_heard_before_its_beginning() -> None:
    scope = Scope(PAIR)
    heard(scope, kind="unmounted", view="a")
    heard(scope, kind="mounted", view="b")
    heard(scope, kind="mounted", view="a")
    assert len(scope._questions._views) == 1
    heard(scope, kind="unmounted", view="b")
    assert not scope._questions.has_page


def test_an_error_of_the_page_is_raised() -> None:
    scope = Scope(PAIR)
    heard(scope, kind="mounted", view="a")
    sent: list[Any] = []
    scope._questions._send = sent.append

    async def ask() -> None:
        answer = asyncio.ensure_future(scope.regions(wait=False, window=(-1, 1)))
        while not sent:
            await asyncio.sleep(0)
        heard(scope, kind="answer", id=sent[0]["id"], error="no regions")
        await answer

    with pytest.raises(PageError, match="no regions"):
        run_async(ask())
    assert sent[0]["options"] == {"window": {"x": [-1, 1], "y": [-1, 1]}, "cells": False}


def test_without_a_page_the_command_line_answers() -> None:
    scope = Scope([(np.eye(3), None), (np.ones((1, 3)), None)], slice=(0, 1))
    assert scope.sample(x=(0, 1), y=(0, 1), width=2, height=2).tolist() == [[0, 1], [1, 2]]
    assert scope.regions()["linearRegions"] == 4
    assert scope.png(width=400).startswith(b"\x89PNG")
    with pytest.raises(PageError, match="this needs a page"):
        scope.svg()
    with pytest.raises(PageError, match="several panels"):
        Scope.compare(PAIR, PAIR).png()


def test_sides_may_be_arrays() -> None:
    scope = Scope(PAIR, readout={"kind": "output", "index": 0}, view={"center": [5, 5], "halfWidth": 2})
    values = scope.sample(x=np.array([-1, 1]), y=np.float32([0, 1]), width=3, height=2)
    assert values.tolist() == [[-1, 0, 1], [-1, 0, 1]]
    for side in (5, "ab", (1, 2, 3)):
        with pytest.raises(InvalidInputError, match="x: received"):
            scope.sample(x=side)
    with pytest.raises(InvalidInputError, match="window: received 5"):
        scope.regions(window=5)


def test_a_run_that_began_with_the_network_of_a_file_is_sampled_where_it_is() -> None:
    scope = Scope(PAIR)
    layers = [{"weight": [[2, 0]], "bias": [1], "activation": "identity"}]
    recipe = {"data": {"kind": "moons"}, "network": {"kind": "model", "id": "0" * 32}}
    state = {
        "field": {"network": {"kind": "explicit", "layers": layers}},
        "run": {"recipe": recipe, "step": 5},
    }
    scope.set_trait("_sheet", {"panels": [state], "active": 0})
    assert scope.sample(x=(0, 1), y=(0, 1), width=2, height=2).tolist() == [[1, 3], [1, 3]]


def test_a_height_alone_needs_a_page() -> None:
    with pytest.raises(PageError, match="this needs a page"):
        Scope(PAIR).png(height=300)


def test_an_answer_that_does_not_come_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reluscope.questions.TIMEOUT_S", 0.0)
    scope = Scope(PAIR)
    heard(scope, kind="mounted", view="a")
    with pytest.raises(PageError, match="is the page with the widget still open"):
        run_async(scope.png(wait=False))


def test_a_figure_can_be_opened_again() -> None:
    scope = Scope(PAIR)
    seen: list[Any] = []
    scope.observe(lambda change: seen.append(change["new"]), "_figure")
    scope.figure("softmax", seed=3)
    scope.figure("softmax", seed=3)
    assert [figure["number"] for figure in seen] == [1, 2]
    assert seen[0]["settings"] == {"seed": 3}


def test_a_scope_that_is_closed_leaves_nothing_behind() -> None:
    scope = Scope(PAIR, data=([[0.0, 0]], [0]))
    scope.update(PAIR)
    scope.view = {"halfWidth": 2}
    left = weakref.ref(scope)
    scope.close()
    del scope
    gc.collect()
    assert left() is None


def test_an_older_picture_does_not_take_the_place_of_a_newer_one(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[bytes] = []
    monkeypatch.setattr("IPython.display.display", lambda *_, **__: None)
    monkeypatch.setattr(
        "IPython.display.update_display",
        lambda bundle, **_: kept.append(base64.b64decode(bundle["image/png"])),
    )
    picture = SavedPicture()
    picture.show({})
    for png, view, number in [(b"a1", "a", 1), (b"a3", "a", 3), (b"a2", "a", 2), (b"b1", "b", 1)]:
        picture.keep(png, view, number)
    assert kept == [b"a1", b"a3", b"b1"]


def test_only_the_first_scope_brings_the_page() -> None:
    Scope(PAIR)
    scope = Scope(PAIR)
    assert scope._page == b""
    sent: list[Any] = []
    scope.send = lambda content, buffers=None: sent.append((content, buffers))
    heard(scope, kind="page")
    assert sent[0][0] == {"kind": "page"}
    assert b"export" in sent[0][1][0][-300:]


def test_the_names_of_the_package() -> None:
    assert set(reluscope.__all__) <= set(dir(reluscope))
