"""What became of a document, in one sentence."""

from datetime import date

from standards_wf.wording import dates
from standards_wf.wording.language import t
from standards_wf.workflow.vocabulary import Stage


def sentence_of_ending(
    how: Stage, ended_on: date, *, successors: str = "", announcement_number: str = "", use_instead: str = ""
) -> str:
    """How and when a document ended, by which announcement, and what is used in its place."""
    said = _how(how, dates.long_date(ended_on), successors)
    if announcement_number:
        said += t("（{number}）", " ({number})", number=announcement_number)
    if use_instead and how is Stage.ABOLISHED:
        said += t("，改用{number}", "; use {number} instead", number=use_instead)
    return said + t("。", ".")


def _how(how: Stage, day: str, successors: str) -> str:
    if how is Stage.ABOLISHED:
        return t("自{day}起废止", "Abolished on {day}", day=day)
    if not successors:
        return t("自{day}起失效，已被代替", "Superseded on {day}", day=day)
    return t("自{day}起失效，由{numbers}代替", "Superseded on {day} by {numbers}", day=day, numbers=successors)
