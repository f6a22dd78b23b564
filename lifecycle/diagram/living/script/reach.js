// What lies before a stage and what behind it, along the flows that do not lead back.

/** @import { SentFlow } from "./message.js" */

/**
 * A stage with all that its events come to (`forward`), or with all that they came from; each flow is looked at once.
 * @param {Pick<SentFlow, "source" | "target" | "loop">[]} flows
 * @param {string} id
 * @param {boolean} forward
 * @returns {Set<string>}
 */
export function reach(flows, id, forward) {
  /** @type {Map<string, string[]>} */
  const next = new Map();
  for (const flow of flows) {
    const [start, end] = forward ? [flow.source, flow.target] : [flow.target, flow.source];
    if (!next.has(start)) next.set(start, []);
    if (!flow.loop) next.get(start)?.push(end);
  }
  const found = new Set([id]);
  for (const stage of found) for (const end of next.get(stage) ?? []) found.add(end); // a set goes on with what is added
  return found;
}
