"""Example data: an invented ecosystem and two sets of real data, each in a folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from service.formats.input_file import InputFile
from service.formats.readers import file_format

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Seed:
    """A folder that `valuenet load` reads; its members are in the community `key`."""

    key: str
    about: str
    format: str

    @property
    def folder(self) -> Path:
        return FOLDER / self.key

    @property
    def file(self) -> InputFile:
        return InputFile(self.folder, file_format(self.format), source="")


SEEDS = (
    Seed("demo", "the demo ecosystem", "tables"),
    Seed("yc", "Y Combinator companies and their investors", "yc"),
    Seed("cordis", "Horizon 2020 research projects", "cordis"),
)
TOURED = SEEDS[:2]  # the data that the questions of the demo use


def question(name: str) -> str:
    """The GraphQL document `seeds/demo/questions/<name>.graphql`."""
    path = FOLDER / "demo" / "questions" / f"{name}.graphql"
    return path.read_text(encoding="utf-8")
