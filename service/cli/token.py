"""`valuenet token`: a new token, told once; the file of tokens gets its hash."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from service.cli.console import Told
from service.cli.session import configured
from service.server.tokens import TokenScope, create_token

DEFAULT_FILE = "tokens"  # in the home, beside the database


def token(
    name: Annotated[str, typer.Argument(help="Who bears it; logs tell this name.")],
    scope: Annotated[
        TokenScope, typer.Option(help="What its bearer may do.")
    ] = TokenScope.READ,
    file: Annotated[
        Path | None, typer.Option(help="Default: VALUENET_TOKENS, or one in the home.")
    ] = None,
) -> None:
    """Make a token and print it: nobody can tell it again."""
    settings, told = configured(), Told()
    place = file or settings.tokens or settings.home / DEFAULT_FILE
    place.parent.mkdir(parents=True, exist_ok=True)
    typer.echo(create_token(place, name, scope))
    if settings.tokens != place:
        told.say(f"Its hash is in {place}; serve with VALUENET_TOKENS={place}")
