/**
 * Usage: node scripts/buildGrammar.mjs
 *
 * Compiles the Apex grammar to sf-plugin/grammar/dist/tree-sitter-apex.wasm, with its licence beside
 * it. The C source and the compiler are npm packages, pinned in sf-plugin/grammar. Does nothing
 * when the file of these versions and this script is there; takes about 40 s when it is not.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ensureInstalled, root } from './shared/install.mjs';

const grammar = join(root, 'sf-plugin', 'grammar');
const dist = join(grammar, 'dist');
const packages = join(grammar, 'node_modules');
const wasm = 'tree-sitter-apex.wasm';
const licence = 'tree-sitter-apex.LICENSE';
const stampFile = 'stamp.txt';

const stamp = createHash('sha256')
  .update(readFileSync(join(grammar, 'package-lock.json')))
  .update(readFileSync(fileURLToPath(import.meta.url)))
  .digest('hex');

if (isBuilt()) process.exit(0);
ensureInstalled('sf-plugin/grammar', { ignoreScripts: true });
console.error('Compiling the Apex grammar (once, about 40 s) …');
const started = performance.now();
try {
  publish(await compile());
} catch (error) {
  console.error(`The Apex grammar could not be compiled: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}
console.error(`Compiled the Apex grammar in ${Math.round((performance.now() - started) / 1000)} s.`);

function isBuilt() {
  const written = join(dist, stampFile);
  return existsSync(join(dist, wasm)) && existsSync(written) && readFileSync(written, 'utf8') === stamp;
}

async function compile() {
  const { runClang, runLLVM } = await import(
    pathToFileURL(join(packages, '@yowasp', 'clang', 'gen', 'bundle.js')).href
  );
  // Loads the compiler without reporting every chunk; the calls below find it loaded.
  await runLLVM(null, {}, { fetchProgress: () => undefined });
  const source = join(packages, 'tree-sitter-sfapex', 'apex', 'src');
  const objects = await runClang(
    // Without a C library: the parser is tables and switches, and calls nothing. For size: what -O1 and -O2 make of
    // the lexer takes the engine 400 MB to optimise, and is no faster.
    'clang --target=wasm32-unknown-emscripten -fPIC -Os -I. -c parser.c -o parser.o'.split(' '),
    {
      // The generator switches optimisation off to compile faster; with this compiler it does not.
      'parser.c': readFileSync(join(source, 'parser.c'), 'utf8').replace('#pragma clang optimize off', ''),
      'stdlib.h': '#include <stddef.h>\n',
      tree_sitter: { 'parser.h': readFileSync(join(source, 'tree_sitter', 'parser.h')) },
    },
  );
  const link = `wasm-ld --experimental-pic -shared --no-entry --export=tree_sitter_apex --allow-undefined --strip-debug parser.o -o ${wasm}`;
  const linked = await runLLVM(link.split(' '), { 'parser.o': objects['parser.o'] });
  return linked[wasm];
}

/** Never leaves a half-written file behind, and does not disturb a build that runs at the same time. */
function publish(bytes) {
  const temporary = mkdtempSync(join(grammar, 'dist-'));
  writeFileSync(join(temporary, wasm), bytes);
  writeFileSync(join(temporary, licence), readFileSync(join(packages, 'tree-sitter-sfapex', 'LICENSE')));
  writeFileSync(join(temporary, stampFile), stamp);
  mkdirSync(dist, { recursive: true });
  for (const name of [wasm, licence, stampFile]) renameSync(join(temporary, name), join(dist, name));
  rmSync(temporary, { recursive: true });
}
