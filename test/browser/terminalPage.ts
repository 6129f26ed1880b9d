const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/**
 * What a command printed, as a terminal would show it.
 *
 * @param command what was entered
 * @param text without colours
 */
export function terminalPage(command: string, text: string): string {
  const escaped = `$ ${command}\n${text}`.replace(/[&<>]/g, (each) => escapes[each] ?? each);
  return `<!doctype html><meta charset="utf-8"><title>Terminal</title>
<style>body { margin: 0; background: #1b1f24; color: #e6edf3; font: 13px/1.45 'JetBrains Mono', monospace }
pre { margin: 0; padding: 18px 22px; white-space: pre; font: inherit }</style><pre>${escaped}</pre>`;
}
