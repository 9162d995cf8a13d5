"""Vectors that both languages read, and the scripts that make our own."""
