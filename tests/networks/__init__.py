"""Tests of projected networks."""
