"""What one installation chooses for itself: read once from the environment, checked whole before anything starts.

Each field of `Settings` is read from the variable `STANDARDS_WF_` plus its name in capitals and has a heading in
`docs/settings.md`. A value that cannot be right stops the start with a sentence, and all such sentences are said at once.
"""

import difflib
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Self
from urllib.parse import quote, unquote, urlsplit
from zoneinfo import ZoneInfo

from standards_wf.wording.language import t

PREFIX = "STANDARDS_WF_"
PROJECT_FOLDER = Path(__file__).resolve().parent.parent
KEY_FILE = "secret_key"
SHORTEST_KEY = 32
FEWEST_DIFFERENT_CHARACTERS = 10
MOST_STEPS, LONGEST_STEP = 8, 366
"""How many reminders may come before a deadline, and how early the first."""


class InvalidSettings(Exception):
    """The installation is not set up so that it may start; `problems` has one sentence for each thing to mend."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The choices of this installation; `docs/settings.md` explains each of them."""

    instance: Path
    database_url: str = field(repr=False)
    search_url: str
    storage_url: str
    mail_url: str = field(repr=False)
    secret_key: str = field(repr=False)
    base_url: str
    timezone: ZoneInfo
    host: str
    port: int
    web_processes: int
    web_threads: int
    secure_cookies: bool
    trusted_proxies: int
    session_hours: int
    login_attempts: int
    login_pause_minutes: int
    max_upload_mb: int
    reading_seconds: int
    reading_memory_mb: int
    confirmation_days: int
    reminder_days: tuple[int, ...]
    reminder_repeat_days: int

    @classmethod
    def from_environment(cls, environ: Mapping[str, str], *, root: Path = PROJECT_FOLDER) -> Self:
        """Read and check every setting; relative folders count from `root`.

        Raises InvalidSettings with every problem that was found.
        """
        given = _Environment(environ, root)
        instance = given.instance()
        host = given.text("HOST", "127.0.0.1")
        port = given.number("PORT", 8000, least=1, most=65535)
        base_url = given.base_url("BASE_URL", f"http://{f'[{host}]' if ':' in host else host}:{port}")
        settings = cls(
            instance=instance,
            database_url=given.database("DATABASE_URL", instance / "standards.sqlite3"),
            search_url=given.folder_url("SEARCH_URL", "whoosh", instance / "search"),
            storage_url=given.folder_url("STORAGE_URL", "file", instance / "files"),
            mail_url=given.mail("MAIL_URL", instance / "mail"),
            secret_key=given.key("SECRET_KEY", instance / KEY_FILE),
            base_url=base_url,
            timezone=given.timezone("TIMEZONE", "Asia/Shanghai"),
            host=host,
            port=port,
            web_processes=given.number("WEB_PROCESSES", 2, least=1, most=64),
            web_threads=given.number("WEB_THREADS", 4, least=1, most=64),
            secure_cookies=given.yes_or_no("SECURE_COOKIES", otherwise=base_url.startswith("https://")),
            trusted_proxies=given.number("TRUSTED_PROXIES", 0, least=0, most=8),
            session_hours=given.number("SESSION_HOURS", 12, least=1, most=24 * 30),
            login_attempts=given.number("LOGIN_ATTEMPTS", 5, least=1, most=100),
            login_pause_minutes=given.number("LOGIN_PAUSE_MINUTES", 15, least=1, most=24 * 60),
            max_upload_mb=given.number("MAX_UPLOAD_MB", 50, least=1, most=1024),
            reading_seconds=given.number("READING_SECONDS", 60, least=1, most=3600),
            reading_memory_mb=given.number("READING_MEMORY_MB", 512, least=256, most=16 * 1024),
            confirmation_days=given.number("CONFIRMATION_DAYS", 7, least=1, most=90),
            reminder_days=given.days_before("REMINDER_DAYS", "30,7,1"),
            reminder_repeat_days=given.number("REMINDER_REPEAT_DAYS", 7, least=1, most=366),
        )
        given.note_unknown_names(variable_names())
        given.raise_problems()
        return settings

    @property
    def search_folder(self) -> Path:
        """Where the embedded search index lives."""
        return _folder_of(self.search_url)

    @property
    def storage_folder(self) -> Path:
        """Where the files of drafts, attachments and papers are kept."""
        return _folder_of(self.storage_url)

    @property
    def sends_mail(self) -> bool:
        """Whether mails leave this machine; without a mail server they lie in a folder."""
        return not self.mail_url.startswith("file:")

    @property
    def log_folder(self) -> Path:
        """Where the log is written."""
        return self.instance / "log"


def create_instance(environ: Mapping[str, str], *, root: Path = PROJECT_FOLDER) -> Path:
    """Make the instance folder, and its secret key if nobody has chosen one; what is there already stays as it is.

    Raises InvalidSettings when the folder cannot be made.
    """
    given = _Environment(environ, root)
    instance = given.instance()
    given.raise_problems()
    try:
        instance.mkdir(parents=True, exist_ok=True)
        if not given.text("SECRET_KEY", ""):
            _write_once(instance / KEY_FILE, secrets.token_urlsafe(48))
    except OSError as error:
        sentence = t(
            "无法在实例文件夹 {folder} 中写入：{why}。请检查其权限，或用 {name} 另选文件夹。",
            "The instance folder {folder} cannot be written: {why}. Check who owns it, or choose another with {name}.",
            folder=instance,
            why=error.strerror,
            name=f"{PREFIX}INSTANCE",
        )
        raise InvalidSettings((sentence,)) from error
    return instance


def variable_names() -> tuple[str, ...]:
    """Every environment variable that is a setting."""
    return tuple(PREFIX + each.name.upper() for each in fields(Settings))


class _Environment:
    """The environment, asked for one setting at a time; problems are gathered while the default stands in."""

    def __init__(self, environ: Mapping[str, str], root: Path) -> None:
        self._environ = environ
        self._root = root
        self._problems: list[str] = []

    def text(self, name: str, default: str) -> str:
        return self._environ.get(PREFIX + name, "").strip() or default

    def number(self, name: str, default: int, *, least: int, most: int) -> int:
        value = self.text(name, str(default))
        if value.isascii() and value.isdigit() and least <= int(value[:9]) <= most:
            return int(value)
        self._expect(name, f"{least}–{most} 之间的整数", f"a whole number from {least} to {most}", shown=value)
        return default

    def days_before(self, name: str, default: str) -> tuple[int, ...]:
        value = self.text(name, default)
        days = [part.strip() for part in value.split(",")]
        if len(days) <= MOST_STEPS and all(
            day.isascii() and day.isdigit() and 1 <= int(day[:9]) <= LONGEST_STEP for day in days
        ):
            return tuple(sorted({int(day) for day in days}, reverse=True))
        self._expect(
            name,
            f"以逗号分隔的至多 {MOST_STEPS} 个天数，每个在 1–{LONGEST_STEP} 之间，例如 30,7,1",
            f"at most {MOST_STEPS} numbers of days from 1 to {LONGEST_STEP} with commas between them, such as 30,7,1",
            shown=value,
        )
        return tuple(int(day) for day in default.split(","))

    def yes_or_no(self, name: str, *, otherwise: bool) -> bool:
        value = self.text(name, "auto").lower()
        if value not in {"yes", "no", "auto"}:
            self._expect(name, "yes、no 或 auto", "yes, no or auto", shown=value)
        return otherwise if value == "auto" else value == "yes"

    def timezone(self, name: str, default: str) -> ZoneInfo:
        value = self.text(name, default)
        try:
            return ZoneInfo(value)
        except (KeyError, ValueError, OSError):  # an unknown name, a path that leads outside, a folder of zones
            self._expect(
                name, "时区名，例如 Asia/Shanghai", "the name of a time zone, such as Asia/Shanghai", shown=value
            )
            return ZoneInfo(default)

    def instance(self) -> Path:
        folder = self._root / Path(self.text("INSTANCE", "instance")).expanduser()
        if folder.exists() and not folder.is_dir():
            self._expect("INSTANCE", "文件夹，而不是文件", "a folder and not a file", shown=str(folder))
        if "?" in str(folder):
            self._expect("INSTANCE", "不含问号的路径", "a path without a question mark", shown=str(folder))
        return folder.resolve()

    def base_url(self, name: str, default: str) -> str:
        value = self.text(name, default).rstrip("/")
        parts = _split(value)
        if parts.scheme in {"http", "https"} and parts.host and not parts.query:
            return value
        self._expect(
            name,
            "完整网址，例如 https://standards.example.org",
            "a full address such as https://standards.example.org",
            shown=value,
        )
        return default

    def database(self, name: str, default: Path) -> str:
        value = self.text(name, f"sqlite:///{default}")
        scheme, _, rest = value.partition("://")
        if scheme in {"postgres", "postgresql", "postgresql+psycopg"} and _split(value).path.strip("/"):
            return f"postgresql+psycopg://{rest}"
        if scheme == "sqlite" and rest.strip("/") and rest.startswith("/"):
            return f"sqlite:///{self._root / rest[1:]}"
        self._expect(
            name,
            "sqlite:///文件路径 或 postgresql://用户:密码@主机/数据库",
            "sqlite:///PATH or postgresql://USER:PASSWORD@HOST/DATABASE",
        )
        return f"sqlite:///{default}"

    def folder_url(self, name: str, scheme: str, default: Path) -> str:
        value = self.text(name, _folder_url(scheme, default))
        if _is_folder_url(value, scheme):
            return value
        self._expect(name, f"{scheme}:///文件夹的绝对路径", f"{scheme}:///ABSOLUTE/PATH/OF/A/FOLDER", shown=value)
        return _folder_url(scheme, default)

    def mail(self, name: str, default: Path) -> str:
        value = self.text(name, _folder_url("file", default))
        parts = _split(value)
        if _is_folder_url(value, "file") or (parts.scheme in {"smtp", "smtps"} and parts.host):
            return value
        self._expect(
            name,
            "smtp://用户:密码@主机:端口、smtps://… 或 file:///文件夹的绝对路径",
            "smtp://USER:PASSWORD@HOST:PORT, smtps://… or file:///ABSOLUTE/PATH/OF/A/FOLDER",
        )
        return _folder_url("file", default)

    def key(self, name: str, file: Path) -> str:
        value = self.text(name, "")
        if not value and not file.is_file():
            self._problems.append(
                t(
                    "尚无密钥：请先运行 standards-wf init（它会在 {folder} 中生成密钥），或设置 {name}。",
                    "There is no secret key yet: run standards-wf init, which makes one in {folder}, or set {name}.",
                    folder=file.parent,
                    name=PREFIX + name,
                )
            )
            return ""
        try:
            value = value or file.read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            value = ""
        if len(value) < SHORTEST_KEY or len(set(value)) < FEWEST_DIFFERENT_CHARACTERS:
            self._problems.append(
                t(
                    "密钥不可用（{where}）：应为至少 {least} 个随机字符；删除后运行 standards-wf init 会生成新的密钥。",
                    "The secret key ({where}) cannot be used: it must have at least {least} random characters; "
                    "remove it and standards-wf init makes a new one.",
                    where=PREFIX + name if self.text(name, "") else file,
                    least=SHORTEST_KEY,
                )
            )
        return value

    def note_unknown_names(self, known: tuple[str, ...]) -> None:
        for name in sorted(self._environ):
            if name.startswith(PREFIX) and name not in known:
                nearest = difflib.get_close_matches(name, known, n=1)
                hint = t("是否指 {name}？", " Is {name} meant?", name=nearest[0]) if nearest else ""
                self._problems.append(t("没有名为 {name} 的设置。", "There is no setting {name}.", name=name) + hint)

    def raise_problems(self) -> None:
        if self._problems:
            raise InvalidSettings(tuple(self._problems))

    def _expect(self, name: str, zh: str, en: str, *, shown: str | None = None) -> None:
        """Note that a value is not what it must be; one that may hold a password is not `shown`."""
        values = {"name": PREFIX + name, "shown": shown, "zh": zh, "en": en}
        if shown is None:
            self._problems.append(t("{name} 的值不对：应为 {zh}。", "{name} is not right: it must be {en}.", **values))
        else:
            self._problems.append(
                t("{name} 不能是“{shown}”：应为 {zh}。", "{name} cannot be “{shown}”: it must be {en}.", **values)
            )


@dataclass(frozen=True, slots=True)
class _Parts:
    scheme: str
    host: str
    path: str
    query: str


def _split(url: str) -> _Parts:
    """The parts of an address; one that cannot be read at all has none."""
    try:
        parts = urlsplit(url)
        _ = parts.port  # reading it is what checks it
    except ValueError:
        return _Parts("", "", "", "")
    return _Parts(parts.scheme, parts.hostname or "", parts.path, parts.query)


def _folder_url(scheme: str, folder: Path) -> str:
    return f"{scheme}://{quote(str(folder))}"


def _is_folder_url(url: str, scheme: str) -> bool:
    parts = _split(url)
    return url.startswith(f"{scheme}:///") and bool(parts.path.strip("/")) and not parts.query


def _folder_of(url: str) -> Path:
    return Path(unquote(urlsplit(url).path))


def _write_once(file: Path, content: str) -> None:
    """Write a file that only its owner may read, and leave one that is there untouched."""
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(descriptor, "w", encoding="ascii") as stream:
        stream.write(content + "\n")
