import { z } from 'zod';
import { problems } from '../problems.ts';
import { operations, type Operation } from './operations.ts';
import { answers, bodies } from './schemas.ts';

/**
 * The HTTP surface as OpenAPI 3.0, in the part of it that Salesforce External Services reads. Problems have a
 * status and a text but no content there: their media type is none that External Services knows.
 */
export function openApiDocument(version: string): object {
  return {
    openapi: '3.0.3',
    info: {
      title: 'Agent readiness bridge',
      version,
      description:
        'The off-platform step of an Agentforce agent. Errors are application/problem+json with the schema Problem.',
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    servers: [{ url: 'https://bridge.example.com', description: 'Your bridge; a Named Credential replaces it' }],
    paths: pathsOf(operations),
    components: { schemas: schemasOf({ ...bodies, ...answers }) },
  };
}

function pathsOf(list: readonly Operation[]): Record<string, Record<string, object>> {
  const paths: Record<string, Record<string, object>> = {};
  for (const operation of list) {
    paths[operation.path] = { ...paths[operation.path], [operation.method]: operationOf(operation) };
  }
  return paths;
}

function operationOf(operation: Operation): object {
  const { id, summary, roles, body, bodyType = 'application/json', forAgents, pathParameters, query } = operation;
  const parameters = [
    ...parametersOf('path', pathParameters, forAgents === true),
    ...parametersOf('query', query, forAgents === true),
  ];
  return {
    operationId: id,
    summary: summary.split(/(?<=\.) /)[0],
    description: `${summary}${roles === undefined ? '' : ` Bearer token with the role ${roles.join(', ')}.`}`,
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined
      ? {}
      : { requestBody: { required: true, content: { [bodyType]: { schema: reference(body) } } } }),
    responses: responsesOf(operation),
    ...(forAgents === true ? { 'x-sfdc': agentAction } : {}),
  };
}

/** Of the texts an agent shows the task's own; which topic it is good for is written here, once. */
const agentAction = {
  agent: {
    topic: {
      name: 'Handed_Over_Tasks',
      classificationDescription: 'Questions about what became of a task that was handed over for review.',
      scope: 'Tell what became of a task that was handed over. Decide nothing and change nothing.',
      instructions: ['Ask again while the status is pending.', 'Never make up a handoff id.'],
    },
    action: { publishAsAgentAction: true },
  },
  privacy: { isPii: true },
} as const;

function parametersOf(where: 'path' | 'query', schema: z.ZodObject | undefined, forAgents: boolean): object[] {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = plainSchema(schema);
  return Object.entries(properties).map(([name, property]) => {
    const { description = name, ...rest } = property as { description?: string };
    return {
      name,
      in: where,
      required: required.includes(name),
      description,
      schema: rest,
      // The variable that holds the id is bound in the org: nobody is asked for it.
      ...(forAgents ? { 'x-sfdc': { agent: { action: { isUserInput: false } } } } : {}),
    };
  });
}

function responsesOf({ answers: given, problems: codes, mediaType = 'application/json' }: Operation): object {
  const responses: Record<string, object> = {};
  for (const status of new Set(codes.map((code) => problems[code].status))) {
    const named = codes.filter((code) => problems[code].status === status);
    responses[status] = { description: named.map((code) => `${code}: ${problems[code].title}`).join('. ') };
  }
  for (const [status, { text, schema }] of Object.entries(given)) {
    const content = schema === undefined ? { type: 'string' } : reference(schema);
    const hasContent = status !== '204' && (schema !== undefined || mediaType !== 'application/json');
    responses[status] = { description: text, ...(hasContent ? { content: { [mediaType]: { schema: content } } } : {}) };
  }
  return responses;
}

function reference(name: string): object {
  return { $ref: `#/components/schemas/${name}` };
}

function schemasOf(all: Readonly<Record<string, z.ZodType>>): object {
  return Object.fromEntries(Object.entries(all).map(([name, schema]) => [name, plainSchema(schema)]));
}

/**
 * As it is sent. `additionalProperties: false` is left out, which External Services reads as a map; bounds that
 * are those of a JavaScript number say `int64` instead.
 */
function plainSchema(schema: z.ZodType) {
  return z.toJSONSchema(schema, {
    target: 'openapi-3.0',
    io: 'input',
    override: ({ jsonSchema }) => {
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) {
        delete jsonSchema.maximum;
        jsonSchema.format = 'int64';
      }
    },
  });
}
