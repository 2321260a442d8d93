"""Work on the threads of Polars: in order, several at a time, alone where the others come late."""

import threading
from threading import Barrier

import polars as pl
import pytest

from plandata import parallel
from plandata.parallel import MOST, mapped, together


def squared(n: int) -> int:
    return int(pl.DataFrame({"n": [n]}).select(pl.col("n") ** 2).item())


@pytest.mark.parametrize("count", [0, 1, 2, 100])
def test_what_is_given_stands_in_order(count: int) -> None:
    assert mapped(squared, range(count)) == [n * n for n in range(count)]


def test_several_work_at_a_time() -> None:
    threads = min(MOST, pl.thread_pool_size())
    met = Barrier(threads)

    def meet(_: int) -> int:
        met.wait(10)
        return threading.get_ident()

    assert len(set(mapped(meet, range(threads)))) == threads


def test_an_error_is_raised_as_it_is_and_ends_the_work() -> None:
    asked = []

    def fail(n: int) -> None:
        asked.append(n)
        raise KeyError(n)

    with pytest.raises(KeyError):
        mapped(fail, range(1000))
    assert len(asked) <= MOST


def test_one_works_alone_where_the_others_do_not_begin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "together", lambda begun: False)
    threads = set()

    def work(n: int) -> int:
        threads.add(threading.get_ident())
        return squared(n)

    assert mapped(work, range(50)) == [n * n for n in range(50)]
    assert len(threads) == 1


def test_who_waits_in_vain_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "PATIENCE", 0.01)
    begun = Barrier(2)
    assert not together(begun)
    # And so is who comes late.
    assert not together(begun)
    assert together(Barrier(1))


def test_work_may_ask_for_work() -> None:
    assert mapped(lambda n: mapped(squared, range(n)), range(3)) == [[], [0], [0, 1]]
