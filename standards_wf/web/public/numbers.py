"""How document numbers are written: each family with an example, and a field that reads any spelling."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from standards_wf.services.saying import say
from standards_wf.web.public.blueprint import bp
from standards_wf.wording.numbers import FAMILIES
from standards_wf.workflow.numbers import DocumentNumber, Family, NotANumber, read_number
from standards_wf.workflow.refusals import Refusal

EXAMPLES: dict[Family, tuple[str, ...]] = {
    Family.LOCAL_STANDARD: ("DB31/T 1234—2025", "DB31/T 1234.2—2025", "DB31 387—2018"),
    Family.YANGTZE_DELTA_STANDARD: ("DB31/T 310012—2025",),
    Family.OTHER_LOCAL_STANDARD: ("DB33/T 1001—2024", "DB3307/T 98—2019"),
    Family.GUIDANCE_DOCUMENT: ("DB31 SW/Z 012—2020",),
    Family.ENGINEERING_STANDARD: ("DG/TJ 08—2406—2022",),
    Family.GROUP_STANDARD: ("T/SSITS 2003—2023", "T/ABC 001—2024"),
    Family.LOCAL_METROLOGY: ("JJF(沪) 12—2025", "JJG(沪) 3—2025"),
    Family.YANGTZE_DELTA_METROLOGY: ("JJF(沪苏浙皖) 4002—2021",),
    Family.OTHER_LOCAL_METROLOGY: ("JJF(新) 68—2021",),
    Family.SECTOR_METROLOGY: ("JJG(交通) 63—2015",),
    Family.NATIONAL_METROLOGY: ("JJF 1059.1—2012", "JJG 41—1990"),
    Family.NATIONAL_STANDARD: ("GB/T 1.1—2020", "GB 17167—2006", "GB/Z 44859—2024", "GBZ 2.1—2019"),
    Family.SECTOR_STANDARD: ("HJ 2.2—2018", "CJ/T 244—2016", "YY/T 0316—2016"),
    Family.INTERNATIONAL_STANDARD: ("ISO 14064-1:2018", "ISO/IEC 17025:2017", "IEC TR 60721-4-1:2001"),
}


@bp.get("/help/numbers")
def number_help() -> ResponseReturnValue:
    """The families of numbers; a number that is typed into the field is read."""
    typed = request.args.get("text", "")
    found, reason = _read(typed) if typed.strip() else (None, "")
    return render_template(
        "public/numbers.html", examples=EXAMPLES, families=FAMILIES, typed=typed[:200], found=found, reason=reason
    )


def _read(typed: str) -> tuple[DocumentNumber | None, str]:
    try:
        return read_number(typed), ""
    except NotANumber as problem:
        return None, say(Refusal(problem.reason, text=typed[:80]))
