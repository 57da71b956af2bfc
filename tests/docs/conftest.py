"""The environment of the commands in the documentation."""

from tests.cli.conftest import environment  # noqa: F401
