"""What the file says of itself: XMP with both conformance claims, the Info dictionary, the colour profile."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache, lru_cache

from handouts.pdf.document import Document
from handouts.pdf.objects import inline, reference, string
from handouts.pdf.packing import packed
from handouts.resources import folder

PRODUCER = "handouts"

# Not xml.sax.saxutils: it would import half of urllib for these three.
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})

# PDF/A-2 knows no `pdfuaid`: the extension schema explains it, or three of its rules fail.
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<dc:format>application/pdf</dc:format>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<pdf:Producer>{producer}</pdf:Producer>
<xmp:CreateDate>{day}T00:00:00Z</xmp:CreateDate><xmp:ModifyDate>{day}T00:00:00Z</xmp:ModifyDate>
<pdfuaid:part>1</pdfuaid:part><pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description></rdf:li></rdf:Seq>
</pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


@dataclass(frozen=True)
class Metadata:
    """Title and language (BCP 47) of the document, and its day."""

    title: str
    language: str
    day: dt.date


def add_xmp(document: Document, meta: Metadata) -> int:
    """The XMP packet, uncompressed as PDF/A-2 readers expect."""
    return document.stream(_packet(meta), b"/Type /Metadata/Subtype /XML", deflated=False)


@lru_cache(maxsize=64)
def _packet(meta: Metadata) -> bytes:
    return _XMP.format(
        title=meta.title.translate(_ENTITIES), language=meta.language, producer=PRODUCER, day=meta.day.isoformat()
    ).encode("utf-8")


def add_info(document: Document, meta: Metadata) -> int:
    """The Info dictionary; it says the same as the XMP (PDF/A-2, 6.6.3)."""
    moment = string(f"D:{meta.day.isoformat().replace('-', '')}000000Z")
    return document.put(
        inline(Title=string(meta.title), Producer=string(PRODUCER), CreationDate=moment, ModDate=moment)
    )


def output_intent(document: Document) -> bytes:
    """The sRGB colours that the page's RGB numbers mean (PDF/A-2, 6.2.3)."""
    intent = inline(
        Type="/OutputIntent",
        S="/GTS_PDFA1",
        OutputConditionIdentifier=string("sRGB"),
        Info=string("sRGB"),
        DestOutputProfile=reference(document.stream(_srgb(), b"/N 3")),
    )
    return b"[%b]" % intent


@cache
def _srgb() -> bytes:
    return packed(folder("pdf").joinpath("srgb.icc").read_bytes(), 12)
