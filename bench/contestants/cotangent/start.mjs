/** Workload 21: the example that `pnpm start` runs, which learns to read digits in two epochs. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** The accuracy that two epochs reach, in percent, in eager mode. */
const accuracy = 96.76;

/** The seconds of its second epoch: the first one has the start of the process and all compiling in it. */
export function startEpoch() {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", "examples/start.ts"], {
    cwd: root,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr.trim().split("\n").at(-1));
  const epochs = [...stdout.matchAll(/epoch \d+: ([\d.]+) % .*, ([\d.]+) s/g)].map((match) =>
    match.slice(1).map(Number),
  );
  const [[, first], [reached, second]] = epochs;
  return {
    value: second - first,
    check: [reached / 100],
    expected: [accuracy / 100],
    note: `the first epoch took ${first.toFixed(1)} s from the start of the process`,
  };
}
