/**
 * Writes the custom labels of the review pages, and the module that imports them.
 *
 * Usage: node scripts/salesforce/generate.mjs [--check]    --check compares only, and ends with 1 where something differs
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { english } from '../../force-app/main/handoff/lwc/handoffText/handoffText.js';
import { files } from './pageLabels.mjs';

const inHandoff = (path) => new URL(`../../force-app/main/handoff/${path}`, import.meta.url);
const labelsFile = inHandoff('labels/CustomLabels.labels-meta.xml');
const moduleFile = inHandoff('lwc/handoffLabels/handoffLabels.js');
const known = readFileSync(labelsFile, 'utf8');
const { labels, module } = files(english, known);

if (!process.argv.includes('--check')) {
  writeFileSync(labelsFile, labels);
  writeFileSync(moduleFile, module);
} else if (labels !== known || module !== readFileSync(moduleFile, 'utf8')) {
  console.log('The custom labels of the review pages are not those of c/handoffText: npm run generate');
  process.exitCode = 1;
}
