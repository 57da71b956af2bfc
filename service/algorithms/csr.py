"""A network as arrays: the arcs by their source (compressed sparse rows)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array

Int32s = NDArray[np.int32]
Int64s = NDArray[np.int64]
Ints = Int32s | Int64s
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Csr:
    """The arcs of i are at start[i] … start[i + 1], their targets ascending.

    Members are numbers below `size`; no arc occurs twice, none leads to its source.
    An arc costs 12 bytes.
    """

    start: Int64s  # size + 1
    target: Int32s
    weight: Floats

    @classmethod
    def of(cls, source: Ints, target: Ints, weight: Floats, size: int) -> Csr:
        """From parallel columns: weights of parallel arcs are summed, loops dropped.

        >>> csr = Csr.of(np.array([1, 0, 0, 1]), np.array([0, 1, 1, 1]), np.ones(4), 2)
        >>> csr.start.tolist(), csr.target.tolist(), csr.weight.tolist()
        ([0, 1, 2], [1, 0], [2.0, 1.0])
        """
        is_arc = source != target
        arcs = (weight[is_arc], (source[is_arc], target[is_arc]))
        return cls.from_matrix(coo_array(arcs, shape=(size, size)).tocsr())

    @classmethod
    def from_matrix(cls, matrix: csr_array) -> Csr:
        matrix.sum_duplicates()
        return cls(
            matrix.indptr.astype(np.int64, copy=False),
            matrix.indices.astype(np.int32, copy=False),
            matrix.data.astype(np.float64, copy=False),
        )

    @property
    def size(self) -> int:
        return len(self.start) - 1

    @property
    def arc_count(self) -> int:
        return len(self.target)

    @property
    def source(self) -> Int32s:
        """The source of each arc, beside `target`."""
        members = np.arange(self.size, dtype=np.int32)
        return np.repeat(members, np.diff(self.start))

    @property
    def matrix(self) -> csr_array:
        shape = (self.size, self.size)
        return csr_array((self.weight, self.target, self.start), shape=shape)

    def row(self, member: int) -> tuple[Int32s, Floats]:
        """Targets and weights of the arcs of one member."""
        span = slice(self.start[member], self.start[member + 1])
        return self.target[span], self.weight[span]

    @cached_property
    def turned(self) -> Csr:
        """The same arcs by their target."""
        return Csr.from_matrix(self.matrix.T.tocsr())

    @cached_property
    def mutual(self) -> Csr:
        """Each tied pair in both rows; its weight is the sum of its two arcs."""
        matrix = self.matrix
        return Csr.from_matrix((matrix + matrix.T).tocsr())

    @property
    def tied(self) -> NDArray[np.bool_]:
        """Whether each member has any arc, in or out."""
        tied = np.diff(self.start) > 0
        tied[self.target] = True
        return tied

    def where(self, mask: NDArray[np.bool_]) -> Csr:
        """The arcs for which `kept` holds."""
        if mask.all():
            return self
        before = np.concatenate(([0], np.cumsum(mask)))
        return Csr(before[self.start], self.target[mask], self.weight[mask])

    def only(self, members: Int64s) -> Csr:
        """Among some members (ascending), which get new numbers from 0."""
        return Csr.from_matrix(self.matrix[members][:, members])

    @property
    def byte_count(self) -> int:
        return self.start.nbytes + self.target.nbytes + self.weight.nbytes
