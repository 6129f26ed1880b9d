/**
 * The script and the style of the HTML report as one TypeScript module: page/*.ts and page/page.css, bundled.
 * `npm run generate` writes it, a test compares it; see docs/adr/0008-html-report.md.
 */
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const folder = fileURLToPath(new URL('../page/', import.meta.url));

/** @returns {Promise<string>} the text of src/report/html/page.ts */
export async function pageModule() {
  const script = await bundle('main.ts', { format: 'iife', target: 'es2022' });
  const style = await bundle('page.css', { target: ['chrome111', 'firefox113', 'safari16.4'] });
  return [
    '/** Written by `npm run generate` from sf-plugin/page; do not edit. */',
    constant('pageScript', script),
    constant('pageStyle', style),
    '/** SHA-256 as a content security policy names it. */',
    constant('pageScriptHash', hash(script)),
    constant('pageStyleHash', hash(style)),
    '',
  ].join('\n');
}

async function bundle(entry, options) {
  const { outputFiles } = await build({
    absWorkingDir: folder,
    entryPoints: [entry],
    bundle: true,
    write: false,
    minify: true,
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'silent',
    ...options,
  });
  return outputFiles[0].text.trim();
}

function constant(name, value) {
  return `export const ${name} =\n  ${JSON.stringify(value).replaceAll('</', '<\\\\/')};`;
}

function hash(text) {
  return createHash('sha256').update(text).digest('base64');
}
