"""Tests of tables of any kind of file as sheets."""
