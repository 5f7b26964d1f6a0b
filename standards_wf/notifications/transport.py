"""The ways on which a message leaves: a mail server or a folder; and a twin that remembers, for tests."""

import hashlib
import os
import smtplib
import ssl
import tempfile
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Protocol
from urllib.parse import SplitResult, unquote, urlsplit

from standards_wf.notifications.messages import Mail

SECONDS_TO_ANSWER = 20
NO_REPLY = "no-reply"


class Transport(Protocol):
    """Whatever can bring a message to a person; bringing the same one twice must do no harm."""

    def send(self, mail: Mail) -> None:
        """Bring it. Raises OSError or smtplib.SMTPException when it could not be handed over."""


class MailTransport:
    """A mail server: `smtp://user:password@host:port` with STARTTLS where it is offered, or `smtps://…`."""

    def __init__(self, url: str, *, sender_host: str) -> None:
        self._server = urlsplit(url)
        self._sender_host = sender_host

    def send(self, mail: Mail) -> None:
        """Hand it to the server. Raises OSError or smtplib.SMTPException."""
        with _connected(self._server) as connection:
            connection.send_message(as_email(mail, self._sender_host))


def _connected(server: SplitResult) -> smtplib.SMTP:
    host = server.hostname or "localhost"
    secure = ssl.create_default_context()
    if server.scheme == "smtps":
        connection: smtplib.SMTP = smtplib.SMTP_SSL(host, server.port or 465, timeout=SECONDS_TO_ANSWER, context=secure)
    else:
        connection = smtplib.SMTP(host, server.port or 25, timeout=SECONDS_TO_ANSWER)
        connection.ehlo_or_helo_if_needed()
        if connection.has_extn("starttls"):
            connection.starttls(context=secure)
    if server.username:
        connection.login(unquote(server.username), unquote(server.password or ""))
    return connection


class FolderTransport:
    """A folder of `.eml` files, one for each message: for an installation without a mail server."""

    def __init__(self, folder: Path, *, sender_host: str) -> None:
        self._folder = folder
        self._sender_host = sender_host

    def send(self, mail: Mail) -> None:
        """Write it under a name made of its identity, whole or not at all. Raises OSError."""
        self._folder.mkdir(parents=True, exist_ok=True)
        name = hashlib.sha256(f"{mail.identity} {mail.to_address}".encode()).hexdigest()[:24]
        handle, temporary = tempfile.mkstemp(dir=self._folder, suffix=".part")
        with os.fdopen(handle, "wb") as file:
            file.write(as_email(mail, self._sender_host, readable=True).as_bytes())
        Path(temporary).replace(self._folder / f"{mail.identity}-{name}.eml")


class RecordingTransport:
    """Remembers what was sent, for tests."""

    def __init__(self) -> None:
        self.sent: list[Mail] = []

    def send(self, mail: Mail) -> None:
        """Remember it."""
        self.sent.append(mail)


def transport_for(mail_url: str, *, sender_host: str) -> Transport:
    """The way that the setting `MAIL_URL` names."""
    parts = urlsplit(mail_url)
    if parts.scheme == "file":
        return FolderTransport(Path(unquote(parts.path)), sender_host=sender_host)
    return MailTransport(mail_url, sender_host=sender_host)


def as_email(mail: Mail, sender_host: str, *, readable: bool = False) -> EmailMessage:
    """The message as mail servers want it; the identity lets a mailbox recognise the same message.

    `readable`: its text as it is, for a file that people open, and not wrapped for old mail servers.
    """
    message = EmailMessage(policy=SMTP)
    message["Subject"] = mail.subject
    message["From"] = Address("standards", NO_REPLY, sender_host)
    message["To"] = _address(mail)
    message["Message-ID"] = f"<{mail.identity}@{sender_host}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text, cte="8bit" if readable else None)
    return message


def _address(mail: Mail) -> Address:
    user, _, domain = mail.to_address.rpartition("@")
    return Address(" ".join(mail.to_name.split()), user, domain)
