"""What writes of the tests answer."""

from dataclasses import dataclass

from moebelcirkel.services.context import Done


@dataclass(frozen=True, slots=True)
class Made(Done):
    """The rows that were made."""

    ids: tuple[int, ...]
