"""Whom a case waits for, in words."""

from standards_wf.wording.language import Term
from standards_wf.workflow.waiting import Body

BODIES: dict[Body, Term] = {
    Body.PROPOSER: Term("建议提出人", "Proposers"),
    Body.DEPARTMENT: Term("有关行政主管部门", "Competent departments"),
    Body.AUTHORITY: Term("市场监督管理部门", "Municipal authority"),
    Body.GROUP: Term("社会团体", "Associations"),
    Body.COMMITTEE: Term("技术委员会", "Technical committees"),
    Body.DRAFTERS: Term("起草单位", "Drafting units"),
    Body.PERIOD: Term("期限届满", "A period to run"),
    Body.ADMINISTRATION: Term("系统管理", "Administration"),
}
