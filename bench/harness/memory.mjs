/** How much memory this process uses, in MiB of resident pages. */
import fs from "node:fs";

const status = "/proc/self/status";

/**
 * The most that was ever resident. Linux counts it by process image (VmHWM); the figure of `resourceUsage`
 * would include the parent's pages from before the image was replaced, and stands in elsewhere.
 */
export function peakMemory() {
  const highWater = fs.existsSync(status)
    ? /^VmHWM:\s+(\d+) kB/m.exec(fs.readFileSync(status, "utf8"))
    : null;
  return Number(highWater?.[1] ?? process.resourceUsage().maxRSS) / 1024;
}

/** What is resident now. */
export const currentMemory = () => process.memoryUsage.rss() / 2 ** 20;
