"""The numbers of the procedure: parameters of guards, with a default for each kind and the basis it rests on.

The defaults are those of a new installation. What counts for a case is the table `rule`, which the
administrator edits; a default whose basis is not confirmed is shown as such and never as law.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from fractions import Fraction

from standards_wf.workflow.vocabulary import Kind

LOCAL, GROUP, METROLOGY = Kind.LOCAL_STANDARD, Kind.GROUP_STANDARD, Kind.METROLOGY_SPECIFICATION


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The parameters in force for one kind; `None` where the kind has no such step."""

    appraisal_min_experts: int
    plan_months_new: int
    plan_months_revision: int
    extension_ask_before_days: int
    extension_max_months: int
    consultation_min_days: int
    papers_notice_days: int
    review_min_voters: int
    review_max_drafter_unit_share: Fraction
    quorum: Fraction
    approve: Fraction
    public_notice_days: int | None
    publication_gap_days: int
    full_text_days: int | None
    filing_days: int | None
    review_cycle_months: int
    review_opinion_months_before: int
    abolition_notice_days: int


@dataclass(frozen=True, slots=True)
class RuleDefinition:
    """One parameter: which guard asks for it, its default for each kind, and where the figure comes from."""

    name: str
    guard: str
    unit: str
    defaults: Mapping[Kind, int | Fraction | None]
    basis: Mapping[Kind, tuple[str, bool]]
    """For each kind the basis in words, and whether it is confirmed by a text that was read."""

    @property
    def is_fraction(self) -> bool:
        """Whether the value is a share rather than a count."""
        return self.unit == "share"


def _same(value: tuple[str, bool]) -> dict[Kind, tuple[str, bool]]:
    return dict.fromkeys(Kind, value)


def _row(
    name: str,
    guard: str,
    unit: str,
    local: int | Fraction | None,
    group: int | Fraction | None,
    metrology: int | Fraction | None,
    basis: dict[Kind, tuple[str, bool]],
) -> RuleDefinition:
    return RuleDefinition(name, guard, unit, {LOCAL: local, GROUP: group, METROLOGY: metrology}, basis)


_SETTING = "本安装的缺省值，待核实 / default of this installation, to be verified"
_CYCLE = "《上海市标准化条例》第二十三条"
_LAND = "自然资源行业标准管理规定（参照） / rule of a ministry, by analogy"

RULES: tuple[RuleDefinition, ...] = (
    _row("appraisal_min_experts", "appraisal_passed", "persons", 5, 7, 5, {
        LOCAL: (_SETTING, False), GROUP: ("社会团体立项论证实践（不少于7名专家） / practice of associations", False),
        METROLOGY: (_SETTING, False)}),
    _row("plan_months_new", "plan_entry_complete", "months", 18, 12, 24, {
        LOCAL: (_SETTING, False), GROUP: ("社会团体实践 / practice of associations", False),
        METROLOGY: ("湖北省地方计量规范管理办法（征求意见稿，参照） / draft rule of Hubei, by analogy", False)}),
    _row("plan_months_revision", "plan_entry_complete", "months", 12, 12, 24, {
        LOCAL: (_SETTING, False), GROUP: ("社会团体实践 / practice of associations", False),
        METROLOGY: ("湖北省地方计量规范管理办法（征求意见稿，参照） / draft rule of Hubei, by analogy", False)}),
    _row("extension_ask_before_days", "extension_allowed", "days", 30, 30, 30, _same((_LAND, False))),
    _row("extension_max_months", "extension_allowed", "months", 12, 12, 12, _same((_LAND, False))),
    _row("consultation_min_days", "consultation_long_enough", "days", 30, 30, 30, {
        LOCAL: ("《地方标准管理办法》（总局令第26号）第十三条，条号待核实 / Order 26 Art. 13, to be verified", False),
        GROUP: ("社会团体标准制定程序（不少于30日） / procedures of associations", True),
        METROLOGY: (_SETTING, False)}),
    _row("papers_notice_days", "papers_sent_in_time", "days", 30, 7, 30, {
        LOCAL: (_LAND, False), GROUP: (_SETTING, False),
        METROLOGY: ("《全国专业计量技术委员会章程》第三十六条 / charter of the national metrology committees, Art. 36", True)}),
    _row("review_min_voters", "reviewers_are_enough", "persons", 7, 5, 7, _same((_SETTING, False))),
    _row("review_max_drafter_unit_share", "reviewers_are_enough", "share",
         Fraction(1, 4), Fraction(0), Fraction(1, 4), {
        LOCAL: (_LAND, False), GROUP: ("社会团体标准制定程序：起草人及其单位专家回避 / drafters recuse", True),
        METROLOGY: (_SETTING, False)}),
    _row("quorum", "quorum_met", "share", Fraction(2, 3), Fraction(2, 3), Fraction(2, 3), {
        LOCAL: (_LAND, False), GROUP: (_SETTING, False),
        METROLOGY: ("《全国专业计量技术委员会章程》第三十七条 / charter of the national metrology committees, Art. 37", True)}),
    _row("approve", "approved_by_vote", "share", Fraction(3, 4), Fraction(3, 4), Fraction(3, 4), {
        LOCAL: ("《国家标准管理办法》（参照）：四分之三 / by analogy: three quarters", True),
        GROUP: ("社会团体标准制定程序：四分之三 / three quarters", True),
        METROLOGY: ("《全国专业计量技术委员会章程》第三十七条 / charter of the national metrology committees, Art. 37", True)}),
    _row("public_notice_days", "notice_days_passed", "days", None, None, 7, {
        LOCAL: ("-", False), GROUP: ("-", False), METROLOGY: (_SETTING, False)}),
    _row("publication_gap_days", "publication_dates_in_order", "days", 30, 0, 90, _same((_SETTING, False))),
    _row("full_text_days", "full_text_attached", "days", 20, None, None, {
        LOCAL: ("《地方标准管理办法》（总局令第26号）第二十一条，待核实 / Order 26 Art. 21, to be verified", False),
        GROUP: ("-", False), METROLOGY: ("-", False)}),
    _row("filing_days", "filing_recorded", "days", 60, None, None, {
        LOCAL: ("《地方标准管理办法》（总局令第26号）第二十二条，待核实 / Order 26 Art. 22, to be verified", False),
        GROUP: ("-", False), METROLOGY: ("-", False)}),
    _row("review_cycle_months", "review_opinion_recorded", "months", 36, 60, 60, {
        LOCAL: (_CYCLE, True), GROUP: (_CYCLE, True), METROLOGY: (_SETTING, False)}),
    _row("review_opinion_months_before", "review_opinion_recorded", "months", 6, 6, 6, {
        LOCAL: (_CYCLE, True), GROUP: (_SETTING, False), METROLOGY: (_SETTING, False)}),
    _row("abolition_notice_days", "abolition_notice_days_passed", "days", 30, 30, 30, _same((_SETTING, False))),
)  # fmt: skip

RULE_BY_NAME: dict[str, RuleDefinition] = {row.name: row for row in RULES}

if set(RULE_BY_NAME) != {field.name for field in fields(Rules)}:
    raise ValueError("every field of Rules needs a row in RULES, and every row a field")


def default_rules(kind: Kind) -> Rules:
    """The parameters of a new installation for one kind."""
    return rules_from({row.name: row.defaults[kind] for row in RULES})


def rules_from(values: Mapping[str, int | Fraction | None]) -> Rules:
    """Gather the parameters of one kind; every name of `RULES` must be there."""
    return Rules(**values)  # type: ignore[arg-type]  # the names and units are checked against RULES above
