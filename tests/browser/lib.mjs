// The program on a copy of a project, and a browser that may talk to nobody else.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inflateRawSync } from 'node:zlib';

import { chromium } from 'playwright-core';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const program = process.env.HUIBAO_BIN || join(root, 'target', 'debug', 'huibao');
const browserPath = process.env.HUIBAO_BROWSER || ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

let browser;
const started = [];

/** A folder with these files, or a copy of the example. */
export function folder(files) {
  const made = mkdtempSync(join(tmpdir(), 'huibao-'));
  if (!files) for (const part of ['facts', 'templates']) cpSync(join(root, part), join(made, part), { recursive: true });
  for (const [name, content] of Object.entries(files || {})) {
    mkdirSync(dirname(join(made, name)), { recursive: true });
    writeFileSync(join(made, name), content);
  }
  return made;
}

/** Serves a folder and opens the page. */
export async function open(place = folder(), { width = 1366, height = 768, scale = 1, wait = '#groups button' } = {}) {
  const server = spawn(program, ['-C', place, 'serve', '--no-open', '--port', '0'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const address = await new Promise((resolve, reject) => {
    server.stdout.once('data', (line) => resolve(String(line).trim()));
    server.once('error', reject);
  });
  browser ||= await chromium.launch({ executablePath: browserPath, args: flags });
  const one = { server, address, place, faults: [], requests: [] };
  one.read = (name) => readFileSync(join(place, name), 'utf8');
  one.write = (name, content) => writeFileSync(join(place, name), content);
  one.window = () => window(one, { width, height, scale, wait });
  started.push(one);
  one.context = await browser.newContext({ viewport: { width, height }, deviceScaleFactor: scale, locale: 'zh-CN', acceptDownloads: true, permissions: ['clipboard-read', 'clipboard-write'] });
  one.context.setDefaultTimeout(15000);
  one.page = await one.window();
  return one;
}

async function window(one, { wait }) {
  const page = await one.context.newPage();
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => console.error(`CSP ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));
  });
  page.on('request', (request) => one.requests.push(request.url()));
  page.on('pageerror', (error) => one.faults.push(`script: ${error.stack}`));
  page.on('console', (message) => {
    const expected = /Failed to load resource.*(409|412|422|401)/.test(message.text());
    if (message.type() === 'error' && !expected) one.faults.push(`console: ${message.text()}`);
  });
  await page.goto(one.address);
  if (wait) await page.waitForSelector(wait);
  return page;
}

/** Ends a page and its program; nothing foreign was asked, no rule broken, no script failed. */
export async function close(one, { faults = true } = {}) {
  await one.context.close();
  one.server.kill();
  rmSync(one.place, { recursive: true, force: true });
  const own = new URL(one.address).origin;
  const foreign = one.requests.filter((url) => !url.startsWith(own) && !/^(data|blob):/.test(url));
  assert.deepEqual(foreign, [], 'a request left this computer');
  if (faults) assert.deepEqual(one.faults, []);
}

/** The browser is ended with the last test. */
export async function quit() {
  if (browser) await browser.close();
}

/** Waits until something holds. */
export async function until(what, check, time = 8000) {
  const end = Date.now() + time;
  let last;
  while (Date.now() < end) {
    last = await check();
    if (last) return last;
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
  throw new Error(`not within ${time} ms: ${what} (${last})`);
}

/** The text of the pages, without breaks. */
export const report = (page) => page.$eval('#pages', (pages) => pages.textContent.replace(/\s+/g, ''));

/** The cell of a fact. */
export const cell = (page, path) => page.locator(`[id="f-${path}"]`);

/** Shows the group of a fact and puts its cell in hand. */
export async function take(page, path) {
  await page.click(`#groups [data-group="${path.split('.')[0]}"]`);
  await cell(page, path).click();
  return cell(page, path);
}

/** The files in an archive. */
export function unzip(bytes) {
  const files = {};
  let at = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  assert.ok(at > 0, 'no archive');
  const count = bytes.readUInt16LE(at + 10);
  at = bytes.readUInt32LE(at + 16);
  for (let number = 0; number < count; number += 1) {
    const [method, size] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20)];
    const [name, extra, comment] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset));
    const local = bytes.readUInt32LE(at + 42);
    const path = bytes.toString('utf8', at + 46, at + 46 + name);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const data = bytes.subarray(start, start + size);
    files[path] = method === 8 ? inflateRawSync(data) : data;
    at += 46 + name + extra + comment;
  }
  return files;
}
