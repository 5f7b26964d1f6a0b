"""Sentences that depend on a parameter of the refusal they tell."""

from collections.abc import Callable, Mapping
from typing import Any

from standards_wf.wording.language import Term

Choice = Callable[[Mapping[str, Any]], Term]


def where(parameter: str, known: Term, unknown: Term) -> Choice:
    """One sentence where the parameter has a value, another where it has none."""
    return lambda params: unknown if params.get(parameter) is None else known
