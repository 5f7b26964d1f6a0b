"""A case in one file, with a manifest that anybody can check."""

import io
import json
import zipfile
from hashlib import sha256

import pytest
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import NotFound
from standards_wf.services.access import actor_of
from standards_wf.services.archives import Archive, case_archive, package_archive
from standards_wf.services.storage import FileStore
from standards_wf.workflow.facts import SYSTEM_ACTOR
from standards_wf.workflow.vocabulary import Disposition, Paper
from tests.services.paper_hands import comment_on, kept, made, with_text


def opened(archive: Archive) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(archive.content)) as parts:
        assert parts.testzip() is None
        return {name: parts.read(name) for name in parts.namelist()}


def holds_what_it_lists(files: dict[str, bytes]) -> bool:
    lines = files["SHA256SUMS"].decode().splitlines()
    told = {line[66:]: line[:64] for line in lines}
    return told == {name: sha256(content).hexdigest() for name, content in files.items() if name != "SHA256SUMS"}


def test_the_package_is_numbered_and_says_what_is_missing(session: Session, store: FileStore, moment: Moment) -> None:
    case = with_text(session, store, moment)
    comment_on(session, case, moment, Disposition.ACCEPTED)
    kept(session, made(session, case, Paper.COMMENT_TABLE, moment), case.drafter, store, moment)
    kept(session, made(session, case, Paper.SUBMISSION_LETTER, moment), case.drafter, store, moment)

    archive = package_archive(session, store, case.project_id, actor=SYSTEM_ACTOR, moment=moment)

    files = opened(archive)
    assert [name for name in files if name.endswith(".docx")] == [
        "01 报批函.docx",
        "03 标准文本.docx",
        "05 征求意见汇总处理表.docx",
    ]
    assert archive.missing == ("报批文件清单", "编制说明", "审查会议纪要", "审查意见汇总处理表")
    manifest = json.loads(files["manifest.json"])
    assert manifest["missing"] == list(archive.missing)
    assert [line["number"] for line in manifest["files"]] == [1, 3, 5]
    assert holds_what_it_lists(files)
    again = package_archive(session, store, case.project_id, actor=SYSTEM_ACTOR, moment=moment)
    assert again.content == archive.content


def test_a_case_is_kept_whole_with_its_chain(session: Session, store: FileStore, moment: Moment) -> None:
    case = with_text(session, store, moment)
    comment_on(session, case, moment, Disposition.ACCEPTED, None)
    kept(session, made(session, case, Paper.SUBMISSION_LETTER, moment), case.drafter, store, moment)

    files = opened(case_archive(session, store, case.project_id, actor=SYSTEM_ACTOR))

    assert {name.split("/")[0] for name in files} == {
        "texts",
        "papers",
        "comments.json",
        "history.json",
        "manifest.json",
        "SHA256SUMS",
    }
    history = json.loads(files["history.json"])
    assert [event["previous_hash"] for event in history[1:]] == [event["hash"] for event in history[:-1]]
    assert json.loads(files["manifest.json"])["head_hash"] == history[-1]["hash"]
    comments = json.loads(files["comments.json"])
    assert [each["disposition"] for each in comments] == ["accepted", None]
    assert "email" not in comments[0]
    assert holds_what_it_lists(files)


def test_a_stranger_gets_nothing(session: Session, store: FileStore, moment: Moment) -> None:
    case = with_text(session, store, moment)
    stranger = actor_of(session, case.stranger, moment.day)

    with pytest.raises(NotFound):
        package_archive(session, store, case.project_id, actor=stranger, moment=moment)
    with pytest.raises(NotFound):
        case_archive(session, store, case.project_id, actor=stranger)
