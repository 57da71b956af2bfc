"""The production profile: which settings it does not start with, all told at once."""

from __future__ import annotations

from collections.abc import Iterator

from service.errors import BadInput
from service.settings import Profile, Settings

# Above these a limit protects nobody: one request could hold the server.
MOST = {
    "max_cost": 10_000_000,
    "max_page": 10_000,
    "max_depth": 50,
    "max_aliases": 1_000,
    "max_root_fields": 1_000,
    "max_directives": 1_000,
    "max_tokens": 100_000,
    "max_list_length": 10_000,
    "max_errors": 9,  # who gets ten errors for one document can measure us by them
    "timeout_seconds": 300,
}
GUESSED = ("", "neo4j", "password", "secret", "test")


def guard(settings: Settings) -> None:
    """Raise where the profile is production and anything is unsafe."""
    if settings.profile is Profile.PRODUCTION and (found := list(unsafe(settings))):
        raise BadInput("; ".join(["unsafe for VALUENET_PROFILE=production", *found]))


def unsafe(settings: Settings) -> Iterator[str]:
    for name, most in MOST.items():
        value = getattr(settings, name)
        if value > most:
            yield f"VALUENET_{name.upper()}: {value:,} is above {most:,}"
    for origin in settings.cors_origins:
        if not origin.startswith("https://") or "*" in origin:
            wanted = "is no https:// origin (commas separate)"
            yield f"VALUENET_CORS_ORIGINS: {origin} {wanted}"
    if settings.behind_proxy and settings.tokens is None:
        yield "VALUENET_BEHIND_PROXY: set VALUENET_TOKENS as well"
    if settings.log_level == "DEBUG":
        yield "VALUENET_LOG_LEVEL: DEBUG tells what callers ask"
    if settings.neo4j_uri and settings.neo4j_password.get_secret_value() in GUESSED:
        yield "NEO4J_PASSWORD: not set, or the first that anybody guesses"
