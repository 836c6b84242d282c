"""What comes in as a table, in the forms in which it really comes."""

import gzip
import io
import resource
import subprocess
import tracemalloc
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter

from gantang.sheets import queries, service
from gantang.sheets.errors import SheetError
from gantang.sheets.types import Limits
from tests.real import real

TABLE = "编号,标题,日期\n1,路灯不亮,2026-11-01\n2,井盖松动,2026-11-02\n"
READ = [
    (2, {"编号": "1", "标题": "路灯不亮", "日期": "2026-11-01"}),
    (3, {"编号": "2", "标题": "井盖松动", "日期": "2026-11-02"}),
]


def read(data: bytes, **asked):
    return queries.read(io.BytesIO(data), **asked)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_every_usual_encoding_is_recognised(encoding: str):
    assert list(read(TABLE.encode(encoding))) == READ


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_the_delimiter_is_found(delimiter: str):
    assert list(read(TABLE.replace(",", delimiter).encode())) == READ


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_lines_may_end_in_any_way(ending: str):
    assert list(read(TABLE.replace("\n", ending).encode())) == READ


def test_gzip_is_unpacked():
    assert list(read(gzip.compress(TABLE.encode("gb18030")))) == READ


def test_a_stream_that_cannot_go_back_is_read():
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    assert list(queries.read(Pipe(TABLE.encode()))) == READ


def test_a_title_above_the_header_is_passed_over():
    rows = read(f"2026年台账,,\n,,\n{TABLE}".encode())
    assert [number for number, _ in rows] == [4, 5]


def test_the_header_may_be_named_by_its_row():
    rows = read(f"单位：示例,填报人：甲,\n{TABLE}".encode(), header_row=2)
    assert rows.columns == ("编号", "标题", "日期")


def test_quoted_cells_hold_delimiters_quotes_and_lines():
    rows = read('a,b\n"1,5","他说""好""\r\n第二行"\n'.encode())
    assert list(rows) == [(2, {"a": "1,5", "b": '他说"好"\n第二行'})]


def test_blank_rows_are_passed_over_and_numbers_stay_those_of_the_table():
    assert [number for number, _ in read(b"a,b\n\n1,2\n,\n3,4\n")] == [3, 5]


def test_short_rows_are_filled_up_and_blanks_cut_off():
    assert list(read("a,b,c\n 1\u3000,\u00a0\n".encode())) == [(2, {"a": "1", "b": "", "c": ""})]


def test_a_row_with_more_cells_than_columns_is_left_out_and_told():
    rows = read(b"a,b\n1,2,3\n4,5,\n")
    assert list(rows) == [(3, {"a": "4", "b": "5"})]
    assert [fault.row for fault in rows.faults] == [2] and rows.faults[0].remedy


def test_a_cell_beyond_the_limit_is_left_out_and_told():
    rows = read(f"a,b\n1,{'长' * 40}\n2,短\n".encode(), limits=Limits(cell_chars=30))
    assert [number for number, _ in rows] == [3]
    assert rows.faults[0].row == 2


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "sheets.empty"),
        (b"\n\n", "sheets.empty"),
        (b"a,a\n1,2\n", "sheets.double_column"),
        (b"a,b\n1,\xff\xff\xff\n", "sheets.encoding"),
        (b"PK\x03\x04 no zip", "sheets.broken"),
        (b"\xd0\xcf\x11\xe0 no office file", "sheets.broken"),
        (b"\x1f\x8b no gzip", "sheets.broken"),
    ],
)
def test_what_is_no_table_is_refused_with_a_remedy(data: bytes, code: str):
    with pytest.raises(SheetError) as error:
        list(read(data))
    assert error.value.code == code and error.value.remedy_words


def test_the_place_of_a_wrong_byte_is_told():
    with pytest.raises(SheetError) as error:
        read("a,b\n路,2\n".encode() * 100 + b"\xff\xff,1\n")
    assert error.value.details == {"row": 201}


def test_too_many_columns_and_too_large_a_file_are_refused():
    with pytest.raises(SheetError) as error:
        read(b",".join(b"c%d" % n for n in range(600)) + b"\n")
    assert error.value.code == "sheets.too_many_columns"
    with pytest.raises(SheetError) as error:
        read(TABLE.encode(), limits=Limits(file_bytes=20))
    assert error.value.code == "sheets.too_big"


# --- workbooks ----------------------------------------------------------------------------------------


def workbook(fill, **options) -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, **options}) as book:
        fill(book)
    return made.getvalue()


def test_cells_of_a_workbook_become_text_in_one_way():
    def fill(book) -> None:
        page = book.add_worksheet("台账")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        page.write_row(0, 0, ["码", "量", "比", "日", "时", "真", "空"])
        page.write_row(1, 0, ["007", 12, 0.5])
        page.write_datetime(1, 3, date(2026, 11, 1), day)
        page.write_datetime(1, 4, datetime(2026, 11, 1, 8, 30), moment)  # noqa: DTZ001
        page.write_boolean(1, 5, True)

    rows = read(workbook(fill))
    assert rows.sheet == "台账"
    assert [list(row.values()) for _, row in rows] == [
        ["007", "12", "0.5", "2026-11-01", "2026-11-01 08:30:00", "TRUE", ""]
    ]


def test_a_long_code_typed_as_a_number_is_left_out_and_told():
    def fill(book) -> None:
        page = book.add_worksheet()
        page.write_row(0, 0, ["代码", "名"])
        page.write_row(1, 0, [360428101001001123, "甲"])
        page.write_row(2, 0, ["360428101001001123", "乙"])

    rows = read(workbook(fill))
    assert [row["名"] for _, row in rows] == ["乙"]
    assert rows.faults[0].row == 2


def test_a_sheet_is_chosen_by_name_else_the_first_that_is_filled():
    def fill(book) -> None:
        book.add_worksheet("空")
        for name in ("一镇", "二镇"):
            page = book.add_worksheet(name)
            page.write_row(0, 0, ["a", "b"])
            page.write_row(1, 0, [name, "x"])

    data = workbook(fill)
    assert [row["a"] for _, row in read(data)] == ["一镇"]
    assert [row["a"] for _, row in read(data, sheet="二镇")] == ["二镇"]
    with pytest.raises(SheetError) as error:
        read(data, sheet="三镇")
    assert "二镇" in error.value.remedy_words


def test_rows_keep_their_numbers_under_an_empty_top():
    def fill(book) -> None:
        page = book.add_worksheet()
        page.write_row(3, 1, ["a", "b"])
        page.write_row(4, 1, ["1", "2"])

    assert list(read(workbook(fill))) == [(5, {"a": "1", "b": "2"})]


def test_one_far_cell_does_not_make_the_reader_lay_out_the_whole_sheet():
    def fill(book) -> None:
        page = book.add_worksheet()
        page.write(0, 0, "a")
        page.write(1_048_575, 16_383, "far")

    with pytest.raises(SheetError) as error:
        read(workbook(fill))
    assert error.value.code == "sheets.too_many_cells"


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/worksheets/sheet1.xml", b"0" * 50_000_000)
    with pytest.raises(SheetError) as error:
        read(packed.getvalue())
    assert error.value.code == "sheets.bomb"


NAMED = {
    "[Content_Types].xml": """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>""",
    "_rels/.rels": """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship
        Id="a" Target="xl/workbook.xml"
        Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>""",
    "xl/workbook.xml": """<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S"
        sheetId="1" r:id="a"/></sheets></workbook>""",
    "xl/_rels/workbook.xml.rels": """<Relationships
        xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a"
        Target="worksheets/sheet1.xml"
        Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"/><Relationship Id="b"
        Target="sharedStrings.xml"
        Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"/></Relationships>""",
}


def named_again(times: int, chars: int) -> bytes:
    """A small workbook whose one text of so many characters is named so often."""
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    cells = '<c t="s"><v>0</v></c>' * times
    parts = NAMED | {
        "xl/worksheets/sheet1.xml": f"<worksheet {main}><sheetData><row>{cells}</row></sheetData></worksheet>",
        "xl/sharedStrings.xml": f"<sst {main}><si><t>{'a' * chars}</t></si></sst>",
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(name, text)
    return made.getvalue()


def test_a_text_that_is_named_without_end_ends_its_reader_and_not_the_site():
    data = named_again(5_000, 1_000_000)
    assert len(data) < 100_000
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(SheetError) as error:
        list(read(data))
    assert error.value.code == "sheets.bomb"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000, "kB: no copy is made here"


def test_whoever_stops_reading_leaves_no_reader_behind(monkeypatch: pytest.MonkeyPatch):
    begun, started = [], subprocess.Popen
    monkeypatch.setattr(subprocess, "Popen", lambda *a, **b: begun.append(started(*a, **b)) or begun[-1])
    read(named_again(1, 2)).rows.close()
    with pytest.raises(SheetError):
        read(named_again(3, 2))  # three columns of one name
    assert [one.poll() is not None for one in begun] == [True, True]


def test_a_quote_that_is_never_closed_is_told():
    with pytest.raises(SheetError) as error:
        list(read(b'a,b\n"' + b"x\n" * 1_000_000))
    assert error.value.code == "sheets.unreadable"


def test_a_line_without_end_is_told_and_not_held():
    packed = gzip.compress(b"a,b\n" + b"x" * 40_000_000)
    tracemalloc.start()
    try:
        with pytest.raises(SheetError) as error:
            list(read(packed))
        assert error.value.code == "sheets.unreadable" and tracemalloc.get_traced_memory()[1] < 90_000_000
    finally:
        tracemalloc.stop()


# --- real files ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "count", "column"),
    [
        ("messages/labelled_raw.csv.gz", 968, "body"),
        ("messages/hot_messages_4326.csv.gz", 4326, "body"),
        ("messages/taxonomy_3level.csv", 517, "level1"),
        ("requests/boston311_2011H2.csv.gz", 40516, "case_title"),
    ],
)
def test_real_files_are_read_whole(name: str, count: int, column: str):
    rows = queries.read(real(name))
    assert sum(1 for _, row in rows if row[column]) == count
    assert rows.faults == []


def test_a_real_file_goes_through_a_workbook_unchanged(tmp_path: Path):
    rows = queries.read(real("messages/labelled_raw.csv.gz"))
    table = [row for _, row in rows]
    path = tmp_path / "t.xlsx"
    path.write_bytes(b"".join(service.write_xlsx(rows.columns, (row.values() for row in table))))
    assert [row for _, row in queries.read(path)] == table
