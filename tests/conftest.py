"""Options of the test run."""

from __future__ import annotations

from importlib.util import find_spec

import pytest

# The engine's own libraries come with `handouts[figures]`; what needs them alone is left out without them.
collect_ignore = [] if find_spec("numba") and find_spec("scipy") else ["test_figure_curves.py"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden tag trees anew")


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-golden"))
