"""The command line: one module a command; the program's front door is `lifecycle.__main__`."""
