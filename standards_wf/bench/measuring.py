"""Measuring two ways of doing a thing side by side, and saying what came of it.

The two are done in turn, A B A B, and each pair gives one ratio; the median of the ratios is the figure. A machine that
slows down for a moment slows both of a pair, so that the figure tells about the code and not about the moment.
"""

import gc
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from time import perf_counter

WARM_UP = 10
"""Rounds that are not counted: they fill caches and compile statements."""

Deed = Callable[[], object]
"""Something to be timed; what it needs was prepared before."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two ways of doing a thing, measured side by side, in seconds."""

    ours: float
    plain: float
    ratio: float


Watch = Callable[[], float]
"""What the time is read from: the clock on the wall, or the processor's for what waits for nothing."""


def seconds_of(deed: Deed, watch: Watch = perf_counter) -> float:
    """How long it takes once."""
    begun = watch()
    deed()
    return watch() - begun


def side_by_side(
    ours: Callable[[], Deed], plain: Callable[[], Deed], *, pairs: int, watch: Watch = perf_counter
) -> Pair:
    """Prepare and time both in turn, after some rounds that do not count."""
    times: list[tuple[float, float]] = []
    gc.collect()
    for _ in range(pairs + WARM_UP):
        one, other = ours(), plain()
        times.append((seconds_of(one, watch), seconds_of(other, watch)))
    counted = times[WARM_UP:]
    return Pair(
        ours=median(time for time, _ in counted),
        plain=median(time for _, time in counted),
        ratio=median(one / other for one, other in counted),
    )


def percentile(times: Sequence[float], percent: int) -> float:
    """The time within which so many of a hundred were done."""
    return times[0] if len(times) == 1 else quantiles(times, n=100, method="inclusive")[percent - 1]
