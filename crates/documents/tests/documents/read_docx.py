"""What python-docx finds in a document, line by line."""
import sys
from docx import Document
from docx.oxml.ns import qn

document = Document(sys.argv[1])
core = document.core_properties
print("title:", core.title)
print("author:", core.author)
print("language:", core.language)
print("description:", core.comments)
print("created:", core.created.isoformat())
defaults = document.styles.element.find(qn("w:docDefaults"))
print("default language:", next(defaults.iter(qn("w:lang"))).get(qn("w:val")))
print("update fields:", document.settings.element.find(qn("w:updateFields")) is not None)
for paragraph in document.paragraphs:
    if paragraph.style.name == "Title" or paragraph.style.name.startswith("Heading"):
        print(f"{paragraph.style.name}: {paragraph.text}")
for paragraph in document.paragraphs:
    if paragraph.style.name.startswith("List"):
        number = paragraph._p.pPr.numPr.numId.val
        print(f"{paragraph.style.name} {number}: {paragraph.text}")
for paragraph in document.paragraphs:
    for link in paragraph.hyperlinks:
        print(f"link: {link.text} -> {link.address}")
for table in document.tables:
    repeated = [row._tr.trPr is not None and row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
    print("table:", len(table.rows), "rows, repeated:", [n for n, it in enumerate(repeated) if it], "style:", table.style.name)
    print("  header:", " | ".join(cell.text for cell in table.rows[0].cells))
for shape in document.inline_shapes:
    print("picture:", shape._inline.docPr.get("descr"), shape.width > 0)
footer = document.sections[0].footer
print("footer:", footer.paragraphs[0].text.replace("\t", " "))
entries = [p for p in document.element.body.iter(qn("w:p")) if p.pPr is not None and p.pPr.pStyle is not None and p.pPr.pStyle.val.startswith("TOC")]
anchors = {mark.get(qn("w:name")) for mark in document.element.body.iter(qn("w:bookmarkStart"))}
for entry in entries:
    for link in entry.iter(qn("w:hyperlink")):
        text = "".join(t.text for t in link.iter(qn("w:t")))
        print(f"{entry.pPr.pStyle.val}: {text}", "found" if link.get(qn("w:anchor")) in anchors else "LOST")
