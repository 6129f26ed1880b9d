import type { ApexField, ApexMethod, ApexType } from '../../extract/apex/summary.ts';

/** The members of a class by lower-case name. */
interface Members {
  readonly fields: ReadonlyMap<string, ApexField>;
  readonly methods: ReadonlyMap<string, readonly ApexMethod[]>;
}

const none: readonly ApexMethod[] = [];

/** Finds members of classes by name, without regard to case. */
export class MemberIndex {
  readonly #members = new Map<ApexType, Members>();

  field(type: ApexType, name: string): ApexField | undefined {
    return this.#of(type).fields.get(name);
  }

  /** All methods of that name, in the order in which they are written. */
  methods(type: ApexType, name: string): readonly ApexMethod[] {
    return this.#of(type).methods.get(name) ?? none;
  }

  #of(type: ApexType): Members {
    const known = this.#members.get(type);
    if (known) return known;
    const fields = new Map(type.fields.map((field) => [field.name.toLowerCase(), field]));
    const methods = new Map<string, ApexMethod[]>();
    for (const method of type.methods) {
      const key = method.name.toLowerCase();
      const overloads = methods.get(key);
      if (overloads) overloads.push(method);
      else methods.set(key, [method]);
    }
    const members = { fields, methods };
    this.#members.set(type, members);
    return members;
  }
}
