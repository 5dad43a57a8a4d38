"""`kuzbass stats`: what a story counts: words a reader can meet, choices, who speaks, how it reads, what the codex covers."""
