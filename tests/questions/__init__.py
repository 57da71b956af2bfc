"""Tests of each question of the API."""
