"""The framework of the plan: the whole tree, and each of its nodes."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from standards_wf.request import db
from standards_wf.services.reading.framework import Branch, framework_page, node_page
from standards_wf.web.public.blueprint import bp
from standards_wf.wording.language import Term

LEVELS: dict[str, Term] = {
    "root": Term("体系", "System"),
    "section": Term("部分", "Section"),
    "item": Term("任务", "Task"),
    "subitem": Term("分任务", "Part of a task"),
    "box_item": Term("专栏项目", "Item of a box"),
}
KINDS: dict[str, Term] = {
    "root": Term("总体", "Whole"),
    "standards": Term("标准体系", "Standards"),
    "metrology": Term("计量体系", "Metrology"),
    "project": Term("重点实践工程", "Practice projects"),
}
DOC_KINDS: dict[str, Term] = {
    "standard": Term("标准", "Standard"),
    "technical_spec": Term("技术规范", "Technical specification"),
    "JJF": Term("计量技术规范（JJF）", "Metrology specification (JJF)"),
    "JJG": Term("计量检定规程（JJG）", "Verification regulation (JJG)"),
}
DOC_LEVELS: dict[str, Term] = {
    "national": Term("国家", "national"),
    "yangtze_delta": Term("长三角", "Yangtze River Delta"),
    "local": Term("地方", "local"),
}


@bp.get("/framework")
def framework() -> ResponseReturnValue:
    """The whole framework with its counts, its targets and its safeguards."""
    page = framework_page(db.session())
    return render_template(
        "public/framework.html", page=page, tree=[_as_tree(root) for root in page.roots], kinds=KINDS
    )


def _as_tree(branch: Branch) -> dict[str, object]:
    """A branch as the tree component takes it."""
    return {
        "code": branch.code,
        "name": branch.name,
        "url": url_for(".node", code=branch.code),
        "counts": branch.counts,
        "deliverables": branch.deliverables,
        "children": [_as_tree(child) for child in branch.children],
    }


@bp.get("/framework/<code>")
def node(code: str) -> ResponseReturnValue:
    """A node with the plan's words and all that belongs to it."""
    return render_template(
        "public/node.html",
        page=node_page(db.session(), code),
        levels=LEVELS,
        doc_kinds=DOC_KINDS,
        doc_levels=DOC_LEVELS,
    )
