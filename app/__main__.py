"""`python -m app …`: the command line, see cli.py."""

import sys

if sys.argv[1:] == ["serve"]:  # what starts most often does not wait for the other commands' words
    from app.cli_serve import serve as run
else:
    from app.cli import commands as run

run()
