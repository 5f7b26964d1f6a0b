"""The submission package (报批材料): which papers each kind hands in."""

from standards_wf.workflow.vocabulary import Kind, Paper, ReviewMode


def package_of(kind: Kind, body: Paper, mode: ReviewMode) -> tuple[Paper, ...]:
    """The papers of the package, in the order in which they are listed.

    A meeting leaves minutes (会审), a letter ballot its conclusion (函审).
    """
    annexes = (Paper.TEST_REPORT, Paper.UNCERTAINTY_REPORT) if kind is Kind.METROLOGY_SPECIFICATION else ()
    record = Paper.REVIEW_MINUTES if mode is ReviewMode.MEETING else Paper.BALLOT_CONCLUSION
    return (
        Paper.SUBMISSION_LETTER,
        Paper.SUBMISSION_LIST,
        body,
        Paper.EXPLANATORY_NOTE,
        *annexes,
        Paper.COMMENT_TABLE,
        record,
        Paper.REVIEW_COMMENT_TABLE,
    )
