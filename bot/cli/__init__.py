"""The verbs of the command line, one module each. They import what is slow when they run."""
