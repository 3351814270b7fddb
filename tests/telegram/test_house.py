"""It is a Telegram: it knows no Tuntas, and no module or function grows large."""

import ast
from collections.abc import Iterator
from pathlib import Path

import demo.telegram

HERE = Path(demo.telegram.__file__).parent
MODULES = sorted(HERE.rglob("*.py"))


def _imports(module: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(module.read_text())):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        if isinstance(node, ast.ImportFrom):
            yield node.module or ""


def test_it_imports_nothing_of_the_application() -> None:
    roots = {name.split(".")[0] for module in MODULES for name in _imports(module)}

    assert not roots & {"bot", "db", "config"}


def test_only_the_door_knows_python_telegram_bot() -> None:
    users = [m.name for m in MODULES if any(n.split(".")[0] == "telegram" for n in _imports(m))]

    assert users == ["door.py"]


def test_modules_are_small() -> None:
    long = [m.name for m in MODULES if len(m.read_text().splitlines()) > 200]

    assert long == []


def test_functions_are_short() -> None:
    long = [
        f"{module.name} {node.name}"
        for module in MODULES
        for node in ast.walk(ast.parse(module.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno > 30
    ]

    assert long == []


def test_every_module_says_its_charge_in_one_line() -> None:
    first = {m.name: (ast.get_docstring(ast.parse(m.read_text())) or "") for m in MODULES}

    assert [
        name for name, said in first.items() if not said.split("\n")[0].endswith((".", ":"))
    ] == []
