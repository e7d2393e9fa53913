"""A model that does not fit is refused before it is loaded."""

import pytest

from voice_assistant.engines.memory import check
from voice_assistant.errors import ModelError


def test_a_model_that_needs_more_than_is_free_is_refused_and_a_smaller_one_named():
    with pytest.raises(ModelError, match=r"2000 MB .* 900 MB are free: use 'little'"):
        check("large", 2000, free=900, smaller="little")
    with pytest.raises(ModelError, match="close other programs"):
        check("large", 2000, free=900, smaller=None)


def test_a_model_that_fits_is_let_through_as_is_any_where_nobody_knows():
    check("large", 2000, free=2000, smaller=None)
    check("large", 2000, free=None, smaller=None)
