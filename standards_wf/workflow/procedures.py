"""The three procedures by kind."""

from standards_wf.workflow.group_standard import GROUP_STANDARD
from standards_wf.workflow.local_standard import LOCAL_STANDARD
from standards_wf.workflow.metrology_specification import METROLOGY_SPECIFICATION
from standards_wf.workflow.table import Table
from standards_wf.workflow.vocabulary import Action, Kind

PROCEDURES: dict[Kind, Table] = {
    table.kind: table for table in (LOCAL_STANDARD, GROUP_STANDARD, METROLOGY_SPECIFICATION)
}


def has_act(kind: Kind, action: Action) -> bool:
    """Whether the procedure of a kind knows this act at any stage."""
    return any(row.action == action for row in PROCEDURES[kind].rows)
