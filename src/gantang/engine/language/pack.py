"""A pack: the folder with its procedures, form, texts, documents and stories."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from types import MappingProxyType

from gantang.engine.language.fields import read_form
from gantang.engine.language.layers import Raw
from gantang.engine.language.nodes import Node, plain
from gantang.engine.language.procedure import Around
from gantang.engine.language.reading import NO_YAML, Reading, hint, read_node
from gantang.engine.language.stages import Stages
from gantang.engine.language.stories import read_story
from gantang.engine.language.upgrades import read_upgrade
from gantang.engine.language.wording import LANGUAGES, Wording, notice_places, text_tree
from gantang.engine.model import Finding, Pack, Place, Words

#: What a pack's folder may hold; anything else is a fault (a misspelt name would be lost in silence).
FOLDERS = ("procedures", "variants", "overlays", "texts", "documents", "scenarios", "upgrades")
#: Folders of which only YAML files are read.
YAML_FOLDERS = ("procedures", "variants", "overlays", "scenarios", "upgrades")
FILES = ("procedure.yaml", "form.yaml", "README.md", "README.zh-CN.md")


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
    texts = {lang: read_node(reading, path / "texts" / f"{lang}.yaml", path) for lang in LANGUAGES}
    form = read_node(reading, path / "form.yaml", path)
    nodes = _procedure_nodes(reading, path)
    beside = {part: _nodes(reading, path, part) for part in ("variants", "upgrades", "scenarios")}
    if any(inner == NO_YAML for _, inner in reading.unread):
        return Pack(path.name, {}, findings=tuple(reading.findings))
    return _read(reading, path, texts, form, nodes, beside)


def _read(
    reading: Reading,
    path: Path,
    texts: dict[str, Node | None],
    form: Node | None,
    nodes: list[Node],
    beside: dict[str, list[Node]],
) -> Pack:
    _one_language(reading, path, texts)
    trees = {lang: text_tree(reading, node) for lang, node in texts.items()}
    places = {**notice_places(texts["zh-Hans"]), **notice_places(texts["en"])}
    wording = Wording(trees["zh-Hans"], trees["en"], places=places, told=reading.worded)
    around = Around(read_form(reading, form, wording), wording, _templates(path))
    form_data = plain(form.value) if form else {}
    stages = Stages(reading)
    for node in nodes:
        stages.base(Raw(node, form_data, trees, around))
    for node in beside["variants"]:
        stages.variant(node)
    procedures = stages.procedures()
    whole = procedures if not reading.unread else {}
    for node in beside["scenarios"]:
        read_story(reading, node, whole)
    upgrades = [read_upgrade(reading, node, whole.values()) for node in beside["upgrades"]]
    return Pack(
        path.name,
        MappingProxyType(procedures),
        around.form,
        MappingProxyType(wording.notices()),
        around.templates,
        tuple(sorted((path / "scenarios").glob("*.yaml"))),
        tuple(dict.fromkeys(reading.findings)),
        frozenset(reading.unread),
        tuple(one for one in upgrades if one is not None),
        MappingProxyType(stages.read),
        MappingProxyType(stages.raw),
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


def _procedure_nodes(reading: Reading, path: Path) -> list[Node]:
    files = [path / "procedure.yaml", *sorted((path / "procedures").glob("*.yaml"))]
    found = [node for file in files if (node := read_node(reading, file, path)) is not None]
    if not found and not reading.findings:
        reading.fault(
            Place(f"{path.name}/procedure.yaml", 1),
            Words("这个文件夹里没有流程。", "The folder holds no procedure."),
            Words("放一个 procedure.yaml。", "Put a procedure.yaml there."),
        )
    return found


def _nodes(reading: Reading, path: Path, part: str) -> list[Node]:
    """Every file of one of the pack's folders that is YAML."""
    read = (read_node(reading, file, path) for file in sorted((path / part).glob("*.yaml")))
    return [node for node in read if node is not None]


def _templates(path: Path) -> dict[str, str]:
    """The templates' texts by name."""
    files = sorted((path / "documents").glob("*.typ"))
    return {file.stem: file.read_bytes().decode("utf-8", errors="replace") for file in files}


def _strangers(reading: Reading, path: Path) -> None:
    """Files and folders that nothing would read."""
    for child in sorted(path.iterdir()):
        _stranger(reading, child, path, FOLDERS if child.is_dir() else FILES)
    for child in sorted((path / "texts").glob("*")):
        _stranger(reading, child, path, tuple(f"{lang}.yaml" for lang in LANGUAGES))
    for child in (one for part in YAML_FOLDERS for one in sorted((path / part).glob("*"))):
        if child.suffix != ".yaml":
            _stranger(reading, child, path, (f"{child.stem}.yaml",))


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
