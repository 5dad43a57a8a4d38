"""`kuzbass compare A B`: what an edit of a story changed, for its writer and for those who are in the middle of it.

revision   a story's folder as git has it at a revision
scenes     which scenes were added, removed, renamed or changed, and whether in their words or in their logic
plays      how random lives end, how long they are, between which values the variables move
gate       whether lives that were played in the one still open in the other
report     all of it for people and for scripts
"""
