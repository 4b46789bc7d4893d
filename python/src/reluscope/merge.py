"""What a state becomes with a part of another merged into it, for reading before a page has answered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def merged(state: Mapping[str, Any], patch: Mapping[str, Any]) -> dict[str, Any]:
    """Nested objects merge; one of another kind or mode takes the place of the old one."""
    result = dict(state)
    for key, value in patch.items():
        old = result.get(key)
        both = isinstance(old, Mapping) and isinstance(value, Mapping)
        result[key] = merged(old, value) if both and _is_same(old, value) else value
    return result


def _is_same(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    return all(name not in new or new[name] == old.get(name) for name in ("kind", "mode"))
