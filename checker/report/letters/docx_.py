"""A letter as a document for word processors (.docx), on A4. The same letter gives the same bytes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from copy import deepcopy
from datetime import date, datetime, time
from functools import lru_cache
from typing import BinaryIO, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part as DocumentPart
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.table import CT_Row
from docx.oxml.text.paragraph import CT_P
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from checker.display_width import encodable, visible
from checker.report.letters.letter import Corrections, Letter, Part

_FONT = "Times New Roman"
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a packed file can have."""

_MOST_TITLE = 255
"""So long a property of a document can be."""

_BREAKS = frozenset("\t\n\r")
"""What in a text is no text of a document, but a tab or a new line."""

_LABELS = Mm(34)
_WIDTHS = (Mm(44), Mm(60), Mm(63))


def write_docx(letter: Letter, stream: BinaryIO) -> None:
    """Writes the letter as a document."""
    paper = _paper(letter.language, letter.foot, letter.made)
    document = paper.document
    # One document is written again and again: a new one for each letter takes several times as long.
    document._body.clear_content()  # noqa: SLF001 -- the library has no other way
    document.core_properties.title = _shown(f"{letter.title}: {letter.to[0][1]}")[:_MOST_TITLE]
    _paragraph(document, letter.title, style="Title")
    _paragraph(document, letter.subtitle, style="Subtitle")
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
        _paragraph(document, title, style="Heading1")
        for source in sources:
            _paragraph(document, source, style="ListBullet")
    # What all letters have in common is packed once, and what is a letter's own comes after it.
    packed = io.BytesIO(paper.common)
    with ZipFile(packed, "a") as target:
        for file in (document.part, _core(document)):
            _pack(target, str(file.partname).lstrip("/"), file.blob)
    stream.write(packed.getbuffer())


def _pack(target: ZipFile, name: str, content: bytes) -> None:
    """Packs a file; the time of the run would make two equal letters differ."""
    target.writestr(ZipInfo(name, _EPOCH), content, ZIP_DEFLATED)


def _paragraph(document: DocumentType, *texts: str, style: str = "", keep: bool = False) -> Paragraph:
    """A paragraph in the style of that id with these texts, a tab between them; it may be kept on the page of the next one."""
    # To make one anew, and to look for its place, takes the library several times as long.
    element = deepcopy(_blank(style, len(texts), keep))
    document.element.body.sectPr.addprevious(element)
    _say(element, texts)
    return Paragraph(element, document._body)  # noqa: SLF001 -- as the library makes them


@lru_cache(maxsize=32)
def _blank(style: str, texts: int, keep: bool) -> CT_P:  # noqa: FBT001 -- by place, since it is a key
    """A paragraph in which texts are to be put."""
    paragraph = Document().add_paragraph("\t".join(["-"] * texts))
    if style:
        paragraph._p.style = style  # noqa: SLF001 -- by its name the library would look for it for long
    if keep:
        paragraph.paragraph_format.keep_with_next = True
    return paragraph._p  # noqa: SLF001


def _say(element: CT_P | CT_Row, texts: Sequence[str]) -> None:
    """Puts texts where blank ones stand."""
    for place, text in zip([*element.iter(qn("w:t"))], texts, strict=True):
        said = _shown(text)
        if not _BREAKS.isdisjoint(said):
            # A line of its own is an element of its own, which the library makes.
            own = Document().add_paragraph(said).runs[0]._r  # noqa: SLF001
            for each in own:
                place.addprevious(each)
            place.getparent().remove(place)
            continue
        place.text = said
        if said != said.strip():
            place.set(qn("xml:space"), "preserve")


def _part(document: DocumentType, part: Part) -> None:
    _paragraph(document, part.title, style="Heading1")
    _lead(document, part.lead)
    for number, item in enumerate(part.items, 1):
        _paragraph(document, f"{number}. {item.title}", style="Heading2")
        if item.subject:
            _paragraph(document, item.subject, keep=True)
        for nth, (label, said) in enumerate(item.facts, 1):
            _fact(document, label, said, keep=nth < len(item.facts))
    if part.more:
        _paragraph(document, part.more)


def _corrections(document: DocumentType, corrections: Corrections) -> None:
    _paragraph(document, corrections.title, style="Heading1")
    _lead(document, corrections.lead)
    table = document.add_table(min(len(corrections.rows), 1) + 1, len(corrections.columns), "Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = width
    rows = [(each.place, each.found, each.right) for each in corrections.rows]
    for cell, width in zip(table.rows[1].cells if rows else (), _WIDTHS, strict=False):
        cell.width = width
        cell.paragraphs[0].add_run("-")
    for cell, text, width in zip(table.rows[0].cells, corrections.columns, _WIDTHS, strict=True):
        cell.width = width
        cell.paragraphs[0].add_run(_shown(text)).bold = True
    if rows:
        # One row is made, and copied for each: so the library need not go through the whole table for every cell.
        blank = table.rows[1]._tr  # noqa: SLF001
        for texts in rows:
            element = deepcopy(blank)
            _say(element, texts)
            blank.addprevious(element)
        table._tbl.remove(blank)  # noqa: SLF001
    head = table.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001 -- it is repeated on each page
    head.append(OxmlElement("w:tblHeader"))
    _paragraph(document, corrections.more)


def _lead(document: DocumentType, text: str) -> None:
    _paragraph(document, text, keep=True).runs[0].italic = True


def _fact(document: DocumentType, label: str, said: str, *, keep: bool = False) -> None:
    """A label, and beside it a text."""
    _paragraph(document, label, said, style="Fact", keep=keep)


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
    """A document in which letters are written, and packed what all of them have in `common`."""

    document: DocumentType
    common: bytes


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
    own = {str(part.partname).lstrip("/") for part in (document.part, _core(document))}
    common = io.BytesIO()
    with ZipFile(packed) as archive, ZipFile(common, "w") as target:
        for name in archive.namelist():
            if name not in own:
                _pack(target, name, archive.read(name))
    return _Paper(document, common.getvalue())


def _core(document: DocumentType) -> DocumentPart:
    """The part with the properties of a document."""
    core: DocumentPart = document.part.package.part_related_by(RELATIONSHIP_TYPE.CORE_PROPERTIES)
    return core


def _shown(text: str) -> str:
    """The text with control characters written out, which a document cannot have."""
    return encodable(visible(text))
