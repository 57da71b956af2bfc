"""Which Chromium is used, by what the machine has."""

from __future__ import annotations

import os
import sys

import pytest

from tests.browser import chromium as module
from tests.browser.chromium import ADVICE, NoChromium, chromium


@pytest.fixture
def bare(monkeypatch, tmp_path):
    """A machine where there is no Chromium, and no installer does its work."""
    fails = [sys.executable, "-c", "raise SystemExit(1)"]
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(module, "DOWNLOAD", fails)
    monkeypatch.setattr(module, "APT", fails)
    return tmp_path


def program(folder, name):
    path = folder / name
    path.touch(mode=0o755)
    return path


def test_the_setting_comes_before_the_path_and_the_path_before_playwright(
    bare, monkeypatch
):
    own, on_path = program(bare, "own"), program(bare, "google-chrome")
    setting = program(bare, "mine")
    assert chromium(own) == str(on_path)
    monkeypatch.setenv("CHROMIUM", str(setting))
    assert chromium(own) == str(setting)
    os.remove(on_path)
    monkeypatch.delenv("CHROMIUM")
    assert chromium(own) == str(own)


def test_playwright_installs_one_before_apt_does(bare, monkeypatch):
    own = bare / "own"
    script = f"open({str(own)!r}, 'w')"
    monkeypatch.setattr(module, "DOWNLOAD", [sys.executable, "-c", script])
    assert chromium(own) == str(own)


def test_without_any_the_advice_is_one_sentence(bare, monkeypatch):
    with pytest.raises(NoChromium) as error:
        chromium(bare / "own")
    assert str(error.value) == ADVICE
    monkeypatch.setenv("CHROMIUM", "/nowhere/chrome")
    with pytest.raises(NoChromium, match="CHROMIUM=/nowhere/chrome is not a program"):
        chromium(bare / "own")
