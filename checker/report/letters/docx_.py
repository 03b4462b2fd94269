"""A letter as a document for word processors (.docx), on A4. The same letter gives the same bytes."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date, datetime, time
from functools import lru_cache
from typing import BinaryIO, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from checker.display_width import encodable, visible
from checker.report.letters.letter import Corrections, Letter, Part

_FONT = "Times New Roman"
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a packed file can have."""

_MOST_TITLE = 255
"""So long a property of a document can be."""

_LABELS = Mm(34)
_WIDTHS = (Mm(44), Mm(60), Mm(63))


def write_docx(letter: Letter, stream: BinaryIO) -> None:
    """Writes the letter as a document."""
    paper = _paper(letter.language, letter.foot, letter.made)
    document = paper.document
    # One document is written again and again: a new one for each letter takes several times as long.
    document._body.clear_content()  # noqa: SLF001 -- the library has no other way
    document.core_properties.title = _shown(f"{letter.title}: {letter.to[0][1]}")[:_MOST_TITLE]
    _paragraph(document, letter.title, "Title")
    _paragraph(document, letter.subtitle, "Subtitle")
    for label, said in letter.to:
        _fact(document, label, said)
    for number, text in enumerate(letter.lead):
        _paragraph(document, text).paragraph_format.space_before = Pt(0 if number else 10)
    for part in letter.parts:
        _part(document, part)
    if letter.corrections is not None:
        _corrections(document, letter.corrections)
    title, sources = letter.sources
    if sources:
        _paragraph(document, title, "Heading1")
        for source in sources:
            _paragraph(document, source, "ListBullet")
    core = document.part.package.part_related_by(RELATIONSHIP_TYPE.CORE_PROPERTIES)
    own = {str(part.partname).lstrip("/"): part.blob for part in (document.part, core)}
    with ZipFile(stream, "w") as target:
        for name, content in paper.files.items():
            # The time of the run would make two equal letters differ.
            target.writestr(ZipInfo(name, _EPOCH), own.get(name, content), ZIP_DEFLATED)


def _paragraph(document: DocumentType, text: str, style: str = "") -> Paragraph:
    """A paragraph with that text, in the style of that id; by its name the library would look for it for long."""
    paragraph = document.add_paragraph(_shown(text))
    if style:
        paragraph._p.style = style  # noqa: SLF001
    return paragraph


def _part(document: DocumentType, part: Part) -> None:
    _paragraph(document, part.title, "Heading1")
    _lead(document, part.lead)
    for number, item in enumerate(part.items, 1):
        _paragraph(document, f"{number}. {item.title}", "Heading2")
        if item.subject:
            _paragraph(document, item.subject).paragraph_format.keep_with_next = True
        for nth, (label, said) in enumerate(item.facts, 1):
            _fact(document, label, said).paragraph_format.keep_with_next = nth < len(item.facts)
    if part.more:
        _paragraph(document, part.more)


def _corrections(document: DocumentType, corrections: Corrections) -> None:
    _paragraph(document, corrections.title, "Heading1")
    _lead(document, corrections.lead)
    table = document.add_table(len(corrections.rows) + 1, len(corrections.columns), "Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = width
    # Cells are asked for once: each time the library goes through the whole table.
    cells = iter(table._cells)  # noqa: SLF001
    for row in (corrections.columns, *((each.place, each.found, each.right) for each in corrections.rows)):
        for text, width in zip(row, _WIDTHS, strict=True):
            cell = next(cells)
            cell.width = width
            cell.paragraphs[0].add_run(_shown(text)).bold = row is corrections.columns
    head = table.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001 -- it is repeated on each page
    head.append(OxmlElement("w:tblHeader"))
    _paragraph(document, corrections.more)


def _lead(document: DocumentType, text: str) -> None:
    paragraph = _paragraph(document, text)
    paragraph.runs[0].italic = True
    paragraph.paragraph_format.keep_with_next = True


def _fact(document: DocumentType, label: str, said: str) -> Paragraph:
    """A label, and beside it a text."""
    return _paragraph(document, f"{label}\t{said}", "Fact")


def _foot(document: DocumentType, text: str) -> None:
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.add_run(f"{_shown(text)}\t\t")
    _field(paragraph, "PAGE")
    paragraph.add_run(" / ")
    _field(paragraph, "NUMPAGES")


def _field(paragraph: Paragraph, code: str) -> None:
    """A number that the word processor fills in."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)  # noqa: SLF001 -- the library has no fields


class _Paper(NamedTuple):
    """A document in which letters are written, and the files that it is packed of."""

    document: DocumentType
    files: Mapping[str, bytes]


@lru_cache(maxsize=1)
def _paper(language: str, foot: str, made: date) -> _Paper:
    """The paper of letters: its size, its styles, its foot, and the language they are in."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(25), Mm(18)
    section.top_margin = section.bottom_margin = Mm(20)
    styles = document.styles
    fact = styles.add_style("Fact", 1)
    fact.base_style = styles["Normal"]
    sizes = {"Normal": 12, "Title": 16, "Subtitle": 12, "Heading 1": 13, "Heading 2": 12, "Footer": 9, "Table Grid": 10}
    for name, size in sizes.items():
        font = styles[name].font
        font.name, font.size, font.color.rgb = _FONT, Pt(size), RGBColor(0, 0, 0)
        fonts = styles[name].element.get_or_add_rPr().get_or_add_rFonts()
        # Those of a theme would go before it.
        for key in [key for key in fonts.attrib if str(key).endswith("Theme")]:
            del fonts.attrib[key]
    for name in ("Title", "Subtitle"):
        styles[name].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
        styles[name].font.bold, styles[name].font.italic = True, False
        style = styles[name].element
        for ornament in [*style.iter(qn("w:pBdr")), *style.iter(qn("w:spacing"), qn("w:kern"))]:
            ornament.getparent().remove(ornament)
    spaces = {"Normal": (0, 4), "Fact": (0, 1), "Title": (0, 2), "Subtitle": (0, 14), "Heading 1": (16, 4), "Heading 2": (9, 2)}
    for name, (before, after) in spaces.items():
        form = styles[name].paragraph_format
        form.space_before, form.space_after, form.line_spacing = Pt(before), Pt(after), 1.1
    styles["Title"].font.all_caps = True
    fact.paragraph_format.left_indent, fact.paragraph_format.first_line_indent = _LABELS, -_LABELS
    fact.paragraph_format.tab_stops.add_tab_stop(_LABELS)
    for each in styles.element.iter(qn("w:lang")):
        each.set(qn("w:val"), language)
    package = document.part.package
    pictures = [key for key, rel in package.rels.items() if rel.reltype == RELATIONSHIP_TYPE.THUMBNAIL]
    for key in pictures:
        del package.rels[key]
    core = document.core_properties
    core.author = core.last_modified_by = core.comments = core.subject = ""
    core.created = core.modified = datetime.combine(made, time())
    core.revision, core.language = 1, language
    _foot(document, foot)
    packed = io.BytesIO()
    document.save(packed)
    with ZipFile(packed) as archive:
        return _Paper(document, {name: archive.read(name) for name in archive.namelist()})


def _shown(text: str) -> str:
    """The text with control characters written out, which a document cannot have."""
    return encodable(visible(text))
