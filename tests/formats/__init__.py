"""Tests of the file formats: readers, and import and export as a whole."""
