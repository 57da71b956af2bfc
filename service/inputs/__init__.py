"""Inputs from outside: files are opened and JSON is parsed here, within bounds."""
