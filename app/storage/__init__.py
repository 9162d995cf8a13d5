"""Every SQL statement, and the files it stands in."""
