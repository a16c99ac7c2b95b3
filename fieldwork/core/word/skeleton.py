"""The empty document: an A4 page of GB/T 9704, its styles, odd and even page numbers, and nothing about its makers."""

from functools import cache

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.oxml import CT_Relationships, serialize_part_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml

from fieldwork.core.word import labels
from fieldwork.core.word.archive import content_types, zipped
from fieldwork.core.word.blocks import paragraph, run, twips
from fieldwork.core.word.styles import LINE, PAGE_EVEN, PAGE_ODD, Style, style_sheet
from fieldwork.core.word.xml import Node, node

TOP_MM, RIGHT_MM, BOTTOM_MM, LEFT_MM = 37, 26, 35, 28
FOOTER_MM = 22  # the page number stands 7 mm below the text

_FOOTERS = (("rId3", "default", PAGE_ODD), ("rId4", "even", PAGE_EVEN))


@cache
def skeleton(styles: tuple[Style, ...]) -> bytes:
    """A docx file without content that has these styles."""
    parts = {
        "/word/document.xml": (CONTENT_TYPE.WML_DOCUMENT_MAIN, _document()),
        "/word/styles.xml": (CONTENT_TYPE.WML_STYLES, style_sheet(styles)),
        "/word/settings.xml": (CONTENT_TYPE.WML_SETTINGS, _settings()),
        "/word/footer1.xml": (CONTENT_TYPE.WML_FOOTER, _footer(PAGE_ODD)),
        "/word/footer2.xml": (CONTENT_TYPE.WML_FOOTER, _footer(PAGE_EVEN)),
    }
    types = {name: content_type for name, (content_type, _) in parts.items()}
    members = [(name.lstrip("/"), serialize_part_xml(content)) for name, (_, content) in parts.items()]
    links = [
        ("_rels/.rels", _links(("rId1", RELATIONSHIP_TYPE.OFFICE_DOCUMENT, "word/document.xml"))),
        ("word/_rels/document.xml.rels", _document_links()),
    ]
    return zipped([("[Content_Types].xml", content_types(types)), *links, *members])


def _document() -> Node:
    root = parse_xml(f"<w:document {nsdecls('w', 'r', 'wp', 'a', 'pic')}/>")
    root.append(node("w:body", _section()))
    return root


def _section() -> Node:
    margins = {"top": TOP_MM, "right": RIGHT_MM, "bottom": BOTTOM_MM, "left": LEFT_MM, "footer": FOOTER_MM}
    return node(
        "w:sectPr",
        *(_footer_reference(link, kind) for link, kind, _ in _FOOTERS),
        node("w:pgSz", w=twips(210), h=twips(297)),
        node("w:pgMar", **{side: twips(mm) for side, mm in margins.items()}, header=twips(15), gutter=0),
        node("w:docGrid", type="lines", linePitch=round(LINE * 20)),
    )


def _footer_reference(link: str, kind: str) -> Node:
    reference = node("w:footerReference", type=kind)
    reference.set(qn("r:id"), link)
    return reference


def _footer(style: Style) -> Node:
    before, after = labels.PAGE_NUMBER_DASHES
    root = node("w:ftr")
    root.append(paragraph(style, before, node("w:fldSimple", run("1"), instr="PAGE"), after))
    return root


def _settings() -> Node:
    mode = node("w:compatSetting", name="compatibilityMode", uri="http://schemas.microsoft.com/office/word", val=15)
    return node(
        "w:settings",
        node("w:zoom", percent=100),
        node("w:defaultTabStop", val=twips(7.5)),
        node("w:evenAndOddHeaders"),
        node("w:characterSpacingControl", val="compressPunctuation"),
        node("w:compat", node("w:balanceSingleByteDoubleByteWidth"), node("w:useFELayout"), mode),
        node("w:themeFontLang", val="en-US", eastAsia="zh-CN"),
    )


def _document_links() -> bytes:
    footers = ((link, RELATIONSHIP_TYPE.FOOTER, f"footer{i}.xml") for i, (link, _, _) in enumerate(_FOOTERS, 1))
    return _links(
        ("rId1", RELATIONSHIP_TYPE.STYLES, "styles.xml"), ("rId2", RELATIONSHIP_TYPE.SETTINGS, "settings.xml"), *footers
    )


def _links(*links: tuple[str, str, str]) -> bytes:
    listing = CT_Relationships.new()
    for link in links:
        listing.add_rel(*link)
    return serialize_part_xml(listing)
