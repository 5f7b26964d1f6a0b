"""Whether a text bears the number and the dates that it is published with."""

from datetime import date

from standards_wf.documents.bearing import bears


def marks_missing(folded_text: str, number: str, published_on: date, effective_on: date) -> tuple[str, ...]:
    """Which of number, publication date and implementation date the folded text does not bear."""
    marks = {"number": number, "published_on": published_on.isoformat(), "effective_on": effective_on.isoformat()}
    return tuple(name for name, mark in marks.items() if not bears(folded_text, mark))
