"""Where lives, the story and the rest are kept."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from game import places

ROOT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def fresh(monkeypatch):
    monkeypatch.delenv("KUZBASS_SAVES", raising=False)
    places.checkout.cache_clear()
    yield
    places.checkout.cache_clear()


def test_in_a_checkout_all_stands_in_it():
    assert places.checkout() == ROOT
    assert places.lives_folder() == ROOT / "saves"
    assert places.recorded_folder() == ROOT / "saves" / "recorded"
    assert places.story_folder() == ROOT / "story"
    assert places.cache_folder() == ROOT / ".cache"


def test_installed_lives_are_the_users_and_the_story_is_the_packages(monkeypatch, tmp_path):
    monkeypatch.setattr(places, "_PACKAGE", tmp_path / "site" / "game")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert places.checkout() is None
    assert places.recorded_folder() == tmp_path / "site" / "game" / "_recorded"
    assert places.story_folder() == tmp_path / "site" / "game" / "_story"
    for folder in (places.lives_folder(), places.packs_folder(), places.cache_folder()):
        assert folder.is_absolute()
        assert "kuzbass" in str(folder)
    assert len({places.lives_folder(), places.packs_folder(), places.cache_folder()}) == 3


def test_anothers_project_beside_the_package_is_no_checkout(monkeypatch, tmp_path):
    monkeypatch.setattr(places, "_PACKAGE", tmp_path / "game")
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "other"\n')
    assert places.checkout() is None
    (tmp_path / "pyproject.toml").write_bytes(b"\xff\xfe")
    places.checkout.cache_clear()
    assert places.checkout() is None


def test_a_folder_of_lives_can_be_named(monkeypatch, tmp_path):
    monkeypatch.setenv("KUZBASS_SAVES", str(tmp_path))
    assert places.lives_folder() == tmp_path
    monkeypatch.setenv("KUZBASS_SAVES", "~/lives")
    assert places.lives_folder() == Path.home() / "lives"


def test_neither_yaml_nor_platformdirs_is_imported_before_it_is_needed():
    code = "import sys, game.saves, game.places; print(sorted({'yaml', 'platformdirs', 'textual'} & set(sys.modules)))"
    said = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
