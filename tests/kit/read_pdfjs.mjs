// Prints, for every file named after the path of pdf.mjs, the structure tree and the marked text of each page as JSON.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [build, ...files] = process.argv.slice(2);
const pdfjs = await import(pathToFileURL(build).href);

/** The text under each marked-content id; text in unnumbered sequences goes to the sequence around it. */
function markedTexts(items) {
  const texts = {};
  const open = [];
  for (const item of items) {
    if (item.type === "beginMarkedContent" || item.type === "beginMarkedContentProps") {
      open.push(item.tag === "Artifact" ? "Artifact" : (item.id ?? open.at(-1) ?? null));
    } else if (item.type === "endMarkedContent") {
      open.pop();
    } else if (open.at(-1)) {
      texts[open.at(-1)] = (texts[open.at(-1)] ?? "") + item.str + (item.hasEOL ? "\n" : "");
    }
  }
  return texts;
}

async function pages(file) {
  const data = new Uint8Array(readFileSync(file));
  const task = pdfjs.getDocument({ data, verbosity: 0, useSystemFonts: false });
  const document = await task.promise;
  const found = [];
  for (let number = 1; number <= document.numPages; number++) {
    const page = await document.getPage(number);
    const content = await page.getTextContent({ includeMarkedContent: true, disableNormalization: true });
    found.push({ tree: await page.getStructTree(), texts: markedTexts(content.items) });
  }
  await task.destroy();
  return found;
}

const results = [];
for (const file of files) results.push(await pages(file));
process.stdout.write(JSON.stringify(results));
