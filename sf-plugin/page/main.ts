/** What the HTML report does in a browser beyond showing itself. Without it, everything but the paths is there. */
import type { Evidence } from '../src/report/html/evidence.ts';
import { startFilters } from './filters.ts';
import { startMap } from './map.ts';
import { startPaths } from './paths.ts';
import { startPrinting } from './printing.ts';
import { startReveal } from './reveal.ts';

const evidence = JSON.parse(document.getElementById('evidence')?.textContent ?? '{}') as Evidence;

startPaths(evidence);
startFilters();
startMap();
startReveal();
startPrinting();
