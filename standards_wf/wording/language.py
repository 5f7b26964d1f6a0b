"""The two languages of the interface, and the sentence pairs that are written in both."""

from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum


class Language(StrEnum):
    """A language of the interface."""

    ZH = "zh"
    EN = "en"


_current: ContextVar[Language] = ContextVar("language", default=Language.ZH)


def use(language: Language) -> None:
    """Speak this language for the rest of the request, the command or the mail."""
    _current.set(language)


def current() -> Language:
    """The language spoken now; Chinese unless somebody chose otherwise."""
    return _current.get()


def t(zh: str, en: str, /, **values: object) -> str:
    """Choose the sentence of the current language and fill its `{names}`."""
    sentence = zh if current() is Language.ZH else en
    return sentence.format(**values) if values else sentence


@dataclass(frozen=True, slots=True)
class Term:
    """One idea with its word in each language; prints as the word of the current language."""

    zh: str
    en: str

    def __str__(self) -> str:
        return t(self.zh, self.en)
