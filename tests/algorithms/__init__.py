"""Tests of pure algorithms."""
