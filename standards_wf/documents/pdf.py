"""A docx printed as PDF by LibreOffice, alone in a profile of its own that fetches nothing and runs no macro."""

import os
import shutil
import signal
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from standards_wf.documents.problems import DocumentProblem, sentence
from standards_wf.errors import Unavailable
from standards_wf.workflow.refusals import Refusal

_FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <cachedir>{cache}</cachedir>
  {aliases}
</fontconfig>
"""
_ALIAS = '<alias binding="same"><family>{asked}</family><prefer>{given}</prefer></alias>'
_SERIF = "<family>Noto Serif CJK SC</family><family>Noto Sans CJK SC</family><family>WenQuanYi Zen Hei</family>"
_SANS = "<family>Noto Sans CJK SC</family><family>WenQuanYi Zen Hei</family>"
_WESTERN = "<family>Times New Roman</family><family>Liberation Serif</family><family>Noto Serif CJK SC</family>"
_STAND_INS = {
    **dict.fromkeys(
        ("宋体", "SimSun", "新宋体", "NSimSun", "仿宋", "FangSong", "仿宋_GB2312", "楷体", "KaiTi"), _SERIF
    ),
    **dict.fromkeys(("黑体", "SimHei", "微软雅黑", "Microsoft YaHei", "方正小标宋简体"), _SANS),
    "Times New Roman": _WESTERN,
}
"""Fonts of Windows and what stands in for them; without this each missing glyph is searched one by one."""

_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
  <item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link"><value>0</value></prop></item>
  <item oor:path="/org.openoffice.Office.Common/Security/Scripting">
    <prop oor:name="MacroSecurityLevel"><value>3</value></prop>
    <prop oor:name="DisableMacrosExecution"><value>true</value></prop>
    <prop oor:name="BlockUntrustedRefererLinks"><value>true</value></prop>
  </item>
</oor:items>
"""


@dataclass(frozen=True, slots=True)
class Office:
    """LibreOffice as it is installed here: which program, and how long it may take."""

    executable: str = "soffice"
    timeout_seconds: int = 120

    def to_pdf(self, docx: bytes) -> bytes:
        """Print a docx as PDF.

        Raises Unavailable when LibreOffice is absent, fails or takes too long.
        """
        return self._convert(docx, "pdf:writer_pdf_Export", "paper.pdf")

    def to_text(self, docx: bytes) -> str:
        """What a docx says once it is laid out: the fields show their pages.

        Raises Unavailable as `to_pdf` does.
        """
        return self._convert(docx, "txt:Text (encoded):UTF8", "paper.txt").decode("utf-8-sig")

    def _convert(self, docx: bytes, wanted: str, name: str) -> bytes:
        program = shutil.which(self.executable)
        if program is None:
            raise _unavailable(DocumentProblem.OFFICE_ABSENT, executable=self.executable)
        with tempfile.TemporaryDirectory(prefix="standards-wf-pdf-", ignore_cleanup_errors=True) as folder:
            place = Path(folder)
            (place / "paper.docx").write_bytes(docx)
            environment = _private_environment(place)
            command = [
                program, "--headless", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard",
                f"-env:UserInstallation={(place / 'profile').as_uri()}",
                "--convert-to", wanted, "--outdir", str(place), str(place / "paper.docx"),
            ]  # fmt: skip
            told = self._run(command, environment, place)
            made = place / name
            if not made.is_file():
                raise _unavailable(DocumentProblem.OFFICE_FAILED, told=told.strip()[-300:] or "?")
            return made.read_bytes()

    def _run(self, command: list[str], environment: dict[str, str], place: Path) -> str:
        with subprocess.Popen(
            command, env=environment, cwd=place, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, start_new_session=True, text=True, errors="replace",
        ) as process:  # fmt: skip
            try:
                return process.communicate(timeout=self.timeout_seconds)[0]
            except subprocess.TimeoutExpired:
                # The wrapper starts the real program as a child, so the whole session is ended.
                os.killpg(process.pid, signal.SIGKILL)
                process.communicate()
                raise _unavailable(DocumentProblem.OFFICE_SLOW, seconds=self.timeout_seconds) from None


def _private_environment(place: Path) -> dict[str, str]:
    """Fonts and settings for this one run; nothing of the server's environment but what finds programs and words."""
    settings = place / "profile" / "user"
    settings.mkdir(parents=True)
    (settings / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    aliases = "\n  ".join(_ALIAS.format(asked=asked, given=given) for asked, given in _STAND_INS.items())
    cache = Path(tempfile.gettempdir()) / f"standards-wf-fonts-{os.getuid()}"
    (place / "fonts.conf").write_text(_FONTS.format(cache=cache, aliases=aliases), encoding="utf-8")
    return {
        "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
        "HOME": str(place),
        "LANG": "C.UTF-8",
        "FONTCONFIG_FILE": str(place / "fonts.conf"),
    }


def _unavailable(problem: DocumentProblem, **params: object) -> Unavailable:
    return Unavailable(sentence(Refusal(problem, **params)))
