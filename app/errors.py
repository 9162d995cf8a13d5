"""What can go wrong, as a tree; no status codes, and never the content that was refused.

KeelError
├── EnvelopeRefused   sealed bytes that were not opened, or could not be sealed
├── AtRestRefused     bytes that the server's own keyring did not open
├── VerifierRefused   a secret that is not the one whose verifier is stored
├── ExportRefused     a file that is no export of ours
├── PlanRefused       a plan's JSON that is not read
├── SignedOut         no session stands behind the request
├── SignInRefused     a name or a secret that does not belong together with an account's
├── ProofRefused      the fresh proof that a change needs, missing or wrong
├── TooManyAttempts   tried too often
├── Conflict          something else stands where this was to go
├── NotThere          nothing of this account's stands here
├── RequestRefused    what was sent does not fit together
├── Stale             another revision was saved in the meantime
├── StorageFull       there is no room to write
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


class AtRestRefused(KeelError):
    """not_sealed, key_unknown or altered."""


class VerifierRefused(KeelError):
    """wrong_secret."""


class ExportRefused(KeelError):
    """not_an_export, kdf_not_allowed or bad_passphrase."""


class PlanRefused(KeelError):
    """bad_json: not JSON, or JSON that two readers could understand differently; bad_plan: JSON
    of another shape than a plan's."""


class SignedOut(KeelError):
    """signed_out."""

    def __init__(self) -> None:
        super().__init__("signed_out")


class SignInRefused(KeelError):
    """sign_in_failed: the same for a name that nobody has and for a wrong secret."""

    def __init__(self) -> None:
        super().__init__("sign_in_failed")


class ProofRefused(KeelError):
    """proof_needed or proof_failed."""


class TooManyAttempts(KeelError):
    """too_many_attempts; `seconds` until the next one is heard."""

    def __init__(self, seconds: int) -> None:
        super().__init__("too_many_attempts")
        self.seconds = seconds


class Conflict(KeelError):
    """name_taken, account_gone or slot_needed."""


class NotThere(KeelError):
    """not_found."""

    def __init__(self) -> None:
        super().__init__("not_found")


class RequestRefused(KeelError):
    """invalid_request, wrong_revision, wrong_parent or signups_closed."""


class Stale(KeelError):
    """stale; `revision`, `hash` (32 bytes) and `envelope` of what stands there now, or nothing
    at all when nothing does."""

    def __init__(self, revision: int = 0, digest: bytes = b"", envelope: bytes = b"") -> None:
        super().__init__("stale")
        self.revision = revision
        self.hash = digest
        self.envelope = envelope


class StorageFull(KeelError):
    """storage_full."""

    def __init__(self) -> None:
        super().__init__("storage_full")


class DatabaseUnavailable(KeelError):
    """database_unavailable; `reason` is the database's own few words, for the log."""

    def __init__(self, reason: str) -> None:
        super().__init__("database_unavailable")
        self.reason = reason


class CannotStart(KeelError):
    """data_directory, database, migration, key_file, gone_file or release; `sentence` is for
    whoever starts the server and says what to do."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(code)
        self.sentence = sentence

    def __str__(self) -> str:
        return self.sentence
