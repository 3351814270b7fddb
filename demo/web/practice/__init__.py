"""The practice of a secretary: exercises, and a coach who tells what went wrong."""
