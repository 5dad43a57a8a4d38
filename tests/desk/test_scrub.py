"""Nothing that tells who and where somebody is gets through, however it is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.desk.scrub import Scrubber

HOME = "/home/Vera Petrova (1)"
SCRUB = Scrubber(
    {
        HOME: "~", "/srv/игры/lives": "<folder>", "/opt/kuzbass/game": "<game>", "C:\\Users\\vera petrova": "~",
        "secret plan/prologue/pier.yaml": "<story>/prologue/pier.yaml",
    },
    {"Vera Petrova": "<user>", "vera petrova": "<user>", "red-box.example.org": "<host>", "red-box": "<host>", "v": "<user>"},
)  # fmt: skip


@pytest.mark.parametrize(("text", "left"), [
    (f"{HOME}/My Games/lives/anna.jsonl could not be written", "…/anna.jsonl could not be written"),
    (f"[Errno 2] No such file: '{HOME}/x/y z.txt'", "[Errno 2] No such file: '…/y z.txt'"),
    (f"file://{HOME.replace(' ', '%20').replace('(', '%28').replace(')', '%29')}/notes", "file:…"),
    ("/srv/игры/lives", "<folder>"),
    ("/mnt/usb/Their Secret Life/a.yaml", "…/a.yaml"),
    ("C:\\Users\\Vera Petrova\\AppData\\Local\\a.txt", "…/a.txt"),
    ("'C:\\\\Users\\\\vera petrova\\\\a.txt'", "'…/a.txt'"),
    ("D:\\private dir\\deeper\\a.txt is gone", "…/a.txt is gone"),
    ("\\\\red-box\\share\\a.txt", "…/a.txt"),
    ('File "/opt/kuzbass/game/engine/turn.py", line 3', 'File "<game>/engine/turn.py", line 3'),
    ("secret plan/prologue/pier.yaml:12: no choice", "<story>/prologue/pier.yaml:12: no choice"),
    ("ssh vera@red-box, VERA PETROVA", "ssh vera@<host>, <user>"),
    ("reveal overt very", "reveal overt very"),
    ("office/sign, and/or, 3/4, trust >= 5", "office/sign, and/or, 3/4, trust >= 5"),
    ("a \udcff b", "a ? b"),
])  # fmt: skip
def test_what_is_private_goes_and_what_helps_stays(text, left):
    assert SCRUB(text) == left


words = st.text(
    st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp"), blacklist_characters="/\\'\"`"), min_size=3, max_size=12
)


@given(
    words.map(str.strip).filter(lambda word: len(word) > 2 and word.isalnum()),
    st.sampled_from(["{}", "'{}'", "at {}: no", "({}) x"]),
)
def test_no_home_folder_gets_through(name, around):
    home = f"/home/{name}"
    text = around.format(f"{home}/Documents/{name}.txt")
    assert f"/{name}" not in Scrubber({home: "~"}, {name: "<user>"})(text).replace("<user>", "")


@given(st.text(max_size=200))
def test_any_text_can_be_scrubbed_and_scrubbing_twice_changes_no_more(text):
    once = SCRUB(text)
    assert HOME not in once
    assert SCRUB(once) == once
