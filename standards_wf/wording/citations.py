"""What is to be checked when a document that a text cites has ended: with a date and without it is not the same."""

from standards_wf.wording.language import Term
from standards_wf.workflow.vocabulary import Stage

_SENTENCES: dict[tuple[bool, Stage], Term] = {
    (True, Stage.SUPERSEDED): Term(
        "正文注日期引用{cited}，这一版已被代替。所引的版本仍按引用适用；请核对是否改引新版。",
        "The text cites {cited} with its date, and this edition has been superseded. The edition cited still applies as "
        "it is cited; check whether to cite the new one.",
    ),
    (False, Stage.SUPERSEDED): Term(
        "正文不注日期引用{cited}，它已被代替。今后适用其最新版本；请核对引用的内容是否仍然合适。",
        "The text cites {cited} without a date, and it has been superseded. Its latest edition applies from now on; "
        "check whether what is cited still fits.",
    ),
    (True, Stage.ABOLISHED): Term(
        "正文注日期引用{cited}，它已废止，没有新版。请核对所引内容能否继续使用，还是改引其他文件。",
        "The text cites {cited} with its date, and it has been abolished without a new edition. Check whether what is "
        "cited can still be used, or another document is to be cited.",
    ),
    (False, Stage.ABOLISHED): Term(
        "正文不注日期引用{cited}，它已废止，不再有可适用的版本。请改引其他文件，或者把内容写入正文。",
        "The text cites {cited} without a date, and it has been abolished: no edition applies any more. Cite another "
        "document, or take its content into the text.",
    ),
}


def sentence_of_task(cited: str, ended_by: Stage, *, dated: bool) -> str:
    """What is to be checked, in one or two sentences."""
    return str(_SENTENCES[(dated, ended_by)]).format(cited=cited)
