import email
import smtplib
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

from standards_wf.notifications.messages import Mail, Told, mail_of, subject_of
from standards_wf.notifications.rules import RULES, told_of
from standards_wf.notifications.transport import FolderTransport, MailTransport, as_email, transport_for
from standards_wf.wording.language import Language, current
from standards_wf.workflow.vocabulary import Action, Event, Kind, Role, Stage

MAIL = Mail("7-3-12", "委员会秘书", "secretary@example.org", "《充电桩》发布", "您好：\n\n已发布。\n")
HOST = "standards.example.org"


def _told(happened: Action | Event, **given: object) -> Told:
    values: dict[str, object] = {
        "project_id": 7,
        "kind": Kind.LOCAL_STANDARD,
        "title_zh": "充电桩能效评价",
        "title_en": "",
        "happened": happened,
        "on_day": date(2025, 6, 2),
        "by": "某人",
        "role": Role.AUTHORITY,
        "stage": Stage.PUBLISHED,
        "note": "",
        "address": "https://standards.example.org/projects/7",
    }
    return Told(**{**values, **given})  # type: ignore[arg-type]  # the values above have the types of the fields


def _read(data: bytes) -> EmailMessage:
    return email.message_from_bytes(data, policy=default)


def _text(message: EmailMessage) -> str:
    """The text with the line ends of a program instead of those of a mail."""
    return str(message.get_content()).replace("\r\n", "\n")


def test_a_mail_in_the_folder_can_be_read_as_it_was_written(tmp_path: Path) -> None:
    transport = transport_for(f"file://{tmp_path}/mail", sender_host=HOST)
    transport.send(MAIL)
    transport.send(MAIL)

    [file] = (tmp_path / "mail").iterdir()
    message = _read(file.read_bytes())
    assert (message["Subject"], _text(message)) == (MAIL.subject, MAIL.text)
    assert (message["To"].addresses[0].display_name, message["To"].addresses[0].addr_spec) == (
        MAIL.to_name,
        MAIL.to_address,
    )
    assert message["Message-ID"] == f"<7-3-12@{HOST}>"


def test_two_people_told_the_same_get_two_files(tmp_path: Path) -> None:
    transport = FolderTransport(tmp_path, sender_host=HOST)
    transport.send(MAIL)
    transport.send(Mail("7-3-12", "另一人", "other@example.org", MAIL.subject, MAIL.text))

    assert len(list(tmp_path.iterdir())) == 2


def test_line_breaks_in_a_title_or_a_name_make_no_header() -> None:
    told = _told(Action.PUBLISH, title_zh="充电桩\r\nBcc: everybody@example.org")
    mail = mail_of(told, identity="1", to_name="某\r\nCc: x", to_address="a@example.org")
    message = _read(as_email(mail, HOST).as_bytes())

    assert (message["Bcc"], message["Cc"]) == (None, None)
    assert len(message["To"].addresses) == 1


def test_a_very_long_title_is_cut_in_the_subject_alone() -> None:
    told = _told(Action.PUBLISH, title_zh="长" * 500)

    assert len(subject_of(told)) < 80
    assert "长" * 500 in mail_of(told, identity="1", to_name="某", to_address="a@example.org").text


@pytest.mark.parametrize("happened", [*Action, *Event])
@pytest.mark.parametrize("kind", Kind)
def test_everything_that_happens_can_be_told_in_both_languages(happened: Action | Event, kind: Kind) -> None:
    text = mail_of(
        _told(happened, kind=kind, title_en="Charging piles", by=""), identity="1", to_name="某", to_address="a@b.org"
    ).text
    chinese, english = text.split("----------")

    assert "系统" in chinese
    assert "Charging piles" in english
    assert "{" not in text
    assert current() is Language.ZH


def test_what_is_not_known_is_told_to_nobody() -> None:
    assert told_of("something_of_a_later_version") == ()
    assert told_of("publish") == RULES[Action.PUBLISH]


class _SmallMailServer(socketserver.StreamRequestHandler):
    """As much of SMTP as it takes to receive one message."""

    def handle(self) -> None:
        received: list[bytes] = self.server.received  # type: ignore[attr-defined]
        self._say("220 ready")
        while line := self.rfile.readline():
            match line[:4].upper():
                case b"EHLO" | b"HELO" | b"MAIL" | b"RSET":
                    self._say("250 fine")
                case b"RCPT" if b"refused" in line:
                    self._say("550 no such mailbox")
                case b"RCPT":
                    self._say("250 fine")
                case b"DATA":
                    self._say("354 go on")
                    received.append(b"".join(iter(self.rfile.readline, b".\r\n")))
                    self._say("250 taken")
                case _:
                    self._say("221 goodbye")
                    return

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


@contextmanager
def _mail_server() -> Iterator[tuple[str, list[bytes]]]:
    received: list[bytes] = []
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _SmallMailServer) as server:
        server.received = received  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"smtp://127.0.0.1:{server.server_address[1]}", received
        finally:
            server.shutdown()
            thread.join()


def test_a_mail_server_receives_the_message_whole() -> None:
    with _mail_server() as (url, received):
        transport_for(url, sender_host=HOST).send(MAIL)

    message = _read(received[0])
    assert (message["Subject"], _text(message)) == (MAIL.subject, MAIL.text)


def test_a_mailbox_that_is_refused_is_told_to_the_sender() -> None:
    refused = Mail("1", "某", "refused@example.org", "x", "y")
    with _mail_server() as (url, received), pytest.raises(smtplib.SMTPException):
        MailTransport(url, sender_host=HOST).send(refused)

    assert received == []
