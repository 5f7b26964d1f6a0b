"""For each guard the case that just passes, the case that just fails, and what the refusal says then."""

from tests.workflow.guard_case import Case
from tests.workflow.guard_cases_from_review import APPROVAL, LONG_LIFE, TECHNICAL_REVIEW
from tests.workflow.guard_cases_to_consultation import CONSULTATION, PROPOSAL

CASES: tuple[Case, ...] = (*PROPOSAL, *CONSULTATION, *TECHNICAL_REVIEW, *APPROVAL, *LONG_LIFE)
