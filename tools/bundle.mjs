// Bundles a command-line tool: dist/main.js and the parts that it loads late, straight from source. Each module that Node
// has to find and open costs start-up time, which is most of the time of a short command (docs/decisions/0012).
//   node tools/bundle.mjs packages/lofty-cli packages/loomta-cli
// What a package names under `dependencies` stays outside; everything else goes in.
import { createHash } from 'node:crypto';
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';

const own = createHash('sha256')
  .update(readFileSync(new URL(import.meta.url)))
  .digest('hex');

const read = (file) => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
};

/** When a file last changed, or undefined when it is gone. */
const stampOf = (file) => {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat && `${stat.mtimeMs} ${stat.size}`;
};

const isFresh = (dist) => {
  const made = JSON.parse(read(join(dist, '.bundle.json')) ?? '{}');
  return (
    made.own === own &&
    made.outputs.every((name) => statSync(join(dist, name), { throwIfNoEntry: false })) &&
    Object.entries(made.inputs).every(([file, stamp]) => stampOf(file) === stamp)
  );
};

/** Whole files under their own names before the one that names them: a tool that runs meanwhile finds what it needs. */
const writeAll = (dist, chunks) => {
  mkdirSync(dist, { recursive: true });
  for (const { fileName, code } of chunks) {
    const file = join(dist, fileName);
    writeFileSync(`${file}.new`, code);
    if (fileName === 'main.js') chmodSync(`${file}.new`, 0o755);
    renameSync(`${file}.new`, file);
  }
  writeFileSync(join(dist, 'package.json'), '{ "type": "commonjs" }\n');
  const outputs = [...chunks.map(({ fileName }) => fileName), 'package.json'];
  for (const name of readdirSync(dist)) {
    if (!outputs.includes(name)) rmSync(join(dist, name), { recursive: true });
  }
  return outputs;
};

/** The modules of all parts that these are in, or that those parts load at once; not what the entry has anyway. */
const loadedBy = (output, modules) => {
  const chunks = new Map(output.map((chunk) => [chunk.fileName, chunk]));
  const reached = new Set();
  const reach = (chunk) => {
    if (chunk === undefined || reached.has(chunk) || chunk.isEntry) return;
    reached.add(chunk);
    for (const name of chunk.imports) reach(chunks.get(name));
  };
  for (const module of modules) reach(output.find(({ moduleIds }) => moduleIds.includes(module)));
  return new Set([...reached].flatMap(({ moduleIds }) => moduleIds));
};

/**
 * `startTogether` in package.json names modules that one command loads one after the other: they and what they load
 * become one file, which is opened and compiled once.
 */
const buildTool = async (folder, { dependencies = {}, startTogether = [] }) => {
  const { build } = await import('rolldown');
  const make = async (codeSplitting) =>
    await build({
      input: join(folder, 'src', 'main.ts'),
      platform: 'node',
      external: Object.keys(dependencies),
      resolve: { conditionNames: ['@latchkey/source', 'node', 'import', 'default'] },
      output: {
        // Node links CommonJS sooner, and hands a builtin over without making all of its late parts.
        format: 'cjs',
        chunkFileNames: '[name]-[hash].js',
        // What is not there need not be read; names stay, for who looks inside.
        minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
        ...(codeSplitting && { codeSplitting }),
      },
      logLevel: 'warn',
      checks: { ineffectiveDynamicImport: false },
      write: false,
    });
  const { output } = await make();
  if (startTogether.length === 0) return output;
  const together = loadedBy(
    output,
    startTogether.map((file) => resolve(folder, file)),
  );
  return (await make({ groups: [{ name: 'start', test: (id) => together.has(id) }] })).output;
};

const bundle = async (folder) => {
  const dist = join(folder, 'dist');
  if (isFresh(dist)) return;
  const manifest = join(folder, 'package.json');
  const output = await buildTool(folder, JSON.parse(readFileSync(manifest, 'utf8')));
  // The entry comes first: written last, it never names a part that is not there yet.
  const outputs = writeAll(dist, output.toReversed());
  // What begins with a NUL is made by the bundler itself.
  const files = output.flatMap(({ moduleIds }) => moduleIds).filter((id) => !id.startsWith('\0'));
  const inputs = Object.fromEntries([manifest, ...files].map((file) => [file, stampOf(file)]));
  writeFileSync(join(dist, '.bundle.json'), JSON.stringify({ own, outputs, inputs }));
};

for (const folder of process.argv.slice(2)) await bundle(folder);
