"""Why something about people, their roles and their passwords is refused, and the sentences that say so."""

from enum import StrEnum

from standards_wf.wording.language import Term
from standards_wf.wording.refusals import Book


class PeopleProblem(StrEnum):
    """What is wrong with a person's particulars, a role or a login."""

    LOGIN_SPELLING = "login_spelling"
    EMAIL_SPELLING = "email_spelling"
    PASSWORD_TOO_SHORT = "password_too_short"  # noqa: S105  the name of a problem
    PASSWORD_TOO_LONG = "password_too_long"  # noqa: S105  the name of a problem
    PASSWORD_IS_LOGIN = "password_is_login"  # noqa: S105  the name of a problem
    PASSWORD_IS_WRONG = "password_is_wrong"  # noqa: S105  the name of a problem
    LOGIN_FAILED = "login_failed"
    LOGIN_PAUSED = "login_paused"
    NOT_KNOWN = "not_known"
    ROLE_NOT_GRANTED = "role_not_granted"
    ROLE_NEEDS_SCOPE = "role_needs_scope"
    TERM_OUT_OF_ORDER = "term_out_of_order"
    ALREADY_HELD = "already_held"
    LAST_ADMINISTRATOR = "last_administrator"
    GROUP_CODE_SPELLING = "group_code_spelling"
    GROUP_CODE_FOR_ASSOCIATIONS = "group_code_for_associations"
    ALREADY_OVER = "already_over"


_SENTENCES: dict[PeopleProblem, Term] = {
    PeopleProblem.LOGIN_SPELLING: Term(
        "登录名由2至60个小写字母、数字、点、连字符或下划线组成，以字母开头，例如 zhang.min。",
        "A login has 2 to 60 small letters, digits, dots, hyphens or underscores and begins with a letter, "
        "such as zhang.min.",
    ),
    PeopleProblem.EMAIL_SPELLING: Term(
        "“{given}”不是电子邮箱地址；请按 name@example.org 的形式填写，或留空。",
        '"{given}" is not a mail address. Write it like name@example.org, or leave it out.',
    ),
    PeopleProblem.PASSWORD_TOO_SHORT: Term(
        "密码至少需要{minimum}个字符；一句容易记住的话就很好。",
        "A password has at least {minimum} characters; a sentence that you remember easily is a good one.",
    ),
    PeopleProblem.PASSWORD_TOO_LONG: Term(
        "密码最多{maximum}个字符；请缩短。", "A password has at most {maximum} characters. Shorten it."
    ),
    PeopleProblem.PASSWORD_IS_LOGIN: Term(
        "密码不能与登录名相同；请另选一个。", "The password must not be the login. Choose another one."
    ),
    PeopleProblem.PASSWORD_IS_WRONG: Term(
        "现用密码不对；请重新输入。", "This is not your present password. Type it again."
    ),
    PeopleProblem.LOGIN_FAILED: Term(
        "登录名与密码不相符；请检查后重试。忘记密码时请联系管理员。",
        "Login and password do not belong together. Check both and try again; the administrator can set a new password.",
    ),
    PeopleProblem.LOGIN_PAUSED: Term(
        "登录失败次数过多；请等待{minutes}分钟后重试。",
        "Too many logins have failed. Try again in {minutes:minute|minutes}.",
    ),
    PeopleProblem.NOT_KNOWN: Term(
        "系统中没有“{given}”；请从列表中选择。", 'There is no "{given}" here. Choose from the list.'
    ),
    PeopleProblem.ROLE_NOT_GRANTED: Term(
        "“{role}”不是可以授予的角色。", "{role} is not a role that is granted."
    ),
    PeopleProblem.ROLE_NEEDS_SCOPE: Term(
        "角色“{role}”不能这样授予；请指明对哪一个机构、委员会或项目授予，管理员角色则都不指明。",
        "The role {role} cannot be granted like this. Say for which organisation, committee or project it is held; "
        "an administrator is named for none of them.",
    ),
    PeopleProblem.TERM_OUT_OF_ORDER: Term(
        "任期的结束日{valid_to}早于开始日{valid_from}；请改正。",
        "The term would end on {valid_to}, before it begins on {valid_from}. Correct one of them.",
    ),
    PeopleProblem.ALREADY_HELD: Term(
        "此人在这一期间已经担任“{role}”（{valid_from}起）；请先结束原来的任期。",
        "This person holds the role {role} already, since {valid_from}. End that term first.",
    ),
    PeopleProblem.LAST_ADMINISTRATOR: Term(
        "这是最后一位管理员；请先授予另一人管理员角色。",
        "This is the last administrator. Make somebody else an administrator first.",
    ),
    PeopleProblem.GROUP_CODE_SPELLING: Term(
        "社会团体代号由2至12个大写拉丁字母或数字组成，以字母开头，例如 SHSES。",
        "The code of an association has 2 to 12 capital letters or digits and begins with a letter, such as SHSES.",
    ),
    PeopleProblem.GROUP_CODE_FOR_ASSOCIATIONS: Term(
        "只有社会团体有代号；请留空。", "Only an association has a code. Leave it out."
    ),
    PeopleProblem.ALREADY_OVER: Term(
        "这一任期已于{valid_to}结束。", "This term is over since {valid_to}."
    ),
}  # fmt: skip

SENTENCES: Book = {PeopleProblem: _SENTENCES}
"""For `wording.refusals.sentence(refusal, book=…)`."""
