/** How a composed operation gets its public type. */

import type { Untyped } from "../types/tensor.js";
import type { Value } from "../tensor/value.js";

/**
 * An implementation on values, whose public type the declaration at its export states. The parameters of a public type
 * are conditional (a sentence where a call is wrong), so that the compiler cannot compare the two.
 */
export const implement = (call: (...args: never[]) => Value | readonly Value[]): Untyped => call;
