"""Tests of the file formats, one module a format."""
