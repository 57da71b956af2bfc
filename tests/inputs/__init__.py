"""Tests of how files are opened and recognised."""
