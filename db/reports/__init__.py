"""What can be asked. Plain frozen facts out; no row escapes the session."""
