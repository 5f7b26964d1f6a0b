"""The pages of the administrator: people and their roles, bodies, rules, and the state of the record."""

from standards_wf.web.admin import bodies, clock, people, record, rules, two_persons
from standards_wf.web.admin.blueprint import bp

__all__ = ["bodies", "bp", "clock", "people", "record", "rules", "two_persons"]
