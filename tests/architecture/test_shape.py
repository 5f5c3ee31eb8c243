"""The shape of the source: small files, small functions, nothing hidden in packages."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.sources import ALL, SHIPPED, python_files, text_of, tree_of

LONGEST_FILE = 400
LONGEST_FUNCTION = 60
HEX_COLOUR = re.compile(
    r"(?<![\w&/])#(?:[0-9a-fA-F]{8}|[0-9a-fA-F]{6}|(?=[0-9a-fA-F]*[a-fA-F])[0-9a-fA-F]{3})\b"
)


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield every function and method of a module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def lines_of(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return how many lines a function takes, its docstring included."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


def colours_in(tree: ast.Module) -> list[str]:
    """Return the hex colours written in the string literals of a module."""
    literals = (node for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return [
        colour
        for node in literals
        if isinstance(node.value, str)
        for colour in HEX_COLOUR.findall(node.value)
    ]


def is_docstring_only(tree: ast.Module) -> bool:
    """Tell whether a module holds one docstring and nothing else."""
    return len(tree.body) == 1 and ast.get_docstring(tree) is not None


def is_generated(path: Path) -> bool:
    """Tell whether a file is written by a program."""
    return "generated" in path.stem


def test_every_file_can_be_read_in_one_sitting() -> None:
    sizes = {str(path): len(text_of(path).splitlines()) for path in python_files(*ALL)}

    assert {path: size for path, size in sizes.items() if size > LONGEST_FILE} == {}


def test_every_function_fits_on_a_page() -> None:
    sizes = {
        f"{path}:{function.name}": lines_of(function)
        for path in python_files(*ALL)
        for function in functions(tree_of(path))
    }

    assert {name: size for name, size in sizes.items() if size > LONGEST_FUNCTION} == {}


def test_packages_hide_nothing_in_their_init_file() -> None:
    inits = [path for path in python_files(*ALL) if path.name == "__init__.py"]

    assert [str(path) for path in inits if not is_docstring_only(tree_of(path))] == []


def test_colours_come_from_the_tokens() -> None:
    written = {
        str(path): colours_in(tree_of(path))
        for path in python_files(*SHIPPED)
        if not is_generated(path)
    }

    assert {path: colours for path, colours in written.items() if colours} == {}


def test_a_colour_in_a_string_would_be_seen() -> None:
    tree = ast.parse('style = "color: #1F6FEB; border: 1px solid #abc"; ticket = "&#39; #123"')

    assert colours_in(tree) == ["#1F6FEB", "#abc"]
