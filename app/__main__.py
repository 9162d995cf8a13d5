"""`python -m app …`: the command line, see cli.py."""

from app.cli import commands

commands()
