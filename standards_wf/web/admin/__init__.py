"""The pages of the administrator: people and their roles, bodies, rules, and the state of the record."""

from standards_wf.web.admin import bodies, people, record, rules
from standards_wf.web.admin.blueprint import bp

__all__ = ["bodies", "bp", "people", "record", "rules"]
