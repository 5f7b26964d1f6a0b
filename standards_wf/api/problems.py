"""Why a request is not understood, apart from what the services refuse; with the sentences for it."""

from enum import StrEnum

from standards_wf.services.saying import say
from standards_wf.wording.language import Term
from standards_wf.wording.refusals import Book, sentence
from standards_wf.workflow.refusals import Refusal
from standards_wf.workflow.vocabulary import Kind


class RequestProblem(StrEnum):
    """What is wrong with a request."""

    NOT_JSON = "not_json"
    NOT_AN_OBJECT = "not_an_object"
    NOT_A_LIST = "not_a_list"
    NOT_A_STRING = "not_a_string"
    NOT_AN_INTEGER = "not_an_integer"
    NOT_A_BOOLEAN = "not_a_boolean"
    NOT_AN_INSTANT = "not_an_instant"
    NOT_A_FILE = "not_a_file"
    NO_SUCH_FIELD = "no_such_field"
    OUT_OF_RANGE = "out_of_range"
    TOKEN_NEEDED = "token_needed"  # noqa: S105  the name of a problem
    TOKEN_NOT_VALID = "token_not_valid"  # noqa: S105  the name of a problem
    IF_MATCH_NEEDED = "if_match_needed"
    STALE = "stale"
    CHANGED = "changed"
    KEY_USED_BEFORE = "key_used_before"
    KEY_NOT_USABLE = "key_not_usable"
    NOT_OFFERED = "not_offered"
    GENERATE_OR_FILE = "generate_or_file"


_SENTENCES: dict[RequestProblem, Term] = {
    RequestProblem.NOT_JSON: Term("请求正文不是JSON：{why}。", "The body is not JSON: {why}."),
    RequestProblem.NOT_AN_OBJECT: Term("此处应为JSON对象。", "A JSON object is expected here."),
    RequestProblem.NOT_A_LIST: Term("此处应为JSON数组。", "A JSON array is expected here."),
    RequestProblem.NOT_A_STRING: Term("此处应为字符串。", "A string is expected here."),
    RequestProblem.NOT_AN_INTEGER: Term(
        "此处应为{least}至{most}之间的整数。", "A whole number from {least} to {most} is expected here."
    ),
    RequestProblem.NOT_A_BOOLEAN: Term("此处应为true或false。", "true or false is expected here."),
    RequestProblem.NOT_AN_INSTANT: Term(
        "“{given}”不是带时区的时刻；请按2025-06-01T09:00:00Z的形式填写。",
        '"{given}" is not an instant with a time zone. Write it like 2025-06-01T09:00:00Z.',
    ),
    RequestProblem.NOT_A_FILE: Term(
        "此处应为文件，以multipart/form-data上传。", "A file is expected here, sent as multipart/form-data."
    ),
    RequestProblem.NO_SUCH_FIELD: Term(
        "没有名为{name}的字段；可用的有：{known}。", "There is no field {name}; those that there are: {known}."
    ),
    RequestProblem.OUT_OF_RANGE: Term(
        "{given}超出范围；应为{least}至{most}。", "{given} is out of range; it must be from {least} to {most}."
    ),
    RequestProblem.TOKEN_NEEDED: Term(
        "此处需要令牌：请用 Authorization: Bearer 发送。", "A token is needed here: send it as Authorization: Bearer."
    ),
    RequestProblem.TOKEN_NOT_VALID: Term(
        "令牌无效、已到期或已吊销；请换用有效的令牌。",
        "The token is unknown, has ended or was revoked. Use one that is valid.",
    ),
    RequestProblem.IF_MATCH_NEEDED: Term(
        "此事改变项目：请在 If-Match 中给出您所见的版本（项目的 ETag）。",
        "This changes the project: give the version that you have seen (its ETag) as If-Match.",
    ),
    RequestProblem.STALE: Term(
        "您所见的版本已不是最新版本（现为{version}）；请重新读取后再办理。",
        "Somebody acted since the version that you have seen; it is now {version}. Read again, then act.",
    ),
    RequestProblem.CHANGED: Term(
        "办理时有人作了改动；请重新读取后再办理。", "Somebody acted at the same moment. Read again, then act."
    ),
    RequestProblem.KEY_USED_BEFORE: Term(
        "这个 Idempotency-Key 已用于另一个请求；请换一个。",
        "This Idempotency-Key was used for another request. Use another one.",
    ),
    RequestProblem.KEY_NOT_USABLE: Term(
        "Idempotency-Key 应为1至{maximum}个可见的ASCII字符。",
        "An Idempotency-Key has from 1 to {maximum} printable ASCII characters.",
    ),
    RequestProblem.NOT_OFFERED: Term("此处提供：{offered}。", "What is offered here: {offered}."),
    RequestProblem.GENERATE_OR_FILE: Term(
        "请上传文件，或给出 generate: true，二者选一。", "Send a file, or generate: true; one of the two."
    ),
}
BOOK: Book = {RequestProblem: _SENTENCES}


def said(refusal: Refusal, kind: Kind | None = None) -> str:
    """A refusal in the current language, of the services or of the API itself, in the words of the kind."""
    return sentence(refusal, book=BOOK) if isinstance(refusal.code, RequestProblem) else say(refusal, kind)
