"""What each command does, asked at the front door."""

import json
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from docx import Document
from sqlalchemy import text
from sqlalchemy.orm import Session, sessionmaker

from standards_wf.clock import moment
from standards_wf.models.database import make_engine, session_factory
from standards_wf.services.logins import Credentials, check_password
from standards_wf.services.tokens import actor_of_token
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.diagram import rows_as_data
from standards_wf.workflow.procedures import PROCEDURES
from standards_wf.workflow.vocabulary import Kind
from tests.cli.conftest import Run
from tests.services.situations import in_consultation
from tests.support.database import MONDAY
from tests.support.scene import COMMITTEES, ORGANIZATIONS, Scene

# init


def test_init_makes_an_installation_with_an_administrator_who_can_log_in(run: Run, folder: Path) -> None:
    first = json.loads(run("init", "--json").stdout)
    assert (folder / "secret_key").stat().st_mode & 0o777 == 0o600
    assert first["loaded"]["nodes"] > 50
    engine = make_engine(f"sqlite:///{folder / 'standards.sqlite3'}")
    with session_factory(engine)() as session:
        given = Credentials(
            login=first["administrator"]["login"], password=first["administrator"]["password"], address="::1"
        )
        assert check_password(session, given, moment=MONDAY).name == "系统管理员"
    engine.dispose()
    assert "admin" in run("users", "list", "--role", "administrator").stdout
    second = run("init")
    assert second.exit_code == 0
    assert "密码" not in second.stdout
    assert run("index", "verify").exit_code == 0


def test_init_leaves_an_installation_empty_for_the_demonstration(run: Run) -> None:
    assert run("init", "--without-administrator").exit_code == 0
    assert json.loads(run("users", "list", "--json").stdout) == []


@pytest.mark.usefixtures("instance")
def test_the_demonstration_is_refused_where_people_work(run: Run) -> None:
    refused = run("demo")
    assert refused.exit_code == 1
    assert "空实例" in refused.stderr
    assert run("demo", "--if-empty").exit_code == 0


# the clock


@pytest.mark.usefixtures("instance")
def test_the_worker_does_once_what_is_due_and_the_clock_tells_what_it_did_and_does_next(
    run: Run, sessions: sessionmaker[Session]
) -> None:
    assert "还没有做过每日运行" in run("clock").stdout
    today = moment(ZoneInfo("Asia/Shanghai"))
    with sessions() as session:
        coming = in_consultation(session, today, days=5)

    once = json.loads(run("worker", "--once", "--json").stdout)
    assert (once["done"], once["last_run"]["acts"]) == (True, 0)
    told = json.loads(run("clock", "--json").stdout)
    assert told["last_run"]["day"] == today.day.isoformat()
    falls_due = (today.day + timedelta(days=6)).isoformat()
    assert [(act["project"], act["action"], act["due_on"]) for act in told["acts"]] == [
        (coming.project_id, "close_consultation", falls_due)
    ]
    assert json.loads(run("clock", "--days", 5, "--json").stdout)["acts"] == []
    assert falls_due in run("clock").stdout
    assert run("worker", "--once").exit_code == 0


# act and show


def test_an_act_is_performed_in_the_name_of_its_user(run: Run, project: int) -> None:
    done = run("act", project, "decline", "--as", "department", "--note", "已有同类标准。")
    assert done.exit_code == 0, done.stderr
    assert "不采纳建议" in done.stdout
    shown = json.loads(run("show", project, "--json").stdout)
    assert shown["stage"] == "rejected"
    assert shown["actions"] == []


def test_every_reason_against_an_act_is_told_with_its_code(run: Run, project: int) -> None:
    refused = run("act", project, "decline", "--as", "citizen")
    assert refused.exit_code == 1
    lines = refused.stderr.splitlines()
    assert [line.split("]")[0] for line in lines] == ["[role_required", "[note_required"]
    told = json.loads(run("act", project, "decline", "--as", "citizen", "--json").stdout)
    assert [reason["code"] for reason in told["refusals"]] == ["role_required", "note_required"]


def test_without_a_name_it_is_the_operator_who_has_no_say(run: Run, project: int) -> None:
    refused = run("act", project, "decline", "--note", "x")
    assert refused.exit_code == 1
    assert "[role_required]" in refused.stderr


def test_nobody_acts_as_the_clock(run: Run, project: int) -> None:
    refused = run("act", project, "take_effect", "--as", "system")
    assert refused.exit_code == 1
    assert "system" in refused.stderr


def test_an_act_reads_its_fields(run: Run, project: int) -> None:
    refused = run("act", project, "open_consultation", "--as", "secretary", "--field", "closes_on=soon")
    assert refused.exit_code == 1
    assert "closes_on" in refused.stderr
    assert "soon" in refused.stderr


@pytest.mark.parametrize("name", ["999", "DB31/T 999—2025", "计划-1", "99999999999999999999999"])
@pytest.mark.usefixtures("instance")
def test_a_project_that_is_not_there_is_not_found(run: Run, name: str) -> None:
    result = run("show", name)
    assert result.exit_code == 1
    assert name in result.stderr


def test_a_user_who_is_not_there_is_not_found(run: Run, project: int) -> None:
    assert run("act", project, "decline", "--as", "nobody", "--note", "x").exit_code == 1


def test_show_says_what_may_be_done_by_whom_and_what_is_missing(run: Run, project: int) -> None:
    zh, en = run("show", project).stdout, run("show", project, "--lang", "en").stdout
    assert "立项建议" in zh
    assert "✗ apply" in zh
    assert "[application_incomplete]" in zh
    assert "✓ decline" in zh
    assert "Competent department" in en


def test_show_tells_a_person_what_is_not_theirs(run: Run, project: int) -> None:
    told = json.loads(run("show", project, "--as", "citizen", "--json").stdout)
    decline = next(each for each in told["actions"] if each["action"] == "decline")
    assert not decline["allowed"]
    assert decline["refusals"][0]["code"] == "role_required"
    assert run("show", project, "--as", "stranger").exit_code == 1


# procedure, number


@pytest.mark.parametrize("kind", list(Kind))
def test_the_procedure_as_data_is_the_table(run: Run, kind: Kind) -> None:
    rows = json.loads(run("procedure", "show", kind.value, "--format", "json").stdout)
    assert rows == rows_as_data(PROCEDURES[kind])
    assert set(rows[0]) == {"from", "action", "to", "roles", "guards", "note_required", "basis"}


def test_the_procedure_is_drawn_and_told(run: Run) -> None:
    assert run("procedure", "show", "local_standard", "--format", "svg").stdout.startswith("<svg")
    assert run("procedure", "show", "local_standard", "--format", "mermaid").stdout.startswith("flowchart")
    assert "application_complete" in run("procedure", "show", "local_standard").stdout


def test_the_procedures_are_sound(run: Run) -> None:
    told = json.loads(run("procedure", "verify", "--json").stdout)
    assert [each["problems"] for each in told] == [[], [], []]
    assert run("procedure", "verify").exit_code == 0


def test_a_number_is_read_in_any_spelling(run: Run) -> None:
    assert run("number", "DB31T1234-2025").stdout == "DB31/T 1234—2025\n"
    assert json.loads(run("number", "ｄｂ３１／ｔ 1234", "--json").stdout) == {
        "input": "ｄｂ３１／ｔ 1234",
        "family": "local_standard",
        "number": "DB31/T 1234",
    }


def test_of_several_texts_each_is_answered(run: Run) -> None:
    result = run("number", "GB/T 1.1-2020", "nonsense", "--json")
    assert result.exit_code == 1
    first, second = (json.loads(line) for line in result.stdout.splitlines())
    assert first["number"] == "GB/T 1.1—2020"
    assert second["error"] == "unknown_family"


@pytest.mark.usefixtures("project")
def test_the_series_of_numbers_are_listed_with_what_is_held(run: Run) -> None:
    told = {each["series"]: each for each in json.loads(run("numbers", "--json").stdout)}
    assert {"DB31/T", "DB31 310", "JJG(沪)", "T/SLXH"} <= set(told)
    assert told["DB31/T"]["held"] == []
    assert "DB31 310" in run("numbers", "--lang", "en").stdout
    assert json.loads(run("numbers", "DB31-T", "--json").stdout)[0]["series"] == "DB31/T"
    nothing = run("numbers", "DB99/T")
    assert (nothing.exit_code, nothing.stdout) == (1, "")
    assert run("numbers", "DB31/T", "--as", "department").exit_code == 1


# search and index


@pytest.mark.usefixtures("instance")
def test_the_index_is_compared_rebuilt_and_searched(run: Run) -> None:
    assert run("index", "verify").exit_code == 1
    assert json.loads(run("index", "rebuild", "--json").stdout)["documents"] == 4
    assert run("index", "verify").exit_code == 0
    found = run("search", "校准规范")
    assert found.exit_code == 0
    assert "M2.1" in found.stdout
    nothing = run("search", "不存在的东西", "--json")
    assert nothing.exit_code == 1
    assert json.loads(nothing.stdout)["total"] == 0


# generate


def test_a_paper_is_written_to_a_file(run: Run, project: int, tmp_path: Path) -> None:
    file = tmp_path / "意见.docx"
    done = run("generate", project, "comment_table", "-o", file)
    if done.exit_code:
        assert "缺少" in done.stderr  # the paper names what it lacks
    else:
        assert Document(str(file)).tables


def test_a_paper_that_is_written_elsewhere_is_refused(run: Run, project: int, tmp_path: Path) -> None:
    refused = run("generate", project, "test_report", "-o", tmp_path / "x.docx")
    assert refused.exit_code == 1
    assert not (tmp_path / "x.docx").exists()


# users and tokens


def test_a_person_is_entered_with_a_password_from_standard_input(run: Run, sessions: sessionmaker[Session]) -> None:
    done = run(
        "users", "add", "zhang.san", "--name", "张三", "--organization", ORGANIZATIONS["company"][0],
        "--password-stdin", typed="a password of mine\n",
    )  # fmt: skip
    assert done.exit_code == 0, done.stderr
    assert "a password of mine" not in done.output
    with sessions() as session:
        given = Credentials(login="zhang.san", password="a password of mine", address="::1")
        assert check_password(session, given, moment=MONDAY).name == "张三"


@pytest.mark.usefixtures("instance")
def test_a_password_can_be_typed_twice_or_made_up(run: Run) -> None:
    typed = run("users", "add", "li.si", "--name", "李四", typed="long enough 1\nlong enough 1\n")
    assert typed.exit_code == 0, typed.stderr
    made_up = json.loads(run("users", "reset-password", "li.si", "--generate", "--json").stdout)
    assert len(made_up["password"]) >= 16


def test_a_password_never_stands_on_the_command_line(run: Run) -> None:
    for words in (("users", "add"), ("users", "reset-password")):
        assert "--password " not in run(*words, "--help").stdout


@pytest.mark.usefixtures("instance")
def test_what_is_wrong_with_a_person_is_named(run: Run) -> None:
    refused = run("users", "add", "Ä b", "--name", "x", "--password-stdin", "--json", typed="short\n")
    assert refused.exit_code == 1
    assert set(json.loads(refused.stdout)["fields"]) == {"login", "password"}
    assert run("users", "add", "x.y", "--name", "x", "--organization", "Nowhere", "--generate").exit_code == 1


@pytest.mark.usefixtures("instance")
def test_a_role_is_given_listed_and_ended(run: Run, scene: Scene) -> None:
    given = run(
        "users", "grant", "citizen", "committee_member", "--committee", COMMITTEES["committee"], "--to", "2099-12-31",
        "--json",
    )  # fmt: skip
    assert given.exit_code == 0, given.stderr
    number = json.loads(given.stdout)["grant"]
    listed = json.loads(run("users", "list", "--role", "committee_member", "--json").stdout)
    (citizen,) = [person for person in listed if person["login"] == "citizen"]
    assert citizen["roles"][0]["scope_id"] == scene.committees["committee"]
    assert "市民" in run("users", "list").stdout
    assert run("users", "revoke", number).exit_code == 0
    assert run("users", "revoke", number).exit_code == 1


@pytest.mark.usefixtures("instance")
def test_a_role_needs_its_scope(run: Run) -> None:
    assert run("users", "grant", "citizen", "authority").exit_code == 1


def test_a_token_is_shown_once_and_can_be_revoked(run: Run, sessions: sessionmaker[Session]) -> None:
    made = run("tokens", "create", "clerk", "--name", "export", "--expires", "2099-01-01")
    secret = made.stdout.strip()
    with sessions() as session:
        assert actor_of_token(session, secret, moment=MONDAY).name
    (listed,) = json.loads(run("tokens", "list", "--json").stdout)
    assert secret not in json.dumps(listed)
    assert run("tokens", "revoke", listed["id"]).exit_code == 0
    assert "export" in run("tokens", "list").stdout
    assert run("tokens", "revoke", 999).exit_code == 1


# audit


def test_an_honest_record_is_whole_and_can_be_taken_along(run: Run, project: int, tmp_path: Path) -> None:
    assert project
    assert run("audit", "seal").exit_code == 0
    file = tmp_path / "record.jsonl"
    told = json.loads(run("audit", "verify", "--export", file, "--json").stdout)
    assert told["whole"]
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert len(rows) == told["exported"]
    counted = {name: sum(row["row"] == name for row in rows) for name in ("event", "administration", "seal")}
    assert counted == {"event": told["events"], "administration": told["administration"], "seal": told["seals"]}


def test_a_record_that_was_altered_is_found_and_named(run: Run, project: int, sessions: sessionmaker[Session]) -> None:
    with sessions() as session, unit_of_work(session):
        triggers = session.scalars(
            text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'lifecycle_event'")
        ).all()
        for trigger in triggers:
            session.execute(text(f'DROP TRIGGER "{trigger}"'))
        session.execute(text("UPDATE lifecycle_event SET note = 'forged' WHERE project_id = :id"), {"id": project})
    broken = run("audit", "verify")
    assert broken.exit_code == 1
    assert f"项目{project}的历史" in broken.stderr.splitlines()[0]


@pytest.mark.usefixtures("instance")
def test_the_record_cannot_be_written_where_there_is_no_folder(run: Run) -> None:
    assert run("audit", "verify", "--export", "/nowhere/at/all.jsonl").exit_code == 2


def test_a_dry_run_tells_what_an_act_would_do_and_does_nothing(run: Run, project: int) -> None:
    told = run("act", project, "decline", "--as", "department", "--note", "已有同类标准。", "--dry-run")
    assert told.exit_code == 0, told.stderr
    assert "没有办理" in told.stdout
    assert "进入“不予立项”阶段" in told.stdout
    assert "市民（站内消息和邮件）" in told.stdout
    assert json.loads(run("show", project, "--json").stdout)["stage"] == "suggested"
    english = run("act", project, "decline", "--as", "department", "--note", "x", "--dry-run", "--lang", "en").stdout
    assert "Nothing was done" in english


def test_a_dry_run_of_a_refused_act_says_who_can_mend_what(run: Run, project: int) -> None:
    refused = run("act", project, "apply", "--as", "citizen", "--dry-run")
    assert refused.exit_code == 1
    assert "[role_required]" in refused.stdout
    assert "行业主管部门经办人" in refused.stdout
    assert f"/projects/{project}/application" in refused.stdout
    told = json.loads(run("act", project, "apply", "--as", "citizen", "--dry-run", "--json").stdout)
    assert [each["code"] for each in told["refusals"]][:2] == ["role_required", "application_incomplete"]


def test_show_tells_the_way_to_publication(run: Run, project: int) -> None:
    assert "到发布还有" in run("show", project).stdout
    way = json.loads(run("show", project, "--json").stdout)["way"]
    assert [step["stage"] for step in way][-1] == "in_force"


def test_suggestions_are_listed_for_whoever_answers_them_and_merged_by_an_act(
    run: Run, project: int, sessions: sessionmaker[Session], scene: Scene
) -> None:
    with sessions() as session, unit_of_work(session):
        other = scene.file_suggestion(session, Kind.LOCAL_STANDARD, moment=MONDAY).id
    listed = json.loads(run("suggestions", "--as", "department", "--json").stdout)
    assert [row["id"] for row in listed] == [project, other]
    assert json.loads(run("suggestions", "--as", "citizen", "--json").stdout) == []

    merging = ("--note", "内容相同。", "--field", f"merged_into={project}", "--as", "department")
    assert run("act", other, "decline", *merging).exit_code == 0
    (row,) = json.loads(run("suggestions", "--as", "department", "--json").stdout)
    assert (row["id"], row["merged"]) == (project, 1)
    assert str(project) in run("suggestions", "--as", "department", "--lang", "en").stdout


def test_the_plans_are_listed_and_one_that_is_none_is_told(run: Run, project: int) -> None:  # noqa: ARG001  an installation
    assert json.loads(run("plans", "--json").stdout) == []
    assert run("plans", "7").exit_code == 1
