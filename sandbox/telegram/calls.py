"""The record of API calls: what was asked, what was answered."""

from dataclasses import dataclass, field

from sandbox.telegram.refusal import Json


@dataclass(frozen=True, slots=True)
class Call:
    """One call; `at` is Unix time, `seconds` how long the answer took, `status` 0 for a line that was cut."""

    at: float
    method: str
    status: int
    seconds: float
    parameters: Json = field(default_factory=dict)
    description: str = ""

    def as_json(self) -> Json:
        """The call for the web chat's drawer."""
        return {name: getattr(self, name) for name in self.__slots__}
