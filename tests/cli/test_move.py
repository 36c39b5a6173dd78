"""`moebelcirkel move`: the file of this PC to a server."""

from tests.cli.conftest import Run


def test_moving_says_that_both_sides_are_equal(run: Run, postgres_url: str) -> None:
    answer = run("move", "--to", postgres_url)
    assert answer.code == 0
    assert "er ens på begge sider" in answer.out
    assert run("check", database=postgres_url).code == 0


def test_a_server_that_is_in_use_is_refused(run: Run, postgres_url: str) -> None:
    run("move", "--to", postgres_url)
    answer = run("move", "--to", postgres_url)
    assert (answer.code, answer.out) == (1, "")
    assert "ikke tom" in answer.err
