// How much processor time pictures in other sizes cost: courant beside sharp with Ghost's settings, in one run.
//
//   node bench/pictures.mjs COURANT SHARP PICTURE...
//
// COURANT: the program. SHARP: the folder of the npm package sharp. Each picture is made once in each size and format
// by both, one after the other. Prints processor seconds, bytes, and their ratios.
import { execFileSync, spawn } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";

const [program, sharpFolder, ...pictures] = process.argv.slice(2);
if (pictures.length === 0) {
  console.error("usage: node bench/pictures.mjs COURANT SHARP PICTURE...");
  process.exit(2);
}
const sharp = createRequire(import.meta.url)(resolve(sharpFolder));
sharp.cache(false);
sharp.concurrency(1);

const orders = [
  { size: 600 }, { size: 1000 }, { size: 1600 },
  { size: 600, format: "webp" }, { size: 600, format: "avif" },
];
const name = ({ size, format }) => `w${size}${format ? ` as ${format}` : ""}`;

const freePort = () => new Promise((done) => {
  const server = createServer().listen(0, "127.0.0.1", () => {
    const { port } = server.address();
    server.close(() => done(port));
  });
});

/** Seconds of processor time of a process and its threads, also of those that have ended. */
const processorSeconds = (pid) => {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").replace(/^.*\) /s, "").split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
};

const folder = mkdtempSync(join(tmpdir(), "pictures-"));
const paper = join(folder, "paper");
execFileSync(program, ["init", paper], { stdio: "ignore" });
const images = join(paper, "content", "images");
mkdirSync(images, { recursive: true });
for (const picture of pictures) copyFileSync(picture, join(images, basename(picture)));
const address = `127.0.0.1:${await freePort()}`;
const server = spawn(program, ["serve", "--dir", paper, "--listen", address], { stdio: "ignore" });
try {
  for (let tries = 0; ; tries += 1) {
    const answer = await fetch(`http://${address}/.courant/health`).catch(() => null);
    if (answer?.ok) break;
    if (tries > 200) throw new Error("the server does not answer");
    await new Promise((done) => setTimeout(done, 50));
  }
  console.log("| order | courant, s | sharp, s | sharp / courant | courant, kB | sharp, kB |");
  console.log("| --- | --- | --- | --- | --- | --- |");
  for (const order of orders) {
    const sum = { ours: 0, theirs: 0, ourBytes: 0, theirBytes: 0 };
    for (const picture of pictures) {
      const format = order.format ? `format/${order.format}/` : "";
      const path = `/content/images/size/w${order.size}/${format}${basename(picture)}`;
      const before = processorSeconds(server.pid);
      const answer = await fetch(`http://${address}${path}`, { redirect: "manual" });
      if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`);
      sum.ourBytes += (await answer.arrayBuffer()).byteLength;
      sum.ours += processorSeconds(server.pid) - before;

      const original = readFileSync(picture);
      const begun = process.cpuUsage();
      let image = sharp(original).resize(order.size, undefined, { withoutEnlargement: true }).rotate();
      const { format: kind } = await image.metadata();
      if (order.format) image = image.toFormat(order.format);
      else if (kind === "jpeg") image = image.jpeg({ mozjpeg: true });
      const made = await image.toBuffer();
      const spent = process.cpuUsage(begun);
      sum.theirs += (spent.user + spent.system) / 1e6;
      sum.theirBytes += order.format || made.length < original.length ? made.length : original.length;
    }
    const kilobytes = (bytes) => (bytes / 1000).toFixed(0);
    console.log(`| ${name(order)} | ${sum.ours.toFixed(2)} | ${sum.theirs.toFixed(2)} | ` +
      `${(sum.theirs / sum.ours).toFixed(2)} | ${kilobytes(sum.ourBytes)} | ${kilobytes(sum.theirBytes)} |`);
  }
} finally {
  server.kill();
  rmSync(folder, { recursive: true, force: true });
}
