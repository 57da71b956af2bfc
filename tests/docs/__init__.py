"""Tests of README.md and docs/: every example runs, and nothing is undocumented."""
