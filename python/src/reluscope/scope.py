"""Reluscope in a notebook."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any, Literal, get_args

import anywidget
import numpy as np
import traitlets

from .asking import Asking
from .errors import InvalidInputError, PageError
from .look import (
    Points,
    ReadoutLike,
    SliceLike,
    read_points,
    read_readout,
    read_slice,
    read_state,
    require_none_beside_state,
)
from .merge import merged
from .networks import Activation, Network, NetworkFile, network_of
from .page import DELIVERY, LOADER, page, version
from .pictures import SavedPicture, is_ipython
from .questions import Questions
from .state_traits import StateTraits
from .updates import Updates

Wheel = Literal["always", "focus", "modifier"]
_HEIGHT_MAX = 16384
_READING = ("activation", "transposed", "features", "classes")


class Scope(Asking, StateTraits, anywidget.AnyWidget):
    """A live picture of a network, or of any other field, in a cell.

    ``state`` and each of its keys (``view``, ``quantity``, …) follow what a person does, and can be set; ``observe`` tells when they
    change.

    :param model: a torch.nn.Module, a list of (weight, bias) arrays, scikit-learn's MLPClassifier, MLPRegressor or LogisticRegression, a
        Keras Sequential of Dense layers, a path to a file that the page reads, or a state as a dict
    :param slice: the plane of the inputs: two of them that vary, by position or name, or ``{'origin', 'axis1', 'axis2'}``; by default the
        two most telling ones
    :param readout: what is shown of the outputs, e.g. ``'class'`` or ``{'kind': 'softmax', 'index': 1}``
    :param data: (X, y), points over the picture with their labels or targets
    :param view: e.g. ``{'center': [0, 0], 'halfWidth': 2}``
    :param state: any other part of a state, e.g. ``{'quantity': 'gradientNorm'}``
    :param height: of the widget, in CSS pixels
    :param tools: whether title, buttons and numbers are shown around the picture
    :param wheel: when the wheel zooms instead of scrolling the notebook: ``'always'``, ``'focus'`` once a person has clicked into the
        widget, or ``'modifier'`` with Ctrl or ⌘ only
    :param activation: of the hidden layers of a list of arrays, one for all or one for each
    :param transposed: whether the weights of a list of arrays are [inputs, outputs]; by default what their shapes say
    :param features: names of the inputs
    :param classes: names of the outputs
    :raises InvalidInputError: that says what was received and what is expected
    """

    _esm = LOADER
    # Written by Python.
    _version = traitlets.Unicode().tag(sync=True)
    _page = traitlets.Bytes().tag(sync=True)
    _networks: traitlets.List[Any] = traitlets.List().tag(sync=True)
    _start = traitlets.Dict().tag(sync=True)
    _wishes: traitlets.List[Any] = traitlets.List().tag(sync=True)
    _figure: traitlets.Dict[Any, Any] = traitlets.Dict(allow_none=True, default_value=None).tag(sync=True)
    _pictures = traitlets.Bool(False).tag(sync=True)
    _height = traitlets.Int().tag(sync=True)
    _options = traitlets.Dict().tag(sync=True)
    # Written by the page.
    _sheet = traitlets.Dict().tag(sync=True)
    _ids: traitlets.List[Any] = traitlets.List().tag(sync=True)
    _heard = traitlets.Int(0).tag(sync=True)
    _left = traitlets.Int(0).tag(sync=True)
    problem = traitlets.Unicode("").tag(sync=True)
    """What the page could not do of what it was last asked to show, in words; empty if it could."""

    def __init__(
        self,
        model: object,
        *,
        slice: SliceLike | None = None,
        readout: ReadoutLike | None = None,
        data: tuple[Any, Any] | None = None,
        view: Mapping[str, Any] | None = None,
        state: Mapping[str, Any] | None = None,
        height: int = 480,
        tools: bool = True,
        wheel: Wheel = "focus",
        activation: Activation | Sequence[Activation] = "relu",
        transposed: bool | None = None,
        features: Sequence[str] | None = None,
        classes: Sequence[object] | None = None,
    ) -> None:
        self._begin(
            [model],
            look={"slice": slice, "readout": readout, "data": data, "view": view, "state": state},
            reading=dict(zip(_READING, (activation, transposed, features, classes))),
            common={},
            around={"height": height, "tools": tools, "wheel": wheel},
        )

    @classmethod
    def compare(
        cls,
        *models: object,
        link: bool = True,
        shared_range: bool = False,
        columns: int | None = None,
        height: int = 480,
        tools: bool = True,
        wheel: Wheel = "focus",
        **options: Any,
    ) -> Scope:
        """Networks or states beside each other, in panels.

        :param models: what :class:`Scope` takes, two or more
        :param link: whether views move together
        :param shared_range: whether all have one colour range
        :param columns: how many stand in a row; by default what suits their number
        :param options: other options of :class:`Scope`, for all of them
        :raises InvalidInputError: that says what was received and what is expected
        """
        if len(models) < 2:
            raise InvalidInputError("models", f"{len(models)} of them", "two or more")
        scope = cls.__new__(cls)
        reading = {key: options.pop(key) for key in _READING if key in options}
        common = {"linkedViews": link, "sharedRange": shared_range, "columns": columns}
        around = {"height": height, "tools": tools, "wheel": wheel}
        scope._begin(models, look=options, reading=reading, common=common, around=around)
        return scope

    def _begin(
        self,
        models: Sequence[object],
        *,
        look: Mapping[str, Any],
        reading: Mapping[str, Any],
        common: Mapping[str, Any],
        around: Mapping[str, Any],
    ) -> None:
        """What every way of making a Scope comes to."""
        if around["wheel"] not in get_args(Wheel):
            raise InvalidInputError("wheel", around["wheel"], f"one of {', '.join(get_args(Wheel))}")
        if not isinstance(around["tools"], bool):
            raise InvalidInputError("tools", around["tools"], "True or False")
        height = around["height"]
        if (
            isinstance(height, bool)
            or not isinstance(height, (int, np.integer))
            or not 1 <= height <= _HEIGHT_MAX
        ):
            raise InvalidInputError("height", height, f"a whole number of CSS pixels from 1 to {_HEIGHT_MAX}")
        self._reading = dict(reading)
        self._shown_networks: list[Network | NetworkFile] = []
        self._revisions = itertools.count()
        self._points: Points | None = None
        self._latest: dict[int, object] = {}
        self._wish_numbers = itertools.count(1)
        self._figure_numbers = itertools.count(1)
        panels = [self._panel(model, **look) for model in models]
        super().__init__(
            _version=version(),
            _page=DELIVERY.first(),
            _networks=[self._sent(network) for network in self._shown_networks],
            _start={"panels": panels, **common},
            _height=int(height),
            _options={"tools": around["tools"], "wheel": around["wheel"]},
        )
        self._questions = Questions(self.send)
        self._updates = Updates(self._send_latest)
        self._picture = SavedPicture()
        self.take_over(panels[0]["state"])
        self.on_msg(self._hear)
        self.observe(self._follow, ["_sheet", "_heard"])

    def _panel(
        self,
        model: object,
        slice: SliceLike | None = None,
        readout: ReadoutLike | None = None,
        data: tuple[Any, Any] | None = None,
        view: Mapping[str, Any] | None = None,
        state: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """What a page is told of a panel; its network is added to those that are shown."""
        points = read_points(data, model)
        patch = read_state(points, view, state)
        if isinstance(model, Mapping):
            require_none_beside_state(slice, readout)
            return {"network": None, "slice": None, "readout": None, "state": merged(model, patch)}
        network = network_of(model, points=None if points is None else points.x, **self._reading)
        plane = read_slice(slice, network)
        own = network.readout if isinstance(network, Network) else None
        self._points = points
        self._shown_networks.append(network)
        return {
            "network": len(self._shown_networks) - 1,
            "slice": None if plane is None else {"inputs": plane.inputs, "vectors": plane.vectors},
            "readout": read_readout(readout) or own,
            "state": patch,
        }

    @property
    def panels(self) -> list[dict[str, Any]]:
        """The states of all panels, in order, as the page last told them; empty before it has."""
        return list(self._sheet.get("panels", []))

    def wish(self, patch: Mapping[str, Any], panel: int | None = None) -> None:
        """Asks the page to merge a part of a state into that of a panel, by default of the active one.

        Setting ``state`` or one of its keys does the same. If the page refuses it, ``problem`` says why.
        """
        waiting = [wish for wish in self._wishes if wish["number"] > self._heard]
        new = {"number": next(self._wish_numbers), "panel": panel, "patch": dict(patch)}
        self._wishes = [*waiting, new]

    def update(self, model: object, *, index: int = 0) -> None:
        """Shows other weights, e.g. while a network learns. Call it in every step, in a cell or in a thread: 30 networks a second are
        sent, and the last one.

        :param model: what :class:`Scope` takes, except a state
        :param index: the position of the network among those of :meth:`compare`
        :raises InvalidInputError: that says what was received and what is expected
        """
        count = len(self._shown_networks)
        if not 0 <= index < count:
            raise InvalidInputError("index", str(index), f"the position of one of {count} networks")
        self._latest[index] = model
        self._updates.request()

    def figure(self, name: str | None, **settings: Any) -> None:
        """Shows a figure, e.g. ``'softmax'``; None returns to what was shown before.

        :param settings: values of its controls by name, e.g. ``seed=3``
        """
        # Numbered, so that the same one is opened again after a person has closed it.
        number = next(self._figure_numbers)
        shown = None if name is None else {"id": name, "settings": settings, "number": number}
        self.set_trait("_figure", shown)

    def _send_latest(self) -> None:
        x = None if self._points is None else self._points.x
        networks = list(self._networks)
        while self._latest:
            index, model = self._latest.popitem()
            self._shown_networks[index] = network_of(model, points=x, **self._reading)
            networks[index] = self._sent(self._shown_networks[index])
        self._networks = networks

    def _sent(self, network: Network | NetworkFile) -> dict[str, Any]:
        file = network.file() if isinstance(network, Network) else network
        return {"name": file.name, "content": file.content, "revision": next(self._revisions)}

    def _hear(self, _widget: Scope, content: Any, buffers: list[memoryview]) -> None:
        kind = content.get("kind") if isinstance(content, Mapping) else None
        if kind == "page":
            self.send({"kind": "page"}, [page()])
        elif kind == "picture":
            self._picture.keep(bytes(buffers[0]), content["view"], content["number"])
        else:
            self._questions.hear(content, buffers)

    def _follow(self, _change: object) -> None:
        if not self._sheet:
            return
        state = self._sheet["panels"][self._sheet["active"]]
        for wish in self._wishes:
            if wish["number"] > self._heard and wish["panel"] is None:
                state = merged(state, wish["patch"])
        self.take_over(state)

    def _subject(self) -> tuple[object, dict[str, Any]]:
        panels = self._start["panels"]
        if len(panels) > 1 or self._figure is not None:
            raise PageError("this shows several panels: a page that shows it in a cell is needed")
        field = dict(self.state.get("field", {}))
        network = field.pop("network", {})
        if self._sheet and network.get("kind") != "model" or not self._shown_networks:
            return self._without_page(), {}
        if self._ids and network["id"] not in self._ids:
            raise PageError("a person opened another network in the page: only the page has it")
        if self._sheet:
            return self._shown_networks[0], {"state": {**self.state, "field": field}}
        (panel,) = panels
        plane = panel["slice"] or {}
        shown = {"slice": plane.get("inputs") or plane.get("vectors"), "readout": panel["readout"]}
        return self._shown_networks[0], {**shown, "state": self.state}

    def _without_page(self) -> dict[str, Any]:
        """The state for the command line, which has no networks of files: a run that began with one is left out, its network stays."""
        state = dict(self.state)
        run = state.get("run") or {}
        if run.get("recipe", {}).get("network", {}).get("kind") == "model" and "network" in state["field"]:
            state["run"] = None
        return state

    def _ipython_display_(self) -> None:
        bundle = self._repr_mimebundle_()
        data: dict[str, Any] = bundle[0] if isinstance(bundle, tuple) else bundle or {}
        if not is_ipython():
            print(repr(self))
            return
        self._picture.show({**data, "text/plain": "Reluscope"})
        self._pictures = True
