/** The parts of `pnpm start`, and its first steps as a program. */

import { spawn } from "node:child_process";
import { join } from "node:path";
import process from "node:process";
import { createInterface } from "node:readline";
import { reshape, tensor, type Tensor } from "@cotangent/core";
import type { Digits } from "@cotangent/data";
import { expect, it, vi } from "vitest";
import { drawSome } from "./draw-digits.js";
import { interruption } from "./interruption.js";
import { lossCurve } from "./loss-curve.js";
import { progressOn } from "./progress.js";
import { read } from "./read.js";

/** Four pictures of 28 rows of 28: a dot, a bar, a ring, a cross. */
const inks: readonly ((row: number, column: number) => boolean)[] = [
  (row, column) => Math.hypot(row - 13.5, column - 13.5) < 3,
  (_row, column) => column === 13 || column === 14,
  (row, column) => Math.abs(Math.hypot(row - 13.5, column - 13.5) - 7) < 1,
  (row, column) => Math.abs(row - column) < 2 || Math.abs(row + column - 27) < 2,
];
const pixels = inks.flatMap((ink) =>
  Array.from({ length: 784 }, (_, at) => Number(ink(Math.floor(at / 28), at % 28))),
);
const digits: Digits = {
  images: reshape(tensor(pixels), [4, 28, 28]),
  labels: tensor([0, 1, 2, 3], { dtype: "int32" }),
};

it("draws two digits and two that were misread", () => {
  const guesses: Tensor<readonly [number], "int32"> = tensor([0, 1, 8, 4], { dtype: "int32" });
  expect(`\n${drawSome(digits, { guesses, accuracy: 0.5 })}\n`).toMatchInlineSnapshot(`
    "
                                                     ██           
                                                     ██           
                                                     ██           
            ▄▄▄▄                                     ██           
           ██████         read as 0                  ██           read as 1
           ██████         right                      ██           right
            ▀▀▀▀                                     ██           
                                                     ██           
                                                     ██           
                                                     ██           

                                            ██▄              ▄██  
         ▄▄██████▄▄                          ▀██▄          ▄██▀   
       ▄██▀▀    ▀▀██▄                          ▀██▄      ▄██▀     
      ▄██          ██▄                           ▀██▄  ▄██▀       
      ██            ██    read as 8                ▀████▀         read as 4
      ██            ██    it is 2                  ▄████▄         it is 3
      ▀██          ██▀                           ▄██▀  ▀██▄       
       ▀██▄▄    ▄▄██▀                          ▄██▀      ▀██▄     
         ▀▀██████▀▀                          ▄██▀          ▀██▄   
                                            ██▀              ▀██  
    "
  `);
});

it("reads digits with a model, and counts what is right", () => {
  const model = { apply: (table: Tensor<readonly [number, 10]>) => table };
  const logits = tensor(
    [0, 1, 2, 4].map((guess) => Array.from({ length: 10 }, (_, digit) => Number(digit === guess))),
  );
  expect(read(model, reshape(logits, [4, 10]), digits).accuracy).toBe(0.75);
});

it("draws the losses", () => {
  const losses = Array.from({ length: 1200 }, (_, step) => 0.1 + 2 / (1 + step / 20));
  expect(`\n${lossCurve(losses)}\n`).toMatchInlineSnapshot(`
    "

    loss over steps                                                       
        ▲                                                                 
    1.51┤┓                                                                
        │┃                                                                
        │┃                                                                
        │┃                                                                
        │┃                                                                
    0.92┤┗┓                                                               
        │ ┃                                                               
    0.68┤ ┗┓                                                              
    0.55┤  ┗━┓                                                            
    0.41┤    ┗━━━┓                                                        
    0.31┤        ┗━━━━━━━━━━━┓                                            
    0.19┤                    ┗━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━ 
        └┬──────────────┬───────────────┬───────────────┬───────────────┬▶
        20            300             600             900            1200 

    "
  `);
});

it("prints plain lines where there is no terminal", () => {
  const log = vi.spyOn(console, "log").mockImplementation(() => undefined);
  const progress = progressOn({ isTTY: false } as typeof process.stdout, 250);
  for (let index = 0; index < 250; index++) progress.show({ epoch: 1, index }, 0.5);
  progress.print("done");
  progress.stop();
  const lines = log.mock.calls.map(([line]: readonly unknown[]) => line);
  log.mockRestore();
  expect(lines).toEqual([
    "epoch 2, step 100/250, loss 0.500",
    "epoch 2, step 200/250, loss 0.500",
    "epoch 2, step 250/250, loss 0.500",
    "done",
  ]);
});

it("takes the first Ctrl-C for a request to stop", () => {
  const signal = interruption();
  expect(signal.aborted).toBe(false);
  process.emit("SIGINT");
  expect(signal.aborted).toBe(true);
});

it("learns from the first step on, and stops between two steps", async () => {
  const program = join(import.meta.dirname, "..", "start.ts");
  const child = spawn(process.execPath, ["--conditions=@cotangent/source", "--import", "tsx", program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    if (line.startsWith("epoch 1, step 100/600")) child.kill("SIGINT");
  }
  const code = await ended;
  const loss = Number(/step 100\/600, loss ([\d.]+)/.exec(lines.join("\n"))?.[1]);
  expect(loss).toBeGreaterThan(0.05);
  expect(loss).toBeLessThan(0.9);
  // Windows has no such signal: there the program just ends.
  if (process.platform !== "win32") {
    expect(code).toBe(130);
    expect(lines.at(-1)).toMatch(/^stopped in epoch 1 before batch \d+, [\d.]+ s$/);
  }
});
