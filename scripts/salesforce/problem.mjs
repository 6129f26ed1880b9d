/**
 * @typedef {object} Problem
 * @property {string} check which of the checks found it
 * @property {string} file relative to the project
 * @property {number} line from 1
 * @property {string} message
 */

/** @param {Problem} problem */
export function formatProblem({ check, file, line, message }) {
  return `${file}:${line} ${message} (${check})`;
}
