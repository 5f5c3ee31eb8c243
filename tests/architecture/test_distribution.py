"""What is installed beside the program, and what a wheel of it carries."""

from __future__ import annotations

import importlib.metadata
import subprocess
import sys
import zipfile
from pathlib import Path

import cv2
import pytest
from packaging.utils import canonicalize_name

from pos.resources import migrations_path, resource_path
from tests.architecture.sources import ROOT

LOCK = ROOT / "requirements.lock"
WHERE = """
from pos.resources import resource_path
print(resource_path("deploy", "prepare.sh").read_text())
"""


def installed_distributions() -> set[str]:
    """Return the names of the installed distributions, spelt as the package index does."""
    return {canonicalize_name(found.name) for found in importlib.metadata.distributions()}


def test_opencv_brings_no_second_qt() -> None:
    gui = [line for line in cv2.getBuildInformation().splitlines() if line.strip()[:4] == "GUI:"]

    assert [line.split() for line in gui] == [["GUI:", "NONE"]]
    assert installed_distributions() & {"opencv-python", "opencv-contrib-python"} == set()


def test_qt_comes_without_the_parts_that_only_the_gpl_allows() -> None:
    assert "pyside6-essentials" in installed_distributions()
    assert installed_distributions() & {"pyside6", "pyside6-addons"} == set()


def test_every_locked_package_has_a_hash_and_no_address() -> None:
    entries = LOCK.read_text(encoding="utf-8").replace("\\\n", " ").splitlines()

    assert len(entries) > 50
    assert [entry for entry in entries if "--hash=sha256:" not in entry or "==" not in entry] == []
    assert "://" not in LOCK.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def unpacked_wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the content of a wheel built from this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = folder.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(folder / "site")
    return folder / "site"


def test_a_checkout_finds_its_data_beside_the_packages() -> None:
    assert resource_path("deploy", "prepare.sh").parent == ROOT / "resources" / "deploy"
    assert migrations_path("till") == ROOT / "migrations" / "till"


def test_an_installed_wheel_finds_its_data(unpacked_wheel: Path, tmp_path: Path) -> None:
    found = subprocess.run(
        [sys.executable, "-c", WHERE],
        cwd=tmp_path,
        env={"PYTHONPATH": str(unpacked_wheel)},
        check=True,
        capture_output=True,
        text=True,
    )

    assert found.stdout.strip() == resource_path("deploy", "prepare.sh").read_text().strip()


def test_a_wheel_adds_only_our_packages(unpacked_wheel: Path) -> None:
    added = {path.name for path in unpacked_wheel.iterdir() if path.suffix != ".dist-info"}

    assert added == {"pos", "sync", "hardware"}
