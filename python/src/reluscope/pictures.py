"""The last picture of a widget, for notebooks that are read without a kernel."""

from __future__ import annotations

import base64
import sys
import uuid
from typing import Any

_VIEW = "application/vnd.jupyter.widget-view+json"


class SavedPicture:
    """An output beside the widget's own that JupyterLab hides, since it has a view of no widget.

    Where there is no kernel, GitHub and nbconvert leave out views of widgets, and show its PNG. It is an output of its own
    because a change of the widget's output would build its view anew.
    """

    def __init__(self) -> None:
        self._id = uuid.uuid4().hex
        self._is_shown = False
        # By the views that sent them: a message that a kernel hands to another thread may overtake an earlier one.
        self._numbers: dict[str, int] = {}

    def show(self, widget: dict[str, Any]) -> None:
        """Publishes the widget's output, given as a bundle, and the hidden one."""
        from IPython.display import display

        display(widget, raw=True)
        display(self._bundle(None), raw=True, display_id=self._id)
        self._is_shown = True

    def keep(self, png: bytes, view: str, number: int) -> None:
        """Puts a picture into the notebook, in place of the one before.

        :param number: counts the pictures of a view; one that is older than the last is left out
        """
        if number < self._numbers.get(view, 0):
            return
        self._numbers[view] = number
        if self._is_shown:
            from IPython.display import update_display

            update_display(self._bundle(png), raw=True, display_id=self._id)

    @staticmethod
    def _bundle(png: bytes | None) -> dict[str, Any]:
        hidden = {_VIEW: {"version_major": 2, "version_minor": 0, "model_id": ""}, "text/plain": ""}
        return hidden if png is None else {**hidden, "image/png": base64.b64encode(png).decode()}


def is_ipython() -> bool:
    """Whether an IPython kernel runs this, which publishes outputs."""
    ipython: Any = sys.modules.get("IPython")
    shell = None if ipython is None else ipython.get_ipython()
    return shell is not None and hasattr(shell, "kernel")
