"""The rules, without HTTP."""
