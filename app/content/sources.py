"""Where content comes from: lines of the five documents, a public work, or our own."""

import re
from typing import Annotated

from pydantic import StringConstraints

LINE = re.compile(r"^[0-9]{3}:[1-9][0-9]*$")
"""A document's number and the line in it, from 1: "004:129"."""

Source = Annotated[
    str,
    StringConstraints(
        pattern=r"^([0-9]{3}:[1-9][0-9]*|public: [^,]+(, [^,]+)*, [12][0-9]{3}|keel)$"
    ),
]
"""Such a line, "public: Stanley and Brown, 2012", or "keel" for what is ours."""


def is_line(source: object) -> bool:
    return isinstance(source, str) and bool(LINE.match(source))
