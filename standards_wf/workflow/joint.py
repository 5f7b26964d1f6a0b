"""Joint projects of the Yangtze delta (长三角区域协同): a document is published when every partner has agreed.

Each province approves the document first; then all of them confirm it and publish it together. No row of the published
procedure says so, which is why it is asked beside the table.
"""

from standards_wf.workflow.facts import ProjectFacts, known
from standards_wf.workflow.refusals import Refusal, RefusalCode
from standards_wf.workflow.vocabulary import Action


def partners_agree(action: Action, facts: ProjectFacts) -> Refusal | None:
    """A joint document is published once every partner has decided in favour of it."""
    if action is not Action.PUBLISH:
        return None
    missing = known(facts.publication).partners_not_in_favour
    return Refusal(RefusalCode.PARTNERS_NOT_IN_FAVOUR, names=missing) if missing else None
