"""The kernels of the cascades, one seed at a time and all of them.

Kernels that call each other are in this one file: numba compiles a kernel again when
its own file changes, and sees no change of what it calls, or of a constant, in another.

All three models run in losses, 1 - operability: 0 everywhere at first, and never less
from one round to the next. What nothing reaches is never touched, so a seed costs what
it hits: a round takes up the dependents of those whose loss changed, and no others.
"""

from __future__ import annotations

import numpy as np

from service.algorithms.cascade_arrays import (
    FAILURE,
    INOPERABILITY,
    MOST_ROUNDS,
    QUIET,
    SMALL,
    CascadeScratch,
    Customers,
    Totals,
)
from service.algorithms.compiled import compiled
from service.algorithms.csr import Floats, Int32s
from service.algorithms.dependencies import Dependencies


@compiled
def loss_of(d: Dependencies, model: int, loss: Floats, j: int) -> float:
    """What member j loses by the losses of its providers."""
    first, last = d.member_start[j], d.member_start[j + 1]
    total, worst, works = 0.0, 0.0, 1.0
    if model == INOPERABILITY:
        for e in range(d.class_start[first], d.class_start[last]):
            total += d.strength[e] * loss[d.provider[e]]
        return min(1.0, total)
    if model == FAILURE:
        for c in range(first, last):
            widest, fails = 0.0, 1.0
            for e in range(d.class_start[c], d.class_start[c + 1]):
                widest = max(widest, d.strength[e])
                fails *= loss[d.provider[e]]
            works *= 1 - widest * fails
        return 1 - works
    for c in range(first, last):
        # In a class, only the provider that leaves most counts.
        part, drop = 1.0, 1.0
        for e in range(d.class_start[c], d.class_start[c + 1]):
            lost = loss[d.provider[e]]
            part = min(part, d.strength[e] * lost)
            drop = min(drop, lost - d.rest[e])
        total += part
        worst = max(worst, drop)
    member_loss: float = max(total / (last - first), worst)
    return member_loss


@compiled
def in_rounds(
    d: Dependencies,
    model: int,
    seed: int,
    lost: float,
    tolerance: float,
    limit: int,
    s: CascadeScratch,
) -> tuple[int, int, float, int]:
    """The fixed point as it is defined: every member at once, round by round.

    Gives how many are touched, the rounds, the last change and the entries looked at.
    """
    now, later, is_seed_fixed = s.now, s.later, model != INOPERABILITY
    s.touched[0] = seed
    touched, count, step, work = 1, 0, 0, 0
    if is_seed_fixed:
        s.loss[seed] = lost
        for e in range(d.dependent_start[seed], d.dependent_start[seed + 1]):
            now[count] = d.dependent[e]
            count += 1
    else:
        now[0] = seed
        count = 1
    change = 1.0
    while change >= tolerance and step < MOST_ROUNDS and work < limit:
        if s.stop[0]:
            break
        for k in range(count):
            j = now[k]
            s.listed[j] = False
            s.fresh[k] = loss_of(d, model, s.loss, j)
            if j == seed:
                s.fresh[k] = min(1.0, s.fresh[k] + lost)
            work += d.class_start[d.member_start[j + 1]]
            work -= d.class_start[d.member_start[j]]
        change, following = 0.0, 0
        for k in range(count):
            j = now[k]
            moved = abs(s.fresh[k] - s.loss[j])
            change = max(change, moved)
            if moved <= QUIET * tolerance:
                continue
            if s.loss[j] == 0 and j != seed:
                s.touched[touched] = j
                touched += 1
            s.loss[j] = s.fresh[k]
            for e in range(d.dependent_start[j], d.dependent_start[j + 1]):
                i = d.dependent[e]
                if not s.listed[i] and not (is_seed_fixed and i == seed):
                    s.listed[i] = True
                    later[following] = i
                    following += 1
        now, later, count = later, now, following
        step += 1
    for k in range(count):
        s.listed[now[k]] = False
    return touched, step, change, work


@compiled
def in_order(
    d: Dependencies,
    model: int,
    height: Int32s,
    seed: int,
    lost: float,
    tolerance: float,
    s: CascadeScratch,
) -> tuple[int, int]:
    """The same fixed point where no cycle is met: each member once, after all of its
    providers. Gives how many are touched, and the entries looked at."""
    s.loss[seed] = lost
    s.touched[0] = seed
    touched, waiting, work = 1, 0, 0
    j, level = seed, height[seed]
    while True:
        if s.loss[j] > 0:
            for e in range(d.dependent_start[j], d.dependent_start[j + 1]):
                i = d.dependent[e]
                if not s.listed[i]:
                    s.listed[i] = True
                    s.link[i] = s.head[height[i]]
                    s.head[height[i]] = i
                    waiting += 1
        if waiting == 0:
            return touched, work
        while s.head[level] < 0:
            level -= 1
        j = s.head[level]
        s.head[level] = s.link[j]
        s.listed[j] = False
        waiting -= 1
        member_loss = loss_of(d, model, s.loss, j)
        work += d.class_start[d.member_start[j + 1]]
        work -= d.class_start[d.member_start[j]]
        if member_loss > QUIET * tolerance:
            s.loss[j] = member_loss
            s.touched[touched] = j
            touched += 1


@compiled
def delays_of(
    d: Dependencies, seed: int, days: float, limit: int, s: CascadeScratch
) -> int:
    """The days that each touched member waits, the least fixed point from 0.

    delay_j = max over classes of min_i max(0, delay_i - buffer_ij). A wait only grows,
    and no cycle makes it longer: at most as many rounds as members are needed.
    Gives the entries looked at.
    """
    now, later, count, work = s.now, s.later, 1, 0
    s.delay[seed] = days
    now[0] = seed
    while count > 0 and work < limit and not s.stop[0]:
        following = 0
        for k in range(count):
            s.listed[now[k]] = False
        for k in range(count):
            i = now[k]
            for e in range(d.dependent_start[i], d.dependent_start[i + 1]):
                j = d.dependent[e]
                if j == seed or s.loss[j] == 0:
                    continue
                longest = 0.0
                for c in range(d.member_start[j], d.member_start[j + 1]):
                    shortest = np.inf
                    for f in range(d.class_start[c], d.class_start[c + 1]):
                        left = s.delay[d.provider[f]] - d.buffer[f]
                        shortest = min(shortest, left)
                    longest = max(longest, shortest)
                work += d.class_start[d.member_start[j + 1]]
                work -= d.class_start[d.member_start[j]]
                if longest > s.delay[j]:
                    s.delay[j] = longest
                    if not s.listed[j]:
                        s.listed[j] = True
                        later[following] = j
                        following += 1
        now, later, count = later, now, following
    for k in range(count):
        s.listed[now[k]] = False
    return work


@compiled
def customers_of(
    customers: Customers, seed: int, days: float, touched: int, s: CascadeScratch
) -> int:
    """How many customers wait; without days all that may are counted."""
    count = 0
    for k in range(touched):
        i = s.touched[k]
        if not customers.concerned[i]:
            continue
        if (i != seed and s.loss[i] <= SMALL) or (s.delay[i] <= SMALL and days >= 0):
            continue
        if i != seed and customers.known[i] and not s.listed[i]:
            s.listed[i] = True
            s.now[count] = i
            count += 1
        for a in range(customers.start[i], customers.start[i + 1]):
            j = customers.buyer[a]
            if j != seed and not s.listed[j]:
                s.listed[j] = True
                s.now[count] = j
                count += 1
    for k in range(count):
        s.listed[s.now[k]] = False
    return count


@compiled
def each_seed(
    d: Dependencies,
    customers: Customers,
    model: int,
    height: Int32s,
    seeds: Int32s,
    days: Floats,
    lost: float,
    tolerance: float,
    limit: int,
    budget: int,
    s: CascadeScratch,
    out: Totals,
) -> int:
    """The totals of some seeds, until the budget is spent; gives what was spent."""
    spent = 0
    for k in range(len(seeds)):
        if spent >= budget or s.stop[0]:
            return spent
        seed, most = seeds[k], min(limit, budget - spent)
        change, waited = 0.0, 0
        if height[seed] >= 0:
            touched, work = in_order(d, model, height, seed, lost, tolerance, s)
        else:
            touched, _, change, work = in_rounds(
                d, model, seed, lost, tolerance, most, s
            )
        if days[k] > SMALL:
            waited = delays_of(d, seed, days[k], most, s)
        out.waiting[k] = customers_of(customers, seed, days[k], touched, s)
        out.converged[k] = change < tolerance and waited < most
        out.done[k] = True
        for i in range(touched):
            j = s.touched[i]
            if j != seed and s.loss[j] > SMALL:
                out.loss[k] += s.loss[j]
                out.affected[k] += 1
            s.loss[j] = 0
            s.delay[j] = 0
        spent += work + waited + 1
    return spent
