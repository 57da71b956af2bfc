"""The remarks of `valuenet load`, and the members with equal or similar names."""

from __future__ import annotations

from service.cli.console import TerminalNotice
from service.cli.load_tables import pairs_table
from service.formats.causes import lines_of_remarks
from service.formats.identities.entity import SEPARATE
from service.formats.load_files import LoadFiles
from service.vocabulary.names import counted

MAX_NOTES = 20
IF_ONE = (
    "If two of them are one, say so in the file and load it again: the same name and"
    " country for firms, the same name and employer for people, or a column `key` with"
    " the key that is in brackets."
)


def print_remarks(files: LoadFiles, notice: TerminalNotice) -> None:
    """What was changed or left out, and members with equal or similar names."""
    lines = list(lines_of_remarks(files.faults.notes, files.faults.examples))
    if lines:
        notice.say("Remarks:")
    for line in lines[:MAX_NOTES]:
        notice.say(f"  {line}")
    if len(lines) > MAX_NOTES:
        more = counted(len(lines) - MAX_NOTES, "more remark")
        notice.say(f"  … and {more}; --report FILE lists all of them")
    if files.matches:
        notice.console.print(pairs_table(files.matches))
    if any(match.decision == SEPARATE for match in files.matches):
        notice.say(IF_ONE)
