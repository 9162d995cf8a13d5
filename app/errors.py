"""What can go wrong, as a tree; no status codes, and never the content that was refused.

KeelError
├── EnvelopeRefused   sealed bytes that were not opened, or could not be sealed
├── PlanRefused       a plan's JSON that is not read
├── DatabaseUnavailable  the database did not answer
└── CannotStart       something outside the program has to be put right first
"""


class KeelError(Exception):
    """Carries `code`: stable, for programs, and the same one in Python and TypeScript."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class EnvelopeRefused(KeelError):
    """truncated, too_large, not_an_envelope, suite_not_allowed, kind_unknown, bad_revision,
    wrong_kind, wrong_account, wrong_object, rollback, wrong_key_or_altered, bad_padding,
    bad_schema or newer_schema."""


class PlanRefused(KeelError):
    """bad_json: not JSON, or JSON that two readers could understand differently; bad_plan: JSON
    of another shape than a plan's."""


class DatabaseUnavailable(KeelError):
    """database_unavailable; `reason` is the database's own few words, for the log."""

    def __init__(self, reason: str) -> None:
        super().__init__("database_unavailable")
        self.reason = reason


class CannotStart(KeelError):
    """data_directory, database, migration or release; `sentence` is for whoever
    starts the server and says what to do."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(code)
        self.sentence = sentence

    def __str__(self) -> str:
        return self.sentence
