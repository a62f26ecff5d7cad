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
export const program = process.env.HUIBAO_BIN || join(root, 'target', 'debug', 'huibao');
const browserPath = process.env.HUIBAO_BROWSER || ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

let browser;
const started = [];
/** Where programs of this run keep what they know of a user, instead of where they would. */
const settings = mkdtempSync(join(tmpdir(), 'huibao-settings-'));

/** A folder with these files, or a copy of the example; of this name, where one is given. */
export function folder(files, name = '') {
  const made = join(mkdtempSync(join(tmpdir(), 'huibao-')), name);
  mkdirSync(made, { recursive: true });
  if (!files) for (const part of ['facts', 'templates']) cpSync(join(root, part), join(made, part), { recursive: true });
  for (const [name, content] of Object.entries(files || {})) {
    mkdirSync(dirname(join(made, name)), { recursive: true });
    writeFileSync(join(made, name), content);
  }
  return made;
}

/** Serves a folder and opens the page. */
export async function open(place = folder(), { width = 1366, height = 768, scale = 1, wait = '#groups button', config = settings } = {}) {
  const server = spawn(program, ['-C', place, 'serve', '--no-open', '--port', '0'], { stdio: ['ignore', 'pipe', 'ignore'], env: { ...process.env, HUIBAO_CONFIG: config } });
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
  const foreign = one.requests.filter((url) => !url.startsWith(own) && !/^(data|blob|chrome|chrome-extension):/.test(url));
  assert.deepEqual(foreign, [], 'a request left this computer');
  if (faults) assert.deepEqual(one.faults, []);
}

/** The browser is ended with the last test, and programs that a failed test left behind. */
export async function quit() {
  if (browser) await browser.close();
  rmSync(settings, { recursive: true, force: true });
  for (const { server, place } of started) {
    server.kill('SIGKILL');
    rmSync(place, { recursive: true, force: true });
  }
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

const CRC = Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit += 1) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  return rest >>> 0;
});
const crc32 = (bytes) => (bytes.reduce((sum, byte) => CRC[(sum ^ byte) & 255] ^ (sum >>> 8), 0xffffffff) ^ 0xffffffff) >>> 0;

/** An archive of these files, nothing compressed. */
export function zip(files) {
  const parts = [];
  const directory = [];
  let at = 0;
  for (const [path, data] of Object.entries(files)) {
    const name = Buffer.from(path);
    const about = Buffer.alloc(26);
    [[20, 0], [0x800, 2]].forEach(([value, offset]) => about.writeUInt16LE(value, offset));
    about.writeUInt32LE(crc32(data), 10);
    about.writeUInt32LE(data.length, 14);
    about.writeUInt32LE(data.length, 18);
    about.writeUInt16LE(name.length, 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(at, 10);
    parts.push(Buffer.from('PK\x03\x04'), about, name, data);
    directory.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), about, place, name);
    at += 30 + name.length + data.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  const count = Object.keys(files).length;
  [count, count].forEach((value, index) => end.writeUInt16LE(value, 4 + index * 2));
  end.writeUInt32LE(list.length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...parts, list, Buffer.from('PK\x05\x06', 'latin1'), end]);
}
