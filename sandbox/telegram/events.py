"""What the web chat's streams are told."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sandbox.telegram.refusal import Json

# A page that falls so far behind is sent away; it comes back and reads the state anew.
_MOST_WAITING = 1000

Queue = asyncio.Queue[Json | None]


class Events:
    """Passes events to the streams of the users they concern; None ends a stream."""

    def __init__(self) -> None:
        self._streams: dict[Queue, int] = {}

    @contextmanager
    def stream(self, user_id: int) -> Iterator[Queue]:
        """A user's events from now on, until the block is left."""
        queue: Queue = asyncio.Queue(_MOST_WAITING + 1)
        self._streams[queue] = user_id
        try:
            yield queue
        finally:
            self._streams.pop(queue, None)

    def tell(self, concerns: Callable[[int], bool], event: Json) -> None:
        """Pass `event` to every stream whose user it concerns."""
        for queue, user_id in list(self._streams.items()):
            if concerns(user_id):
                self._pass(queue, event)

    def tell_each(self, event_for: Callable[[int], Json]) -> None:
        """Pass every stream the event made for its user."""
        for queue, user_id in list(self._streams.items()):
            self._pass(queue, event_for(user_id))

    def hang_up(self) -> None:
        """End all streams."""
        for queue in list(self._streams):
            self._streams.pop(queue)
            queue.put_nowait(None)

    def _pass(self, queue: Queue, event: Json) -> None:
        if queue.qsize() < _MOST_WAITING:
            queue.put_nowait(event)
        elif self._streams.pop(queue, None) is not None:
            queue.put_nowait(None)
