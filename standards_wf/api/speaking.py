"""The language of the answers: Chinese, unless the caller would rather read English."""

from flask import request

from standards_wf.wording.language import Language, use


def speak() -> None:
    """Speak the language that the caller asks for by Accept-Language."""
    wanted = request.accept_languages.best_match([language.value for language in Language], default=Language.ZH.value)
    use(Language(wanted))
