"""Why a file cannot be read as a table, in one sentence each and with a remedy."""

from django.utils.translation import gettext_lazy as _

from gantang.kit.errors import InvalidError


class SheetError(InvalidError):
    """The file as a whole cannot be read."""


def empty() -> SheetError:
    return SheetError("sheets.empty", _("文件里没有数据。"), remedy=_("请确认第一行是列名，下面是数据。"))


def too_big(limit: int) -> SheetError:
    return SheetError(
        "sheets.too_big",
        _("文件太大（上限 {limit} 字节）。"),
        remedy=_("请拆成几个文件，分次导入。"),
        details={"limit": limit},
    )


def too_many_cells(limit: int) -> SheetError:
    return SheetError(
        "sheets.too_many_cells",
        _("表格太大（上限 {limit} 个单元格）。"),
        remedy=_("请删去表外的空行空列，或改用 CSV，或拆成几个文件。"),
        details={"limit": limit},
    )


def bomb() -> SheetError:
    return SheetError(
        "sheets.bomb",
        _("压缩内容展开后过大，已拒绝读取。"),
        remedy=_("请用表格软件另存一份再试。"),
    )


def broken() -> SheetError:
    return SheetError(
        "sheets.broken", _("文件已损坏，或不是表格文件。"), remedy=_("请另存为 .xlsx 或 CSV 再试。")
    )


def locked() -> SheetError:
    return SheetError("sheets.locked", _("文件设有打开密码。"), remedy=_("请去掉密码，另存一份再试。"))


def no_sheet(sheet: str, sheets: str) -> SheetError:
    return SheetError(
        "sheets.no_sheet",
        _("文件里没有工作表“{sheet}”。"),
        remedy=_("现有工作表：{sheets}。"),
        details={"sheet": sheet, "sheets": sheets},
    )


def encoding(row: int) -> SheetError:
    return SheetError(
        "sheets.encoding",
        _("第 {row} 行起的文字编码认不出来。"),
        remedy=_("请另存为 UTF-8 编码的 CSV。"),
        details={"row": row},
    )


def unreadable(row: int) -> SheetError:
    return SheetError(
        "sheets.unreadable",
        _("第 {row} 行之后读不下去。"),
        remedy=_("常见原因是引号没有成对；请用表格软件打开后另存为 CSV。"),
        details={"row": row},
    )


def too_many_columns(limit: int) -> SheetError:
    return SheetError(
        "sheets.too_many_columns",
        _("列太多（上限 {limit} 列）。"),
        remedy=_("请删去不用的列。"),
        details={"limit": limit},
    )


def double_column(column: str) -> SheetError:
    return SheetError(
        "sheets.double_column",
        _("列名“{column}”出现了两次。"),
        remedy=_("请给其中一列改名。"),
        details={"column": column},
    )
