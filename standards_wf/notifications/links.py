"""The words of the letters that bring a link to somebody without an account: to confirm, and to follow."""

from dataclasses import dataclass
from datetime import date

from standards_wf.notifications.messages import Mail, in_both_languages, subject_line
from standards_wf.wording.dates import long_date
from standards_wf.wording.language import t


@dataclass(frozen=True, slots=True, kw_only=True)
class ToConfirm:
    """A link with which somebody confirms what was sent under this address."""

    title_zh: str
    address: str
    expires_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ToFollow:
    """A link with which somebody follows the case that the own suggestion has begun."""

    title_zh: str
    number: int
    address: str


def confirmation_mail(told: ToConfirm, *, identity: str, to_name: str, to_address: str) -> Mail:
    """The letter that asks whether it was really sent from there."""

    def speak() -> tuple[str, ...]:
        return (
            t("{name}，您好：", "Dear {name},", name=to_name),
            t(
                "有人以这个邮箱提出了立项建议《{title}》。请打开下面的链接并确认，建议才会受理：",
                "Somebody has suggested a standard under this address: “{title}”. It is taken once you open this "
                "link and confirm it:",
                title=told.title_zh,
            ),
            told.address,
            t(
                "链接有效期至{day}，只能使用一次。如果不是您提交的，不必理会本邮件；到期后内容自动删除。",
                "The link works until {day}, and once. If you have not sent anything, do nothing: what was sent is "
                "removed after that day.",
                day=long_date(told.expires_on),
            ),
        )

    subject = subject_line(told.title_zh, "：请确认您的立项建议")
    return Mail(identity, to_name, to_address, subject, in_both_languages(speak))


def following_mail(told: ToFollow, *, identity: str, to_name: str, to_address: str) -> Mail:
    """The letter that thanks for a suggestion and brings the private link to it."""

    def speak() -> tuple[str, ...]:
        return (
            t("{name}，您好：", "Dear {name},", name=to_name),
            t(
                "您的立项建议《{title}》已受理，编号{number}。受理机关的书面答复会发到这个邮箱。"
                "随时可以用下面的链接查看进展：",
                "Your suggestion “{title}” has been received under the number {number}. The answer in writing is sent "
                "to this address. See at any time how it goes:",
                title=told.title_zh,
                number=told.number,
            ),
            told.address,
            t(
                "这个链接是您私人的，不必登录；请不要转给他人。",
                "The link is private and needs no account. Do not pass it on.",
            ),
        )

    return Mail(identity, to_name, to_address, subject_line(told.title_zh, "：建议已受理"), in_both_languages(speak))
