"""Commands that speak both languages: their help, their questions, and what they say of a mistaken call."""

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from itertools import pairwise
from typing import Any

import click

from standards_wf.wording.language import Language, Term, t, use

Shown = Callable[..., Any]
_OPTIONS = Term("选项", "Options")
_COMMANDS = Term("命令", "Commands")
_EXAMPLE = Term("示例", "Example")
_USAGE = Term("用法：", "Usage: ")
_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


def language_of(environ: Mapping[str, str]) -> Language:
    """The language of the terminal: English where its locale says so, Chinese everywhere else."""
    locale = next((environ[name] for name in _VARIABLES if environ.get(name)), "")
    return Language.EN if locale.lower().startswith("en") else Language.ZH


def language_asked_for(args: Sequence[str]) -> Language | None:
    """The language after `--lang`, looked up before the call is parsed, because the help is shown while it is."""
    for option_name, value in pairwise(args):
        if option_name == "--lang" and value in set(Language):
            return Language(value)
    return None


class SpokenOption(click.Option):
    """An option whose help is said in the language of the reader."""

    def __init__(self, declarations: Sequence[str], *, about: Term, **rest: Any) -> None:
        super().__init__(declarations, **rest)
        self.about = about

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """The option and its sentence."""
        self.help = str(self.about)
        return super().get_help_record(ctx)


def option(*declarations: str, about: Term, **rest: Any) -> Callable[[Shown], Shown]:
    """An option with its help in both languages."""
    return click.option(*declarations, cls=SpokenOption, about=about, **rest)


def _speak(_context: click.Context, _parameter: click.Parameter, language: str | None) -> None:
    if language:
        use(Language(language))


class Spoken(click.Command):
    """A command with its help, and an example, in both languages."""

    def __init__(self, name: str | None, *, about: Term, example: str, **rest: Any) -> None:
        super().__init__(name, **rest)
        self.about = about
        self.example = example
        self.params += _shared_options()

    def get_short_help_str(self, limit: int = 45) -> str:
        """The first sentence of the help."""
        return _first_sentence(self.about)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """How the command is called."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix=str(_USAGE))

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What the command does, with an example."""
        _write(formatter, str(self.about))
        with formatter.section(str(_EXAMPLE)):
            for line in self.example.splitlines():
                formatter.write(f"{' ' * formatter.current_indent}{line}\n")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options of the command."""
        _write_options(self, ctx, formatter)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option that shows this help."""
        return _with_spoken_help(super().get_help_option(ctx))


class SpokenGroup(click.Group):
    """A group of commands; each is loaded when it is asked for, so that a short command stays quick."""

    def __init__(self, name: str | None, *, about: Term, members: Mapping[str, str], **rest: Any) -> None:
        super().__init__(name, **rest)
        self.about = about
        self._members = members
        """Where each command is found: a module, and after a colon the name in it where it is not the command's."""
        self.params += _shared_options()

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order in which they are told."""
        return list(self._members)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name."""
        if cmd_name not in self._members:
            return None
        module, _, name = self._members[cmd_name].partition(":")
        found: click.Command = getattr(import_module(module), name or cmd_name.replace("-", "_"))
        return found

    def get_short_help_str(self, limit: int = 45) -> str:
        """The first sentence of the help."""
        return _first_sentence(self.about)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """How the group is called."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=str(_USAGE))

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What the commands of the group are for."""
        _write(formatter, str(self.about))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options and the commands of the group."""
        _write_options(self, ctx, formatter)
        rows = [
            (name, command.get_short_help_str(80))
            for name in self.list_commands(ctx)
            if (command := self.get_command(ctx, name)) is not None
        ]
        with formatter.section(str(_COMMANDS)):
            formatter.write_dl(rows)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option that shows this help."""
        return _with_spoken_help(super().get_help_option(ctx))


def command(name: str, *, about: Term, example: str) -> Callable[[Shown], Spoken]:
    """A command with its help, and an example, in both languages."""
    return click.command(name, cls=Spoken, about=about, example=example)


def _shared_options() -> list[click.Parameter]:
    return [
        SpokenOption(
            ["--lang"],
            about=Term("说哪种语言", "the language to speak"),
            type=click.Choice([language.value for language in Language]),
            callback=_speak,
            is_eager=True,
            expose_value=False,
        )
    ]


def _with_spoken_help(found: click.Option | None) -> click.Option | None:
    if found is not None:
        found.help = t("显示本说明", "show this help")
    return found


def _first_sentence(about: Term) -> str:
    said = str(about).partition("\n")[0]
    for stop in ("。", "；", ". ", "; "):
        said = said.partition(stop)[0]
    return said.rstrip(".")


def _write(formatter: click.HelpFormatter, text: str) -> None:
    formatter.write_paragraph()
    for paragraph in text.split("\n"):
        formatter.write_text(paragraph)


def _write_options(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    options = (each for each in command.get_params(ctx) if isinstance(each, click.Option))
    records = [record for each in options if (record := each.get_help_record(ctx)) is not None]
    if records:
        with formatter.section(str(_OPTIONS)):
            formatter.write_dl(records)


def mistaken_call(error: click.ClickException) -> str:
    """What is wrong with the way in which a command was called."""
    match error:
        case click.MissingParameter():
            asked = error.param.get_error_hint(error.ctx) if error.param and error.ctx else ""
            said = t("缺少 {what}。", "{what} is missing.", what=asked)
        case click.NoSuchCommand():
            said = t("没有命令 {name}。", "There is no command {name}.", name=error.command_name)
        case click.NoSuchOption():
            said = t("没有选项 {name}。", "There is no option {name}.", name=error.option_name)
        case click.BadParameter():
            hint = error.param_hint or (error.param.get_error_hint(error.ctx) if error.param and error.ctx else "")
            name = hint if isinstance(hint, str) else " / ".join(hint)
            said = t("{name} 的值不对：{why}", "The value of {name} is not right: {why}", name=name, why=_why(error))
        case _:
            said = error.format_message()
    context = getattr(error, "ctx", None)
    if context is not None and not isinstance(error, click.exceptions.NoArgsIsHelpError):
        said += "\n" + t("请看 {path} --help。", "See {path} --help.", path=context.command_path)
    return said


def _why(error: click.BadParameter) -> str:
    """What is wrong with a value; of a choice, what there is to choose from."""
    if error.param is not None and isinstance(choice := error.param.type, click.Choice):
        known = t("、", ", ").join(map(str, choice.choices))
        return t("可用的有：{known}。", "choose from {known}.", known=known)
    return error.message
