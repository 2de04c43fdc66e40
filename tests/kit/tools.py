"""Finding the programs the tests run; without one a test is skipped by name, or fails in CI."""

from __future__ import annotations

import importlib
import os
import shutil
from pathlib import Path
from types import ModuleType
from typing import NoReturn

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
REQUIRE = "HANDOUTS_REQUIRE_TOOLS"
VERAPDF = "HANDOUTS_VERAPDF_JAR"
PDFJS = "HANDOUTS_PDFJS"


def absent(tool: str, remedy: str) -> NoReturn:
    """Skip the running test, or fail it where HANDOUTS_REQUIRE_TOOLS is 1 (CI)."""
    message = f"{tool} not installed: {remedy}"
    if os.environ.get(REQUIRE) == "1":
        pytest.fail(message, pytrace=False)
    pytest.skip(message)


def program(name: str, package: str = "") -> str:
    """The full path of a program on PATH."""
    return shutil.which(name) or absent(name, f"no {name} on PATH, install {package or name}")


def module(name: str, package: str = "") -> ModuleType:
    """A Python module that only the tests need."""
    try:
        return importlib.import_module(name)
    except ImportError:
        absent(package or name, f"pip install {package or name}")


def verapdf_jar() -> Path:
    """The jar of veraPDF's command line."""
    jar = Path(os.environ.get(VERAPDF) or CHECKOUT / ".tools" / "verapdf.jar")
    return jar if jar.is_file() else absent("veraPDF", f"set {VERAPDF} or put .tools/verapdf.jar")


def pdfjs_module() -> Path:
    """The pdf.js build that runs in Node."""
    folder = Path(os.environ.get(PDFJS) or CHECKOUT / ".tools")
    entry = folder / "node_modules" / "pdfjs-dist" / "legacy" / "build" / "pdf.mjs"
    return entry if entry.is_file() else absent("pdf.js", f"set {PDFJS} or npm install pdfjs-dist in .tools")
