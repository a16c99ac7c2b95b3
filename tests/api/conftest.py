"""What most tests of the API begin with."""

import pytest
from flask import Flask

from fieldwork.people.models import Unit
from tests.api.calling import Phone
from tests.support.cast import Cast


@pytest.fixture
def phone(app: Flask, people: Cast) -> Phone:
    return Phone(app, people.xiaolin)


@pytest.fixture
def stones(people: Cast) -> Unit:
    unit: Unit = people.units.stones
    return unit
