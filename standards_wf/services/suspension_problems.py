"""Why a project is not suspended or not resumed, and the sentences that say so."""

from enum import StrEnum

from standards_wf.wording.language import Term
from standards_wf.wording.refusals import Book


class SuspensionProblem(StrEnum):
    """What stands against suspending or resuming a project."""

    NOT_AT_THIS_STAGE = "not_suspended_at_this_stage"
    ALREADY_SUSPENDED = "already_suspended"
    NOT_SUSPENDED = "not_suspended"
    CONSULTATION_RUNS = "consultation_runs"
    BALLOT_RUNS = "ballot_runs"
    NOTICE_RUNS = "notice_runs"


SENTENCES: Book = {
    SuspensionProblem: {
        SuspensionProblem.NOT_AT_THIS_STAGE: Term(
            "项目处于“{stage}”阶段，此阶段不能中止项目；自立项申请至报批的各阶段可以中止。",
            'The project stands at the stage "{stage}", where it cannot be suspended; '
            "that is possible from the application to the submission for approval.",
        ),
        SuspensionProblem.ALREADY_SUSPENDED: Term(
            "项目自{since}起已经中止，不必再次办理。",
            "The project has been suspended since {since}; nothing is left to do.",
        ),
        SuspensionProblem.NOT_SUSPENDED: Term("项目没有中止，无需恢复。", "The project is not suspended."),
        SuspensionProblem.CONSULTATION_RUNS: Term(
            "正在征求意见，截止日期为{closes_on}，公布的期限不能中断；请在征求意见结束以后中止。",
            "A consultation runs until {closes_on}, and what was promised to the public is kept. "
            "Suspend the project once the consultation is closed.",
        ),
        SuspensionProblem.BALLOT_RUNS: Term(
            "正在表决，截止日期为{closes_on}；请在表决结束以后中止。",
            "A ballot runs until {closes_on}. Suspend the project once the ballot is closed.",
        ),
        SuspensionProblem.NOTICE_RUNS: Term(
            "正在公示，期限至{ends_on}，公布的期限不能中断；请在公示结束以后中止。",
            "A public notice runs until {ends_on}, and what was promised to the public is kept. "
            "Suspend the project once the notice is over.",
        ),
    }
}
