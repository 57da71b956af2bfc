"""The best introduction path of all: from both ends at once, within so many hops.

A label is a member after some hops, forward from the start-up or back from a partner.
Labels are settled by cost; one is of use only if it took fewer hops than those settled
before it at the same member. A path is found where a step joins two settled labels,
and the search ends when the two ends together cost more than the best path found.
Of equal paths the one whose members come first is kept.
"""

from __future__ import annotations

from typing import TypeVar

import numpy as np

from service.algorithms.compiled import compiled
from service.algorithms.csr import Int32s, Int64s
from service.algorithms.routes import HOPS, MOST_HOPS, NO_WAY, Flags, Labels, Steps

LABELS = MOST_HOPS + 1  # of one member
NOBODY = -1
Heap = TypeVar("Heap", Int32s, Int64s)  # two of them, one a row


@compiled
def sift_up(
    keys: Int64s, labels: Int32s, side: int, size: int, key: int, label: int
) -> None:
    """Put an entry into a heap of `size`."""
    slot = size
    while slot > 0:
        above = (slot - 1) >> 1
        if keys[side, above] <= key:
            break
        keys[side, slot] = keys[side, above]
        labels[side, slot] = labels[side, above]
        slot = above
    keys[side, slot] = key
    labels[side, slot] = label


@compiled
def sift_down(keys: Int64s, labels: Int32s, side: int, size: int) -> None:
    """Take the top off a heap that has `size` entries afterwards."""
    key, label = keys[side, size], labels[side, size]
    slot = 0
    while True:
        below = 2 * slot + 1
        if below >= size:
            break
        if below + 1 < size and keys[side, below + 1] < keys[side, below]:
            below += 1
        if keys[side, below] >= key:
            break
        keys[side, slot] = keys[side, below]
        labels[side, slot] = labels[side, below]
        slot = below
    keys[side, slot] = key
    labels[side, slot] = label


@compiled
def comes_first(parent: Int32s, left: int, right: int) -> bool:
    """Whether the way to one label comes before that to another of as many hops."""
    first = False
    while left != right:
        first = left < right
        left, right = parent[0, left], parent[0, right]
    return first


@compiled
def traced(parent: Int32s, forward: int, backward: int, path: Int32s) -> None:
    """The members of the two labels that a step joins, from the backer on.

    `parent` holds those of forward labels, then those of backward ones.
    """
    length = forward % LABELS if forward >= 0 else 0
    label = forward
    for i in range(length - 1, -1, -1):
        path[i] = label // LABELS
        label = parent[0, label]
    label = backward
    while label >= 0:
        path[length] = label // LABELS
        length += 1
        label = parent[1, label]


@compiled
def earlier(path: Int32s, other: Int32s, hops: int) -> bool:
    for i in range(hops):
        if path[i] != other[i]:
            return bool(path[i] < other[i])
    return False


@compiled
def grown(heap: Heap, needed: int) -> Heap:
    """The same heaps where there is room, else in longer rows."""
    if needed <= heap.shape[1]:
        return heap
    longer = np.empty((2, 2 * needed), dtype=heap.dtype)
    for side in range(2):
        for slot in range(heap.shape[1]):
            longer[side, slot] = heap[side, slot]
    return longer


@compiled
def joined(
    label_cost: Int64s,
    stamp: Int32s,
    side: int,
    settled: int,
    least: int,
    member: int,
    left: int,
) -> int:
    """The cheapest settled label of a member with at most so many hops."""
    best = NOBODY
    for label in range(member * LABELS + (least & 15), member * LABELS + left + 1):
        if stamp[side, label] == settled and (
            best < 0 or label_cost[side, label] < label_cost[side, best]
        ):
            best = label
    return best


@compiled
def best_path(
    steps: Steps,
    written: Labels,
    first: tuple[Int32s, Int64s],
    partners: tuple[Int32s, Flags],
    bounds: tuple[int, int, int],
    path: Int32s,
) -> int:
    """The cost of the best path, written to `path`; NO_WAY if none is within `most`.

    `first` are the backers with what each costs, `partners` their numbers and flags.
    """
    start, target, cost = steps
    stamp, label_cost, parent, least, offer, blocked = written
    backers, first_cost = first
    ends, goal = partners
    hops, most, turn = bounds
    waiting, settled = 2 * turn, 2 * turn + 1
    best, limit = NO_WAY, most
    other = np.empty(MOST_HOPS, dtype=np.int32)
    size = np.zeros(2, dtype=np.int64)
    room = max(1024, len(ends), len(backers))
    keys = np.empty((2, room), dtype=np.int64)
    labels = np.empty((2, room), dtype=np.int32)
    for i in range(len(ends)):
        w = ends[i]
        if not blocked[w]:
            label = w * LABELS
            stamp[1, label], label_cost[1, label] = waiting, 0
            parent[1, label] = NOBODY
            sift_up(keys, labels, 1, size[1], 0, label)
            size[1] += 1
    for i in range(len(backers)):
        w, total = backers[i], first_cost[i]
        if blocked[w] or total > limit:
            continue
        offer[w] = total
        if goal[w]:
            if total < best or w < path[0]:
                best, limit = total, total
                path[0] = w
        elif hops > 1:
            label = w * LABELS + 1
            stamp[0, label], label_cost[0, label] = waiting, total
            parent[0, label] = NOBODY
            sift_up(keys, labels, 0, size[0], total, label)
            size[0] += 1
    while size[0] > 0 and size[1] > 0 and keys[0, 0] + keys[1, 0] <= limit:
        side = 0 if size[0] <= size[1] else 1
        key, label, top = keys[side, 0], labels[side, 0], keys[1 - side, 0]
        size[side] -= 1
        sift_down(keys, labels, side, size[side])
        u, h = label // LABELS, label % LABELS
        known = least[side, u]
        if key != label_cost[side, label] or (known >> 4 == turn and known & 15 <= h):
            continue
        stamp[side, label] = settled
        least[side, u] = turn * 16 + h
        begin, end = start[side][u], start[side][u + 1]
        keys = grown(keys, size[side] + end - begin)
        labels = grown(labels, size[side] + end - begin)
        # The step from the start-up to a backer is an arc that no row holds.
        for arc in range(begin - side, end):
            near = NOBODY
            if arc < begin:
                if offer[u] == NO_WAY or h >= hops:
                    continue
                w, total, path_cost = u, 0, key + offer[u]
            else:
                w = target[side][arc]
                total = key + cost[side][arc]
                if blocked[w] or total > limit:
                    continue
                path_cost = total
                if goal[w]:
                    if side == 1:
                        continue
                    near = w * LABELS
                else:
                    known = least[1 - side, w]
                    if known >> 4 == turn and known & 15 < hops - h:
                        near = joined(
                            label_cost,
                            stamp,
                            1 - side,
                            settled,
                            known,
                            w,
                            hops - h - 1,
                        )
                        path_cost = total + label_cost[1 - side, near]
            if (near >= 0 or arc < begin) and path_cost <= limit:
                if side == 0:
                    traced(parent, label, near, other)
                else:
                    traced(parent, near, label, other)
                if path_cost < best or earlier(other, path, path_cost & (HOPS - 1)):
                    best, limit = path_cost, path_cost
                    for i in range(MOST_HOPS):
                        path[i] = other[i]
            if arc < begin or goal[w] or h + 1 >= hops:
                continue
            known = least[side, w]
            if total + top > limit or (known >> 4 == turn and known & 15 <= h + 1):
                continue
            onward = w * LABELS + h + 1
            if stamp[side, onward] != waiting or total < label_cost[side, onward]:
                stamp[side, onward], label_cost[side, onward] = waiting, total
                parent[side, onward] = label
                sift_up(keys, labels, side, size[side], total, onward)
                size[side] += 1
            elif total == label_cost[side, onward]:
                before = parent[side, onward]
                if side == 1:
                    sooner = label < before
                else:
                    sooner = comes_first(parent, label, before)
                if sooner:
                    parent[side, onward] = label
    for i in range(len(backers)):
        offer[backers[i]] = NO_WAY
    return best
