import { context, SpanKind, SpanStatusCode, trace, TraceFlags, type Context, type Tracer } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider, type SpanProcessor } from '@opentelemetry/sdk-trace';
import { silentWatch, type RunFacts, type Watch } from '../../ports/watch.ts';
import { questionAttributes, questionSpanName, runAttributes, runSpanName, schemaUrl } from './genAi.ts';

export interface Spans {
  readonly watch: Watch;
  /** Sends what is left. */
  readonly stop: () => Promise<void>;
}

/** Spans to a collector, by OTLP over HTTP. */
export function exportSpans(url: string): Spans {
  return createSpans(new BatchSpanProcessor({ exporter: new OTLPTraceExporter({ url }) }));
}

/**
 * Spans made from what the watch is told, after a run: a lost exporter loses no evidence, which is in the log.
 * Nothing is registered globally, so no other library finds a propagator, and nothing goes to the model's host.
 */
export function createSpans(processor: SpanProcessor): Spans {
  const resource = resourceFromAttributes({ 'service.name': 'agent-readiness-bridge' });
  const provider = new TracerProvider({ resource, spanProcessors: [processor] });
  const tracer = provider.getTracer('agent-readiness-bridge', undefined, { schemaUrl });
  return {
    watch: {
      ...silentWatch,
      ran: (run) => {
        record(tracer, run);
      },
    },
    // A collector that is gone is no reason to end badly: what happened is in the log.
    stop: () => provider.shutdown().catch(() => undefined),
  };
}

function record(tracer: Tracer, run: RunFacts): void {
  const options = { kind: SpanKind.SERVER, startTime: run.startedMs, attributes: runAttributes(run) };
  const span = tracer.startSpan(runSpanName(run), options, traceOf(run.trace));
  if (run.disposition === 'errored') span.setStatus({ code: SpanStatusCode.ERROR, message: run.reason });
  const below = trace.setSpan(context.active(), span);
  for (const question of run.questions) {
    const attributes = questionAttributes(question);
    const asked = tracer.startSpan(
      questionSpanName(question),
      { kind: SpanKind.CLIENT, startTime: question.startedMs, attributes },
      below,
    );
    const isAnswer = question.outcome === 'answered' || question.outcome === 'refused';
    if (!isAnswer) asked.setStatus({ code: SpanStatusCode.ERROR, message: question.outcome });
    asked.end(question.endedMs);
  }
  span.end(run.endedMs);
}

/** The org's trace. Its `traceparent` was signed with the offer; its flag is not asked whether we may record. */
function traceOf(traceparent: string): Context {
  const [, traceId = '', spanId = ''] = traceparent.split('-');
  return trace.setSpanContext(context.active(), { traceId, spanId, traceFlags: TraceFlags.SAMPLED, isRemote: true });
}
