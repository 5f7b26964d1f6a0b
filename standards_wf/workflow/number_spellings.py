"""How people write document numbers: what means the same, and the pattern of each form.

Every repetition in a pattern is bounded, so that no text, however long or hostile, is read slowly.
"""

import re
import unicodedata

# The first two digits of the codes of GB/T 2260.
PROVINCES = frozenset(
    [
        "11",
        "12",
        "13",
        "14",
        "15",
        "21",
        "22",
        "23",
        "31",
        "32",
        "33",
        "34",
        "35",
        "36",
        "37",
        "41",
        "42",
        "43",
        "44",
        "45",
        "46",
        "50",
        "51",
        "52",
        "53",
        "54",
        "61",
        "62",
        "63",
        "64",
        "65",
        "71",
        "81",
        "82",
    ]
)
PROVINCE_SIGNS = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川蜀黔贵滇云藏陕秦甘陇青宁新"
SECTORS = (
    "AQ BB CB CH CJJ CJ CY DA DL DY DZ EJ FZ GA GC GD GH GM GY HB HG HJ HS HY JB JC JGJ JG JR JT JY KA LB LD LS LY MH"
    " MT MZ NB NY QB QC QJ QX RB RF SB SC SF SH SJ SL SN SW SY TB TD TY WB WH WJ WM WS WW XB XF YB YC YD YJ YS YY YZ ZY"
).replace(" ", "|")
_DEPARTMENTS = (
    "兵工 船舶 地质 电力 电子 纺织 航空 航天 化工 机械 建材 交通 教委 军工 林业 煤炭 民航 气象 轻工 石化 石油 水利 铁道 通信 烟草 冶金 邮电"
).replace(" ", "|")

# Between the pieces people put blanks, slashes, or (in file names and web addresses) dashes and underlines.
_GAP = r"(?: {0,3}|[_-])"
_SLASH = r" {0,3}[_/-]? {0,3}"
_APART = r"[ _/-]{1,4}"
_OPEN, _SHUT = r"[(〔\[【]? {0,2}", r" {0,2}[)〕\]】]?"
_PART = r"(?P<part>[0-9]{1,4}(?:\.[0-9]{1,4}){0,3})"
_SERIAL = rf"(?P<serial>[0-9]{{1,8}})(?:\.{_PART})?"
_NO_YEAR_HERE = r"(?!(?:19|20)[0-9]{2}(?![0-9]))"
_LETTERED_SERIAL = rf"(?P<serial>(?:[A-Z]{{1,4}}[0-9]{{1,8}}-{_NO_YEAR_HERE})?[A-Z]{{0,4}}[0-9]{{1,8}})(?:\.{_PART})?"
# What could be a year is never the part of an international standard.
_ISO_PART = rf"{_NO_YEAR_HERE}[A-Z]?[0-9]{{1,6}}"
_YEAR = r"(?: {0,3}[-:_]{1,4} {0,3}(?P<year>(?:19|20)[0-9]{2}|[5-9][0-9])(?![0-9]))?"
_START = r"(?<![A-Z0-9])"
END = r"(?![A-Z0-9])"

FORMS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (form, re.compile(_START + pattern + _YEAR + END))
    for form, pattern in (
        # With T, Z or a slash the code may have two or four digits; without them two digits are tried first.
        ("guidance", rf"DB{_GAP}(?P<code>[0-9]{{2}}){_GAP}(?P<letters>[A-Z]{{2,4}}){_SLASH}Z{_GAP}{_SERIAL}"),
        ("local", rf"DB{_GAP}(?P<code>[0-9]{{2}}(?:[0-9]{{2}})?){_SLASH}(?P<t>T){_GAP}{_SERIAL}"),
        ("mandatory", rf"DB{_GAP}(?P<code>[0-9]{{2}}(?:[0-9]{{2}})?){_APART}{_SERIAL}"),
        ("mandatory", rf"DB(?P<code>[0-9]{{2}}){_SERIAL}"),
        ("engineering", rf"(?P<letters>DG{_SLASH}TJ|DGJ|DBJ){_GAP}08 {{0,3}}[_-]{{0,3}} {{0,3}}{_SERIAL}"),
        ("metrology", rf"(?P<letters>JJ[FG]){_GAP}{_OPEN}(?P<signs>[{PROVINCE_SIGNS}]{{1,6}}){_SHUT}{_GAP}{_SERIAL}"),
        ("sector metrology", rf"(?P<letters>JJ[FG]){_GAP}{_OPEN}(?P<signs>{_DEPARTMENTS}){_SHUT}{_GAP}{_SERIAL}"),
        ("national metrology", rf"(?P<letters>JJ[FG]){_GAP}{_SERIAL}"),
        # GBZ (occupational health) and GB/Z (guidance) are two series, and only the slash tells them apart.
        ("national", rf"(?P<letters>GBZ|GBJ)(?:{_SLASH}(?P<t>T))?{_GAP}{_SERIAL}"),
        ("national", rf"(?P<letters>GB)(?:{_SLASH}(?P<t>T)|{_APART}(?P<z>Z))?{_GAP}{_SERIAL}"),
        ("group", rf"T{_APART}(?P<letters>[A-Z0-9]{{1,19}}[A-Z]){_SERIAL}"),
        ("group", rf"T{_APART}(?P<letters>(?=[0-9]{{0,19}}[A-Z])[A-Z0-9]{{2,20}})[ _-]{{1,4}}{_LETTERED_SERIAL}"),
        (
            "international",
            (
                rf"(?P<letters>ISO(?:{_SLASH}(?:IEC(?:{_SLASH}IEEE)?|IEEE|CIE|ASTM))?|IEC(?:{_SLASH}IEEE)?)"
                rf"(?:{_SLASH}(?P<t>TR|TS|PAS|GUIDE|ISP|SRD)|{_APART}(?P<r>R))?{_GAP}"
                rf"(?P<serial>[0-9]{{1,8}})(?:[.-](?P<part>{_ISO_PART}(?:[.-]{_ISO_PART}){{0,3}}))?"
            ),
        ),
        ("sector", rf"(?P<letters>{SECTORS})(?:{_SLASH}(?P<t>[TZ]))?{_GAP}{_SERIAL}"),
        # Earthquakes: the one sector whose letters are also those of the local standards.
        ("sector", rf"(?P<letters>DB){_APART}(?P<t>T){_GAP}{_SERIAL}"),
    )
)

# Only where the whole text is meant as a number, and no other form fits: in running text TYPE 12-2020 is no document.
_YEAR_NEEDED = r" {0,3}[-:_]{1,4} {0,3}(?P<year>(?:19|20)[0-9]{2})"
GROUP_WITHOUT_SLASH = tuple(
    re.compile(pattern + _YEAR_NEEDED)
    for pattern in (
        rf"T(?P<letters>[A-Z0-9]{{1,19}}[A-Z]){_SERIAL}",
        rf"T(?P<letters>(?=[0-9]{{0,19}}[A-Z])[A-Z0-9]{{2,20}})[ _-]{{1,4}}{_LETTERED_SERIAL}",
    )
)

PREFIX = re.compile(
    r"DB ?[0-9]{2}(?:[0-9]{2}(?=[ /T]))?|DB ?/ ?T|DG ?/?TJ|D[GB]J ?08|T/[A-Z0-9]{2,20}"
    rf"|GB ?[/ -] ?[TZ](?![A-Z])|(?:JJ[FG]|GBZ|GBJ|GB|ISO|IEC|{SECTORS})(?![A-SU-Z])"
)
_DROPPED = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
# Full width and small forms alone: a footnote mark (1²) is not a figure of the number.
_WIDTHS = {
    width: unicodedata.normalize("NFKC", chr(width)) for width in (*range(0xFE50, 0xFE6C), *range(0xFF01, 0xFF5F))
}
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2500\u2501\u2e3a\u2e3b\u30fc\uff70\ufe58\ufe63\uff0d"
_SIGNS = str.maketrans(
    dict.fromkeys(_DASHES, "-")
    | dict.fromkeys("\u2215\u2044\\", "/")
    | {small: small.upper() for small in "abcdefghijklmnopqrstuvwxyz"}
)
# Typed or read by a machine as 一, in brackets, or with a blank: still the year.
_YEAR_OTHERWISE = re.compile(
    r"(?<=[0-9])(?: ?一 ?| |(?= ?[(〔\[【])) ?[(〔\[【]?((?:19|20)[0-9]{2})[)〕\]】]?(?:年|年版|版)?$"
)
_ROUND_ABOUT = "《》〈〉“”\"'。，、；,;: "


def fold_signs(text: str) -> str:
    """Bring dashes, slashes and small letters to one form; every character stays at its place."""
    return text.translate(_SIGNS)


def fold_widths(text: str) -> str:
    """Bring full width to half width, and drop what is not seen."""
    return _DROPPED.sub("", text).translate(_WIDTHS).replace("\u3000", " ")


def fold_spelling(text: str) -> str:
    """Bring full width, dashes, blanks, small letters and the marks around a number to one form."""
    folded = fold_signs(fold_widths(text))
    return _YEAR_OTHERWISE.sub(r"-\1", re.sub(r"\s+", " ", folded).strip(_ROUND_ABOUT))
