"""Enters a fourth kind of document before anything else is imported, by data alone; loaded as a plugin of pytest.

What stands here is what a person writes who adds a kind: a word of the vocabulary, a row that says what sets it apart,
its table, its rules, its words. No service and no page is touched.
"""

from dataclasses import replace

from standards_wf.workflow import vocabulary

CODE = "guidance_document"


def _add_to_the_vocabulary() -> vocabulary.Kind:
    """What the line `GUIDANCE_DOCUMENT = "guidance_document"` does, for an enum that is already there."""
    kind = str.__new__(vocabulary.Kind, CODE)
    kind._name_, kind._value_ = CODE.upper(), CODE
    vocabulary.Kind._member_names_.append(kind.name)
    vocabulary.Kind._member_map_[kind.name] = kind
    vocabulary.Kind._value2member_map_[CODE] = kind
    type.__setattr__(vocabulary.Kind, kind.name, kind)
    return kind


GUIDANCE = _add_to_the_vocabulary()

# Only now may the rest be imported: much of it is made from the vocabulary.
from standards_wf.wording import labels  # noqa: E402
from standards_wf.wording.language import Term  # noqa: E402
from standards_wf.workflow.kinds import KINDS  # noqa: E402
from standards_wf.workflow.local_standard import LOCAL_STANDARD  # noqa: E402
from standards_wf.workflow.numbers import Family  # noqa: E402
from standards_wf.workflow.procedures import PROCEDURES  # noqa: E402
from standards_wf.workflow.rules import RULES  # noqa: E402
from standards_wf.workflow.table import Table  # noqa: E402
from standards_wf.workflow.vocabulary import Action, Kind  # noqa: E402

NAME = "指导性技术文件"
REVIEW_AFTER = 24

KINDS[GUIDANCE] = replace(
    KINDS[Kind.LOCAL_STANDARD],
    kind=GUIDANCE,
    series=Family.GUIDANCE_DOCUMENT,
    prefix="DB31 SW/Z",
    class_line="上海市地方标准化指导性技术文件",
    class_line_en="Shanghai guidance document",
    class_words=NAME,
    counts_toward="",
)
PROCEDURES[GUIDANCE] = Table(
    GUIDANCE,
    tuple(row for row in LOCAL_STANDARD.rows if row.action is not Action.RECORD_FILING),
)
for rule in RULES:
    own = REVIEW_AFTER if rule.name == "review_cycle_months" else rule.defaults[Kind.LOCAL_STANDARD]
    rule.defaults[GUIDANCE] = own  # type: ignore[index]  # a column of the table
    rule.basis[GUIDANCE] = ("示例 / made up", False)  # type: ignore[index]
labels.KINDS[GUIDANCE] = Term(NAME, "Guidance document")
labels.KIND_PURPOSES[GUIDANCE] = Term("为仍在发展的技术提供指导。", "Guidance where the technology is still moving.")
