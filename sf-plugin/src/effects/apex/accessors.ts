import type { ApexField, ApexMethod } from '../../extract/apex/summary.ts';
import type { Frame } from './frame.ts';

const accessors = { get: new WeakMap<ApexField, ApexMethod>(), set: new WeakMap<ApexField, ApexMethod>() };

/** An accessor with code as a method: a setter takes the new value under the name `value`. */
export function accessorMethod(field: ApexField, kind: 'get' | 'set'): ApexMethod | undefined {
  const known = accessors[kind].get(field);
  if (known) return known;
  const body = kind === 'get' ? field.getter : field.setter;
  if (!body) return undefined;
  const { at, annotations, isStatic, type } = field;
  const made: ApexMethod = {
    name: `${field.name}.${kind}`,
    at,
    annotations,
    ...(isStatic && { isStatic }),
    parameters: kind === 'get' ? [] : [{ name: 'value', type }],
    returns: kind === 'get' ? type : 'void',
    body,
  };
  accessors[kind].set(field, made);
  return made;
}

/** Whether the code stands in an accessor of the property, where its name means the value behind it. */
export function isInAccessorOf({ method }: Frame, field: ApexField): boolean {
  return method !== undefined && [accessors.get.get(field), accessors.set.get(field)].includes(method);
}
