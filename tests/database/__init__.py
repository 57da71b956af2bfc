"""Tests of starting, keeping and migrating a database."""
