"""The words of document numbers: families, why a series is taken, and what holds a number."""

from standards_wf.wording.language import Term
from standards_wf.workflow.numbers import Family
from standards_wf.workflow.series import GapReason, HeldState, NoSeriesReason, Series, SeriesReason

FAMILIES: dict[Family, Term] = {
    Family.LOCAL_STANDARD: Term("上海市地方标准", "Shanghai local standards"),
    Family.YANGTZE_DELTA_STANDARD: Term("长三角区域协同地方标准", "Joint local standards of the Yangtze delta"),
    Family.OTHER_LOCAL_STANDARD: Term("其他地区的地方标准", "Local standards of other places"),
    Family.GUIDANCE_DOCUMENT: Term("地方标准化指导性技术文件", "Local guidance documents"),
    Family.ENGINEERING_STANDARD: Term("上海市工程建设规范", "Shanghai engineering construction codes"),
    Family.GROUP_STANDARD: Term("团体标准", "Group standards"),
    Family.LOCAL_METROLOGY: Term("上海市地方计量技术规范", "Shanghai metrology specifications"),
    Family.YANGTZE_DELTA_METROLOGY: Term(
        "长三角区域计量技术规范", "Joint metrology specifications of the Yangtze delta"
    ),
    Family.OTHER_LOCAL_METROLOGY: Term("其他地区的地方计量技术规范", "Metrology specifications of other places"),
    Family.SECTOR_METROLOGY: Term("部门计量技术规范", "Metrology specifications of national departments"),
    Family.NATIONAL_METROLOGY: Term("国家计量技术规范", "National metrology specifications"),
    Family.NATIONAL_STANDARD: Term("国家标准", "National standards"),
    Family.SECTOR_STANDARD: Term("行业标准", "Sector standards"),
    Family.INTERNATIONAL_STANDARD: Term("ISO、IEC国际标准", "International standards of ISO and IEC"),
}

_SERIES: dict[str, Term] = {
    "DB31/T": Term("上海市推荐性地方标准", "Recommended local standards of Shanghai"),
    "DB31": Term("上海市强制性地方标准", "Mandatory local standards of Shanghai"),
    "DB31 310": Term("长三角区域协同地方标准（310号段）", "Joint local standards of the Yangtze delta, block 310"),
    "JJF(沪)": Term("上海市地方计量技术规范", "Shanghai metrology specifications"),
    "JJG(沪)": Term("上海市地方计量检定规程", "Shanghai verification regulations"),
    "JJF(沪苏浙皖)": Term("长三角区域计量技术规范", "Joint metrology specifications of the Yangtze delta"),
    "JJG(沪苏浙皖)": Term("长三角区域计量检定规程", "Joint verification regulations of the Yangtze delta"),
}


def series_words(series: Series) -> Term:
    """What a series numbers."""
    return _SERIES.get(series.code, FAMILIES[series.family])


SERIES_REASONS: dict[SeriesReason, Term] = {
    SeriesReason.REVISION: Term(
        "修订沿用被代替文件的编号，只改年份", "A revision keeps the number of the document it replaces, with a new year"
    ),
    SeriesReason.PART: Term("新的部分沿用原文件的顺序号", "A new part shares the serial of its document"),
    SeriesReason.JOINT_STANDARD: Term(
        "长三角四地联合发布的标准在310号段编号，号码须与其他三地一致",
        "A joint standard of the delta is numbered in the block 310, alike in the four provinces",
    ),
    SeriesReason.JOINT_METROLOGY: Term(
        "长三角四地联合发布的规范使用“沪苏浙皖”的编号，须与其他三地商定",
        "A joint specification of the delta bears the signs of the four provinces, who agree on its number",
    ),
    SeriesReason.MANDATORY: Term("强制性地方标准的代号不带“/T”", "A mandatory local standard has no /T"),
    SeriesReason.RECOMMENDED: Term("推荐性地方标准的代号为DB31/T", "A recommended local standard bears DB31/T"),
    SeriesReason.GROUP: Term("团体标准使用其社会团体的代号", "A group standard bears the code of its association"),
    SeriesReason.REGULATION: Term("计量检定规程的代号为JJG", "A verification regulation bears JJG"),
    SeriesReason.OF_KIND: Term("此类文件统一使用同一代号", "All documents of this kind bear one prefix"),
    SeriesReason.OTHER_METROLOGY: Term(
        "除计量检定规程外，计量技术规范的代号为JJF",
        "A metrology specification that is not a verification regulation bears JJF",
    ),
}

NO_SERIES: dict[NoSeriesReason, Term] = {
    NoSeriesReason.GROUP_WITHOUT_CODE: Term(
        "社会团体尚无代号，不能编号；请管理员登记其代号。",
        "The association has no code to number with. Ask the administrator to enter it.",
    ),
    NoSeriesReason.WITHOUT_CATEGORY: Term(
        "计量技术规范的代号由其类别决定；请先填写类别。",
        "The prefix of a metrology specification follows its category. Give the category first.",
    ),
    NoSeriesReason.NATIONAL_ONLY: Term(
        "计量检定系统表只由国家制定，地方不编号；请更正类别。",
        "Verification schemes are made at national level only and have no local number. Correct the category.",
    ),
    NoSeriesReason.NOT_NUMBERED_HERE: Term(
        "本系统没有此类文件的编号系列；请与管理员联系。",
        "No series of this installation numbers documents of this kind. Speak to the administrator.",
    ),
}

HELD_STATES: dict[HeldState, Term] = {
    HeldState.RESERVED: Term("保留", "Reserved"),
    HeldState.UNUSABLE: Term("不再使用", "Not to be used"),
    HeldState.FREE: Term("已退回", "Given back"),
}

GAP_REASONS: dict[GapReason, Term] = {
    GapReason.FIRST_SERIAL: Term("由起始顺序号的设置跳过", "Left out by the setting of the first serial"),
    GapReason.TYPED: Term("人工填写后一号码时跳过", "Left out when the number after them was typed"),
    GapReason.REVISION: Term(
        "在本系统之外编号：后一号码由修订沿用", "Numbered elsewhere: the number after them is kept by a revision"
    ),
}
