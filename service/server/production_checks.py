"""The production profile: the settings that it does not start with."""

from __future__ import annotations

from collections.abc import Iterator

from service.errors import BadInput
from service.settings import Profile, Settings

# With a limit above these, one request could occupy the whole server.
MAXIMA = {
    "max_cost": 10_000_000,
    "max_page": 10_000,
    "max_depth": 50,
    "max_aliases": 1_000,
    "max_root_fields": 1_000,
    "max_directives": 1_000,
    "max_tokens": 100_000,
    "max_token_length": 1_000_000,
    "max_list_length": 10_000,
    "max_errors": 9,  # ten errors for one document help to guess the schema
    "timeout_seconds": 300,
    "transfer_seconds": 300,
    "max_connections": 20_000,
    "import_megabytes": 2_000,
}
COMMON_PASSWORDS = ("", "neo4j", "password", "secret", "test")


def refuse_unsafe(settings: Settings) -> None:
    """Raise BadInput with all unsafe settings where the profile is production."""
    if settings.profile is Profile.PRODUCTION and (faults := list(unsafe(settings))):
        reason = "unsafe settings for VALUENET_PROFILE=production"
        raise BadInput("; ".join([reason, *faults]))


def unsafe(settings: Settings) -> Iterator[str]:
    """One sentence for each unsafe setting."""
    for name, most in MAXIMA.items():
        value = getattr(settings, name)
        if value > most:
            yield f"VALUENET_{name.upper()}: {value:,} is above the maximum {most:,}"
    for origin in settings.cors_origins:
        if not origin.startswith("https://") or "*" in origin:
            reason = "is not an https:// origin (commas between them)"
            yield f"VALUENET_CORS_ORIGINS: {origin} {reason}"
    if settings.tokens is None and not settings.allow_anonymous:
        yield (
            "VALUENET_TOKENS: unset, so every caller may write: create a token with"
            " `valuenet token NAME` and set the variable to its file, or set"
            " VALUENET_ALLOW_ANONYMOUS=true if that is intended"
        )
    if settings.log_level == "DEBUG":
        yield "VALUENET_LOG_LEVEL: DEBUG writes the callers' requests into the log"
    is_common = settings.neo4j_password.get_secret_value() in COMMON_PASSWORDS
    if settings.neo4j_uri and is_common:
        yield "NEO4J_PASSWORD: unset, or a common default"
