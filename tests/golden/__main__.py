"""`python -m tests.golden [NAME ...]`: write the goldens that are missing, or the named ones anew."""

from __future__ import annotations

import sys

from tests.golden import FOLDER, Distance, distance, encoded, file, pipelines, rendered


def main(asked: list[str]) -> int:
    """Names are those of effects and looks; 1 if there is none of that name."""
    known = pipelines()
    unknown = set(asked) - {name.split("/")[1] for name in known}
    if unknown:
        print(f"There is no effect or look called {', '.join(sorted(unknown))}.", file=sys.stderr)
        return 1
    for name, pipeline in known.items():
        if name.split("/")[1] in asked or not file(name).exists():
            moved = described(distance(name, pipeline)) if file(name).exists() else "new"
            file(name).parent.mkdir(exist_ok=True)
            file(name).write_bytes(encoded(rendered(pipeline)))
            print(f"{name}: {moved}")
    for path in FOLDER.glob("*/*.jpg"):
        if f"{path.parent.name}/{path.stem}" not in known:
            path.unlink()
            print(f"{path.parent.name}/{path.stem}: gone, as what it showed")
    return 0


def described(far: Distance) -> str:
    return f"mean {far.mean:.2f}, at most {far.most}, worst tile {far.tile:.2f}, its colour {far.tint:.2f}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
