"""The six words for "no". They know nothing of HTTP; `web` and `api` translate them."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from standards_wf.workflow.refusals import Refusal
    from standards_wf.workflow.vocabulary import Kind


class StandardsError(Exception):
    """Anything the application refuses to do, with enough said for the reader to mend it."""

    kind: "Kind | None" = None
    """The kind of document that is spoken of, because a kind may have words of its own for what is refused."""


class NotFound(StandardsError):
    """It does not exist, or the asker may not know that it does."""

    def __init__(self, what: str, identity: object = "") -> None:
        super().__init__(f"{what} {identity}".strip())
        self.what = what
        self.identity = identity


class Forbidden(StandardsError):
    """The asker may see it, but may not do this with it."""

    def __init__(self, reason: "Refusal") -> None:
        super().__init__(reason.code)
        self.reason = reason


class Invalid(StandardsError):
    """What was given cannot be accepted; `fields` names each field with its reasons."""

    def __init__(self, fields: Mapping[str, "Refusal"]) -> None:
        super().__init__(", ".join(f"{name}: {reason.code}" for name, reason in fields.items()))
        self.fields = dict(fields)


class EditConflict(StandardsError):
    """Somebody acted since the asker last looked; `version` is where things stand now."""

    def __init__(self, version: int | None = None, expected: int | None = None) -> None:
        super().__init__(f"expected version {expected}, found {version}")
        self.version = version
        self.expected = expected


class TransitionRefused(StandardsError):
    """The procedure does not allow the act now; every reason is here, not only the first."""

    def __init__(self, refusals: Sequence["Refusal"]) -> None:
        super().__init__(", ".join(refusal.code for refusal in refusals))
        self.refusals = tuple(refusals)


class Unavailable(StandardsError):
    """A part of the system cannot answer just now; trying again later may help."""
