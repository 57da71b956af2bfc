"""The committed SDL: write it, or with --check fail if it differs from the schema."""

from __future__ import annotations

import sys
from pathlib import Path

from schema.query import schema

FILE = Path(__file__).parent / "schema.graphql"


def main() -> None:
    sdl = schema.as_str() + "\n"
    if "--check" not in sys.argv[1:]:
        FILE.write_text(sdl, encoding="utf-8")
    elif sdl != FILE.read_text(encoding="utf-8"):
        sys.exit(
            "schema/schema.graphql differs from the schema in the code; run `task"
            " export`."
        )


if __name__ == "__main__":
    main()
