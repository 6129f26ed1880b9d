import { visible } from 'c/handoffFormat';

/**
 * The changes that a plan of records names, as rows to read; none for any other plan, which has its text only.
 *
 * @param {string} text canonical JSON
 * @param {typeof import('c/handoffText').english.plan} labels
 */
export function planEffects(text, labels) {
  const effects = parse(text)?.arguments?.effects;
  if (!Array.isArray(effects) || !effects.every(isEffect)) return [];
  return effects.map(({ operation, object, recordId, fields, before = {} }, index) => {
    const names = [...new Set([...Object.keys(before), ...Object.keys(fields)])].toSorted();
    const isDelete = operation === 'delete';
    return {
      key: String(index),
      operation,
      isDelete,
      object: visible(object),
      record: recordId === undefined ? labels.new_record : visible(recordId),
      rows: names.map((name) => {
        const was = valueText(before, name, labels);
        const becomes = isDelete ? labels.deleted : valueText(fields, name, labels);
        return { name: visible(name), was, becomes, isSame: was === becomes };
      }),
    };
  });
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isEffect(effect) {
  return (
    ['create', 'update', 'upsert', 'delete'].includes(effect?.operation) &&
    typeof effect.object === 'string' &&
    isMembers(effect.fields) &&
    (effect.before === undefined || isMembers(effect.before))
  );
}

function isMembers(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Text in quotes, so that blank, `null` and the word "null" differ. */
function valueText(values, name, labels) {
  return Object.hasOwn(values, name) ? visible(JSON.stringify(values[name], null, 2)) : labels.not_set;
}
