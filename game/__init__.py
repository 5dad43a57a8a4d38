"""Two Years, Signed: a branching story engine, its terminal clients, and the tools to write for it."""

__version__ = "0.1.0"
