/** The plan of a module as text: what became one loop, what lives in variables, what has code of its own. */

import type { Equation } from "../program/program.js";
import { showAval, showShape } from "../tensor/shape.js";
import type { Item } from "./items.js";

const ways: Readonly<Record<Item["kind"], string>> = {
  loops: "loop",
  lanes: "variables",
  parts: "parts",
  alias: "same storage",
  structure: "code",
  followed: "code",
};

const results = ({ primitive, outputs }: Equation): string =>
  `${primitive.name} → ${outputs.map(showAval).join(", ")}`;

const line = (item: Item): string => {
  if (item.kind === "followed") {
    const { equations, names, loop, isKept } = item;
    const all = [equations[0], ...names].map(results).join("; ");
    return `${ways.followed}: ${all}${isKept ? "" : ", not kept"}; on each block of it: ${loop.equations.map(results).join("; ")}`;
  }
  const over =
    item.kind === "loops"
      ? ` over ${showShape(item.domain)}${item.reduced.includes(true) ? ` (summed up along axes ${showShape(axesOf(item.reduced))})` : ""}`
      : "";
  return `${ways[item.kind]}${over}: ${item.equations.map(results).join("; ")}`;
};

const axesOf = (mask: readonly boolean[]): readonly number[] =>
  mask.flatMap((is, axis) => (is ? [axis] : []));

/** The plan of a program as text, an item a line. */
export const planText = (items: readonly Item[], scratchBytes: number): string =>
  [...items.map(line), `scratch: ${scratchBytes} bytes`].join("\n");
