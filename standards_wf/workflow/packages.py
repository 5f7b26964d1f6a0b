"""The submission package (报批材料): which papers each kind hands in, and which of them is the text."""

from standards_wf.workflow.kinds import KINDS
from standards_wf.workflow.vocabulary import Kind, MetrologyCategory, Paper, ReviewMode


def package_of(kind: Kind, body: Paper, mode: ReviewMode) -> tuple[Paper, ...]:
    """The papers of the package, in the order in which they are listed.

    A meeting leaves minutes (会审), a letter ballot its conclusion (函审).
    """
    record = Paper.REVIEW_MINUTES if mode is ReviewMode.MEETING else Paper.BALLOT_CONCLUSION
    return (
        Paper.SUBMISSION_LETTER,
        Paper.SUBMISSION_LIST,
        body,
        Paper.EXPLANATORY_NOTE,
        *KINDS[kind].annexes,
        Paper.COMMENT_TABLE,
        record,
        Paper.REVIEW_COMMENT_TABLE,
    )


def body_of(kind: Kind, category: MetrologyCategory | None) -> Paper:
    """Which paper is the text itself: by kind, and for metrology by category."""
    row = KINDS[kind]
    return row.bodies.get(category, row.body) if category else row.body


def belongs_to(paper: Paper, kind: Kind) -> bool:
    """Whether the procedure of a kind knows a paper; the texts are asked for by `body_of`."""
    others = (row for row in KINDS.values() if row.kind is not kind)
    foreign = {each for row in others for each in (*row.annexes, *row.own_papers)}
    return paper not in foreign - {*KINDS[kind].annexes, *KINDS[kind].own_papers}


TO_BE_FILLED_IN = frozenset({Paper.APPLICATION_FORM, Paper.TEST_REPORT, Paper.UNCERTAINTY_REPORT})
"""The papers that are made as forms only: what counts is the one that somebody has filled in, signed and brought."""
