"""Cryptography: the only package that uses `cryptography`, and it knows nothing of plans."""
