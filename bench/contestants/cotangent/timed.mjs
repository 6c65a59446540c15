/** How long a call takes, with what it gives. */
export function timed(run) {
  const start = performance.now();
  const result = run();
  return { milliseconds: performance.now() - start, result };
}
