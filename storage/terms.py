"""What the operator decides about deliveries."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Terms:
    """`repeat`: what may have arrived is sent again, rather than dropped. `fresh_for`: what waited longer to be sent is
    no news any more, and goes into one digest instead of a flood."""

    repeat: bool = True
    fresh_for: timedelta = timedelta(days=1)


USUAL = Terms()
