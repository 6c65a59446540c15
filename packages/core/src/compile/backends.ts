/** The places that `jit` knows by name, and users' own. */

import { Place, type Backend } from "../program/backend.js";
import type { Program } from "../program/program.js";
import { programToString } from "../program/print.js";
import { tensorError } from "../errors/tensor-error.js";
import { describe } from "../trace/operands.js";
import { evaluateProgram } from "../transforms/call.js";
import { checkedBackend } from "./checked-backend.js";
import { inlineAllCalls } from "./inline-calls.js";
import { compilePortably } from "./compile-program.js";
import { wasmBackend } from "./wasm-backend.js";

/** Programs in line, weak in the program: a declared cache. */
const inLine = /* @__PURE__ */ new WeakMap<Program, Program>();

const programInLine = (program: Program): Program => {
  const found = inLine.get(program) ?? inlineAllCalls(program);
  inLine.set(program, found);
  return found;
};

/** The reference: equations are run one by one, each on its kernel, those of jitted functions inside too. */
const interpreter: Place = /* @__PURE__ */ new Place({
  name: "interpreter",
  run: (program, inputs) => evaluateProgram(programInLine(program), inputs),
  explain: (program) => ({ program: programToString(programInLine(program)), plan: "", module: "" }),
});

const wasm: Place = /* @__PURE__ */ new Place(/* @__PURE__ */ wasmBackend());

/** What it computes is rounded alike by all engines; it has a memory of its own. */
const portable: Place = /* @__PURE__ */ new Place(
  /* @__PURE__ */ wasmBackend({ name: "wasm-portable", compile: compilePortably }),
);

/** A user's backend is one place, however often it is named: a declared cache, weak in it. */
const places = /* @__PURE__ */ new WeakMap<object, Place>();

/**
 * The place that the option `backend` names.
 *
 * @throws TensorError when there is none.
 */
export const placeOf = (backend: unknown): Place => {
  if (backend === undefined || backend === "wasm") return wasm;
  if (backend === "wasm-portable") return portable;
  if (backend === "interpreter") return interpreter;
  if (isBackend(backend)) {
    const place = places.get(backend) ?? new Place(checkedBackend(backend));
    places.set(backend, place);
    return place;
  }
  throw tensorError({
    kind: "InvalidArgument",
    operation: "jit",
    problem: "there is no such backend",
    found: [
      ["expected", '"wasm", "wasm-portable", "interpreter" or an object with a name and a method run'],
      ["got", describe(backend)],
    ],
    fix: "leave it out for WebAssembly",
  });
};

const isBackend = (x: unknown): x is Backend =>
  typeof x === "object" && x !== null && "name" in x && "run" in x && typeof x.run === "function";
