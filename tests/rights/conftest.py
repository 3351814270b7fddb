"""One running bot and city for all the presses of a module."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.rights.city import City, built


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def living(
    tmp_path_factory: pytest.TempPathFactory, empty_database: Path
) -> AsyncIterator[City]:
    async with built(tmp_path_factory.mktemp("city"), empty_database) as city:
        yield city


@pytest.fixture
def city(living: City) -> City:
    """As it was when all was set up."""
    living.restore()
    return living
