"""`valuenet token`: create an access token; the file of tokens gets its hash."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from service.cli.command_group import command_app
from service.cli.console import TerminalNotice
from service.cli.session import load_settings
from service.database.disk import explain_disk_errors, own_folder
from service.server.tokens import TokenScope, create_token
from service.settings import Settings

ANOTHER_FILE = "name another file with --file"

app = command_app()


@app.command()
def token(
    name: Annotated[
        str, typer.Argument(help="Whose token it is; logs show this name.")
    ],
    scope: Annotated[
        TokenScope, typer.Option(help="What the token allows.")
    ] = TokenScope.READ,
    file: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="The file of tokens. Default: VALUENET_TOKENS, or `tokens` in"
            " VALUENET_HOME.",
        ),
    ] = None,
) -> None:
    """Create an access token. It is shown only once."""
    settings = load_settings()
    path = file or settings.tokens or default_file(settings)
    with explain_disk_errors("store the token", path.parent, ANOTHER_FILE):
        path.parent.mkdir(parents=True, exist_ok=True)
    typer.echo(create_token(path, name, scope))
    if settings.tokens != path:
        text = f"Its hash is now in {path}. Run the server with VALUENET_TOKENS={path}"
        TerminalNotice().say(text)


def default_file(settings: Settings) -> Path:
    """In the home, beside the database."""
    return own_folder(settings.home, "VALUENET_HOME") / "tokens"
