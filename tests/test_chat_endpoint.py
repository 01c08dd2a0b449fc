"""Endpoints of language models elsewhere."""

import pytest

from recexplainer_core.chat_endpoint import connect
from recexplainer_core.errors import ModelError


@pytest.mark.parametrize("address", ["", "localhost:8000", "http://", "ftp://host/v1", "file:///etc"])
def test_an_address_that_is_none_is_refused_before_anything_is_asked(address: str) -> None:
    with pytest.raises(ModelError, match=r"has to begin with http:// or https://"):
        connect(address, "none")
