"""A microscope for functions of the plane: neural networks, their gradients, classes and exact regions, in a notebook."""

from __future__ import annotations

from .commands import regions, render, sample
from .errors import CommandError, InvalidInputError, PageError
from .scope import Scope
from .survey import survey

__all__ = ["CommandError", "InvalidInputError", "PageError", "Scope", "regions", "render", "sample", "survey"]
