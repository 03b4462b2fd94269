"""The engine that runs statements."""
