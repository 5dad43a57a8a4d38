"""Who does the work: this process, all cores of this machine, or a dask cluster that is there already.

A story is never sent: each worker reads it once, from its folder or the cache, and makes sure that it is the same one.
Jobs should take well under a second: a pool that is left waits for those that run and drops the rest.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import threading
from collections import deque
from concurrent.futures import CancelledError, Executor, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from multiprocessing import get_context, parent_process
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from game.options import Unable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future
    from pathlib import Path
    from types import TracebackType

    from game.engine.story import Story

J = TypeVar("J")
R = TypeVar("R")
AHEAD = 2
"""Jobs handed out beyond each worker's first, so that none waits for the next."""
CLUSTER_SECONDS = 5
"""How long a cluster has to answer."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a worker reads the story. `cache` is the folder of kept stories, or None."""

    folder: Path
    packs: tuple[Path, ...] = ()
    cache: Path | None = None


class Pool:
    """Runs tasks on a story, in this process or in others. A context manager; leaving it drops what was not begun.

    `workers` is the number of workers; with `cluster`, the address of a dask scheduler, it becomes that cluster's.
    """

    def __init__(self, origin: Origin, story: Story, workers: int = 1, cluster: str = "") -> None:
        self.origin, self.story, self.workers = origin, story, max(1, workers)
        self._cluster = cluster
        self._client: Any = None
        self._executor: Executor | None = None
        self._mark = ""
        self._begun = 0

    def __enter__(self) -> Pool:
        if self._cluster:
            self._client = connect(self._cluster)
            self.workers = sum(self._client.nthreads().values())
            if not self.workers:
                self._client.close()
                raise Unable(f"The cluster at `{self._cluster}` has no workers. Start some with `dask worker {self._cluster}`.")
            self._executor = self._client.get_executor(pure=False)
        elif self.workers > 1:
            spawn = get_context("spawn")
            self._executor = ProcessPoolExecutor(self.workers, mp_context=spawn, initializer=_watch_parent)
        if self._executor is not None:
            self._mark = mark(self.story)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._client is not None:
            with suppress(Exception):  # it may be gone, which is no news by now
                assert self._executor is not None
                self._executor.shutdown(wait=False)
                self._client.close(timeout=CLUSTER_SECONDS)
        elif self._executor is not None:
            with _interrupts_kept():
                self._executor.shutdown(wait=True, cancel_futures=True)

    def map(self, task: Callable[[Story, J], R], jobs: Iterable[J]) -> Iterator[R]:
        """`task(story, job)` of every job, in their order. Jobs are asked for only as workers come free, so that an endless
        iterable may stop when time is up. `task` is a module's function; jobs and results can be pickled."""
        if self._executor is None:
            for job in jobs:
                yield task(self.story, job)
            return
        under_way: deque[Future[R]] = deque()
        try:
            for job in jobs:
                under_way.append(self._submit(task, job))
                if len(under_way) >= self.workers * AHEAD:
                    yield self._result(under_way.popleft())
            while under_way:
                yield self._result(under_way.popleft())
        finally:
            for future in under_way:
                future.cancel()

    def _submit(self, task: Callable[[Story, J], R], job: J) -> Future[R]:
        assert self._executor is not None
        with _interrupts_kept(self._begun < self.workers and self._client is None), self._told():
            self._begun += 1
            return self._executor.submit(_run, self.origin, self._mark, task, job)

    def _result(self, future: Future[R]) -> R:
        with self._told():
            return future.result()

    @contextmanager
    def _told(self) -> Iterator[None]:
        """What goes wrong with the workers, not with the work, in a sentence."""
        try:
            yield
        except BrokenProcessPool as error:
            raise Unable("A worker process died, perhaps for want of memory. `--workers 1` plays in this process.") from error
        except CancelledError as error:
            raise Unable(f"The cluster at `{self._cluster}` went away.") from error
        except Unable:
            raise
        except Exception as error:
            if self._client is None:
                raise
            raise Unable(f"The cluster at `{self._cluster}` could not do the work: {type(error).__name__}: {error}") from error


def connect(address: str) -> Any:
    """A client of the dask scheduler at an address. Raises Unable where there is none, within seconds."""
    try:
        import logging

        from distributed import Client
    except ImportError as error:
        raise Unable("`--cluster` needs the package `distributed`: pip install 'two-years-signed[cluster]'.") from error
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters is said below, once
    client: Any = Client
    try:
        _knock(address)
        return client(address, timeout=CLUSTER_SECONDS, set_as_default=False)
    except (OSError, ValueError, TypeError, RuntimeError) as error:
        raise Unable(
            f"No dask scheduler answers at `{address}`. Give the address that `dask scheduler` printed, such as tcp://host:8786."
        ) from error


def _knock(address: str) -> None:
    """Raises OSError or ValueError where no scheduler answers: a client would wait for ever for one that only listens."""
    found = urlsplit(address)
    if found.scheme not in ("tcp", "tls") or not found.hostname or not found.port:
        raise ValueError("not the address of a scheduler")
    with socket.create_connection((found.hostname, found.port), timeout=CLUSTER_SECONDS) as line:
        if found.scheme == "tcp" and not line.recv(1):  # a scheduler speaks first
            raise ConnectionError("it hung up")


def mark(story: Story) -> str:
    """A digest of all that can be played, by which a worker knows that it reads the same story."""
    digest = blake2b(json.dumps(story.index, sort_keys=True, default=str).encode(), digest_size=12)
    for scene in sorted(story.scenes):
        digest.update(json.dumps(story.data(scene), sort_keys=True).encode())
    return digest.hexdigest()


def _run(origin: Origin, mark: str, task: Callable[[Story, J], R], job: J) -> R:
    return task(_story(origin, mark), job)


@lru_cache(maxsize=2)
def _story(origin: Origin, expected: str) -> Story:
    from game.load import load_story

    if not origin.folder.is_dir():
        raise Unable(f"A worker has no folder `{origin.folder}`. A cluster's workers need the story at the same place.")
    story = load_story(origin.folder, origin.packs, cache=origin.cache).story
    if story is None or mark(story) != expected:
        raise Unable(f"A worker read another story in `{origin.folder}`: it was edited meanwhile, or is an older copy there.")
    return story


def _watch_parent() -> None:
    """A worker ends with the process that started it, however that ended."""
    parent = parent_process()

    def watch() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


@contextmanager
def _interrupts_kept(wanted: bool = True) -> Iterator[None]:
    """Ctrl-C waits until this is done; a process started meanwhile never hears it, so that only this one answers."""
    if not (wanted and hasattr(signal, "pthread_sigmask")):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
