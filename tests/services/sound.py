"""That the check has nothing to say: rows are what their events say, and figures their inputs."""

from moebelcirkel.services import check
from tests.world import World


def assert_whole(world: World) -> None:
    """The check has nothing to say."""
    report = check.run(world.person("controller"))
    assert [check.text(finding) for finding in report.findings] == []
