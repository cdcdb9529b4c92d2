"""What the tests of these pages share: a clock that stands still, and the runner at a browser."""

import pytest


@pytest.fixture(autouse=True)
def clock(time_machine, now):
    time_machine.move_to(now, tick=False)
    return time_machine


@pytest.fixture
def page(client_of, runner):
    return client_of(runner)
