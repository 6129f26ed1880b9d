/**
 * The doors of docs: which folder may import which, each with its reason. `npm run check` enforces
 * them; DESIGN.md draws them.
 */

/** Stages of the check, in order. A stage imports earlier ones only, by name below. */
const plugin = 'sf-plugin/src';

function onlyFrom(name, folder, allowed, comment) {
  return {
    name,
    comment,
    severity: 'error',
    from: { path: `^${plugin}/${folder}/` },
    to: { path: `^${plugin}/`, pathNot: `^${plugin}/(${[folder, ...allowed].join('|')})/` },
  };
}

const bridge = 'bridge-service/src';

/** Rooms of the bridge: what a room may import of the others. */
function bridgeRoom(name, room, allowed, comment) {
  return {
    name,
    comment,
    severity: 'error',
    from: { path: `^${bridge}/${room}/` },
    to: { path: `^${bridge}/`, pathNot: `^${bridge}/(${[room, ...allowed].join('|')})/` },
  };
}

/** A library of the bridge, and the only rooms that may know it. */
function bridgeLibrary(library, rooms, comment) {
  return {
    name: `bridge-${library.replace(/\W+/g, '-')}-in-its-room`,
    comment,
    severity: 'error',
    from: { path: `^${bridge}/`, pathNot: `^${bridge}/(${rooms})` },
    to: { path: `node_modules/(${library})/` },
  };
}

export default {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'A cycle cannot be understood, tested or moved piece by piece.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      comment: 'Nothing imports it and it is no entry point: delete it.',
      severity: 'error',
      from: { orphan: true, pathNot: '(^|/)(index|main)\\.ts$|/commands/' },
      to: {},
    },
    {
      name: 'protocol-stays-isomorphic',
      comment: 'The contract runs in Node and in the browser: zod, jose and @noble/hashes only.',
      severity: 'error',
      from: { path: '^protocol/src' },
      to: { pathNot: '^protocol/src|node_modules/(zod|jose|@noble/hashes)/' },
    },
    {
      name: 'plugin-and-bridge-never-meet',
      comment: 'They meet in protocol/ and over HTTP.',
      severity: 'error',
      from: { path: '^sf-plugin/' },
      to: { path: '^bridge-service/' },
    },
    {
      name: 'bridge-and-plugin-never-meet',
      comment: 'They meet in protocol/ and over HTTP.',
      severity: 'error',
      from: { path: '^bridge-service/' },
      to: { path: '^sf-plugin/' },
    },
    onlyFrom(
      'extract-reads-only',
      'extract',
      [],
      'Extractors turn text into facts; they know nothing of what follows.',
    ),
    onlyFrom('graph-after-extract', 'graph', ['extract'], 'The graph joins facts.'),
    onlyFrom('effects-after-graph', 'effects', ['extract', 'graph'], 'Effects are computed over the graph.'),
    onlyFrom(
      'rules-query-effects',
      'rules',
      ['graph', 'effects'],
      'A rule is a pure query over effects; it never reads a file.',
    ),
    onlyFrom(
      'policy-judges-the-report',
      'policy',
      ['extract', 'rules'],
      'What people laid down is compared with what was found; it changes no effect.',
    ),
    onlyFrom(
      'reports-read-the-report',
      'report',
      [],
      'A writer sees the Report and nothing else, so formats cannot disagree.',
    ),
    {
      name: 'bridge-domain-is-pure',
      comment: 'Decisions are functions over values: no port, no adapter, and only libraries that reach nothing.',
      severity: 'error',
      from: { path: `^${bridge}/domain/` },
      to: {
        pathNot: `^${bridge}/domain/|^protocol/|node_modules/(zod|@noble|libphonenumber-js|stdnum)/`,
        dependencyTypesNot: ['type-only'],
      },
    },
    bridgeRoom('bridge-domain-knows-values-only', 'domain', ['ports'], 'Of the ports it sees the types of values.'),
    bridgeRoom('bridge-ports-are-interfaces', 'ports', ['domain'], 'A port speaks of values, not of who uses it.'),
    bridgeRoom('bridge-app-over-ports', 'app', ['domain', 'ports'], 'A use case does not know what is outside.'),
    bridgeRoom('bridge-adapters-behind-ports', 'adapters', ['ports', 'domain'], 'What is outside knows no use case.'),
    bridgeRoom('bridge-http-over-app', 'http', ['app', 'domain', 'ports'], 'HTTP sees use cases, no adapters.'),
    bridgeLibrary('express|helmet', 'http/', 'Only http/ knows status codes.'),
    bridgeLibrary('@modelcontextprotocol', 'http/', 'MCP is a door of HTTP.'),
    bridgeLibrary('kysely|pg|@electric-sql', 'adapters/sql/', 'SQL is in one room.'),
    bridgeLibrary('pg-boss', 'adapters/(jobs|sql)/', 'Timers and callbacks are in one room.'),
    bridgeLibrary('@anthropic-ai', 'adapters/anthropic/', 'One room speaks to the Claude API.'),
    bridgeLibrary('jsforce', 'adapters/salesforce/', 'One room speaks to the org.'),
    bridgeLibrary('prom-client|@opentelemetry', 'adapters/telemetry/', 'Figures and spans are made in one room.'),
    bridgeLibrary('pino', 'adapters/telemetry/', 'Logs are written in one room.'),
    {
      name: 'page-stands-alone',
      comment: 'The script of the HTML report runs in a browser: of the plugin it knows the shape of its data only.',
      severity: 'error',
      from: { path: '^sf-plugin/page/' },
      to: { pathNot: '^sf-plugin/(page/|src/report/html/evidence\\.ts$)' },
    },
    {
      name: 'libraries-in-their-rooms',
      comment: 'oclif and the Salesforce libraries belong to commands (and org/); parsers to extract.',
      severity: 'error',
      from: { path: `^${plugin}/(extract|graph|effects|rules|policy|report)/` },
      to: { path: 'node_modules/(@oclif|@salesforce|jsforce)/' },
    },
    {
      name: 'parsers-in-extract',
      comment: 'Syntax is turned into facts in one place.',
      severity: 'error',
      from: { path: `^${plugin}/`, pathNot: `^${plugin}/extract/` },
      to: { path: 'node_modules/(web-tree-sitter|@rgrove/parse-xml|yaml|ignore)/' },
    },
    {
      name: 'mcp-in-one-room',
      comment: 'What the tools answer is in mcp/; the analysis does not know who asks.',
      severity: 'error',
      from: { path: `^${plugin}/`, pathNot: `^${plugin}/mcp/` },
      to: { path: 'node_modules/@modelcontextprotocol/' },
    },
    {
      name: 'pipeline-runs-the-commands',
      comment: 'A job of CI starts the commands as anybody would; of the plugin it knows their exit codes only.',
      severity: 'error',
      from: { path: `^${plugin}/ci/` },
      to: { path: `^${plugin}/`, pathNot: `^${plugin}/(ci/|actions/exitCodes)` },
    },
    {
      name: 'no-test-in-production',
      comment: 'What runs at a user never needs the tests or the testkit.',
      severity: 'error',
      from: { path: '^(protocol|sf-plugin|bridge-service)/src' },
      to: { path: '^testkit/|/test/' },
    },
    {
      name: 'declared-dependencies',
      comment: 'A package that works only because another one installs it will break some day.',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'npm-dev', 'unknown'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules|/lib/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      conditionNames: ['source', 'import', 'node', 'default', 'types'],
      exportsFields: ['exports'],
    },
  },
};
