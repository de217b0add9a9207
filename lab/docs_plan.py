"""Which room of the house uses which? Reads the imports and draws them into docs/house.md: `python -m lab.docs_plan`."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lab.page import page_with

ROOT = Path(__file__).resolve().parent.parent
HOUSE = ROOT / "src" / "reportedly"
PAGE = ROOT / "docs" / "house.md"
OPENING, CLOSING = "<!-- drawing: made by lab/docs_plan.py -->", "<!-- end of drawing -->"

FLOORS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("nouns, errors, the published schema, the example, engines", ("model", "errors", "schema", "example", "engines")),
    ("rooms that know one thing", ("languages", "weights", "intake", "query", "store", "export", "measure", "cluster")),
    (
        "reading: sisters who never speak to each other; across: many readings",
        (
            "reading.health",
            "reading.analysis",
            "reading.statements",
            "reading.speakers",
            "reading.facts",
            "reading.confidence",
            "across",
        ),
    ),
    ("the visible sequence", ("pipeline",)),
    ("one service, many machines", ("archive", "batch")),
    ("pages in a browser", ("web",)),
    ("doors", ("cli",)),
    ("entrances", ("__main__", "front door")),
)
FLOOR_OF = {room: floor for floor, (_, rooms) in enumerate(FLOORS) for room in rooms}


@dataclass(frozen=True, slots=True)
class Arrow:
    """One import: `file:line` of room `user` uses `module` of room `used`. `late` where it stands inside a function."""

    user: str
    used: str
    file: str
    line: int
    module: str
    late: bool


def room_of(module: str) -> str:
    """The room of a dotted name below `reportedly`: "reading.health.balance" -> "reading.health", "" -> "front door"."""
    parts = module.split(".")
    if parts[0] == "reading":
        return ".".join(parts[:2])
    return parts[0] or "front door"


def files() -> list[Path]:
    """All Python files of the package."""
    return sorted(HOUSE.rglob("*.py"))


def room_of_file(path: Path) -> str:
    parts = path.relative_to(HOUSE).with_suffix("").parts
    return room_of(".".join(parts).removesuffix("__init__").rstrip("."))


def imports(tree: ast.Module) -> Iterator[tuple[str, tuple[str, ...], int, bool]]:
    """(module, names, line, late) of every import of a file; late means: inside a function."""
    late = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, (), node.lineno, id(node) in late
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            yield module, tuple(alias.name for alias in node.names), node.lineno, id(node) in late


def arrows() -> list[Arrow]:
    """Every import of one room by another. The version alone (`from reportedly import __version__`) is no room."""
    found = []
    for path in files():
        user = room_of_file(path)
        for module, names, line, late in imports(ast.parse(path.read_text("utf-8"))):
            if module.split(".")[0] != "reportedly" or (module == "reportedly" and names == ("__version__",)):
                continue
            below = module.removeprefix("reportedly").lstrip(".")
            targets = [below]
            if below in ("", "reading"):  # `from reportedly import pipeline`, `from reportedly.reading import facts`
                targets = [f"{below}.{name}".lstrip(".") if _is_module(below, name) else below for name in names]
            for target in targets:
                used = room_of(target)
                if used != user:
                    found.append(Arrow(user, used, str(path.relative_to(ROOT)), line, module, late))
    return found


def _is_module(folder: str, name: str) -> bool:
    place = HOUSE / folder.replace(".", "/") / name
    return place.is_dir() or place.with_suffix(".py").exists()


def drawing() -> str:
    """The plan as it is: a table of the rooms from the top, and a picture of who uses whom (dotted: late, in a function)."""
    uses: dict[str, dict[str, bool]] = {room_of_file(path): {} for path in files()}
    for arrow in arrows():
        uses[arrow.user][arrow.used] = uses[arrow.user].get(arrow.used, True) and arrow.late
    rows = ["| floor | room | uses |", "|---:|---|---|"]
    graph = ["```mermaid", "flowchart TD"]
    for floor in range(len(FLOORS) - 1, -1, -1):
        title, rooms = FLOORS[floor]
        here = [room for room in rooms if room in uses]
        if not here:
            continue
        graph.append(f'  subgraph f{floor}["{floor}: {title}"]')
        for room in here:
            used = sorted(uses[room], key=lambda r: (-FLOOR_OF[r], r))
            rows.append(f"| {floor} | `{room}` | {', '.join(used) or '–'} |")
            graph.append(f'    {_node(room)}["{room}"]')
        graph.append("  end")
    for room in sorted(uses):
        graph += [
            f"  {_node(room)} {'-.->' if late else '-->'} {_node(used)}" for used, late in sorted(uses[room].items())
        ]
    return "\n".join([*rows, "", *graph, "```"])


def _node(room: str) -> str:
    return room.strip("_").replace(".", "_").replace(" ", "_")


def page() -> str:
    """docs/house.md with the drawing of today between its marks."""
    return page_with(PAGE, OPENING, drawing(), CLOSING)


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
