"""The numbers of official papers (发文字号), as announcements and decisions bear them: 沪市监标技〔2025〕12号.

GB/T 9704 sets them: the year in hexagonal brackets, the running number without noughts before it and without 第.
"""

import re

from standards_wf.workflow.number_spellings import fold_widths

_OPEN, _SHUT = r"[(\[{〔［【〖（]", r"[)\]}〕］】〗）]"
_OFFICIAL = re.compile(
    rf"(?P<office>[^\s\d()\[\]〔〕]{{1,30}}) ?{_OPEN} ?(?P<year>(?:19|20)[0-9]{{2}}) ?年? ?{_SHUT}"
    r" ?第? ?0{0,6}(?P<serial>[1-9][0-9]{0,6}) ?号?"
)
_OF_A_YEAR = re.compile(r"(?P<year>(?:19|20)[0-9]{2}) ?年 ?第 ?0{0,6}(?P<serial>[1-9][0-9]{0,6}) ?号")
_LONGEST = 200


def official_number(text: str) -> str:
    """The right form of the number of an official paper; what is of neither form stands as it was typed."""
    typed = " ".join(text[: _LONGEST + 1].split())
    folded = fold_widths(typed)
    if found := _OFFICIAL.fullmatch(folded):
        return f"{found['office']}〔{found['year']}〕{found['serial']}号"
    if found := _OF_A_YEAR.fullmatch(folded):
        return f"{found['year']}年第{found['serial']}号"
    return typed if len(text) <= _LONGEST else text
