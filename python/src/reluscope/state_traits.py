"""The state of the page as traits: each key follows what a person does, and can be set."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import traitlets

from .merge import merged


class _Told:
    """A value that comes from the page: setting it is no wish."""

    def __init__(self, value: Any) -> None:
        self.value = value


class _Key(traitlets.TraitType):
    """A key of the state. What is set is merged into it, and asked of the page."""

    default_value = None

    def validate(self, obj: StateTraits, value: Any) -> Any:
        if isinstance(value, _Told):
            return value.value
        name = str(self.name)
        obj.wish({name: value})
        state = merged(obj.state, {name: value})
        obj.state = _Told(state)
        return state[name]


class _State(traitlets.TraitType):
    """All keys."""

    default_value: Mapping[str, Any] = {}

    def validate(self, obj: StateTraits, value: Any) -> Any:
        if isinstance(value, _Told):
            return value.value
        obj.wish(value)
        state = merged(obj.state, value)
        obj.take_over(state)
        return state


class StateTraits(traitlets.HasTraits):
    """What a panel shows. docs/api.md of the project describes each key."""

    state = _State()
    """All that the active panel shows, as plain JSON. What is set is merged into it."""

    field = _Key()
    view = _Key()
    projection = _Key()
    frame = _Key()
    gridSamples = _Key()
    quantity = _Key()
    colormap = _Key()
    range = _Key()
    norm = _Key()
    contours = _Key()
    hinges = _Key()
    boundaries = _Key()
    shade = _Key()
    edges = _Key()
    selection = _Key()
    data = _Key()
    image = _Key()
    run = _Key()
    diagram = _Key()
    dataPoints = _Key()
    learnt = _Key()
    supersampling = _Key()

    def wish(self, patch: Mapping[str, Any]) -> None:
        """Asks the page to merge a part of a state into that of the active panel."""
        raise NotImplementedError

    def take_over(self, state: Mapping[str, Any]) -> None:
        """Sets all keys to what is shown; observers are called for those that changed."""
        self.state = _Told(dict(state))
        for key, value in state.items():
            if isinstance(self.traits().get(key), _Key):
                setattr(self, key, _Told(value))
