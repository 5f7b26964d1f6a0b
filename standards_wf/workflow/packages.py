"""The submission package (报批材料): which papers each kind hands in, and which of them is the text."""

from standards_wf.workflow.vocabulary import Kind, MetrologyCategory, Paper, ReviewMode


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


def body_of(kind: Kind, category: MetrologyCategory | None) -> Paper:
    """Which paper is the text itself: by kind, and for metrology by category."""
    if kind is not Kind.METROLOGY_SPECIFICATION:
        return Paper.STANDARD_BODY
    if category is MetrologyCategory.CALIBRATION_SPECIFICATION:
        return Paper.CALIBRATION_BODY
    if category is MetrologyCategory.VERIFICATION_REGULATION:
        return Paper.VERIFICATION_BODY
    return Paper.METROLOGY_BODY
