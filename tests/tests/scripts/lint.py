"""What an editor would say of generated programs: prints a line for each fault, nothing if all is well.

    python3 lint.py FOLDER

A fault is a name that is used and not defined, one that is defined and not used, a function without
a docstring, a line that is too long, and code that depends on the names of a scenario: programs
NAME.a.py and NAME.b.py are to differ in strings, docstrings and comments alone.
"""

import ast
import builtins
import pathlib
import symtable
import sys

LONGEST = 100


def undefined(source, path):
    """Names that a function takes from the module, which has none."""
    top = symtable.symtable(source, path, "exec")
    known = {s.get_name() for s in top.get_symbols() if s.is_assigned() or s.is_imported()}
    known |= {s.get_name() for s in top.get_symbols() if s.is_namespace()}
    known |= set(dir(builtins)) | {"__file__", "__name__", "__doc__"}
    tables = [top]
    while tables:
        table = tables.pop()
        tables += table.get_children()
        for symbol in table.get_symbols():
            is_module_s = symbol.is_global() or table is top
            if is_module_s and symbol.is_referenced() and symbol.get_name() not in known:
                yield f"{symbol.get_name()} is not defined"


def unused(tree):
    """What stands on the top level or in a class and is named nowhere else."""
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)
            and isinstance(node.ctx, ast.Load)}
    used |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)
             and isinstance(node.ctx, ast.Load)}
    # A program that runs in another interpreter is a string in this one.
    strings = [node.value for node in ast.walk(tree)
               if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    for body in [tree.body] + [n.body for n in tree.body if isinstance(n, ast.ClassDef)]:
        for name in defined(body):
            quoted = any(f"'{name}'" in text for text in strings)
            if name not in used and not quoted and not name.startswith(("__", "test_")):
                yield f"{name} is not used"


OF_LIBRARIES = {"run", "submit"}
"""Methods that a base class of the library calls."""


def defined(body):
    for node in body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            if node.name not in OF_LIBRARIES:
                yield node.name
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    yield target.id
        elif isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name.split(".")[0]


def undocumented(tree):
    """Functions of the module, and classes, without a docstring."""
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            if not ast.get_docstring(node):
                yield f"{node.name} has no docstring"


def badly_set(source):
    """Lines that are too long or end in blanks, and gaps that are too wide."""
    for number, line in enumerate(source.split("\n"), 1):
        is_link = "v1/" in line
        if len(line) > LONGEST and not is_link:
            yield f"line {number} has {len(line)} characters"
        if line != line.rstrip():
            yield f"line {number} ends in a blank"
    if "\n\n\n\n" in source:
        yield "there is a gap of three lines"


def without_strings(source):
    """The program's tree with all texts taken out: what is left is code."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            node.value = ""
    return ast.dump(tree)


def main():
    folder = pathlib.Path(sys.argv[1])
    programs = sorted(folder.glob("*.py"))
    for path in programs:
        source = path.read_text(encoding="utf-8")
        tree = ast.parse(source)
        for check in (undefined(source, str(path)), unused(tree), undocumented(tree),
                      badly_set(source)):
            for fault in check:
                print(f"{path.name}: {fault}")
        other = path.with_name(path.name.replace(".a.py", ".b.py"))
        if other != path:
            if without_strings(source) != without_strings(other.read_text(encoding="utf-8")):
                print(f"{path.name}: its code depends on names")
    print(f"{len(programs)} programs looked at", file=sys.stderr)


main()
