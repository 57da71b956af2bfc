"""Settings and error codes say what they mean."""

import pytest

from service.errors import ErrorCode, ValuenetError, WriteErrorCode
from service.settings import Settings


@pytest.mark.parametrize("name", Settings.model_fields)
def test_each_setting_has_a_description(name):
    description = Settings.model_fields[name].description
    assert description
    assert description.endswith(".")


@pytest.mark.parametrize("code", [*ErrorCode, *WriteErrorCode])
def test_each_error_code_has_a_description(code):
    assert code == code.name
    assert code.description.endswith(".")


def errors_below(cls):
    for below in cls.__subclasses__():
        yield below
        yield from errors_below(below)


def test_each_expected_failure_has_a_documented_code():
    for error in (ValuenetError, *errors_below(ValuenetError)):
        assert error.code in ErrorCode
