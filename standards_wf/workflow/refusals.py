"""Reasons for "no", as codes with the numbers that make them true; the sentences are made in `wording`."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Refusal:
    """One reason why something cannot be done now: a code, and the numbers and names behind it."""

    __slots__ = ("code", "params")

    code: StrEnum
    params: Mapping[str, object]

    def __init__(self, code: StrEnum, /, **params: object) -> None:
        self.code = code
        self.params = MappingProxyType(params)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Refusal) and (self.code, dict(self.params)) == (other.code, dict(other.params))

    def __hash__(self) -> int:
        return hash((self.code, tuple(sorted((name, str(value)) for name, value in self.params.items()))))

    def __repr__(self) -> str:
        told = "".join(f", {name}={value!r}" for name, value in self.params.items())
        return f"Refusal({self.code.value!r}{told})"
