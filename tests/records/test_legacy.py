"""Text from before Unicode: TCVN3 and VNI are recognised by their words, read where that is certain, else named."""

from __future__ import annotations

import random
import shutil
import subprocess
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from checker.records.opening import open_submission
from checker.records.readers.legacy import TCVN3, VNI, Recognised, decoded, is_vietnamese, recognised
from tests.records.conftest import RECORDS, Told, Write

# Each as people wrote it, as it shows where it is taken for Windows-1252.
WRITTEN = [
    ("Cộng hòa xã hội chủ nghĩa Việt Nam", "Céng hßa x· héi chñ nghÜa ViÖt Nam", "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam"),
    ("Độc lập - Tự do - Hạnh phúc", "§éc lËp - Tù do - H¹nh phóc", "Ñoäc laäp - Töï do - Haïnh phuùc"),
    ("Đảng viên chính thức", "§¶ng viªn chÝnh thøc", "Ñaûng vieân chính thöùc"),
    ("Ủy ban nhân dân phường", "ñy ban nh©n d©n ph\u00adêng", "UÛy ban nhaân daân phöôøng"),
    ("Nguyễn Thị Ngọc Ẩn", "NguyÔn ThÞ Ngäc Èn", "Nguyeãn Thò Ngoïc AÅn"),
    ("Quyết định số 5 kỳ họp thứ bảy", "QuyÕt ®Þnh sè 5 kú häp thø b¶y", "Quyeát ñònh soá 5 kyø hoïp thöù baûy"),
    ("Đắk Lắk, Thừa Thiên Huế", "§¾k L¾k, Thõa Thiªn HuÕ", "Ñaék Laék, Thöøa Thieân Hueá"),
    ("kỹ sư, giường, nghỉ, ghế, khuỷu", "kü s\u00ad, gi\u00adêng, nghØ, ghÕ, khuûu", "kyõ sö, giöôøng, nghæ, gheá, khuyûu"),
]
FRENCH = (
    "été élève où là père mère Noël naïve maïs août hôtel côté forêt garçon français René Hélène André Léa thé né clé blé fée"
    " dés dès après même tête fête déjà voilà dîner île âge pâte mûr sûr goût événement réunion présence comité général délégué"
)
GERMAN = "für über Müller Köln schön größer Straße Fuß Bücher Prüfung jährlich Vorstände Österreich Äpfel Übung natürlich möchte"
SPANISH = "año niño señor mañana José María Martín también está así después reunión sesión número teléfono público Muñoz Núñez"
PORTUGUESE = "São João ação nação não reunião informação Conceição você três também país água comunicação secretário"


def small(text: str) -> str:
    """Fonts of TCVN3 have no capitals with tones: what begins with one is compared in small letters."""
    return text.lower()


@pytest.mark.parametrize(("text", "tcvn3", "vni"), WRITTEN)
def test_what_was_written_is_read(text: str, tcvn3: str, vni: str) -> None:
    assert small(decoded(tcvn3, TCVN3)) == small(text)
    assert decoded(vni, VNI) == text


@pytest.mark.parametrize(("encoding", "column"), [(TCVN3, 1), (VNI, 2)])
def test_each_is_recognised_from_a_few_words_on(encoding: str, column: int) -> None:
    texts = [row[column] for row in WRITTEN]
    assert recognised("\n".join(texts)) == Recognised(encoding, certain=True)
    assert all(found == Recognised(encoding, certain=True) for text in texts[:4] if (found := recognised(text)) is not None)
    assert recognised(texts[0]) == Recognised(encoding, certain=True)
    assert recognised("Hµ" if encoding == TCVN3 else "Haø") is None, "one word says nothing"


def test_words_in_capitals_are_read_as_they_were_seen() -> None:
    assert decoded("BI£N B¶N häp CHI Bé", TCVN3) == "BIÊN BẢN họp CHI Bộ"
    assert decoded("BIEÂN BAÛN", VNI) == "BIÊN BẢN"


@pytest.mark.skipif(shutil.which("iconv") is None, reason="there is no iconv to compare with")
def test_the_table_is_that_of_the_standard() -> None:
    for byte in range(0xA1, 0xFF):
        command = ["iconv", "-f", "TCVN", "-t", "UTF-8"]
        said = subprocess.run(command, input=bytes([byte]), capture_output=True, check=True)
        assert decoded(chr(byte), TCVN3) == unicodedata.normalize("NFC", said.stdout.decode()), hex(byte)


@pytest.mark.parametrize("text", [FRENCH, GERMAN, SPANISH, PORTUGUESE], ids=["French", "German", "Spanish", "Portuguese"])
def test_no_text_of_the_west_is_taken_for_one(text: str) -> None:
    words, chosen = text.split(), random.Random(1)  # noqa: S311 -- the same in every run
    assert recognised(text) is None
    for count in (1, 2, 3, 4, 6, 10):
        for _ in range(500):
            some = " ".join(chosen.sample(words, count))
            assert recognised(some) is None, some


@pytest.mark.parametrize("count", [1, 2, 4, 8])
def test_no_text_of_windows_1258_is_taken_for_one(count: int) -> None:
    text = " ".join(row[0] for row in WRITTEN[:count])
    marked = "".join(
        unicodedata.normalize("NFC", "".join(part for part in parts if part not in tones))
        + "".join(t for t in parts if t in tones)
        for sign in text
        for parts in [unicodedata.normalize("NFD", sign)]
        for tones in ["\u0300\u0301\u0303\u0309\u0323"]
    )
    assert recognised(marked.encode("cp1258").decode("latin-1")) is None


@pytest.mark.parametrize("word", ["nghiêng", "Quỳnh", "ĐẮK", "giếng", "quốc", "thuở", "khuỷu", "y", "Ấn", "oanh", "uống"])
def test_syllables(word: str) -> None:
    assert is_vietnamese(word)


@pytest.mark.parametrize("word", ["été", "Lộa", "ốn̂", "bcd", "nGhề", "aỏt", "hàlà"])
def test_what_is_no_syllable(word: str) -> None:
    assert not is_vietnamese(word)


@pytest.mark.parametrize(("encoding", "column"), [(TCVN3, 1), (VNI, 2)])
def test_a_csv_file_is_converted_with_a_notice(write: Write, told: Told, encoding: str, column: int) -> None:
    rows = "".join(f'"{row[column]}",2019-01-02,3\n' for row in WRITTEN[:3])
    content = ("id,held_on,present\n" + rows).encode("latin-1")

    header, *read = told(write({"meetings.csv": content}))

    assert header.endswith("1:id=id 2:held_on=held_on 3:present=present")
    assert read[:3] == [f"{line}: {row[0]} | 2019-01-02 | 3" for line, row in enumerate(WRITTEN[:3], 2)]
    assert read[3:] == ["notice in/meetings.csv legacy-encoding"]
    declared = write({"meetings.csv": content, "submission.yaml": f"encoding: {encoding.upper()}"})
    assert told(declared)[1:] == read[:3]


def test_where_it_is_not_certain_the_file_is_refused_with_what_to_do(write: Write) -> None:
    content = "id,held_on,present\nNguyÔn ThÞ BÝch,été café,\nH¹nh phóc §éc lËp,naïveté,\n".encode("latin-1")

    (problem,) = open_submission(write({"meetings.csv": content})).tables(RECORDS).problems

    assert problem.code == "unsure-encoding"
    assert "TCVN3 (ABC)" in str(problem.message)
    assert "UTF-8" in str(problem.fix)


@pytest.mark.parametrize("name", ["sub.json", "sub.yaml"])
def test_yaml_and_json_are_unicode_and_the_refusal_names_what_they_seem_to_be(folder: Path, refused: Told, name: str) -> None:
    said = '{"tables": {"members": [{"id": "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam"}]}}'
    (folder / name).write_bytes(said.encode("latin-1"))
    (problem,) = refused(folder / name)
    assert "VNI" in problem
    assert "[not-utf-8]" in problem


@pytest.fixture
def sheet(folder: Path) -> Callable[[list[list[str]]], Path]:
    def sheet(rows: list[list[str]]) -> Path:
        with xlsxwriter.Workbook(folder / "book.xlsx") as made:
            page = made.add_worksheet("members")
            for number, row in enumerate(rows):
                page.write_row(number, 0, row, made.add_format({"font_name": ".VnTime"}))
        return folder / "book.xlsx"

    return sheet


def test_cells_for_old_fonts_are_named_with_what_they_would_be(sheet: Callable[[list[list[str]]], Path]) -> None:
    path = sheet([["id"], *[[row[1]] for row in WRITTEN]])
    (notice,) = open_submission(path).tables(RECORDS).notices
    assert notice.code == "legacy-font"
    assert "'Céng hßa x· héi chñ nghÜa ViÖt Nam' would be 'Cộng hòa xã hội chủ nghĩa Việt Nam'" in str(notice.message)
    assert str(notice.place).endswith("book.xlsx!members:2")


def test_headers_for_old_fonts_are_the_cause_that_comes_first(sheet: Callable[[list[list[str]]], Path]) -> None:
    path = sheet([["Hä vµ tªn", "Chøc vô", "Ghi chó"], ["NguyÔn", "BÝ th\u00ad", "§éc"]])
    first, second = open_submission(path).tables(RECORDS).problems
    assert (first.code, second.code) == ("legacy-font", "no-known-column")


def test_cells_in_unicode_are_no_such_cells(sheet: Callable[[list[list[str]]], Path]) -> None:
    path = sheet([["id"], *[[row[0]] for row in WRITTEN], *[[word] for word in FRENCH.split()[:9]]])
    assert open_submission(path).tables(RECORDS).notices == ()
