import type { FieldDefinition, FieldType } from '../schema/objectType.ts';
import type { CompiledQuery, ResultColumn } from './compiledQuery.ts';

interface ColumnJson {
  readonly columnName: string;
  readonly displayName: string;
  readonly aggregate: boolean;
  readonly apexType: string;
  readonly custom: boolean;
  readonly joinColumns: ColumnJson[];
}

/** What `?columns=true` answers: the columns of a query, without its rows. */
export function columnMetadata({ type, columns }: CompiledQuery): object {
  return { columnMetadata: columnsJson(columns), entityName: type.name, keyPrefix: type.keyPrefix };
}

function columnsJson(columns: readonly ResultColumn[]): ColumnJson[] {
  const json: ColumnJson[] = [];
  for (const column of columns) {
    if (column.kind === 'field') {
      const { parents, field } = column.column;
      addField(
        json,
        parents.map(({ relationshipName }) => relationshipName),
        field,
      );
    } else if (column.kind === 'children') {
      json.push({ ...join(column.name, columnsJson(column.columns)), aggregate: true });
    } else {
      const { name, source, aggregate } = column.column;
      const shown = aggregate ? `${aggregate.fn.toLowerCase()}(${source?.field.name ?? ''})` : name;
      json.push({ ...join(name, []), displayName: shown, aggregate: aggregate !== undefined, apexType: 'Double' });
    }
  }
  return json;
}

/** Fields of one parent stand together below it. */
function addField(into: ColumnJson[], [parent, ...further]: readonly string[], field: FieldDefinition): void {
  if (parent === undefined) {
    into.push({ ...join(field.name, []), apexType: apexType[field.type], custom: field.name.endsWith('__c') });
    return;
  }
  let holder = into.find(({ columnName }) => columnName === parent);
  if (!holder) {
    holder = join(parent, []);
    into.push(holder);
  }
  addField(holder.joinColumns, further, field);
}

function join(name: string, joinColumns: ColumnJson[]): ColumnJson {
  return { columnName: name, displayName: name, aggregate: false, apexType: 'Object', custom: false, joinColumns };
}

const apexType: Readonly<Record<FieldType, string>> = {
  boolean: 'Boolean',
  currency: 'Double',
  date: 'Date',
  datetime: 'Datetime',
  double: 'Double',
  email: 'String',
  id: 'Id',
  int: 'Integer',
  multipicklist: 'String',
  percent: 'Double',
  phone: 'String',
  picklist: 'String',
  reference: 'Id',
  string: 'String',
  textarea: 'String',
  url: 'String',
};
