// Milliseconds a comparison, median of 21: node jsdiff.mjs OLD NEW
import { readFileSync } from "node:fs";
import { diffWords } from "diff";

const [old, now] = process.argv.slice(2).map((path) => readFileSync(path, "utf8"));
const intlSegmenter = new Intl.Segmenter("zh", { granularity: "word" });
const times = [];
for (let round = 0; round < 21; round += 1) {
  const start = performance.now();
  diffWords(old, now, { intlSegmenter });
  times.push(performance.now() - start);
}
console.log(times.sort((a, b) => a - b)[10].toFixed(3));
