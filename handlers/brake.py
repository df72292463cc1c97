"""What Telegram's refusals do to the pace in all.

A 429 doesn't say whether it means one chat or all. The chat is left alone in any case, so a wrong guess costs, if made
too early, that everybody waits for a few chats' sake; if made too late, some more refused calls to chats not yet asked.
Hence it takes many: each further chat refused adds one to the blame, each accepted call takes a twelfth away, and a
silence forgets all. Forty flooded chats among a thousand, scattered or in a row, don't reach fifty; a limit of
Telegram's a tenth below ours does in the end, one far below within seconds.
"""

# So much blame means all; less while the pace is still recovering from the last time.
MANY, MANY_AGAIN = 50, 10
FORGIVEN = 1 / 12
# The same chat refused again within so many seconds is nothing new, and after so many without a refusal all is well.
TOGETHER = 5.0
# All are held no longer than this without asking again: it is a guess, and people wait for answers.
LONGEST_HOLD = 30.0
# After a hold half the pace is left, after several less and less; every so many windows it grows by a tenth.
CUT, LEAST, GROWTH, STEP_WINDOWS = 1 / 2, 1 / 16, 1.1, 2
# Growth is over by then; a night of it would be too large a number.
MOST_STEPS = 100


class Brake:
    """Holds all when all are meant, and then lets the pace recover step by step. Moments are the caller's clock's."""

    def __init__(self, window: float) -> None:
        self._step_seconds = STEP_WINDOWS * window
        self._blame = 0.0
        self._refused: dict[int, float] = {}
        self._last_refusal = 0.0
        self._left = 1.0
        self.held_until = 0.0

    def accepted(self) -> None:
        """Telegram took a call."""
        self._blame = max(0.0, self._blame - FORGIVEN)

    def refused(self, chat_id: int, seconds: float, now: float) -> bool:
        """Telegram refused a call that was within the limits, for so many seconds; True if all are held from now on."""
        hold_until = now + min(seconds, LONGEST_HOLD)
        if now < self.held_until:
            # Calls that were under way when the hold began say nothing new.
            self.held_until = max(self.held_until, hold_until)
            return False
        if not self._is_enough(chat_id, now):
            return False
        self._left = max(LEAST, CUT * self.share(now))
        self.held_until = hold_until
        self._blame, self._refused = 0.0, {}
        return True

    def share(self, now: float, *, reply: bool = False) -> float:
        """What is left of the pace, from 0 to 1; answers to people are a halving behind, so they recover first."""
        if self._left == 1.0:
            return 1.0
        steps = int(max(0.0, now - self.held_until) / self._step_seconds)
        share = min(1.0, self._left * GROWTH ** min(steps, MOST_STEPS))
        return min(1.0, share / CUT) if reply else share

    def _is_enough(self, chat_id: int, now: float) -> bool:
        if now - self._last_refusal > TOGETHER:
            self._blame = 0.0
        self._last_refusal = now
        self._refused = {one: at for one, at in self._refused.items() if now - at <= TOGETHER}
        self._blame += chat_id not in self._refused
        self._refused[chat_id] = now
        return self._blame >= (MANY if self.share(now) == 1.0 else MANY_AGAIN)
