"""How a guard is written down: a function of facts and actor, with the aspects that it looks at."""

from collections.abc import Callable
from typing import Protocol

from standards_wf.workflow.facts import Actor, Aspect, ProjectFacts
from standards_wf.workflow.refusals import Refusal


class Guard(Protocol):
    """A question of the procedure; its name is the name of the function."""

    __name__: str

    def __call__(self, facts: ProjectFacts, actor: Actor, /) -> Refusal | None:
        """Answer `None`, or the reason why not."""


GUARDS: dict[str, Guard] = {}
_ASPECTS: dict[Guard, frozenset[Aspect]] = {}


def looks_at(*aspects: Aspect) -> Callable[[Guard], Guard]:
    """Declare which aspects of the facts a guard needs, and enter it in the register of guards."""

    def enter(guard: Guard) -> Guard:
        GUARDS[guard.__name__] = guard
        _ASPECTS[guard] = frozenset(aspects)
        return guard

    return enter


def aspects_of(guard: Guard) -> frozenset[Aspect]:
    """The aspects that must be gathered before this guard can answer."""
    return _ASPECTS[guard]
