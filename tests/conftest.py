"""What every part of the suite shares; the plugins stand in the order in which they need one another."""

pytest_plugins = ("tests.support.no_skips", "tests.support.postgres", "tests.support.fixtures")
