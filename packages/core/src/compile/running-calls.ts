/** The calls of compiled programs that run now: one within another, by way of a host function or of an argument that is made again. */

/** Numbers the calls. What one uses stays where it is until the outermost ends. */
export class RunningCalls {
  /** The number of the latest call. */
  latest = 0;
  private first = 0;
  private running = 0;

  begin(): void {
    this.latest++;
    if (this.running++ === 0) this.first = this.latest;
  }

  end(): void {
    this.running--;
  }

  get isRunning(): boolean {
    return this.running > 0;
  }

  /** Whether the latest one runs within another. */
  get isNested(): boolean {
    return this.running > 1;
  }

  /** Whether a call that runs was the last, or runs around the last, to use something. */
  uses(lastUse: number): boolean {
    return this.running > 0 && lastUse >= this.first;
  }
}
