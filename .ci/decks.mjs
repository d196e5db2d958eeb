// Every deck of HTML in a browser: nothing that axe-core finds, nothing fetched, two pages on paper.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const axe = readFileSync("node_modules/axe-core/axe.min.js", "utf8");
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
let wrong = 0;
for (const file of process.argv.slice(2)) {
  const page = await browser.newPage();
  const asked = [];
  page.on("request", (one) => asked.push(one.url()));
  await page.goto(pathToFileURL(resolve(file)).href);
  await page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run());
  const found = violations.flatMap((rule) =>
    rule.nodes.map((node) => `${rule.id}: ${node.target}: ${node.failureSummary.split("\n").join(" ")}`));
  await page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = false)));
  const pdf = (await page.pdf({ format: "A4", preferCSSPageSize: true })).toString("latin1");
  const pages = (pdf.match(/\/Type\s*\/Page\b/g) || []).length;
  if (pages < 1 || pages > 2) found.push(`${pages} pages on paper`);
  if (asked.length !== 1) found.push(`fetched ${asked.slice(1)}`);
  console.log(`${file}: ${found.length ? "not as it should be" : "ok"}, ${pages} page(s)`);
  found.slice(0, 20).forEach((one) => console.log(`  ${one}`));
  wrong += found.length;
  await page.close();
}
await browser.close();
process.exit(wrong ? 1 : 0);
