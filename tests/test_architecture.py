"""The packages import each other in one direction only."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ALLOWED = {
    "voice": {"voice"},
    "rubrics": {"rubrics"},
    "sessions": {"sessions", "rubrics"},
    "interviewer": {"interviewer", "sessions", "rubrics", "voice"},
}

ROOMS: dict[str, set[str]] = {
    "text": set(),
    "requests": set(),
    "reading": {"text"},
    "judging": {"text", "requests", "reading"},
    "asking": {"text", "requests", "reading", "judging"},
    "models": set(),
    "llm": {"models"},
    "screen": {"asking"},
}
"""Rooms of `interviewer` whose imports are bound, and the rooms they may use."""
COMMON = {"errors", "seams", "plain"}
"""Modules of `interviewer` that each room may use."""


def imported_packages(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found


@pytest.mark.parametrize("package", ALLOWED)
def test_a_package_imports_only_what_lies_below_it(package: str) -> None:
    modules = sorted((ROOT / package).rglob("*.py"))
    assert modules
    for module in modules:
        ours = imported_packages(module) & ALLOWED.keys()
        assert ours <= ALLOWED[package], f"{module.name} imports {ours - ALLOWED[package]}"


def imported_rooms(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module == "interviewer":
            names |= {f"interviewer.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return {name.split(".")[1] for name in names if name.startswith("interviewer.")}


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_of_the_interviewer_uses_only_the_rooms_below_it(room: str) -> None:
    modules = sorted((ROOT / "interviewer" / room).rglob("*.py"))
    assert modules
    for module in modules:
        used = imported_rooms(module) - {room} - COMMON
        assert used <= ROOMS[room], f"{module.name} imports {used - ROOMS[room]}"


@pytest.mark.parametrize("package", ALLOWED)
def test_no_module_is_longer_than_350_lines(package: str) -> None:
    for module in (ROOT / package).rglob("*.py"):
        assert len(module.read_text(encoding="utf-8").splitlines()) <= 350, module.name
