"""A second implementation: a client written from the protocol alone, with nothing of app/."""
