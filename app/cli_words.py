"""What every command begins and ends with: its settings, and what has to be put right, in words."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from pydantic import ValidationError

from app.errors import CannotStart, DatabaseUnavailable, StorageFull
from app.settings import Settings

ROOT = Path(__file__).parents[1]
RELEASE = ROOT / "build" / "release"


def read_settings() -> Settings:
    """Of the environment or .env; stops with each that cannot be meant, and never its value."""
    try:
        return Settings()
    except ValidationError as error:
        wrong = [
            f"KEEL_{str(one['loc'][0]).upper()}: {one['msg']}"
            for one in error.errors()
            if one["type"] != "default_factory_not_called"
        ]
        stop("These settings can't be used:\n  " + "\n  ".join(wrong))


@contextmanager
def in_words() -> Iterator[None]:
    """What has to be put right first is told in a sentence, without a stack."""
    try:
        yield
    except CannotStart as error:
        stop(error.sentence)
    except DatabaseUnavailable as error:
        stop(f"The database did not answer: {' '.join(error.reason.split())}")
    except StorageFull:
        stop("There is no room left on the disk that this writes to.")
    except OSError as error:
        stop(f"{error.filename or 'A file'}: {error.strerror}.")


def stop(sentence: str) -> NoReturn:
    """Exit 1, with the sentence on standard error."""
    print(sentence, file=sys.stderr)
    sys.exit(1)
