"""The way in: `moebelcirkel` and `python -m moebelcirkel`; everything else is imported late."""

import sys


def main() -> int:
    """Hand the arguments to the program and return its exit code."""
    from moebelcirkel import app

    return app.main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
