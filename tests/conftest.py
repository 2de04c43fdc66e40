"""Options of the test run."""

from __future__ import annotations

import os
from importlib.util import find_spec

import pytest
from hypothesis import settings

# Random input is the same at every run, so that what fails is what was changed; new input is sought by hand.
# No test fails for being slow.
settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("new", derandomize=False, deadline=None)
settings.load_profile("new" if os.environ.get("HANDOUTS_RANDOM") == "1" else "same")

# The engine's own libraries come with `handouts[figures]`; what needs them alone is left out without them.
collect_ignore = [] if find_spec("numba") and find_spec("scipy") else ["test_figure_curves.py"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden tag trees anew")


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-golden"))
