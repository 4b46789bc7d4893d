"""Errors that this package raises."""

from __future__ import annotations

from typing import Any

_SHOWN = 80


class InvalidInputError(ValueError):
    """A mistake of the caller; the message says what was received and what is expected."""

    def __init__(self, path: str, received: object, expected: str) -> None:
        text = received if isinstance(received, str) else repr(received)
        shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
        super().__init__(f"{path}: received {shown}, expected {expected}")

    def __reduce__(self) -> tuple[Any, ...]:
        # As an error of a worker it is sent by its message, from which the parts cannot be had again.
        return _with_message, (type(self), str(self))


def _with_message(kind: type[InvalidInputError], message: str) -> InvalidInputError:
    error = kind.__new__(kind)
    ValueError.__init__(error, message)
    return error


class PageError(RuntimeError):
    """The page could not do what it was asked for; the message is its own."""


class CommandError(RuntimeError):
    """The command line is not installed or failed; the message says what to do."""
