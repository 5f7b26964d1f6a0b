"""The text of a standard or of a specification, out of its last version and the particulars of its case."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.documents.clauses import LIST_ITEM
from standards_wf.documents.context import CalibrationBody, Foreword, Replaced, StandardBody
from standards_wf.errors import Invalid
from standards_wf.models.documents import Publication
from standards_wf.models.projects import Project
from standards_wf.services.numbering import series_answer
from standards_wf.services.paper_contexts.names import Names, names_of, paragraphs, without_marks
from standards_wf.services.paper_contexts.texts import TextOfCase, text_of_case
from standards_wf.services.reading.replacements import replaced_by_project
from standards_wf.workflow.kinds import KINDS
from standards_wf.workflow.numbers import NotANumber, read_number
from standards_wf.workflow.vocabulary import DraftStage, MetrologyCategory

_DRAFTING_RULES = {
    MetrologyCategory.VERIFICATION_REGULATION: "JJF 1002—2010《国家计量检定规程编写规则》",
}
_USUAL_DRAFTING_RULE = "JJF 1071—2010《国家计量校准规范编写规则》"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What both kinds of text take from a case."""

    names: Names
    text: TextOfCase
    publication: Publication | None
    series: str
    replaced: tuple[Replaced, ...]
    main_changes: tuple[str, ...]
    history: tuple[str, ...]

    def published(self, stage: DraftStage) -> Publication | None:
        """Number and dates, where the text to be published asks for them."""
        return self.publication if stage is DraftStage.PUBLICATION else None


def standard_body(session: Session, project: Project, draft_stage: DraftStage, day: date) -> StandardBody:
    """The text of a local or group standard; at most eight queries."""
    known = _known(session, project, draft_stage)
    names, text, publication = known.names, known.text, known.published(draft_stage)
    proposer = names.proposer(project.kind)
    return StandardBody(
        kind=project.kind,
        title_zh=project.title_zh,
        title_en=project.title_en,
        draft_stage=draft_stage,
        issuer=names.issuer(project.kind),
        class_line=KINDS[project.kind].class_line,
        number_series=known.series,
        clauses=text.clauses,
        number=publication.number if publication else None,
        replaces=known.replaced,
        introduction=text.introduction,
        completed_on=day,
        published_on=publication.published_on if publication else None,
        implemented_on=publication.effective_on if publication else None,
        ics=project.ics,
        ccs=project.ccs,
        foreword=Foreword(
            proposer=proposer,
            owner=names.committee or proposer,
            drafting_units=names.units,
            drafters=tuple(drafter.name for drafter in names.drafters),
            organises_implementation=KINDS[project.kind].proposer_organises_implementation,
            relations=text.relations,
            main_changes=known.main_changes,
            adoption=text.adoption,
            history=known.history,
            further=text.further,
        ),
    )


def calibration_body(session: Session, project: Project, draft_stage: DraftStage, day: date) -> CalibrationBody:
    """The text of a metrology specification of whatever category; at most eight queries.

    The first unit leads; its people are the lead drafters, and all are where none of them is of that unit.
    """
    known = _known(session, project, draft_stage)
    names, text, publication = known.names, known.text, known.published(draft_stage)
    leading = tuple(each for each in names.drafters if names.units[:1] == (each.employer,)) or names.drafters
    is_regulation = project.category is MetrologyCategory.VERIFICATION_REGULATION
    usual_basis = _DRAFTING_RULES.get(project.category or MetrologyCategory.OTHER, _USUAL_DRAFTING_RULE)
    return CalibrationBody(
        title_zh=project.title_zh,
        title_en=project.title_en,
        draft_stage=draft_stage,
        issuer=names.issuer(project.kind),
        class_line=KINDS[project.kind].class_line,
        number_series=known.series,
        clauses=text.clauses,
        number=publication.number if publication else None,
        replaces=known.replaced,
        introduction=text.own_introduction,
        completed_on=day,
        published_on=publication.published_on if publication else None,
        implemented_on=publication.effective_on if publication else None,
        owner=names.committee,
        lead_units=names.units[:1],
        interpreter=names.committee,
        lead_drafters=leading,
        basis=text.basis or (usual_basis,),
        participating_units=names.units[1:],
        participating_drafters=tuple(each for each in names.drafters if each not in leading),
        main_changes=known.main_changes,
        approved_on=publication.approved_on if publication else None,
        itself="本规程" if is_regulation else "本规范",
    )


def _known(session: Session, project: Project, draft_stage: DraftStage) -> _Known:
    names = names_of(session, project)
    text = text_of_case(session, project, draft_stage)
    publication = session.get(Publication, project.id)
    older = _replaced_project(session, project)
    main_title = older.title_zh if older else text.replaced_title
    replaced = _replaced(session, project, main_title)
    typed = (LIST_ITEM.sub(r"\g<text>", line) for line in paragraphs(project.main_changes))
    return _Known(
        names=names,
        text=text,
        publication=publication,
        series=_series(session, project),
        replaced=replaced,
        main_changes=(text.main_changes or without_marks(typed)) if replaced else (),
        history=(text.history or _editions(project, older)) if project.replaces else (),
    )


def _replaced(session: Session, project: Project, main_title: str) -> tuple[Replaced, ...]:
    """What the text replaces, wholly and in part; a title that is not known here stays empty."""
    return tuple(
        Replaced(
            each.number,
            each.title_zh or (main_title if each.number == project.replaces else ""),
            partial=each.partial,
            clauses=each.clauses,
        )
        for each in replaced_by_project(session, project.id)
    )


def _series(session: Session, project: Project) -> str:
    """The series that numbers the document; empty where there is none, so that the paper names it as missing."""
    try:
        return series_answer(session, project).series.prefix
    except Invalid:
        return ""


def _replaced_project(session: Session, project: Project) -> Project | None:
    """The case of the document replaced, where it was published here."""
    try:
        key = read_number(project.replaces).key
    except NotANumber:
        return None
    return session.scalar(
        select(Project).join(Publication, Publication.project_id == Project.id).where(Publication.number_key == key)
    )


def _editions(project: Project, older: Project | None) -> tuple[str, ...]:
    """The editions before this one, as far as they are known: who is not known to be the first is not called it."""
    try:
        year = read_number(project.replaces).year
    except NotANumber:
        return ()
    if year is None:
        return ()
    if older is not None and not older.replaces:
        return (f"{year}年首次发布为{project.replaces}", "本次为第一次修订")
    return (f"{year}年发布为{project.replaces}", "本次为修订")
