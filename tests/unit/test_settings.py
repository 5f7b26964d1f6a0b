import os
import stat
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from standards_wf.settings import InvalidSettings, Settings, create_instance
from standards_wf.wording.language import Language, use

KEY = "0123456789abcdefghijklmnopqrstuvwxyz"


@pytest.fixture(autouse=True)
def _in_english() -> None:
    use(Language.EN)


def read(root: Path, **given: str) -> Settings:
    environ = {"STANDARDS_WF_SECRET_KEY": KEY} | {f"STANDARDS_WF_{name}": value for name, value in given.items()}
    return Settings.from_environment(environ, root=root)


def problems(root: Path, **given: str) -> tuple[str, ...]:
    with pytest.raises(InvalidSettings) as refused:
        read(root, **given)
    return refused.value.problems


def test_a_trial_needs_no_setting_but_the_key_that_init_makes(tmp_path: Path) -> None:
    root = tmp_path / "带 空格的 文件夹"
    instance = create_instance({}, root=root)
    settings = Settings.from_environment({}, root=root)
    assert settings.instance == instance == root / "instance"
    assert settings.database_url == f"sqlite:///{instance}/standards.sqlite3"
    assert settings.search_folder == instance / "search"
    assert settings.storage_folder == instance / "files"
    assert settings.base_url == "http://127.0.0.1:8000"
    assert settings.timezone == ZoneInfo("Asia/Shanghai")
    assert not settings.secure_cookies


def test_without_a_key_nothing_starts_and_the_sentence_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(InvalidSettings, match="run standards-wf init"):
        Settings.from_environment({}, root=tmp_path)


def test_the_key_is_for_its_owner_alone_and_is_never_replaced(tmp_path: Path) -> None:
    file = create_instance({}, root=tmp_path) / "secret_key"
    first = file.read_text()
    create_instance({}, root=tmp_path)
    assert file.read_text() == first
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert create_instance({}, root=tmp_path / "other").joinpath("secret_key").read_text() != first


def test_a_key_from_the_environment_is_used_and_none_is_written(tmp_path: Path) -> None:
    instance = create_instance({"STANDARDS_WF_SECRET_KEY": KEY}, root=tmp_path)
    assert not (instance / "secret_key").exists()
    assert read(tmp_path).secret_key == KEY


@pytest.mark.parametrize("key", ["letmein", "a" * 64, KEY[:31]])
def test_a_key_that_can_be_guessed_is_refused_without_being_printed(tmp_path: Path, key: str) -> None:
    (sentence,) = problems(tmp_path, SECRET_KEY=key)
    assert "at least 32 random characters" in sentence
    assert key not in sentence


def test_everything_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    sentences = problems(tmp_path, PORT="http", TIMEZONE="Shanghai", BASE_URL="example.org", DATABASE_URL="mysql://x/y")
    assert [sentence.split()[0] for sentence in sentences] == [
        "STANDARDS_WF_PORT",
        "STANDARDS_WF_BASE_URL",
        "STANDARDS_WF_DATABASE_URL",
        "STANDARDS_WF_TIMEZONE",
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "８０００"),
        ("PORT", "9" * 5000),
        ("MAX_UPLOAD_MB", "-1"),
        ("REMINDER_DAYS", "30;7"),
        ("REMINDER_DAYS", "7,0"),
        ("REMINDER_DAYS", "1,2,3,4,5,6,7,8,9"),
        ("REMINDER_REPEAT_DAYS", "0"),
        ("TIMEZONE", "../../etc/passwd"),
        ("TIMEZONE", "Asia"),
        ("SECURE_COOKIES", "perhaps"),
        ("BASE_URL", "https://[::1"),
        ("BASE_URL", "ftp://example.org"),
        ("DATABASE_URL", "sqlite://"),
        ("DATABASE_URL", "postgresql://host"),
        ("SEARCH_URL", "whoosh:relative"),
        ("STORAGE_URL", "s3://bucket"),
        ("MAIL_URL", "mail.example.org"),
        ("MAIL_URL", "smtp://host:port"),
    ],
)
def test_a_value_that_cannot_be_right_is_named(tmp_path: Path, name: str, value: str) -> None:
    (sentence,) = problems(tmp_path, **{name: value})
    assert sentence.startswith(f"STANDARDS_WF_{name} ")


def test_the_steps_of_the_reminders_are_numbers_of_days_in_any_order(tmp_path: Path) -> None:
    assert read(tmp_path).reminder_days == (30, 7, 1)
    assert read(tmp_path, REMINDER_DAYS=" 1, 14,60,14").reminder_days == (60, 14, 1)


def test_a_password_in_an_address_is_neither_printed_in_a_problem_nor_by_repr(tmp_path: Path) -> None:
    (sentence,) = problems(tmp_path, DATABASE_URL="mysql://clerk:hunter2@host/db")
    settings = read(tmp_path, DATABASE_URL="postgresql://clerk:hunter2@host/db", MAIL_URL="smtp://a:hunter2@host")
    assert "hunter2" not in sentence + repr(settings)
    assert KEY not in repr(settings)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_usual_spelling_of_postgresql_leads_to_the_one_driver(tmp_path: Path, scheme: str) -> None:
    settings = read(tmp_path, DATABASE_URL=f"{scheme}:///standards?host=/run/postgresql")
    assert settings.database_url == "postgresql+psycopg:///standards?host=/run/postgresql"


def test_relative_folders_count_from_the_projects_folder(tmp_path: Path) -> None:
    settings = read(tmp_path, INSTANCE="data/here", DATABASE_URL="sqlite:///data/x.sqlite3")
    assert settings.instance == tmp_path / "data" / "here"
    assert settings.database_url == f"sqlite:///{tmp_path}/data/x.sqlite3"


def test_a_misspelt_setting_is_not_quietly_ignored(tmp_path: Path) -> None:
    (sentence,) = problems(tmp_path, TIMEZON="Asia/Shanghai")
    assert sentence == "There is no setting STANDARDS_WF_TIMEZON. Is STANDARDS_WF_TIMEZONE meant?"


def test_cookies_are_for_encrypted_connections_as_soon_as_the_address_is(tmp_path: Path) -> None:
    assert read(tmp_path, BASE_URL="https://standards.example.org/").secure_cookies
    assert not read(tmp_path, BASE_URL="https://standards.example.org", SECURE_COOKIES="no").secure_cookies


def test_an_instance_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "instance").write_text("")
    with pytest.raises(InvalidSettings, match="a folder and not a file"):
        create_instance({}, root=tmp_path)


def test_an_instance_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InvalidSettings, match="cannot be written"):
        create_instance({"STANDARDS_WF_INSTANCE": os.fspath(tmp_path / "file" / "instance")}, root=tmp_path)
