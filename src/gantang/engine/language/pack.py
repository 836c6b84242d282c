"""A pack: the folder with its procedures, form, texts, documents and stories."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from types import MappingProxyType
from typing import Any

from gantang.engine.language.fields import read_form
from gantang.engine.language.nodes import Node, SyntaxFaultError, plain, read_file
from gantang.engine.language.procedure import Around, read_procedure
from gantang.engine.language.reading import Reading, hint
from gantang.engine.language.source import digest, write_source
from gantang.engine.language.wording import LANGUAGES, Wording, notice_places, text_tree
from gantang.engine.model import Finding, Pack, Place, Procedure, Words

#: What a pack's folder may hold; anything else is a fault (a misspelt name would be lost in silence).
FOLDERS = ("procedures", "variants", "texts", "documents", "scenarios", "upgrades")
FILES = ("procedure.yaml", "form.yaml", "README.md", "README.zh-CN.md")
#: Where a fault stands that keeps a whole file from being read.
NO_YAML = "yaml"


class PackError(Exception):
    """A pack that cannot be taken; `findings` holds every reason."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        lines = [
            f"{one.file}:{one.line} [{one.kind}] {one.sentence.en} {one.remedy.en}" for one in self.findings
        ]
        super().__init__("\n".join(lines))


def load_pack(folder: Path | str, *, others: Iterable[Pack] = ()) -> Pack:
    """Reads a pack and raises PackError with every finding of the language and of names."""
    pack = read_pack(folder)
    findings = (*pack.findings, *_clashes(pack, others))
    if findings:
        raise PackError(findings)
    return pack


def load_packs(folder: Path | str) -> dict[str, Pack]:
    """Every pack below a folder, by name."""
    packs: dict[str, Pack] = {}
    for child in _pack_folders(Path(folder)):
        packs[child.name] = load_pack(child, others=tuple(packs.values()))
    return packs


def read_packs(folder: Path | str) -> dict[str, Pack]:
    """As `load_packs`, but findings stay on the packs."""
    return {child.name: read_pack(child) for child in _pack_folders(Path(folder))}


def _pack_folders(folder: Path) -> Iterator[Path]:
    for child in sorted(folder.iterdir()):
        if child.is_dir() and ((child / "procedure.yaml").exists() or (child / "procedures").is_dir()):
            yield child


def read_pack(folder: Path | str) -> Pack:
    """Reads a pack; what is wrong stands in `Pack.findings`, what can be read is there.

    Where a file is no YAML at all, nothing else is read: what follows would be guesswork.
    """
    path = Path(folder)
    reading = Reading(path.name)
    _strangers(reading, path)
    texts = {lang: _yaml(reading, path / "texts" / f"{lang}.yaml", path) for lang in LANGUAGES}
    form = _yaml(reading, path / "form.yaml", path)
    nodes = _procedure_nodes(reading, path)
    if any(inner == NO_YAML for _, inner in reading.unread):
        return Pack(path.name, {}, findings=tuple(reading.findings))
    return _read(reading, path, texts, form, nodes)


def _read(
    reading: Reading, path: Path, texts: dict[str, Node | None], form: Node | None, nodes: list[Node]
) -> Pack:
    _one_language(reading, path, texts)
    trees = {lang: text_tree(reading, node) for lang, node in texts.items()}
    places = {**notice_places(texts["zh-Hans"]), **notice_places(texts["en"])}
    wording = Wording(trees["zh-Hans"], trees["en"], places=places, told=reading.worded)
    around = Around(read_form(reading, form, wording), wording, _documents(path))
    form_data = plain(form.value) if form else {}
    read = [_procedure(reading, node, around, form_data, trees) for node in nodes]
    stories = sorted((path / "scenarios").glob("*.yaml"))
    for story in stories:
        _yaml(reading, story, path)
    return Pack(
        path.name,
        MappingProxyType({one.name: one for one in read if one is not None}),
        around.form,
        MappingProxyType(wording.notices()),
        around.documents,
        tuple(stories),
        tuple(reading.findings),
        frozenset(reading.unread),
    )


def _one_language(reading: Reading, path: Path, texts: dict[str, Node | None]) -> None:
    """A file of texts that has no counterpart in the other language is told once, not word by word."""
    lacking = [lang for lang, node in texts.items() if node is None]
    for lang in lacking if len(lacking) < len(LANGUAGES) else ():
        reading.fault(
            Place(f"{path.name}/texts/{lang}.yaml", 1),
            Words(
                f"缺少 {lang} 的文字：没有这个文件。",
                f"The wording in {lang} is missing: there is no such file.",
            ),
            Words("照另一种语言的文件补上它。", "Write it after the file of the other language."),
            kind="words",
        )


def _procedure(
    reading: Reading, node: Node, around: Around, form: Any, texts: dict[str, Any]
) -> Procedure | None:
    source = write_source(node.place.file, plain(node.value), form, texts, around.documents)
    return read_procedure(reading, node, around, source=source, digest=digest(source))


def _procedure_nodes(reading: Reading, path: Path) -> list[Node]:
    files = [path / "procedure.yaml", *sorted((path / "procedures").glob("*.yaml"))]
    found = [node for file in files if (node := _yaml(reading, file, path)) is not None]
    if not found and not reading.findings:
        reading.fault(
            Place(f"{path.name}/procedure.yaml", 1),
            Words("这个文件夹里没有流程。", "The folder holds no procedure."),
            Words("放一个 procedure.yaml。", "Put a procedure.yaml there."),
        )
    return found


def _yaml(reading: Reading, file: Path, root: Path) -> Node | None:
    if not file.exists():
        return None
    try:
        return read_file(file, root.parent)
    except SyntaxFaultError as fault:
        reading.fault(Node(None, fault.place, NO_YAML), fault.sentence, fault.remedy)
        return None


def _documents(path: Path) -> frozenset[str]:
    return frozenset(file.stem for file in (path / "documents").glob("*.*"))


def _strangers(reading: Reading, path: Path) -> None:
    """Files and folders that nothing would read."""
    for child in sorted(path.iterdir()):
        _stranger(reading, child, path, FOLDERS if child.is_dir() else FILES)
    for child in sorted((path / "texts").glob("*")):
        _stranger(reading, child, path, tuple(f"{lang}.yaml" for lang in LANGUAGES))


def _stranger(reading: Reading, child: Path, root: Path, known: tuple[str, ...]) -> None:
    if child.name in (*known, *FILES) or child.name.startswith((".", "__")):
        return
    reading.fault(
        Place(child.relative_to(root.parent).as_posix(), 1),
        Words(f"不认识的文件或文件夹“{child.name}”。", f"Unknown file or folder “{child.name}”."),
        hint(child.name, known),
        mended=True,
    )


def _clashes(pack: Pack, others: Iterable[Pack]) -> Iterator[Finding]:
    taken = {name: other.name for other in others for name in other.procedures}
    for name, procedure in pack.procedures.items():
        if name in taken:
            yield Finding(
                "language",
                procedure.place.file,
                procedure.place.line,
                Words(
                    f"流程名“{name}”已被“{taken[name]}”使用。",
                    f"The name “{name}” is taken by pack “{taken[name]}”.",
                ),
                Words("换一个名字。", "Choose another name."),
                f"{pack.name}/{name}",
            )
