"""Idempotency-Key: a write that is sent again with its key gets the answer that it got before, and is not done again.

The answer is kept in the transaction of the act itself, so that there is never one without the other.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from flask import Request, Response
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from standards_wf.api.problems import RequestProblem
from standards_wf.api.values import MULTIPART
from standards_wf.clock import Moment
from standards_wf.errors import Invalid
from standards_wf.models.people import IdempotentAnswer
from standards_wf.workflow.facts import Actor
from standards_wf.workflow.refusals import Refusal

HEADER = "Idempotency-Key"
LONGEST_KEY = 200
KEPT_FOR = timedelta(days=7)
_HEADERS = ("ETag", "Location", "Vary")
_PIECE = 65_536


@dataclass(frozen=True, slots=True)
class Key:
    """A key, and what the request with it says."""

    value: str
    request_hash: str


def key_of(request: Request) -> Key | None:
    """The key of this request, if it has one. Raises Invalid for one that cannot be a key."""
    value = request.headers.get(HEADER)
    if value is None:
        return None
    value = value.strip()
    if not 1 <= len(value) <= LONGEST_KEY or not (value.isascii() and value.isprintable()):
        raise Invalid({HEADER: Refusal(RequestProblem.KEY_NOT_USABLE, maximum=LONGEST_KEY)})
    return Key(value, _hash_of(request))


def _hash_of(request: Request) -> str:
    """What a request says, whatever the boundary between the parts of its form."""
    said = hashlib.sha256()
    for part in (request.method, request.path, request.query_string.decode("latin-1"), request.headers.get("If-Match")):
        said.update(f"{part}\0".encode())
    if request.mimetype != MULTIPART:
        said.update(request.get_data(cache=True))
        return said.hexdigest()
    for name, text in sorted(request.form.items(multi=True)):
        said.update(f"{name}\0{text}\0".encode("utf-8", "surrogatepass"))
    for name, file in sorted(request.files.items(multi=True)):
        said.update(f"{name}\0{file.filename}\0".encode("utf-8", "surrogatepass"))
        for piece in iter(partial(file.stream.read, _PIECE), b""):
            said.update(piece)
        file.stream.seek(0)
    return said.hexdigest()


def answer_kept(session: Session, actor: Actor, key: Key | None) -> Response | None:
    """The answer that this request got before. Raises Invalid when the key was used for another one."""
    if key is None:
        return None
    kept = session.scalar(
        select(IdempotentAnswer).where(IdempotentAnswer.person_id == actor.person_id, IdempotentAnswer.key == key.value)
    )
    if kept is None:
        return None
    if kept.request_hash != key.request_hash:
        raise Invalid({HEADER: Refusal(RequestProblem.KEY_USED_BEFORE)})
    answer = Response(kept.body, status=kept.status, mimetype="application/json")
    answer.headers.update(json.loads(kept.headers))
    answer.headers["Idempotent-Replayed"] = "true"
    return answer


def keep_answer(session: Session, actor: Actor, key: Key | None, answer: Response, *, moment: Moment) -> None:
    """Keep the answer of a write under its key; those of last week are forgotten."""
    if key is None or actor.person_id is None:
        return
    session.execute(
        delete(IdempotentAnswer).where(
            IdempotentAnswer.person_id == actor.person_id, IdempotentAnswer.at < moment.at - KEPT_FOR
        )
    )
    headers = {name: answer.headers[name] for name in _HEADERS if name in answer.headers}
    session.add(
        IdempotentAnswer(
            person_id=actor.person_id,
            key=key.value,
            request_hash=key.request_hash,
            status=answer.status_code,
            body=answer.get_data(as_text=True),
            headers=json.dumps(headers),
            at=moment.at,
        )
    )
    session.flush()
