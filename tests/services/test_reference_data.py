"""What every installation starts from."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.models.database import session_factory
from standards_wf.models.framework import Classification, FrameworkNode, FrameworkTarget, NamedDeliverable
from standards_wf.models.history import AdministrationEvent
from standards_wf.models.migrating import upgrade
from standards_wf.models.organizations import Organization, OrganizationKind
from standards_wf.services.plan import classes, plan
from standards_wf.services.reference_data import load_reference_data
from standards_wf.services.rules import rules_for
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.vocabulary import Kind


@pytest.fixture
def empty_session(empty_engine: Engine) -> Iterator[Session]:
    upgrade(empty_engine)
    with session_factory(empty_engine)() as session:
        yield session


def test_an_empty_database_receives_the_whole_plan(empty_session: Session, moment: Moment) -> None:
    with unit_of_work(empty_session) as session:
        loaded = load_reference_data(session, moment)

    assert (loaded.nodes, loaded.deliverables, loaded.targets, loaded.classifications) == (81, 47, 18, 64)
    node = empty_session.get_one(FrameworkNode, "S2.3")
    assert node.lead_departments == ["市交通委", "市发展改革委", "市生态环境局"]
    assert node.key_topics[0] == "电动汽车充电设施"
    assert empty_session.get_one(FrameworkNode, "S2.3-B5").box == "专栏1 交通运输低碳发展重点标准"
    assert empty_session.get_one(FrameworkTarget, "T2030-local_standards").minimum == 40
    named = empty_session.scalars(select(NamedDeliverable.name).where(NamedDeliverable.node_code == "S2.3-B5")).all()
    assert named == ["机场桥载电源使用", "远机位电源替代设施布局", "低（零）碳机场评价"]
    assert empty_session.get_one(Classification, ("ics", "13")).en == "Environment. Health protection. Safety"
    assert rules_for(empty_session, Kind.LOCAL_STANDARD).consultation_min_days == 30


def test_the_bodies_of_the_plan_are_entered_by_their_sort(empty_session: Session, moment: Moment) -> None:
    with unit_of_work(empty_session) as session:
        load_reference_data(session, moment)
    kinds = dict(empty_session.execute(select(Organization.short_name, Organization.kind)).all())
    names = dict(empty_session.execute(select(Organization.short_name, Organization.name)).all())

    assert kinds["市市场监管局"] is OrganizationKind.AUTHORITY
    assert kinds["市发展改革委"] is kinds["崇明区政府"] is kinds["人民银行上海总部"] is OrganizationKind.DEPARTMENT
    assert kinds["国网上海市电力公司"] is OrganizationKind.ENTERPRISE
    assert kinds["航天八院"] is OrganizationKind.INSTITUTE
    assert names["市市场监管局"] == "上海市市场监督管理局"
    assert names["航天八院"] == "航天八院", "a name with a remark that is still to be verified stays as the plan has it"
    assert "中船动力集团" not in names, "another spelling of a body that is there is no second body"


def test_loading_again_changes_nothing(empty_session: Session, moment: Moment) -> None:
    with unit_of_work(empty_session) as session:
        first = load_reference_data(session, moment)
    acts = empty_session.scalar(select(func.count()).select_from(AdministrationEvent))
    with unit_of_work(empty_session) as session:
        again = load_reference_data(session, moment)

    assert again == first
    assert empty_session.scalar(select(func.count()).select_from(AdministrationEvent)) == acts


def test_what_the_administrator_changed_stays_and_what_the_plan_corrects_follows(
    empty_session: Session, moment: Moment
) -> None:
    with unit_of_work(empty_session) as session:
        load_reference_data(session, moment)
        department = session.scalars(select(Organization).where(Organization.short_name == "上海银保监局")).one()
        department.name = "国家金融监督管理总局上海监管局"
        session.get_one(FrameworkNode, "S1").summary = "a misprint"
    with unit_of_work(empty_session) as session:
        load_reference_data(session, moment)

    assert department.name == "国家金融监督管理总局上海监管局"
    assert empty_session.get_one(FrameworkNode, "S1").summary.startswith("支持本市相关机构")


def test_nodes_that_were_entered_otherwise_take_their_place_in_the_plan(session: Session, moment: Moment) -> None:
    """The scene has four nodes of its own, at the places that the plan gives to others."""
    with unit_of_work(session):
        load_reference_data(session, moment)

    codes = session.scalars(select(FrameworkNode.code).order_by(FrameworkNode.position)).all()
    assert codes == [node.code for node in plan().nodes]


def test_every_class_has_its_words_in_both_languages() -> None:
    for each in classes():
        assert each.zh
        assert each.en
        assert each.zh != each.en
