"""Something that each latent dimension has one of, made when it is asked for. Knows numbers only."""

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Parts(Generic[T]):
    """What each row has one of, by its dimension; asking for one makes its row."""

    def __init__(self, count: int, give: Callable[[int], T]) -> None:
        self._dims, self._give = range(count), give

    def __len__(self) -> int:
        return len(self._dims)

    def __getitem__(self, dim: int) -> T:
        return self._give(self._dims[dim])
