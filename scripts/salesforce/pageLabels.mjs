/**
 * The text of the review pages as custom labels: each text of `c/handoffText` becomes a label, and `c/handoffLabels`
 * imports them all, in the same shape. Pure; `files` says what the repository must hold.
 */
const PREFIX = 'Handoff_Page';

/** @typedef {Readonly<Record<string, Readonly<Record<string, string>>>>} Texts sections, their texts by key */

/** `approval`, `asked_by` → `Handoff_Page_Approval_Asked_By` */
function labelName(section, key) {
  const words = [section, ...key.split('_')].map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return [PREFIX, ...words].join('_');
}

/**
 * @param {Texts} texts
 * @param {string} labels the present `CustomLabels.labels-meta.xml`; labels that are not of the pages stay
 * @returns {{ labels: string, module: string }} what the two generated files hold
 */
export function files(texts, labels) {
  const all = Object.entries(texts).flatMap(([section, keys]) =>
    Object.entries(keys).map(([key, value]) => ({ section, key, value, name: labelName(section, key) })),
  );
  const others = labels.split(/(?<=<\/labels>\n)/).filter((each) => !each.includes(`<fullName>${PREFIX}_`));
  const end = '</CustomLabels>\n';
  return {
    labels: `${others.join('').replace(end, '')}${all.map(toLabel).join('')}${end}`,
    module: toModule(texts, all),
  };
}

function toLabel({ name, value }) {
  const described = name.replaceAll('_', ' ').slice(0, 80);
  return `    <labels>
        <fullName>${name}</fullName>
        <language>en_US</language>
        <protected>true</protected>
        <shortDescription>${described}</shortDescription>
        <value>${value.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</value>
    </labels>
`;
}

function toModule(texts, all) {
  const local = (section, key) => labelName(section, key).slice(PREFIX.length + 1);
  return [
    '/** The text of the review in the language of its reader. Generated from c/handoffText: npm run generate */',
    ...all.map(({ section, key, name }) => `import ${local(section, key)} from '@salesforce/label/c.${name}';`),
    '',
    'export const labels = {',
    ...Object.entries(texts).flatMap(([section, keys]) => [
      `  ${section}: {`,
      ...Object.keys(keys).map((key) => `    ${key}: ${local(section, key)},`),
      '  },',
    ]),
    '};',
    '',
  ].join('\n');
}
