"""A worker in a process of its own, with the real handlers, that somebody may kill at any moment.

Run as `python -m tests.support.mortal_worker DATABASE_URL FOLDER LEASE_SECONDS`.
"""

import random
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from standards_wf.clock import Moment, moment
from standards_wf.models.database import session_factory
from standards_wf.notifications.transport import FolderTransport
from standards_wf.search.whoosh_backend import WhooshBackend
from standards_wf.services import outbox
from standards_wf.services.outbox import Finish
from standards_wf.services.storage import FileStore
from standards_wf.worker.handlers import Tools
from standards_wf.worker.loop import Worker
from standards_wf.workflow.vocabulary import Paper
from tests.support.database import open_engine
from tests.support.effects import generate_lightly


def main(url: str, folder: Path, lease_seconds: float) -> None:
    """Work until killed."""
    tools = Tools(
        sessions=session_factory(open_engine(url)),
        search=WhooshBackend(folder / "search"),
        store=FileStore(folder / "files"),
        transport=FolderTransport(folder / "mail", sender_host="standards.example.org"),
        generate=_generate_slowly,
        base_url="https://standards.example.org",
        link_key="a key of this test alone",
    )
    claim = outbox.claim

    def claim_for_a_moment(session: Session, worker: str, *, moment: Moment) -> list[outbox.Claim]:
        return claim(session, worker, moment=moment, limit=3, lease=timedelta(seconds=lease_seconds))

    with patch.object(outbox, "claim", claim_for_a_moment), patch.object(outbox, "MOST_ATTEMPTS", 1000):
        Worker(tools, folder, now=lambda: moment(ZoneInfo("Asia/Shanghai"))).work_until(threading.Event())


def _generate_slowly(session: Session, store: FileStore, project_id: int, paper: Paper, when: Moment) -> Finish:
    """A paper takes its time, to make and to enter, so that death can come in the middle of either."""
    enter = generate_lightly(session, store, project_id, paper, when)
    time.sleep(random.uniform(0, 0.02))

    def enter_slowly(session: Session) -> None:
        enter(session)
        time.sleep(random.uniform(0, 0.02))

    return enter_slowly


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), float(sys.argv[3]))
