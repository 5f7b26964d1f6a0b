"""Calls for suggestions and published plans, with their documents; everybody reads them."""

from flask import render_template
from flask.typing import ResponseReturnValue

from standards_wf.request import current_actor, current_moment, db
from standards_wf.services.announced_files import announced_file_for
from standards_wf.services.reading.calls import call_list, call_page
from standards_wf.services.reading.plans import plan_list, plan_page
from standards_wf.web.downloads import file_answer
from standards_wf.web.forms.trouble import NO_TROUBLE
from standards_wf.web.public.blueprint import bp


@bp.get("/calls")
def calls() -> ResponseReturnValue:
    """The calls, those that are open first."""
    page = call_list(db.session(), current_actor(), current_moment().day)
    return render_template("public/calls.html", page=page)


@bp.get("/calls/<int:call_id>")
def call(call_id: int) -> ResponseReturnValue:
    """A call, and the way to answer it."""
    page = call_page(db.session(), call_id, current_actor(), current_moment().day)
    return render_template("public/call.html", page=page, trouble=NO_TROUBLE)


@bp.get("/plans")
def plans() -> ResponseReturnValue:
    """The published plans, the latest first."""
    return render_template("public/plans.html", rows=plan_list(db.session(), current_actor()))


@bp.get("/plans/<int:plan_id>")
def plan(plan_id: int) -> ResponseReturnValue:
    """A plan with its entries, and what became of each."""
    return render_template("public/plan.html", page=plan_page(db.session(), plan_id, current_actor()))


@bp.get("/announced/<int:file_id>")
def announced(file_id: int) -> ResponseReturnValue:
    """A document of a call or a plan."""
    found = announced_file_for(db.session(), file_id, current_actor())
    return file_answer(found.sha256, found.filename, public=True)
