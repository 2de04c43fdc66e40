"""A table to a folder of files: checked whole, made in turn, and gone on with after whatever stopped it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property

from handouts.batch import key
from handouts.batch.gather import gather
from handouts.batch.job import Job, PrintFile, Tally, Tell
from handouts.batch.making import Failed, Made, Making, Task, file_of, lost
from handouts.batch.manifest import FAILED, MADE
from handouts.batch.order import Order
from handouts.batch.printing import Printing, StoppedError, places
from handouts.batch.spool import Spool
from handouts.batch.stop import Stop
from handouts.batch.workers import Lost, mapped
from handouts.batch.workplace import Workplace, workplace
from handouts.errors import Finding, FullError
from handouts.files import digest_of
from handouts.library import Library, open_library

_UNPRINTED = " It is not in the print file."
_STILL_THERE = " The handout of an earlier batch still stands there: do not hand it out."


def run(job: Job, tell: Tell, stop: Stop) -> Tally:
    """Check the table, then make what is not there yet. Raises HandoutError."""
    library, tally = open_library(job.stretches), Tally()
    with Spool() as spool:
        gather(job, library, spool, tally, tell, stop)
        if job.check or stop.asked or not len(spool) or (tally.bad and not job.skip_bad):
            return tally
        with workplace(job, tell) as place:
            batch = _Batch(job, library, spool, place, tally, tell, stop)
            if job.files:
                batch.make()
            if job.printed and not stop.asked:
                batch.print(job.printed)
    return tally


@dataclass
class _Batch:
    """A batch at work in its folder."""

    job: Job
    library: Library
    spool: Spool
    place: Workplace
    tally: Tally
    tell: Tell
    stop: Stop
    told: set[str] = field(default_factory=set)  # refs of those that failed
    left_out: bool = False  # of the print file

    def make(self) -> None:
        """Every file that is not there yet. Raises FullError when no more can be written."""
        here = 0 if self.job.cluster else min(self.job.jobs, len(self.spool))
        self.tell("begun", rows=len(self.spool), jobs=here)
        for result in self._engine(self._to_make()):
            if isinstance(result, Made):
                self._note_made(result)
            else:
                self._note_failed(lost(result) if isinstance(result, Lost) else result)
        if not self.stop.asked:
            self.tally.old = sum(map(self._stands, self.place.manifest.others()))

    def print(self, asked: PrintFile) -> None:
        """The print files, whole or not at all; where they stand as they would be made, nothing is done."""
        manifest = self.place.manifest
        printing = Printing(
            self.job.folder, self.job.stretches, asked, manifest.day, self.job.jobs, self._in_print_order
        )
        print_key = printing.key(self.place.secret)
        if printing.stands(manifest, print_key):
            self.tell("print-kept", file=str(printing.path))
            return
        self.tell("printing", rows=len(self.spool), jobs=self.job.jobs)
        try:
            ticket = printing.write(self.library, self.stop, self.tell, self._note_unprinted)
        except StoppedError:
            return
        for place in places(ticket):
            manifest.add(place)
        if not self.left_out:  # else the next run tries again
            manifest.add(printing.line(ticket, print_key))
        if files := [str(self.job.folder / file.name) for file in ticket.files]:
            self.tell("printed", files=files, sheets=sum(file.sheets for file in ticket.files))

    @cached_property
    def _content(self) -> str:
        return key.fingerprint(self.library)

    @cached_property
    def _version(self) -> str:
        """The content version, and which content of that version."""
        return f"{self.library.about.version}+{self._content[:12]}"

    @property
    def _engine(self) -> Callable[[Iterator[Task]], Iterator[Made | Failed | Lost[Task]]]:
        job, stop = self.job, self.stop
        making = Making(job.folder, job.stretches, job.password)
        if not job.cluster:
            return lambda tasks: mapped(making, tasks, job.jobs, stop)
        from handouts.batch.cluster import made_there

        return lambda tasks: made_there(making, tasks, job.cluster, self._content, stop)

    def _to_make(self) -> Iterator[Task]:
        """What is to be made: a row whose key and whose file are as they were is passed over."""
        for task in map(self._task, self._dated(iter(self.spool))):
            order = task.order
            known, sha256 = self.place.manifest.known(order.ref)
            if known == task.key and digest_of(file_of(self.job.folder, order.ref)) == sha256:
                self.tally.kept += 1
                self.tell("kept", row=order.row, ref=order.ref)
            else:
                yield task

    def _in_print_order(self) -> Iterator[Task]:
        return map(self._task, self._dated(self.spool.in_print_order()))

    def _task(self, order: Order) -> Task:
        return Task(order, key.row_key(self.place.secret, order.request, self._content, self.job.password))

    def _dated(self, orders: Iterator[Order]) -> Iterator[Order]:
        """Orders with the day of the batch where they have none of their own, until somebody asks to stop."""
        for order in orders:
            if self.stop.asked:
                return
            date = order.request.date or self.place.manifest.day
            yield replace(order, request=replace(order.request, date=date))

    def _note_made(self, made: Made) -> None:
        self.place.manifest.add({**asdict(made), "content": self._version, "status": MADE, "error": ""})
        self.tally.made += 1
        self.tell(MADE, row=made.row, ref=made.ref, pages=made.pages, bytes=made.bytes)

    def _note_failed(self, failed: Failed) -> None:
        """Raises FullError: the rows that follow would only say the same."""
        if failed.full:
            raise FullError(Finding(failed.error, "", "Then run the same command again."))
        error = failed.error + (_STILL_THERE if self._stands(failed.ref) else "")
        row = {"row": failed.row, "ref": failed.ref, "key": failed.key, "content": self._version}
        self.place.manifest.add({**row, "status": FAILED, "error": error})
        self._tell_failed(failed, error)

    def _note_unprinted(self, failed: Failed) -> None:
        """A row that is not in the print file; its own file may well be good."""
        self.left_out = True
        if failed.ref not in self.told:
            self._tell_failed(failed, failed.error + _UNPRINTED)

    def _tell_failed(self, failed: Failed, error: str) -> None:
        self.told.add(failed.ref)
        self.tally.failed += 1
        self.tell(FAILED, row=failed.row, ref=failed.ref, error=error)

    def _stands(self, ref: str) -> bool:
        """Is there a file of that name?"""
        return file_of(self.job.folder, ref).is_file()
