import { Router } from 'express';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { createMcpServer } from '../mcp/server.ts';
import { orgOf, orgOnly } from '../oauth/orgOnly.ts';
import type { HttpOptions } from '../options.ts';
import { sendProblem } from '../problems.ts';

/**
 * `POST /mcp`: MCP over streamable HTTP. Without sessions: any replica answers any request, and nothing is
 * sent unasked, so a `GET` has nothing to wait for.
 */
export function mcpRoutes(options: HttpOptions): Router {
  const router = Router();

  router.post('/mcp', orgOnly(options), async (request, response) => {
    // No browser has business here, and one that was lured sends its origin.
    if (request.get('origin') !== undefined) {
      sendProblem(response, 'forbidden');
      return;
    }
    const server = createMcpServer(options.bridge, orgOf(request));
    const transport = new StreamableHTTPServerTransport({ enableJsonResponse: true });
    response.on('close', () => {
      void server.close();
    });
    await server.connect(transport);
    await transport.handleRequest(request, response, request.body);
  });

  router.get('/mcp', orgOnly(options), (_request, response) => {
    response.set('Allow', 'POST');
    sendProblem(response, 'method_not_allowed');
  });

  return router;
}
