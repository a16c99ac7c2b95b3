"""The zip a Word document is: members in a fixed order, without a clock or a machine in it."""

import io
import zipfile
from collections.abc import Iterable
from typing import TypeAlias

from docx.opc.constants import CONTENT_TYPE
from docx.opc.oxml import CT_Types, serialize_part_xml
from docx.opc.package import OpcPackage
from docx.opc.packuri import CONTENT_TYPES_URI, PACKAGE_URI

Member: TypeAlias = tuple[str, bytes]

_EPOCH = (1980, 1, 1, 0, 0, 0)
_BY_EXTENSION = {
    "rels": CONTENT_TYPE.OPC_RELATIONSHIPS,
    "xml": CONTENT_TYPE.XML,
    "jpeg": CONTENT_TYPE.JPEG,
    "png": CONTENT_TYPE.PNG,
}


def zipped(members: Iterable[Member]) -> bytes:
    """The members as a zip. Pictures are stored as they are: deflating them costs time and saves nothing."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in members:
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system = 0
            entry.compress_type = zipfile.ZIP_STORED if "/media/" in name else zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return made.getvalue()


def packed(package: OpcPackage) -> bytes:
    """The package's parts as a docx file; the same parts give the same bytes."""
    types = {str(part.partname): part.content_type for part in package.iter_parts()}
    return zipped([(CONTENT_TYPES_URI.membername, content_types(types)), *_members(package)])


def content_types(types: dict[str, str]) -> bytes:
    """[Content_Types].xml for these parts: name in the package, content type."""
    listing = CT_Types.new()
    for extension, content_type in _BY_EXTENSION.items():
        listing.add_default(extension, content_type)
    for name, content_type in types.items():
        if _BY_EXTENSION.get(name.rpartition(".")[2]) != content_type:
            listing.add_override(name, content_type)
    return serialize_part_xml(listing)


def _members(package: OpcPackage) -> Iterable[Member]:
    yield PACKAGE_URI.rels_uri.membername, package.rels.xml
    for part in package.iter_parts():
        yield part.partname.membername, part.blob
        if part.rels:
            yield part.partname.rels_uri.membername, part.rels.xml
