"""What pikepdf finds in a PDF of what PDF/UA-1 (ISO 14289-1) asks for and a program can see. Faults first, then what was found."""
import sys
import pikepdf

pdf = pikepdf.open(sys.argv[1])
root = pdf.Root
faults = []


def ask(holds, what):
    if not holds:
        faults.append(what)


ask(bool(root.MarkInfo.Marked), "not marked as tagged")
ask(str(root.Lang) == "en-GB", f"language {root.get('/Lang')}")
ask(bool(root.ViewerPreferences.DisplayDocTitle), "the file's name stands above the window")
with pdf.open_metadata() as meta:
    ask(meta.get("pdfuaid:part") == "1", "does not say that it is PDF/UA-1")
    ask(bool(meta.get("dc:title")), "no title in the metadata")
    title = meta.get("dc:title")
    language = meta.get("dc:language")
ask(not pdf.is_encrypted, "encrypted")

# Every mark in the pages' contents, and what is neither marked nor set apart as an artifact.
marked = {}
for number, page in enumerate(pdf.pages):
    ask(str(page.get("/Tabs")) == "/S" or not page.get("/Annots"), f"page {number + 1}: links are not in the order of the structure")
    depth, inside, ids = 0, [], set()
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name == "BDC":
            properties = operands[1]
            if isinstance(properties, pikepdf.Name):
                properties = page.Resources.Properties[properties]
            mcid = properties.get("/MCID") if isinstance(properties, pikepdf.Dictionary) else None
            if mcid is not None:
                ids.add(int(mcid))
            inside.append("artifact" if str(operands[0]) == "/Artifact" else "content")
        elif name == "BMC":
            inside.append("artifact" if str(operands[0]) == "/Artifact" else "other")
        elif name == "EMC":
            inside.pop()
        elif name in ("Tj", "TJ", "'", '"', "f", "f*", "S", "B", "Do", "sh"):
            ask(any(it in ("artifact", "content") for it in inside), f"page {number + 1}: {name} is neither content nor artifact")
    marked[number] = ids

# The structure: each mark is in it once, and what needs words or a scope has it.
pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
roles = {str(k): str(v) for k, v in root.StructTreeRoot.get("/RoleMap", {}).items()}
seen = {number: [] for number in marked}
headings, counts = [], {}


def walk(node, page):
    if isinstance(node, int):
        seen[page].append(int(node))
        return
    if isinstance(node, pikepdf.Array):
        for child in node:
            walk(child, page)
        return
    if node.get("/Pg") is not None:
        page = pages[node.Pg.objgen]
    if str(node.get("/Type")) == "/MCR":
        seen[page].append(int(node.MCID))
        return
    if str(node.get("/Type")) == "/OBJR":
        return
    kind = str(node.get("/S", "/none"))[1:]
    kind = roles.get("/" + kind, "/" + kind)[1:]
    counts[kind] = counts.get(kind, 0) + 1
    if kind.startswith("H") and kind[1:].isdigit():
        headings.append(int(kind[1:]))
    if kind == "Figure":
        ask(bool(str(node.get("/Alt", ""))), "a figure without words")
    if kind == "TH":
        attributes = node.get("/A")
        attributes = list(attributes) if isinstance(attributes, pikepdf.Array) else [attributes]
        ask(any(it is not None and it.get("/Scope") is not None for it in attributes), "a header cell that does not say of what")
    if node.get("/K") is not None:
        walk(node.K, page)


walk(root.StructTreeRoot.K, None)
for number, ids in marked.items():
    ask(sorted(seen[number]) == sorted(ids), f"page {number + 1}: marks and structure differ")
    ask(len(set(seen[number])) == len(seen[number]), f"page {number + 1}: a mark stands twice in the structure")
for before, after in zip([0] + headings, headings):
    ask(after <= before + 1, f"a heading of level {after} after one of level {before}")

for number, page in enumerate(pdf.pages):
    for annotation in page.get("/Annots", []):
        if str(annotation.Subtype) == "/Link":
            ask(annotation.get("/StructParent") is not None, f"page {number + 1}: a link outside the structure")
            ask(bool(str(annotation.get("/Contents", ""))), f"page {number + 1}: a link without words")
    for font in page.Resources.get("/Font", {}).values():
        ask(font.get("/ToUnicode") is not None, "letters that cannot be read out")
        base = font.DescendantFonts[0] if str(font.Subtype) == "/Type0" else font
        held = base.FontDescriptor
        ask(any(held.get(it) is not None for it in ("/FontFile", "/FontFile2", "/FontFile3")), "a typeface that is not embedded")

print("faults:", faults)
print("title:", title)
print("language:", language)
print("headings:", " ".join(str(level) for level in headings))
print("structure:", ", ".join(f"{kind} {counts[kind]}" for kind in sorted(counts)))
with pdf.open_outline() as outline:
    def show(items, depth):
        for item in items:
            print("bookmark:", "  " * depth + item.title)
            show(item.children, depth + 1)
    show(outline.root, 0)
