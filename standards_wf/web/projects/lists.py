"""The list of projects with its filters, all of them in the address."""

from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from standards_wf.request import current_actor, current_moment, db
from standards_wf.services.reading.projects import ProjectFilter, list_projects
from standards_wf.web.projects.blueprint import bp
from standards_wf.wording import labels
from standards_wf.wording.deadlines import DUE_WORDS
from standards_wf.workflow.vocabulary import Kind, Phase, Stage

Code = TypeVar("Code", bound=StrEnum)
_LONGEST = 200
_LARGEST = 10**9


def asked_code(name: str, codes: type[Code]) -> Code | None:
    """A code in the address; anything else counts as none."""
    text = request.args.get(name, "")
    return codes(text) if text in set(codes) else None


def asked_number(name: str) -> int | None:
    """A number in the address; anything else counts as none."""
    text = request.args.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and int(text[:10]) <= _LARGEST else None


@bp.get("")
def listed() -> ResponseReturnValue:
    """The projects that somebody may see, narrowed as the address says."""
    wanted = ProjectFilter(
        text=request.args.get("q", "")[:_LONGEST].strip(),
        kind=asked_code("kind", Kind),
        stage=asked_code("stage", Stage),
        phase=asked_code("phase", Phase),
        node=request.args.get("node", "")[:40].replace("\x00", ""),
        committee_id=asked_number("committee"),
        mine=bool(request.args.get("mine")),
    )
    page = list_projects(
        db.session(), wanted, asked_number("page") or 1, actor=current_actor(), moment=current_moment()
    )
    kept = {name: value for name, value in request.args.items() if name != "page" and value}
    address = url_for(".listed") + (f"?{urlencode(kept)}" if kept else "")
    return render_template(
        "projects/list.html",
        page=page,
        address=address,
        filtered=bool(kept),
        due_words=DUE_WORDS,
        kind_choices=[(kind.value, labels.kind(kind)) for kind in Kind],
        stage_choices=[(stage.value, labels.stage(stage)) for stage in Stage],
        node_choices=[(code, f"{code} {name}") for code, name in page.nodes],
    )
