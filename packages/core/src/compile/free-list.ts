/** Which parts of a memory are free: ranges in the order of their addresses, none beside another. */

/** Every size is rounded up to this: a cache line, so that no two blocks share one. */
export const blockAlignment = 64;

/** The least multiple of a step that holds so many bytes. */
export const roundUpTo = (bytes: number, step: number): number => Math.ceil(bytes / step) * step;

/** The free ranges of a memory: blocks are taken from the range that fits best, and given back to their neighbours. */
export class FreeList {
  private readonly starts: number[] = [];
  private readonly sizes: number[] = [];

  /** The address of a block, cut from the smallest range that holds it (of equal ones the lowest); undefined where none does. */
  take(bytes: number): number | undefined {
    let best = -1;
    let bestSize = Infinity;
    for (let place = 0; place < this.sizes.length; place++) {
      const size = this.sizes[place] ?? 0;
      if (size < bytes || size >= bestSize) continue;
      best = place;
      bestSize = size;
      if (size === bytes) break;
    }
    const start = this.starts[best];
    if (start === undefined) return undefined;
    if (bestSize === bytes) {
      this.starts.splice(best, 1);
      this.sizes.splice(best, 1);
    } else {
      this.starts[best] = start + bytes;
      this.sizes[best] = bestSize - bytes;
    }
    return start;
  }

  /** Gives a block back, and joins it with its free neighbours. */
  give(start: number, bytes: number): void {
    const next = this.placeBehind(start);
    const before = next - 1;
    const touchesBefore = next > 0 && (this.starts[before] ?? 0) + (this.sizes[before] ?? 0) === start;
    const touchesNext = this.starts[next] === start + bytes;
    if (touchesBefore && touchesNext) {
      this.sizes[before] = (this.sizes[before] ?? 0) + bytes + (this.sizes[next] ?? 0);
      this.starts.splice(next, 1);
      this.sizes.splice(next, 1);
    } else if (touchesBefore) {
      this.sizes[before] = (this.sizes[before] ?? 0) + bytes;
    } else if (touchesNext) {
      this.starts[next] = start;
      this.sizes[next] = (this.sizes[next] ?? 0) + bytes;
    } else {
      this.starts.splice(next, 0, start);
      this.sizes.splice(next, 0, bytes);
    }
  }

  /** The free bytes directly in front of an address. */
  freeBefore(end: number): number {
    const last = this.starts.length - 1;
    const size = this.sizes[last] ?? 0;
    return last >= 0 && (this.starts[last] ?? 0) + size === end ? size : 0;
  }

  /** The first range that begins behind an address. */
  private placeBehind(address: number): number {
    let low = 0;
    let high = this.starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.starts[middle] ?? 0) < address) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
