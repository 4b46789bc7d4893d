"""Files and numbers of what is shown: from the page, or where none can answer from the command line."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Literal, TypeVar, Union, overload

import numpy as np

from . import commands
from .errors import InvalidInputError, PageError
from .networks.arrays import numbers
from .questions import Questions, awaited, waited

Window = Union[None, Mapping[str, Any], "tuple[float, float]", "tuple[float, float, float, float]"]
"""None for the whole plane, (x0, x1) for a square, (x0, x1, y0, y1), or a view."""

Side = Union["tuple[float, float]", None]
"""First and last coordinate of a grid; None for those of the view."""

Result = TypeVar("Result")
Read = Callable[[Any, "list[memoryview]"], Result]


class Asking:
    """Methods that wait for an answer, or with ``wait=False`` return an awaitable of it.

    To wait in a cell needs a kernel that hears the page meanwhile (ipykernel 7 with JupyterLab 4.4 or later). Elsewhere, and where
    no page shows the widget, the command line computes the answer.
    """

    _questions: Questions
    state: Any

    @overload
    def png(self, *, wait: Literal[True] = True, **size: Any) -> bytes: ...
    @overload
    def png(self, *, wait: Literal[False], **size: Any) -> Awaitable[bytes]: ...
    def png(self, *, wait: bool = True, **size: Any) -> bytes | Awaitable[bytes]:
        """A picture of all that is shown, with axes, colour bars and titles.

        :param size: ``width`` and ``height`` in pixels or e.g. ``'12 cm'``, ``dpi``, ``scale``; ``panel``, a position, for one alone
        :raises PageError: if the page cannot draw it
        """
        return self._asked("png", size, _bytes, lambda: self._render(**size), wait)

    @overload
    def svg(self, *, wait: Literal[True] = True, **size: Any) -> bytes: ...
    @overload
    def svg(self, *, wait: Literal[False], **size: Any) -> Awaitable[bytes]: ...
    def svg(self, *, wait: bool = True, **size: Any) -> bytes | Awaitable[bytes]:
        """Likewise as SVG, in which all but the fields are vectors. Only a page draws it.

        :raises PageError: if no page answers
        """

        def refuse() -> bytes:
            raise _needs_page()

        return self._asked("svg", size, _bytes, refuse, wait)

    @overload
    def sample(
        self,
        *,
        x: Side = None,
        y: Side = None,
        width: int = 500,
        height: int = 500,
        quantity: str | None = None,
        wait: Literal[True] = True,
    ) -> np.ndarray: ...
    @overload
    def sample(
        self,
        *,
        x: Side = None,
        y: Side = None,
        width: int = 500,
        height: int = 500,
        quantity: str | None = None,
        wait: Literal[False],
    ) -> Awaitable[np.ndarray]: ...
    def sample(
        self,
        *,
        x: Side = None,
        y: Side = None,
        width: int = 500,
        height: int = 500,
        quantity: str | None = None,
        wait: bool = True,
    ) -> np.ndarray | Awaitable[np.ndarray]:
        """Values on a grid, float64 [height, width]; row r lies at ``np.linspace(y0, y1, height)[r]``.

        :param x: first and last column; by default the sides of the view
        :param y: first and last row, likewise
        :param quantity: the one that is shown by default
        :raises PageError: if the page cannot evaluate it
        """
        x, y = _side(x, "x"), _side(y, "y")
        quantity = quantity or self.state.get("quantity", "value")
        size: dict[str, Any] = {"width": width, "height": height, "quantity": quantity}
        view = self.state.get("view", {})
        options = {**size, **_sides(x, y, view)} if "halfWidth" in view and "center" in view else size
        model, look = self._subject()
        command = lambda: commands.sample(model, x=x, y=y, **size, **look)
        return self._asked("sample", options, _grid, command, wait)

    @overload
    def regions(
        self,
        *,
        window: Window = None,
        cells: bool = False,
        wins: str | None = None,
        wait: Literal[True] = True,
    ) -> dict[str, Any]: ...
    @overload
    def regions(
        self, *, window: Window = None, cells: bool = False, wins: str | None = None, wait: Literal[False]
    ) -> Awaitable[dict[str, Any]]: ...
    def regions(
        self, *, window: Window = None, cells: bool = False, wins: str | None = None, wait: bool = True
    ) -> dict[str, Any] | Awaitable[dict[str, Any]]:
        """Exact counts of the regions of the network that is shown.

        :param window: None for the whole plane, (x0, x1), (x0, x1, y0, y1), or a view, e.g. ``scope.view``
        :param cells: also each region by itself; only a page lists them
        :param wins: ``'greatest'`` or ``'least'``, of several outputs
        :raises PageError: if the page cannot count them
        """
        options = {"window": _window(window), "cells": cells, **({} if wins is None else {"wins": wins})}

        def by_command() -> dict[str, Any]:
            if cells or isinstance(window, Mapping):
                raise _needs_page()
            model, look = self._subject()
            return commands.regions(model, window=window, wins=wins, **look)

        return self._asked("regions", options, lambda value, _: value, by_command, wait)

    def _subject(self) -> tuple[object, dict[str, Any]]:
        """What is shown, as the functions of :mod:`reluscope.commands` take it."""
        raise NotImplementedError

    def _render(self, **size: Any) -> bytes:
        model, look = self._subject()
        is_height_alone = "height" in size and "width" not in size
        if is_height_alone or not set(size) <= {"width", "height", "dpi", "scale"}:
            raise _needs_page()
        sides = [str(size.pop(side)).replace(" ", "") for side in ("width", "height") if side in size]
        return commands.render(model, size="x".join(sides) or None, **size, **look)

    def _asked(
        self,
        what: str,
        options: dict[str, Any],
        read: Read[Result],
        command: Callable[[], Result],
        wait: bool,
    ) -> Result | Awaitable[Result]:
        if not wait:
            return self._later(what, options, read, command)
        if self._questions.can_wait:
            return read(*waited(self._questions.ask(what, options)))
        return command()

    async def _later(
        self, what: str, options: dict[str, Any], read: Read[Result], command: Callable[[], Result]
    ) -> Result:
        if self._questions.has_page:
            return read(*await awaited(self._questions.ask(what, options)))
        return await asyncio.to_thread(command)


def _needs_page() -> PageError:
    return PageError(
        "this needs a page: show the widget in a cell first. Where the kernel hears no page while a cell runs, "
        "await it, e.g. `await scope.svg(wait=False)`"
    )


def _bytes(_value: Any, buffers: list[memoryview]) -> bytes:
    return bytes(buffers[0])


def _grid(value: Any, buffers: list[memoryview]) -> np.ndarray:
    return np.frombuffer(bytes(buffers[0]), "<f8").reshape(value["height"], value["width"]).copy()


def _side(given: Any, path: str) -> Side:
    """:raises InvalidInputError: if it is neither None nor two numbers"""
    if given is None:
        return None
    ends = numbers(given, path)
    if ends.shape != (2,):
        raise InvalidInputError(path, repr(given), "two numbers, e.g. (-1, 1)")
    return float(ends[0]), float(ends[1])


def _sides(x: Side, y: Side, view: Mapping[str, Any]) -> dict[str, Any]:
    """The grid as the page takes it: sides that are not given are those of the view, about its exact centre."""
    half = view["halfWidth"]
    given = (x, y)
    low = view.get("centerLow", [0, 0])
    center = [0 if side else own for side, own in zip(given, view["center"])]
    return {
        "x": list(x or (-half, half)),
        "y": list(y or (-half, half)),
        "center": center,
        "centerLow": [0 if side else own for side, own in zip(given, low)],
    }


def _window(window: Window) -> Any:
    if window is None or isinstance(window, Mapping):
        return window
    ends = numbers(window, "window")
    if ends.shape not in ((2,), (4,)):
        raise InvalidInputError("window", repr(window), "(x0, x1) or (x0, x1, y0, y1)")
    x0, x1, *rest = map(float, ends)
    return {"x": [x0, x1], "y": rest or [x0, x1]}
