"""The words in the pictures of the procedure."""

from standards_wf.wording import labels
from standards_wf.wording.language import Term, t
from standards_wf.workflow.diagram import Way, Words
from standards_wf.workflow.vocabulary import Kind

_WAYS: dict[Way, Term] = {
    Way.ONWARD: Term("进入后续阶段", "leads onward"),
    Way.BACK: Term("退回先前阶段", "leads back"),
    Way.STAYING: Term("停留在本阶段", "stays at the stage"),
    Way.CLOSING: Term("办结", "closes the case"),
}


def words_for(kind: Kind) -> Words:
    """What the picture of a kind says, in the current language."""
    name = labels.kind(kind)
    return Words(
        title=t("{kind}的生命周期", "The lifecycle of a {kind}", kind=labels.mid_sentence(name)),
        phase=lambda code: str(labels.label(code, kind)),
        stage=lambda code: str(labels.stage(code, kind)),
        action=lambda code: str(labels.action(code, kind)),
        way=lambda code: str(_WAYS[code]),
    )
