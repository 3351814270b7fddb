"""The bot as a real process over HTTP, killed where it hurts, judged by what was seen and stored.

python -m tests.crash runs it long; tests/test_crash.py shortly.
"""
