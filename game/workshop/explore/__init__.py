"""Plays a story without a player, and tells what was met: `kuzbass explore`.

play      one life, by any of the players: uniform random, least taken, a role of the story
chart     what a story has, read from its programs: what can be met at all
tally     what lives have met; tallies merge
spans     the work that is given out: so many lives by such a player
workers   who does it: this process, all cores, a dask cluster
run       a whole exploration, part after part, also one that is cut short
measure   what was found in figures: the JSON document, which report_text and report_html show
archive, rounds, extremes, goal    search, where chance does not come by
"""
