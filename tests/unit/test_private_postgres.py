from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine, text

from tests.support.postgres import drop_database, fresh_database, url_of


@pytest.fixture(scope="module")
def template() -> Iterator[str]:
    name = fresh_database()
    engine = create_engine(url_of(name))
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE clause (words text)"))
        connection.execute(text("INSERT INTO clause VALUES ('充电桩')"))
    engine.dispose()
    yield name
    drop_database(name)


@pytest.fixture
def database(template: str) -> Iterator[str]:
    name = fresh_database(template)
    yield url_of(name)
    drop_database(name)


@pytest.mark.parametrize("_attempt", range(2))
def test_each_test_gets_a_database_that_no_other_test_has_touched(database: str, _attempt: int) -> None:
    engine = create_engine(database)
    with engine.begin() as connection:
        assert connection.scalar(text("SELECT string_agg(words, ' ') FROM clause")) == "充电桩"
        connection.execute(text("INSERT INTO clause VALUES ('碳达峰')"))
    engine.dispose()


def test_the_cluster_cannot_be_reached_over_a_network(database: str) -> None:
    engine = create_engine(database)
    with engine.connect() as connection:
        assert connection.scalar(text("SHOW listen_addresses")) == ""
    engine.dispose()
