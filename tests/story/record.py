"""Lives the recorded lives again and writes them anew, after the story's text was changed on purpose.

    python tests/story/record.py

Each keeps its name, its seed and its choices. A life whose choices the story no longer has is left as it is, and named.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from game.load import load_story
from game.saves import Shelf

ROOT = Path(__file__).resolve().parents[2]
RECORDED = ROOT / "saves" / "recorded"


def main() -> None:
    story = load_story(ROOT / "story").story
    if story is None:
        raise SystemExit("The story has faults; `kuzbass check` shows them.")
    for path in sorted(RECORDED.glob("*.jsonl")):
        with tempfile.TemporaryDirectory() as folder:
            shelf = Shelf(Path(folder))
            old = shelf.open(path, story, read_only=True)
            new = shelf.begin(story, name=path.stem, seed=old.header.seed, optouts=tuple(old.header.optouts))
            for entry in old.entries:
                if entry.answer is not None:
                    new.answer(entry.answer)
                else:
                    new.choose(f"{entry.set}/{entry.choice}")
            ending = new.page.ending
            new.close()
            old.close()
            if not ending:
                print(f"{path.name}: it no longer comes to an end, and is left as it is")
                continue
            path.unlink()
            shelf.export(path.stem, path)
            print(f"{path.name}: {len(old.entries)} choices, to {ending}")


if __name__ == "__main__":
    main()
