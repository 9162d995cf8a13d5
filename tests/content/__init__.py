"""Tests of app/content: the data, and the words."""
