"""The forms of amendment sheets and corrections: drawing one up clause by clause, and publishing it."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from standards_wf.errors import NotFound
from standards_wf.request import current_actor, current_moment, db
from standards_wf.services import amendments
from standards_wf.services.amendments import (
    PREPARERS,
    PUBLISHERS,
    ClauseChange,
    DiscardAmendment,
    PrepareAmendment,
    PublishAmendment,
)
from standards_wf.services.reading.amendments import AmendmentShown, ChangeShown, amendments_of
from standards_wf.services.reading.projects import Head
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.web.forms.answering import answer
from standards_wf.web.forms.page import Field, FormPage, Group, Input
from standards_wf.web.forms.reading import Reader
from standards_wf.web.forms.trouble import Trouble
from standards_wf.web.projects.blueprint import bp
from standards_wf.web.projects.shown import head_for, show_form, since, way_to
from standards_wf.wording import labels
from standards_wf.wording.language import t
from standards_wf.workflow.vocabulary import AmendmentKind

_FIRST_ROWS, _MORE_ROWS = 3, 2
_MOST_ROWS = 200


def _way(head: Head) -> tuple[tuple[str, str], ...]:
    return way_to(head, "life", t("公示与复审", "Notices and reviews"))


def _shown(project_id: int, amendment_id: int) -> AmendmentShown:
    """An amendment that is not published yet. Raises NotFound."""
    rows = amendments_of(db.session(), project_id, published_only=False)
    found = next((each for each in rows if each.id == amendment_id and not each.is_published), None)
    if found is None:
        raise NotFound("amendment", amendment_id)
    return found


@bp.route("/<int:project_id>/life/amendments/new", methods=["GET", "POST"])
def new_amendment(project_id: int) -> ResponseReturnValue:
    """The form of a new amendment sheet or correction."""
    return _prepare(head_for(project_id, *PREPARERS), None)


@bp.route("/<int:project_id>/life/amendments/<int:amendment_id>", methods=["GET", "POST"])
def edit_amendment(project_id: int, amendment_id: int) -> ResponseReturnValue:
    """The form of one that is drawn up and not published."""
    head = head_for(project_id, *PREPARERS)
    return _prepare(head, _shown(project_id, amendment_id))


def _prepare(head: Head, before: AmendmentShown | None) -> ResponseReturnValue:
    def page(trouble: Trouble) -> FormPage:
        return FormPage(
            title=t("拟定修改单或更正", "Prepare an amendment or a correction"),
            over=head.number,
            under=head.title_zh,
            crumbs=_way(head),
            groups=_groups(before, trouble),
            version=head.version,
            submit=t("保存", "Save"),
            cancel_url=url_for("projects.life", project_id=head.id),
            trouble=trouble,
            since=since(head, trouble),
            told=(
                t(
                    "保存后由发布机构发布；编号在发布时给出。",
                    "Whoever issues the document publishes it; its number is given then.",
                ),
            ),
        )

    return answer(
        page=page,
        show=show_form,
        read=lambda reader: _read(reader, head.id, before),
        do=lambda session, command: amendments.prepare_amendment(
            session, command, actor=current_actor(), moment=current_moment()
        ),
        done=t("已保存。", "Saved."),
        after=url_for("projects.life", project_id=head.id) + "#amendments",
    )


def _groups(before: AmendmentShown | None, trouble: Trouble) -> tuple[Group, ...]:
    """Kind and reason, then a group of three fields for each place that is changed, with some left empty."""
    changes = before.changes if before else ()
    rows = max(_FIRST_ROWS, len(changes) + _MORE_ROWS)
    if trouble.typed is not None:
        rows = max(rows, sum(1 for name in trouble.typed if name.startswith("clause-")))
    empty = ChangeShown("", "", "")
    what = Group(
        fields=(
            Field(
                name="kind",
                input=Input.RADIOS,
                label=t("类别", "Kind"),
                choices=(
                    (
                        AmendmentKind.AMENDMENT.value,
                        labels.amendment_kind(AmendmentKind.AMENDMENT),
                        t("修改技术内容。", "Changes what the text says."),
                    ),
                    (
                        AmendmentKind.CORRECTION.value,
                        labels.amendment_kind(AmendmentKind.CORRECTION),
                        t("更正印刷、引用等差错，不改变内容。", "Mends slips of print or reference, nothing else."),
                    ),
                ),
                value=before.kind if before else AmendmentKind.AMENDMENT,
            ),
            Field(
                name="reason",
                input=Input.TEXTAREA,
                label=t("理由", "Reason"),
                required=False,
                rows=3,
                value=before.reason if before else "",
            ),
        )
    )
    return (
        what,
        *(_change_group(place, changes[place] if place < len(changes) else empty) for place in range(rows)),
    )


def _change_group(place: int, change: ChangeShown) -> Group:
    return Group(
        title=t("第 {n} 处", "Change {n}", n=place + 1),
        hint=t(
            "新增的条款“原文”留空，删去的条款“改为”留空；不用的各处整个留空。",
            "Leave “was” empty for a new clause and “is now” for one that is deleted; leave what is not needed empty.",
        )
        if place == 0
        else "",
        fields=(
            Field(
                name=f"clause-{place}", label=t("条款", "Clause"), value=change.clause, required=None, width="medium"
            ),
            Field(
                name=f"was-{place}",
                input=Input.TEXTAREA,
                label=t("原文", "Was"),
                value=change.was,
                required=None,
                rows=3,
            ),
            Field(
                name=f"now-{place}",
                input=Input.TEXTAREA,
                label=t("改为", "Is now"),
                value=change.now,
                required=None,
                rows=3,
            ),
        ),
    )


def _read(reader: Reader, project_id: int, before: AmendmentShown | None) -> PrepareAmendment:
    places = sorted(
        int(name.removeprefix("clause-"))
        for name in request.form
        if name.startswith("clause-") and name.removeprefix("clause-").isdecimal()
    )[:_MOST_ROWS]
    return PrepareAmendment(
        project_id=project_id,
        amendment_id=before.id if before else None,
        expected_version=reader.version(),
        kind=reader.needed_code("kind", AmendmentKind),
        reason=reader.text("reason"),
        changes=tuple(
            ClauseChange(
                clause=reader.text(f"clause-{place}"),
                was=reader.text(f"was-{place}"),
                now=reader.text(f"now-{place}"),
            )
            for place in places
        ),
    )


@bp.post("/<int:project_id>/life/amendments/<int:amendment_id>/discard")
def discard_amendment(project_id: int, amendment_id: int) -> ResponseReturnValue:
    """Give up one that is not published."""
    head_for(project_id, *PREPARERS)
    reader = Reader(request.form)
    command = DiscardAmendment(project_id=project_id, amendment_id=amendment_id, expected_version=reader.version())
    reader.done()
    with unit_of_work(db.session()) as session:
        amendments.discard_amendment(session, command, actor=current_actor(), moment=current_moment())
    flash(t("已撤回。", "Discarded."), "done")
    return redirect(url_for("projects.life", project_id=project_id) + "#amendments")


@bp.route("/<int:project_id>/life/amendments/<int:amendment_id>/publish", methods=["GET", "POST"])
def publish_amendment(project_id: int, amendment_id: int) -> ResponseReturnValue:
    """The form of its publication."""
    head = head_for(project_id, *PUBLISHERS)
    shown = _shown(project_id, amendment_id)
    today = current_moment().day

    def page(trouble: Trouble) -> FormPage:
        return FormPage(
            title=t("发布{kind}", "Publish: {kind}", kind=labels.amendment_kind(shown.kind)),
            over=head.number,
            under=head.title_zh,
            crumbs=_way(head),
            groups=(
                Group(
                    fields=(
                        Field(name="published_on", input=Input.DATE, value=today),
                        Field(name="effective_on", input=Input.DATE, value=today),
                        Field(
                            name="announcement_number",
                            label=t("公告号", "Number of the announcement"),
                            required=False,
                            width="medium",
                        ),
                    )
                ),
            ),
            told=(
                t(
                    "共修改 {n} 处；发布以后不能再改。",
                    "It changes {n} places and stays as it is.",
                    n=len(shown.changes),
                ),
            ),
            version=head.version,
            submit=t("发布", "Publish"),
            cancel_url=url_for("projects.life", project_id=project_id),
            trouble=trouble,
            since=since(head, trouble),
        )

    return answer(
        page=page,
        show=show_form,
        read=lambda reader: PublishAmendment(
            project_id=project_id,
            amendment_id=amendment_id,
            expected_version=reader.version(),
            published_on=reader.needed_day("published_on"),
            effective_on=reader.needed_day("effective_on"),
            announcement_number=reader.text("announcement_number"),
        ),
        do=lambda session, command: amendments.publish_amendment(
            session, command, actor=current_actor(), moment=current_moment()
        ),
        done=t("已发布。", "Published."),
        after=url_for("projects.life", project_id=project_id) + "#amendments",
    )
