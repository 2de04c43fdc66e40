"""Which pictures are stale, and drawing them anew on all cores: same pose, same bytes, in any order."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

from handouts.figures.draw import panel
from handouts.figures.fresh import ENGINE, is_fresh, pose_hash
from handouts.files import write_whole
from handouts.picture import Picture, written
from handouts.poses import Figures


def drawn(name: str, figures: Figures) -> str:
    """The file of a picture."""
    panels = tuple(panel(name, figures, index) for index in range(len(figures.panels)))
    return written(Picture(ENGINE, pose_hash(name, figures), panels))


def draw_stale(
    folder: Path, every: Mapping[str, Figures], redraw: bool, jobs: int, told: Callable[[str, int], None]
) -> None:
    """Draw what is missing or stale (all, with `redraw`); `told` hears each name and its bytes."""
    wanted = [name for name in sorted(every) if redraw or not is_fresh(folder / f"{name}.json", name, every[name])]
    # Fresh processes: a forked one would share the compiler's threads, and hang.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=_alone) as pool:
        tasks = {pool.submit(drawn, name, every[name]): name for name in wanted}
        for task in as_completed(tasks):
            text = task.result()
            write_whole(folder / f"{tasks[task]}.json", text.encode())
            told(tasks[task], len(text))


def _alone() -> None:
    """One thread a process: the processes already fill the cores."""
    from numba import set_num_threads

    set_num_threads(1)
