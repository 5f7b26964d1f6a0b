"""The words of the entrance: fast track, joint projects, and the titles that plans have by themselves."""

from standards_wf.wording import labels
from standards_wf.wording.language import Term, t
from standards_wf.workflow.vocabulary import Kind


def plan_title(kind: Kind, publisher: str, year: int, given: Term) -> str:
    """The title of a plan: as announced, else made of its year, publisher and kind."""
    made = t(
        "{publisher}{year}年{kind}项目计划",
        "{kind_en}: project plan {year} of {publisher}",
        publisher=publisher,
        year=year,
        kind=labels.kind(kind).zh,
        kind_en=labels.kind(kind).en,
    )
    return t(given.zh, given.en or given.zh) or made
