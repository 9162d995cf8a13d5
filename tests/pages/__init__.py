"""Tests of app/pages: every page whole without scripts, and the release."""
