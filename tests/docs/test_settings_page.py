import re
from pathlib import Path

from standards_wf.settings import variable_names

PAGE = Path(__file__).resolve().parents[2] / "docs" / "settings.md"


def test_every_setting_has_a_heading_of_its_own_and_no_heading_is_without_a_setting() -> None:
    headings = re.findall(r"^### (STANDARDS_WF_\w+)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(headings) == sorted(variable_names())


def test_the_page_names_no_setting_that_does_not_exist() -> None:
    named = set(re.findall(r"STANDARDS_WF_[A-Z_]*[A-Z]", PAGE.read_text(encoding="utf-8")))
    assert named <= {*variable_names()}
