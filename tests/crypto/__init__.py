"""Tests of the envelope and of whatever else is cryptography."""
