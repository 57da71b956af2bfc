"""Tests of the valuenet command."""
