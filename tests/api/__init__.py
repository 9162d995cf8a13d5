"""The server as whoever asks it sees it."""
