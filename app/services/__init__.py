"""The rules, as plain functions: no HTTP, no SQL, no clock but the one given."""
