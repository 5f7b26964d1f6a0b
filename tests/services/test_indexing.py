from collections.abc import Iterable
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session, sessionmaker

from standards_wf.clock import Moment
from standards_wf.models.consultations import ConsultationRound
from standards_wf.models.documents import Publication
from standards_wf.models.projects import Project
from standards_wf.search.backend import Document, RecordingBackend
from standards_wf.search.entries import SourceKind
from standards_wf.services import indexing
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.vocabulary import Kind, Stage
from tests.support.effects import publish_lightly
from tests.support.scene import NODE, Scene

NODES = frozenset({"node:ROOT", "node:M", "node:M2", f"node:{NODE}"})


@pytest.fixture
def project_id(session: Session, scene: Scene, moment: Moment) -> int:
    """A case with a text of two clauses, not yet published."""
    with unit_of_work(session):
        project = scene.file_suggestion(session, Kind.LOCAL_STANDARD, moment=moment)
        project.scope = "本文件适用于充电桩。"
        publish_lightly(session, project.id, 1234, moment=moment)
        session.get_one(Publication, project.id).published_at = None
        return project.id


def _publish(sessions: sessionmaker[Session], project_id: int, moment: Moment) -> None:
    with sessions() as session, unit_of_work(session):
        session.get_one(Publication, project_id).published_at = moment.at


def _reindexed(sessions: sessionmaker[Session], backend: RecordingBackend, project_id: int) -> None:
    with sessions() as session:
        indexing.reindex_project(session, backend, project_id)


def test_what_is_not_published_does_not_reach_the_index(
    session_factory: sessionmaker[Session], project_id: int
) -> None:
    backend = RecordingBackend()
    _reindexed(session_factory, backend, project_id)

    assert [entries for entries in backend.documents.values() if entries] == []
    with session_factory() as session:
        assert {key for key, _ in indexing.all_documents(session)} == NODES


def test_a_published_document_is_indexed_clause_by_clause(
    session_factory: sessionmaker[Session], project_id: int, moment: Moment
) -> None:
    backend = RecordingBackend()
    _publish(session_factory, project_id, moment)
    _reindexed(session_factory, backend, project_id)

    whole, foreword, scope = backend.documents[f"document:{project_id}"]
    assert (whole.clause_label, whole.text, whole.position) == ("", "本文件适用于充电桩。", 0)
    assert [(entry.clause_label, entry.clause_title, entry.text) for entry in (foreword, scope)] == [
        ("前言", "前言", "前言的正文"),
        ("1", "范围", "范围的正文"),
    ]
    assert {entry.source for entry in (whole, foreword, scope)} == {SourceKind.DOCUMENT}
    assert (whole.node_code, whole.node_ancestors) == (NODE, ("M2", "M", "ROOT"))
    assert (whole.kind, whole.status, whole.year) == (Kind.LOCAL_STANDARD, Stage.SUGGESTED, 2025)
    assert "DB31/T1234-2025" in whole.number_keys
    assert len({entry.entry_id for entry in (whole, foreword, scope)}) == 3


def test_an_open_consultation_is_found_until_it_closes(
    session_factory: sessionmaker[Session], session: Session, project_id: int, moment: Moment
) -> None:
    def put(*, members_only: bool) -> int:
        with unit_of_work(session):
            held = ConsultationRound(
                project_id=project_id,
                number=2 if members_only else 1,
                draft_id=1,
                opens_on=moment.day,
                closes_on=moment.day + timedelta(days=30),
                members_only=members_only,
                public_interest_untouched=members_only,
            )
            session.add(held)
            session.flush()
            return held.id

    backend = RecordingBackend()
    round_id = put(members_only=False)
    _reindexed(session_factory, backend, project_id)
    assert backend.documents[f"consultation:{round_id}"][0].source is SourceKind.CONSULTATION

    with unit_of_work(session):
        session.get_one(ConsultationRound, round_id).closed_on = moment.day
    members = put(members_only=True)
    _reindexed(session_factory, backend, project_id)
    assert [backend.documents[f"consultation:{each}"] for each in (round_id, members)] == [(), ()]


def test_the_index_is_compared_with_the_database_and_made_anew(
    session_factory: sessionmaker[Session], project_id: int, moment: Moment
) -> None:
    backend = RecordingBackend()
    backend.documents["document:99"] = ()
    _publish(session_factory, project_id, moment)
    with session_factory() as session:
        difference = indexing.compare(session, backend)
        assert (difference.missing, difference.superfluous) == (
            NODES | {f"document:{project_id}"},
            frozenset({"document:99"}),
        )
        assert indexing.rebuild(session, backend) == len(NODES) + 1
        assert indexing.compare(session, backend) == indexing.Difference(frozenset(), frozenset())


def test_entries_are_read_while_the_index_is_held_for_writing(
    session_factory: sessionmaker[Session], session: Session, project_id: int, moment: Moment
) -> None:
    class Slow(RecordingBackend):
        def replace_documents(self, documents: Iterable[Document]) -> None:
            with unit_of_work(session):
                session.get_one(Project, project_id).title_zh = "改后的名称"
            super().replace_documents(documents)

    backend = Slow()
    _publish(session_factory, project_id, moment)
    _reindexed(session_factory, backend, project_id)

    assert backend.documents[f"document:{project_id}"][0].title_zh == "改后的名称"
