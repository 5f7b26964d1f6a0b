"""The entrance at work: answering suggestions, preparing calls, keeping plans; for people who are logged in."""

from standards_wf.web.entrance import calls, plans, suggestions
from standards_wf.web.entrance.blueprint import bp

__all__ = ["bp", "calls", "plans", "suggestions"]
