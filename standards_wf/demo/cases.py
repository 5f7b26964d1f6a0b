"""Which case of the demonstration stands where: who plays in it, when it began, and how far it goes."""

from collections.abc import Callable
from dataclasses import dataclass

from standards_wf.demo.acts import Case, Parts
from standards_wf.demo.marked import ask_for_fast_track, name_partners, partner_agrees
from standards_wf.demo.relations import PartOf
from standards_wf.services.suspensions import ResumeProject, SuspendProject, resume, suspend
from standards_wf.workflow.fields import ActFields
from standards_wf.workflow.vocabulary import Action, Conclusion, EarlyReason, Kind, Province, ReviewMode

Way = Callable[[Case], None]


@dataclass(frozen=True, slots=True)
class Role:
    """A case as it is cast: the text, the people, how many days before today it began, and how far it goes."""

    slug: str
    parts: Parts
    days_ago: int
    way: Way
    cites: str = ""
    """An older document of the demonstration that its text cites."""
    partly: PartOf | None = None
    """The part of an older document that it replaces."""


def suggested(case: Case) -> None:
    """A suggestion that nobody has taken up yet."""
    case.suggest()


def declined(case: Case) -> None:
    """A suggestion that the addressee does not follow."""
    suggested(case)
    case.wait(20)
    decliner = case.parts.association or case.parts.department or case.parts.secretary
    case.perform(decliner, Action.DECLINE, note="现行国家标准已有规定，不再另行制定。")


def applied(case: Case) -> None:
    """An application on the authority's table."""
    suggested(case)
    case.apply()


def in_appraisal(case: Case) -> None:
    """An application before the experts."""
    applied(case)
    case.appraise()


def appraised(case: Case) -> None:
    """An application that experts recommend, waiting for the plan."""
    in_appraisal(case)
    case.record_appraisal()


def refused(case: Case) -> None:
    """An application that the experts advise against."""
    in_appraisal(case)
    case.record_appraisal(in_favour=False)
    case.wait(5)
    case.perform(case.keeper, Action.REFUSE_PROJECT, note="经论证与现行标准重复，不予立项。")


def in_drafting(case: Case) -> None:
    """A project in the plan; the drafters write."""
    appraised(case)
    case.approve_project()


def overdue(case: Case) -> None:
    """A project that should long have been finished."""
    appraised(case)
    case.approve_project(months=6)


def extended(case: Case) -> None:
    """A project that was given more time."""
    in_drafting(case)
    case.wait(200)
    case.perform(case.keeper, Action.EXTEND_PROJECT, note="试验周期延长，申请延期。", fields=ActFields(months=6))


def suspended(case: Case) -> None:
    """A project that rests."""
    in_drafting(case)
    case.wait(40)
    note = "试验装置停用检修，试验无法继续，中止项目。（演示）"
    case.do(case.keeper, suspend, SuspendProject(project_id=case.project_id, note=note))


def resumed(case: Case) -> None:
    """A project that rested and was taken up again."""
    in_drafting(case)
    case.wait(30)
    note = "等待相关国家标准发布，中止项目。（演示）"
    case.do(case.keeper, suspend, SuspendProject(project_id=case.project_id, note=note))
    case.wait(35)
    note = "相关国家标准已经发布，恢复项目。（演示）"
    case.do(case.keeper, resume, ResumeProject(project_id=case.project_id, note=note))


def asking_for_fast_track(case: Case) -> None:
    """An application that experts recommend, and that asks to be decided before others."""
    suggested(case)
    ask_for_fast_track(case)
    case.apply()
    case.appraise()
    case.record_appraisal()


def fast_tracked(case: Case) -> None:
    """A project that entered the plan before others."""
    asking_for_fast_track(case)
    case.approve_project(fast=True)


def joint(case: Case) -> None:
    """A project of the Yangtze delta; two partners have decided, the third is waited for."""
    suggested(case)
    name_partners(case)
    case.apply()
    case.appraise()
    case.record_appraisal()
    case.approve_project()
    for province in (Province.JIANGSU, Province.ZHEJIANG):
        case.wait(12)
        partner_agrees(case, province)


def terminated(case: Case) -> None:
    """A project that was given up while drafting."""
    in_drafting(case)
    case.wait(120)
    case.perform(case.keeper, Action.TERMINATE, note="上位政策调整，技术要求存在重大变化，终止项目。")


def in_consultation(case: Case) -> None:
    """A consultation that is open, with comments."""
    in_drafting(case)
    case.open_consultation()
    case.receive_comments()


def in_resolution(case: Case) -> None:
    """A consultation that is over; some comments wait for their disposition."""
    in_consultation(case)
    case.close_consultation()
    case.dispose_comments(keep_open=1)


def resolved(case: Case) -> None:
    """All comments have their disposition."""
    in_consultation(case)
    case.close_consultation()
    case.dispose_comments()


def in_ballot(case: Case) -> None:
    """A review with its ballot under way."""
    resolved(case)
    case.submit_for_review(ReviewMode.LETTER if case.text.kind is Kind.GROUP_STANDARD else ReviewMode.MEETING)
    case.vote(against=0, silent=4)


def in_submission(case: Case) -> None:
    """A review is passed; the package is being put together."""
    resolved(case)
    case.submit_for_review()
    case.hold_review()


def failed_once(case: Case) -> None:
    """A review that did not pass; the drafters write again."""
    resolved(case)
    case.submit_for_review()
    case.hold_review(against=4, passed=False)


def in_approval(case: Case) -> None:
    """A package before the keeper."""
    in_submission(case)
    case.submit_package()


def in_public_notice(case: Case) -> None:
    """A metrology specification in public notice before approval."""
    in_approval(case)
    case.prepare_publication()
    case.open_public_notice()


def published(case: Case) -> None:
    """A document that is published and soon comes into force."""
    if case.text.kind is Kind.METROLOGY_SPECIFICATION:
        in_public_notice(case)
    else:
        in_approval(case)
        case.prepare_publication()
    case.publish()
    case.record_after_publication()


def in_force(case: Case) -> None:
    """A document in force."""
    published(case)
    case.take_effect()


def under_periodic_review(case: Case) -> None:
    """A document whose periodic review has begun."""
    in_force(case)
    case.wait(700)
    case.start_periodic_review()
    case.give_opinion(Conclusion.VALID, "技术内容仍适用，实施情况良好。")


def in_abolition_notice(case: Case) -> None:
    """A document whose abolition the public is told of."""
    in_force(case)
    case.wait(420)
    case.start_periodic_review(EarlyReason.RELATED_STANDARD_CHANGED, "国家标准已经发布，内容与本文件重复。")
    case.give_opinion(Conclusion.ABOLISH, "相关内容已纳入新发布的国家标准。")
    case.perform(case.keeper, Action.PROPOSE_ABOLITION)


def abolished(case: Case) -> None:
    """A document that was abolished."""
    in_abolition_notice(case)
    case.wait(31)
    case.perform(case.keeper, Action.ABOLISH)


def confirmed(case: Case) -> None:
    """A document that a periodic review found valid."""
    in_force(case)
    case.wait(400)
    case.start_periodic_review(EarlyReason.LAW_CHANGED, "本市关于节约型机关的规定有调整，须核对是否一致。")
    case.give_opinion(Conclusion.VALID, "技术内容仍适用。")
    case.perform(case.keeper, Action.CONFIRM)


BUILDING = Parts("building", "drafter.building", department="dept.housing")
CARBON = Parts("carbon", "drafter.carbon", department="dept.environment")
OFFICES = Parts("carbon", "drafter.carbon", department="dept.offices")
GREENING = Parts("carbon", "drafter.carbon", department="dept.greening")
TRANSPORT = Parts("carbon", "drafter.carbon", department="dept.transport")
INDUSTRY = Parts("carbon", "drafter.carbon", department="dept.industry")
METROLOGY = Parts("metrology", "drafter.metrology")
LOGISTICS = Parts("logistics", "drafter.logistics", association="assoc.logistics")
MAKERS = Parts("logistics", "drafter.logistics", association="assoc.industry")

# Ordered by their beginning, so that numbers follow the years.
CASES: tuple[Role, ...] = (
    Role("green_ecological_district_2019", BUILDING, 3120, in_force),
    Role("frugal_office_assessment", OFFICES, 1330, confirmed),
    Role("green_park_assessment", INDUSTRY, 1310, under_periodic_review),
    Role("bus_eco_driving", TRANSPORT, 1290, abolished),
    Role("garden_carbon_sink_terms", GREENING, 1270, in_force, cites="green_ecological_district_2019"),
    Role("ev_charger_in_service_calibration", METROLOGY, 1240, in_force),
    Role("green_supply_chain", MAKERS, 1200, in_force),
    Role("cold_chain_ghg", LOGISTICS, 1160, in_force),
    Role("airport_bridge_power", TRANSPORT, 1120, in_force),
    Role("power_analyzer_calibration", METROLOGY, 1080, in_force),
    Role(
        "building_energy_quota_design",
        BUILDING,
        1040,
        in_force,
        cites="green_ecological_district_2019",
        partly=PartOf("frugal_office_assessment", "6.1", "办公建筑用能限额的计算方法（见第6章）"),
    ),
    Role("high_current_meter_calibration", METROLOGY, 1000, in_force),
    Role("packaging_reuse", LOGISTICS, 960, in_force),
    Role("ghg_automatic_monitoring", CARBON, 920, in_force),
    Role("low_carbon_airport", MAKERS, 811, in_abolition_notice),
    Role("green_ecological_district", BUILDING, 700, in_force),
    Role("current_coil_calibration", METROLOGY, 320, published),
    Role("green_canteen", MAKERS, 310, overdue),
    Role("wastewater_carbon_monitoring", CARBON, 302, overdue),
    Role("green_school_assessment", OFFICES, 300, extended),
    Role("flue_gas_flow_comparison", METROLOGY, 265, in_public_notice),
    Role("three_d_pitot_calibration", METROLOGY, 250, in_approval),
    Role("farmland_static_chamber", CARBON, 236, in_submission),
    Role("wetland_sink_enhancement", GREENING, 233, in_ballot),
    Role("green_logistics_park", LOGISTICS, 220, terminated),
    Role("voltage_transformer_verification", METROLOGY, 190, in_resolution),
    Role("inland_ship_shore_power", TRANSPORT, 152, in_consultation),
    Role("green_waste_utilization", MAKERS, 141, in_consultation),
    Role("green_packaging", LOGISTICS, 130, resumed),
    Role("green_space_low_carbon_design", GREENING, 125, in_drafting),
    Role("digital_comparison_tester_verification", METROLOGY, 120, suspended),
    Role("building_operation_quota", BUILDING, 110, in_drafting),
    Role("salt_marsh_sink_monitoring", GREENING, 105, fast_tracked),
    Role("garden_sink_smart_system", MAKERS, 100, in_drafting),
    Role("green_venue_assessment", OFFICES, 90, refused),
    Role("delta_public_institution_assessment", OFFICES, 84, joint),
    Role("vehicle_air_conditioner_fgas_monitoring", CARBON, 60, asking_for_fast_track),
    Role("green_operation_mode", LOGISTICS, 55, appraised),
    Role("remote_stand_power_layout", TRANSPORT, 45, in_appraisal),
    Role("turnover_box_technology", LOGISTICS, 40, in_appraisal),
    Role("greening_sink_database", GREENING, 38, declined),
    Role("reverse_logistics", LOGISTICS, 30, applied),
    Role("urban_greening_sink_enhancement", GREENING, 26, applied),
    Role("garden_sink_smart_monitoring_data", GREENING, 22, applied),
    Role("logistics_equipment_selection", LOGISTICS, 16, suggested),
    Role("green_space_maintenance_reduction", GREENING, 12, suggested),
    Role("green_logistics_service_assessment", LOGISTICS, 8, suggested),
    Role("recycling_logistics", LOGISTICS, 5, suggested),
)
