"""Comments on a text that is put to consultation: taken while it is open, and not a moment longer."""

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import Invalid
from standards_wf.models.consultations import Comment, ConsultationRound
from standards_wf.services.access import consultation_for
from standards_wf.services.consultations import SendComment, send_comment
from standards_wf.services.problems import ConsultationProblem
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.facts import VISITOR
from tests.services.cases import act
from tests.services.situations import in_consultation, round_of


def test_a_comment_that_waited_while_the_round_was_closed_is_not_taken(session: Session, moment: Moment) -> None:
    consultation = round_of(session, in_consultation(session, moment))
    comment = SendComment(round_id=consultation.id, text="建议修改", author="市民")
    act(session, send_comment, comment, person=VISITOR, moment=moment)
    with unit_of_work(session):
        seen = consultation_for(session, comment.round_id, VISITOR)
        closing = update(ConsultationRound).where(ConsultationRound.id == seen.id).values(closed_on=moment.day)
        session.connection().execute(closing)  # as somebody else does it meanwhile
        with pytest.raises(Invalid) as told:
            send_comment(session, comment, actor=VISITOR, moment=moment)
    assert told.value.fields["round"].code is ConsultationProblem.NOT_OPEN
    assert session.scalar(select(func.count(Comment.id))) == 1
